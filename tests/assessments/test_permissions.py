import pytest

from assessments.permissions import may_run_sittings, may_see_key, may_see_marks
from lms.people.models import Role
from tests import make


@pytest.mark.parametrize(
    ("has_passed", "attempts_left", "may"),
    [
        (False, 2, False),
        (False, None, False),
        (False, 0, True),
        (True, 2, True),
        (True, None, True),
    ],
)
def test_may_see_key_once_nothing_more_can_be_won_by_it(
    has_passed: bool, attempts_left: int | None, may: bool
) -> None:
    facts = {"rule": "after-pass", "is_under_way": False, "is_closed": False}
    assert may_see_key(has_passed=has_passed, attempts_left=attempts_left, **facts) is may  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", ["after-pass", "after-close", "never-key"])
def test_may_see_key_never_while_an_attempt_is_under_way(rule: str) -> None:
    """The last attempt being open, none are left; its answers must not be looked up in the one before."""
    assert not may_see_key(rule=rule, has_passed=False, attempts_left=0, is_under_way=True, is_closed=True)


@pytest.mark.parametrize(
    ("rule", "is_closed", "key", "marks"),
    [
        ("after-pass", False, True, True),
        ("after-close", False, False, False),
        ("after-close", True, True, True),
        ("never-key", False, False, True),
        ("never-key", True, False, True),
    ],
)
def test_each_rule_opens_marks_and_key_at_its_time(
    rule: str, is_closed: bool, key: bool, marks: bool
) -> None:
    passed = {"has_passed": True, "attempts_left": 0, "is_under_way": False}
    assert may_see_key(rule=rule, is_closed=is_closed, **passed) is key  # type: ignore[arg-type]
    assert may_see_marks(rule=rule, is_closed=is_closed) is marks


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "may"), [(Role.TRAINER, True), (Role.OFFICE, True), (Role.REVIEWER, False), (None, False)]
)
def test_trainers_and_the_office_run_sittings(role: str | None, may: bool) -> None:
    person = make.person()
    if role:
        make.grant(person, role)
    assert may_run_sittings(person) is may
