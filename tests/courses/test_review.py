"""Author → expert → publisher: who may, who must not, what an edit undoes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from courses.actions.import_olx import import_module
from courses.actions.publish import publish_module, roll_back, save_outline_draft
from courses.actions.review import approve, request_review, return_draft, withdraw
from courses.models import ChangeClass, Module, ReviewRequest, ReviewState, ReviewStep
from courses.queries.outline import draft_outline
from courses.queries.review import (
    authors_of,
    last_request,
    number_of_drafts,
    waiting,
)
from lms.audit.models import AuditEvent
from lms.people.models import Person, Role
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses, make_reviews
from tests.make_reviews import Crew, edit, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_courses.module(tmp_path / "t1")


@pytest.fixture
def crew() -> Crew:
    return make_reviews.crew()


def code_of(attempt: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        attempt()
    return refusal.value.code


def drafts_of(person: Person) -> tuple[int, int]:
    return number_of_drafts(person, frozenset(grant.role for grant in person.grants.all()))


def kinds(request: ReviewRequest) -> list[str]:
    return list(request.steps.order_by("pk").values_list("kind", flat=True))


def test_a_draft_goes_from_author_to_expert_to_publisher(module: Module, crew: Crew) -> None:
    edit(module, crew.author)
    request = sent(module, crew)
    approve(request=request, reason="Đúng văn bản", by=crew.expert)
    version = publish_module(module=module, by=crew.publisher, note="Đủ ý kiến")

    module.refresh_from_db()
    request.refresh_from_db()
    assert (module.published, request.state) == (version, ReviewState.PUBLISHED)
    assert (version.note, version.change_class) == ("Sửa một câu", ChangeClass.CONTENT)
    assert kinds(request) == ["approve", "publish"]
    assert list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))[-4:] == [
        "block.saved",
        "review.requested",
        "review.approved",
        "module.published",
    ]


def test_wording_skips_the_expert_but_not_the_second_person(module: Module, crew: Crew) -> None:
    edit(module, crew.author)
    request = sent(module, crew, ChangeClass.TYPO)

    assert code_of(lambda: approve(request=request, reason="Tốt", by=crew.expert)) == "not-open"
    publish_module(module=module, by=crew.publisher, note="Đúng chính tả")

    assert kinds(request) == ["publish"]


def test_wording_is_refused_for_more_than_wording(module: Module, crew: Crew) -> None:
    outline = draft_outline(module)
    assert outline is not None
    section = outline.sections[0]
    shorter = replace(outline, sections=(replace(section, units=section.units[:1]),))
    save_outline_draft(module=module, outline=shorter, by=crew.author)

    assert code_of(lambda: sent(module, crew, ChangeClass.TYPO)) == "not-wording"
    assert sent(module, crew).state == ReviewState.WAITING


def test_wording_is_refused_for_a_module_nobody_has_seen(tmp_path: Path, crew: Crew) -> None:
    module = import_module(make_courses.olx(tmp_path), by=crew.author).module

    assert code_of(lambda: sent(module, crew, ChangeClass.TYPO)) == "not-wording"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"note": " "}, "no-note"),
        ({"change_class": "huge"}, "unknown-change"),
        ({"change_class": "legal"}, "no-summary"),
    ],
)
def test_request_review_refuses(module: Module, crew: Crew, facts: dict[str, str], code: str) -> None:
    edit(module, crew.author)
    given = {"change_class": "content", "note": "Sửa"} | facts

    assert code_of(lambda: request_review(module=module, by=crew.author, **given)) == code


def test_request_review_refuses_without_a_change_and_twice(module: Module, crew: Crew) -> None:
    assert code_of(lambda: sent(module, crew)) == "nothing-to-publish"
    edit(module, crew.author)
    sent(module, crew)
    assert code_of(lambda: sent(module, crew)) == "sent-already"


def test_nobody_decides_about_her_own_work(module: Module, crew: Crew) -> None:
    for role in (Role.REVIEWER, Role.OFFICE):
        make.grant(crew.author, role)
    second = make.person("Trần Thị Cùng Soạn")
    for role in (Role.TRAINER, Role.REVIEWER, Role.OFFICE):
        make.grant(second, role)
    edit(module, second, "Một")
    edit(module, crew.author, "Hai")
    request = sent(module, crew)

    # the second one's words were replaced, but she worked on what is sent
    for person in (crew.author, second):
        for action in (approve, return_draft):
            assert code_of(partial(action, request=request, reason="Tốt", by=person)) == "own-work"
    approve(request=request, reason="Tốt", by=crew.expert)
    for person in (crew.author, second):
        assert code_of(partial(publish_module, module=module, by=person, note="Được")) == "own-work"


def test_who_sends_without_writing_does_not_decide_either(module: Module, crew: Crew) -> None:
    edit(module, crew.author)
    sender = make.person()
    for role in (Role.TRAINER, Role.REVIEWER):
        make.grant(sender, role)
    request = request_review(module=module, change_class="content", note="Sửa", by=sender)

    assert code_of(lambda: approve(request=request, reason="Tốt", by=sender)) == "own-work"


def test_expert_and_publisher_are_two_persons(module: Module, crew: Crew) -> None:
    make.grant(crew.expert, Role.OFFICE)
    edit(module, crew.author)
    approve(request=sent(module, crew), reason="Tốt", by=crew.expert)

    attempt = partial(publish_module, module=module, by=crew.expert, note="Được")
    assert code_of(attempt) == "own-approval"


def test_authors_are_those_since_the_published_version(module: Module, crew: Crew) -> None:
    edit(module, crew.author, "Một")
    make_reviews.published(module, crew)
    second = make.person()
    make.grant(second, Role.TRAINER)
    version = edit(module, second, "Hai")

    assert authors_of(version, module.published) == {second.pk}
    # With the older version before learners again, both wrote what would be new to them.
    first = module.versions.get(number=1)
    assert authors_of(version, first) == {second.pk, crew.author.pk}


def test_decisions_take_the_role_itself(module: Module, crew: Crew) -> None:
    administrator = make.person()
    make.grant(administrator, Role.ADMINISTRATOR)
    edit(module, crew.author)
    request = sent(module, crew)
    codes = {
        code_of(lambda: approve(request=request, reason="Tốt", by=administrator)),
        code_of(lambda: return_draft(request=request, reason="Sai", by=administrator)),
        code_of(lambda: publish_module(module=module, by=administrator, note="Được")),
        code_of(lambda: withdraw(request=request, by=crew.expert)),
        code_of(lambda: request_review(module=module, change_class="typo", note="x", by=crew.expert)),
        code_of(lambda: request_review(module=module, change_class="typo", note="x", by=SYSTEM)),
        code_of(lambda: approve(request=request, reason="Tốt", by=crew.publisher)),
        code_of(lambda: return_draft(request=request, reason="Sai", by=crew.publisher)),
    }

    assert codes == {"not-allowed"}


def test_every_decision_says_why(module: Module, crew: Crew) -> None:
    edit(module, crew.author)
    request = sent(module, crew)
    codes = [
        code_of(lambda: approve(request=request, reason=" ", by=crew.expert)),
        code_of(lambda: return_draft(request=request, reason="", by=crew.expert)),
    ]
    approve(request=request, reason="Tốt", by=crew.expert)
    codes.append(code_of(lambda: publish_module(module=module, by=crew.publisher, note="")))

    assert codes == ["no-reason"] * 3


def test_publishing_needs_a_request_and_an_approval(module: Module, crew: Crew) -> None:
    edit(module, crew.author)
    attempt = partial(publish_module, module=module, by=crew.publisher, note="Được")
    assert code_of(attempt) == "not-approved"
    sent(module, crew)
    assert code_of(attempt) == "not-approved"


def test_an_edit_after_the_approval_makes_it_void(module: Module, crew: Crew) -> None:
    edit(module, crew.author)
    request = sent(module, crew)
    approve(request=request, reason="Tốt", by=crew.expert)
    edit(module, crew.author, "Sửa thêm")

    assert code_of(lambda: publish_module(module=module, by=crew.publisher, note="x")) == "not-approved"
    assert code_of(lambda: approve(request=request, reason="Tốt", by=crew.expert)) == "not-open"
    assert waiting(crew.publisher) == []
    assert sent(module, crew).state == ReviewState.WAITING


def test_an_approval_is_void_when_learners_see_something_else_meanwhile(module: Module, crew: Crew) -> None:
    edit(module, crew.author, "Một")
    make_reviews.published(module, crew)
    edit(module, crew.author, "Hai")
    approve(request=sent(module, crew), reason="Tốt", by=crew.expert)
    roll_back(module=module, version=module.versions.get(number=1), by=crew.publisher, reason="Sai")

    assert code_of(lambda: publish_module(module=module, by=crew.publisher, note="x")) == "not-approved"


def test_a_returned_draft_shows_its_author_the_reason_and_the_comments(module: Module, crew: Crew) -> None:
    edit(module, crew.author)
    request = sent(module, crew)
    return_draft(request=request, reason="Thiếu nguồn", comments={"k": " Câu 2 ", "l": " "}, by=crew.expert)

    found = last_request(module)
    assert found == request
    assert found.state == ReviewState.RETURNED
    step = found.steps.get()
    assert (step.reason, step.comments, step.by) == ("Thiếu nguồn", {"k": "Câu 2"}, crew.expert)
    assert [drafts_of(person) for person in (crew.author, crew.expert)] == [(0, 1), (0, 0)]
    edit(module, crew.author, "Đã thêm nguồn")
    assert drafts_of(crew.author) == (0, 0)


def test_the_publisher_may_return_what_the_expert_approved(module: Module, crew: Crew) -> None:
    edit(module, crew.author)
    request = sent(module, crew)
    approve(request=request, reason="Tốt", by=crew.expert)
    return_draft(request=request, reason="Chờ văn bản mới", by=crew.publisher)

    request.refresh_from_db()
    assert request.state == ReviewState.RETURNED


def test_withdraw_closes_the_request(module: Module, crew: Crew) -> None:
    edit(module, crew.author)
    request = sent(module, crew)
    withdraw(request=request, by=crew.author)

    assert waiting(crew.expert) == []
    assert code_of(lambda: withdraw(request=request, by=crew.author)) == "not-open"
    assert sent(module, crew).state == ReviewState.WAITING


def test_the_queue_says_what_waits_for_whom(module: Module, crew: Crew) -> None:
    edit(module, crew.author)
    request = sent(module, crew)

    def seen(person: Person) -> list[tuple[bool, bool]]:
        return [(row.is_yours, row.is_own_work) for row in waiting(person)]

    everybody = (crew.author, crew.expert, crew.publisher)
    assert [seen(p) for p in everybody] == [[(False, True)], [(True, False)], [(False, False)]]
    assert [drafts_of(p)[0] for p in everybody] == [0, 1, 0]
    approve(request=request, reason="Tốt", by=crew.expert)
    assert [seen(p) for p in everybody] == [[(False, True)], [(False, False)], [(True, False)]]
    assert [drafts_of(p)[0] for p in everybody] == [0, 0, 1]


def test_the_queue_costs_the_same_for_one_and_for_many(tmp_path: Path, crew: Crew) -> None:
    costs = []
    for number in (1, 4):
        for place in range(number):
            made = make_courses.module(tmp_path / f"{number}{place}", code=f"Q{number}{place}")
            edit(made, crew.author)
            sent(made, crew)
        with CaptureQueriesContext(connection) as queries:
            waiting(Person.objects.get(pk=crew.expert.pk))
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert costs[0] <= 6


def test_constraints(module: Module, crew: Crew) -> None:
    edit(module, crew.author)
    request = sent(module, crew)
    copy = ReviewRequest.objects.get(pk=request.pk)
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()
    approve(request=request, reason="Tốt", by=crew.expert)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        ReviewStep.objects.update(reason="khác")
