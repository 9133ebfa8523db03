"""Who may learn, and who may write, in courses."""

from typing import Any

from django.db.models import QuerySet

from courses.models import Enrolment, Module
from courses.olx.parse import course_key_of
from lms.people.models import Person, Role
from lms.people.permissions import has_role, holds, may_author
from lms.shared.actors import Actor, System
from lms.shared.kept_queries import KeptQuery
from lms.shared.one_trip import Statement

__all__ = [
    "may_author",
    "may_learn",
    "may_manage_libraries",
    "may_play",
    "may_publish",
    "may_read_drafts",
    "may_record_for",
    "may_review",
    "may_see_files_of",
    "may_see_libraries",
    "may_see_media",
    "may_withdraw_media",
]


# Two narrow look-ups: one OR over both joins makes the database scan.
HAS_PART = KeptQuery(
    lambda person, module: _programmes_of(person).filter(programme__places__module=module)[:1], int, int
)
HAS_EXAM = KeptQuery(
    lambda person, module: _programmes_of(person).filter(programme__exam_module=module)[:1], int, int
)


def _programmes_of(person: int) -> "QuerySet[Enrolment, int]":
    rows = Enrolment.objects.filter(person=person, ended_at=None)
    return rows.order_by().values_list("programme_id", flat=True)


def may_learn(person: Person, module: Module, *, has_part: bool | None = None) -> bool:
    """Is the person on a programme that has the module, as a part or as its exam?

    `has_part`: what the caller asked already by `asking_for_part`.
    """
    if has_part is None:
        has_part = HAS_PART.exists(person.pk, module.pk)
    return has_part or HAS_EXAM.exists(person.pk, module.pk)


def asking_for_part(person: Person, module_id: int) -> Statement[list[int]]:
    """The first half of `may_learn`, not sent yet: the programmes of hers that have it as a part."""
    return HAS_PART.asked(person.pk, module_id)


def may_see_files_of(actor: Any, module: Module) -> bool:
    """Pictures and sound: for those who learn the module, and for those who work on it."""
    return isinstance(actor, Person) and (may_learn(actor, module) or may_read_drafts(actor))


def may_read_drafts(actor: Any) -> bool:
    """See what learners do not see yet: authors, reviewers and the programme office."""
    return has_role(actor, Role.TRAINER, Role.REVIEWER, Role.OFFICE)


def may_review(actor: Any) -> bool:
    """Judge other people's drafts. It takes the role itself: an administrator is no expert by office."""
    return holds(actor, Role.REVIEWER)


def may_publish(actor: Any) -> bool:
    """Show a draft to learners, or an earlier version again: the programme office and the importer."""
    return isinstance(actor, System) or holds(actor, Role.OFFICE)


def may_record_for(actor: Actor, person: Person) -> bool:
    """Progress is written by the learner's own acts, or by the platform."""
    return isinstance(actor, System) or actor.pk == person.pk


def may_see_media(actor: Any) -> bool:
    """The media library: its authors, the reviewers of their work, and the programme office."""
    return has_role(actor, Role.TRAINER, Role.REVIEWER, Role.OFFICE)


def may_withdraw_media(actor: Any) -> bool:
    """Take a file out of the library for everybody."""
    return has_role(actor, Role.OFFICE)


def may_manage_libraries(actor: Any) -> bool:
    """Bring in H5P libraries: programs that run in learners' browsers."""
    return isinstance(actor, System) or holds(actor, Role.LIBRARY_MANAGER)


def may_see_libraries(actor: Any) -> bool:
    """Which H5P libraries are here: for those who bring them in, and those who make content with them."""
    return may_author(actor) or may_manage_libraries(actor)


def may_play(person: Person, _package: Any, context: str, mode: str) -> bool:
    """See H5P content in the block `context`: learners of its module; authors what is not published."""
    if mode != "learn":
        return may_read_drafts(person)
    module = Module.objects.filter(course_key=course_key_of(context)).first()
    return module is not None and may_learn(person, module)
