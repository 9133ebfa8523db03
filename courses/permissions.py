"""Who may learn, and who may write, in courses."""

from typing import Any

from courses.models import Enrolment, Module
from lms.people.models import Person, Role
from lms.people.permissions import has_role, may_author
from lms.shared.actors import Actor, System

__all__ = [
    "may_author",
    "may_learn",
    "may_record_for",
    "may_see_files_of",
    "may_see_media",
    "may_withdraw_media",
]


def may_learn(person: Person, module: Module) -> bool:
    """Is the person on a programme that has the module, as a part or as its exam?"""
    enrolled = Enrolment.objects.filter(person=person, ended_at=None)
    # Two narrow look-ups: one OR over both joins makes the database scan.
    return (
        enrolled.filter(programme__places__module=module).exists()
        or enrolled.filter(programme__exam_module=module).exists()
    )


def may_see_files_of(actor: Any, module: Module) -> bool:
    """Pictures and sound: for those who learn the module, and for its authors."""
    return isinstance(actor, Person) and (may_learn(actor, module) or may_author(actor))


def may_record_for(actor: Actor, person: Person) -> bool:
    """Progress is written by the learner's own acts, or by the platform."""
    return isinstance(actor, System) or actor.pk == person.pk


def may_see_media(actor: Any) -> bool:
    """The media library: its authors, the reviewers of their work, and the programme office."""
    return has_role(actor, Role.TRAINER, Role.REVIEWER, Role.OFFICE)


def may_withdraw_media(actor: Any) -> bool:
    """Take a file out of the library for everybody."""
    return has_role(actor, Role.OFFICE)
