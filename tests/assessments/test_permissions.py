import pytest

from assessments.permissions import may_see_key


@pytest.mark.parametrize(
    ("has_passed", "attempts_left", "may"),
    [
        (True, 2, True),
        (True, None, True),
        (False, 0, True),
        (False, 1, False),
        (False, None, False),
    ],
)
def test_may_see_key_once_nothing_more_can_be_won_by_it(
    has_passed: bool, attempts_left: int | None, may: bool
) -> None:
    assert may_see_key(has_passed=has_passed, attempts_left=attempts_left) is may
