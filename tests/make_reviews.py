"""Builders for the way of a draft: who writes, who judges, who publishes."""

from dataclasses import dataclass

from courses.actions.publish import publish_module, save_block_draft
from courses.actions.review import approve, request_review
from courses.models import ChangeClass, Module, ModuleVersion, ReviewRequest
from lms.people.models import Person, Role
from tests import make
from tests.make_courses import text_block, usage_key


@dataclass(frozen=True)
class Crew:
    author: Person
    expert: Person
    publisher: Person


def crew() -> Crew:
    """A trainer, a reviewer and somebody of the programme office."""
    people = [make.person(name) for name in ("Vũ Văn Soạn", "Bùi Thị Thẩm", "Ngô Thị Phối")]
    for person, role in zip(people, (Role.TRAINER, Role.REVIEWER, Role.OFFICE), strict=True):
        make.grant(person, role)
    return Crew(*people)


def edit(module: Module, by: Person, words: str = "Mới", name: str = "u1-text") -> ModuleVersion:
    """A new draft with other words in one text block."""
    key = usage_key(module, name)
    return save_block_draft(module=module, usage_key=key, olx=text_block(name, words), by=by).version


def sent(module: Module, crew: Crew, change_class: str = ChangeClass.CONTENT) -> ReviewRequest:
    """The draft, sent for review by its author."""
    summary = "Luật mới thay luật cũ." if change_class == ChangeClass.LEGAL else ""
    return request_review(
        module=module, change_class=change_class, note="Sửa một câu", summary=summary, by=crew.author
    )


def published(module: Module, crew: Crew, change_class: str = ChangeClass.CONTENT) -> ModuleVersion:
    """The draft after the whole road: sent, approved where an expert is asked, published."""
    request = sent(module, crew, change_class)
    if not request.skips_expert:
        approve(request=request, reason="Đúng văn bản", by=crew.expert)
    version = publish_module(module=module, by=crew.publisher, note="Đủ ý kiến")
    module.refresh_from_db()
    return version
