"""Who may see what of a quiz, who marks, and who runs its sittings."""

from typing import Any

from assessments.models import ReviewRule
from lms.people.models import Role
from lms.people.permissions import has_role, may_author


def may_see_key(
    *, rule: str, has_passed: bool, attempts_left: int | None, is_under_way: bool, is_closed: bool
) -> bool:
    """Are the right answers shown? Only when another attempt could no longer profit from them.

    `rule` is the quiz's: after passing or when no attempts are left (`attempts_left` None means
    unlimited), when it has closed for everybody, or never. Never while an attempt `is_under_way`.
    """
    if is_under_way or rule == ReviewRule.NEVER_KEY:
        return False
    if rule == ReviewRule.AFTER_CLOSE:
        return is_closed
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


def may_see_marks(*, rule: str, is_closed: bool) -> bool:
    """Is it shown how each question went, and why the chosen answers are right or wrong?

    At once, but for a quiz that keeps everything until it has closed: others still sit it.
    """
    return rule != ReviewRule.AFTER_CLOSE or is_closed


def may_run_sittings(actor: Any) -> bool:
    """Give more time, set the access code, confirm who sat where: trainers and the programme office."""
    return has_role(actor, Role.TRAINER, Role.OFFICE)
