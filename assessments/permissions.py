"""Who may see what of a quiz, and who marks."""

from typing import Any

from lms.people.models import Role
from lms.people.permissions import has_role, may_author


def may_see_key(*, has_passed: bool, attempts_left: int | None) -> bool:
    """Are the right answers shown? Only when another attempt could no longer profit from them.

    That is after passing, or when no attempts are left. `attempts_left` None means unlimited.
    """
    return has_passed or attempts_left == 0


def may_mark(actor: Any) -> bool:
    """Mark answers, and questions again. Never in an attempt of one's own: the actions see to that."""
    return may_author(actor)


def may_see_marking(actor: Any) -> bool:
    """The queue, regrades and appeals, without names."""
    return has_role(actor, Role.TRAINER, Role.REVIEWER, Role.OFFICE)


def may_decide_appeals(actor: Any) -> bool:
    return has_role(actor, Role.TRAINER, Role.REVIEWER)


def may_reveal_names(actor: Any) -> bool:
    """Learn whose answer it is; each time is written down with its reason."""
    return has_role(actor, Role.OFFICE)
