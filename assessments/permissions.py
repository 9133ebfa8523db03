"""Who may see what of a quiz."""


def may_see_key(*, has_passed: bool, attempts_left: int | None) -> bool:
    """Are the right answers shown? Only when another attempt could no longer profit from them.

    That is after passing, or when no attempts are left. `attempts_left` None means unlimited.
    """
    return has_passed or attempts_left == 0
