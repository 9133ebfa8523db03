"""Who may see what of a quiz, and who runs its sittings."""

from typing import Any

from assessments.models import ReviewRule
from lms.people.models import Role
from lms.people.permissions import has_role


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


def may_see_marks(*, rule: str, is_closed: bool) -> bool:
    """Is it shown how each question went, and why the chosen answers are right or wrong?

    At once, but for a quiz that keeps everything until it has closed: others still sit it.
    """
    return rule != ReviewRule.AFTER_CLOSE or is_closed


def may_run_sittings(actor: Any) -> bool:
    """Give more time, set the access code, confirm who sat where: trainers and the programme office."""
    return has_role(actor, Role.TRAINER, Role.OFFICE)
