"""The arithmetic and the rules, without a database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.indicator.formula import (
    CredentialFact,
    DutyFact,
    Figure,
    Moment,
    OrganisationFact,
    PersonFacts,
    Reading,
    Rule,
    count,
    explain,
    is_recent,
    months_before,
    rows_to_hide,
)

DAY = date(2026, 10, 31)
END = datetime(2026, 10, 31, 16, 59, 59, 999999, tzinfo=UTC)
AT = Moment(DAY, END, END + timedelta(days=15))
EARLY = datetime(2026, 1, 5, tzinfo=UTC)
PROVINCE = OrganisationFact("province", date(2025, 7, 1))
COMMUNE = OrganisationFact("commune", date(2025, 7, 1), parent=PROVINCE)
UNCOUNTED_PRESS = OrganisationFact("press", date(2025, 7, 1), counts=False, parent=PROVINCE)
CLOSED_UNIT = OrganisationFact("unit", date(2025, 1, 1), DAY - timedelta(1), parent=PROVINCE)


def duty(**fields: Any) -> DutyFact:
    facts: dict[str, Any] = {
        "organisation": COMMUNE,
        "duty": "GRASS",
        "duty_type": "concurrent",
        "valid_from": date(2025, 7, 1),
        "recorded_at": EARLY,
    }
    return DutyFact(**(facts | fields))


def credential(**fields: Any) -> CredentialFact:
    facts: dict[str, Any] = {
        "duty": "GRASS",
        "level": "in_depth",
        "covers_st": True,
        "covers_dc": True,
        "evidence": "platform",
        "identity_level": "hr",
        "issued_at": EARLY,
        "recorded_at": EARLY,
    }
    return CredentialFact(**(facts | fields))


def person(*duties: DutyFact, credentials: tuple[CredentialFact, ...] = ()) -> PersonFacts:
    return PersonFacts(duties, credentials)


figures = st.integers(0, 10**7).flatmap(lambda d: st.tuples(st.just(d), st.integers(0, d)))


@given(figures)
def test_a_missed_goal_never_shows_70(pair: tuple[int, int]) -> None:
    figure = Figure(*pair)

    if figure.is_empty:
        assert (figure.percent, figure.is_met, figure.number_missing) == (None, False, 0)
    else:
        assert figure.is_met == (figure.tenths is not None and figure.tenths >= 700)
        assert figure.is_met == (figure.number_missing == 0)


@given(figures)
def test_the_gap_is_the_least_number_that_meets_the_goal(pair: tuple[int, int]) -> None:
    figure = Figure(*pair)
    missing = figure.number_missing

    if missing:
        assert Figure(pair[0], pair[1] + missing).is_met
        assert not Figure(pair[0], pair[1] + missing - 1).is_met


def test_one_person_short_of_the_goal_shows_69_9() -> None:
    assert Figure(1_000_000, 699_999).percent == 69.9
    assert Figure(10, 7) == Figure(3, 2) + Figure(7, 5)
    assert Figure(10, 7).is_met


def test_the_published_example_of_the_design() -> None:
    figure = Figure(30_772, 19_509)

    assert (figure.percent, figure.number_missing) == (63.3, 2_032)


@given(st.lists(st.integers(0, 40), max_size=12))
def test_hidden_rows_cannot_be_worked_out_from_the_total(sizes: list[int]) -> None:
    hidden = rows_to_hide(sizes)

    assert {i for i, size in enumerate(sizes) if 0 < size < 5} <= hidden
    if hidden and len(hidden) < sum(1 for size in sizes if size):
        assert len(hidden) >= 2
        assert sum(sizes[i] for i in hidden) >= 5


def test_only_small_cells_bring_others_into_hiding() -> None:
    assert rows_to_hide([5, 0, 900]) == set()
    assert rows_to_hide([3, 7, 900]) == {0, 1}
    assert rows_to_hide([3, 4, 900]) == {0, 1}


@pytest.mark.parametrize(
    ("signed_on", "answer"),
    [
        (date(2026, 4, 30), True),
        (date(2026, 4, 29), False),
        (DAY, True),
        (date(2026, 11, 1), False),
        (None, False),
    ],
)
def test_a_sign_off_holds_six_months(signed_on: date | None, answer: bool) -> None:
    assert is_recent(signed_on, DAY) is answer


def test_months_before_stays_inside_the_month() -> None:
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2026, 3, 15), 6) == date(2025, 9, 15)


@pytest.mark.parametrize(
    ("name", "kind", "vi", "strict"),
    [
        ("COMM", "dedicated", True, True),
        ("COMM", "concurrent", False, False),
        ("GRASS", "dedicated", True, True),
        ("GRASS", "concurrent", True, False),
        ("FOREIGN", "concurrent", True, False),
        ("GRASS", "propagandist", False, False),
    ],
)
def test_whom_dedicated_binds(name: str, kind: str, vi: bool, strict: bool) -> None:
    holder = person(duty(duty=name, duty_type=kind))

    assert explain(holder, Reading.VI, AT).is_concerned is vi
    assert explain(holder, Reading.STRICT, AT).is_concerned is strict


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"organisation": OrganisationFact("state", date(2025, 7, 1))}, Rule.ORGANISATION),
        ({"organisation": UNCOUNTED_PRESS}, Rule.ORGANISATION),
        ({"organisation": CLOSED_UNIT}, Rule.ORGANISATION),
        ({"valid_to": DAY - timedelta(days=1)}, Rule.ORGANISATION),
        ({"recorded_at": AT.known_at + timedelta(seconds=1)}, Rule.ORGANISATION),
        ({"retracted_at": AT.known_at}, Rule.ORGANISATION),
        ({"duty_type": "propagandist"}, Rule.DUTY),
    ],
)
def test_who_is_not_concerned(fields: dict[str, Any], rule: Rule) -> None:
    explanation = explain(person(duty(**fields), credentials=(credential(),)), Reading.VI, AT)

    assert explanation.is_concerned is False
    assert explanation.first_failure is rule


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"issued_at": END + timedelta(seconds=1)}, Rule.VALID),
        ({"recorded_at": AT.known_at + timedelta(seconds=1)}, Rule.VALID),
        ({"expires_at": END}, Rule.VALID),
        ({"revoked_at": END}, Rule.VALID),
        ({"superseded_at": END}, Rule.VALID),
        ({"identity_level": "self"}, Rule.IDENTITY),
        ({"level": "basic"}, Rule.LEVEL),
        ({"evidence": "viewing"}, Rule.EVIDENCE),
        ({"duty": "COMM"}, Rule.TRACK),
        ({"covers_dc": False}, Rule.SKILLS),
        ({"covers_st": False}, Rule.SCIENCE),
    ],
)
def test_why_a_certificate_does_not_count(fields: dict[str, Any], rule: Rule) -> None:
    explanation = explain(person(duty(), credentials=(credential(**fields),)), Reading.VI, AT)

    assert (explanation.is_concerned, explanation.is_trained) == (True, False)
    assert explanation.first_failure is rule


def test_a_revocation_after_the_day_leaves_the_day_alone() -> None:
    later = credential(revoked_at=END + timedelta(days=1))

    assert explain(person(duty(), credentials=(later,)), Reading.VI, AT).is_trained


def test_a_revocation_nobody_knew_of_does_not_count() -> None:
    early = Moment(DAY, END, END - timedelta(days=10))
    holder = person(duty(), credentials=(credential(revoked_at=END - timedelta(days=5)),))

    assert explain(holder, Reading.VI, early).is_trained
    assert not explain(holder, Reading.VI, AT).is_trained


def test_two_certificates_may_carry_one_component_each() -> None:
    halves = (credential(covers_dc=False), credential(covers_st=False))

    assert explain(person(duty(), credentials=halves), Reading.VI, AT).is_trained


def test_who_retired_no_longer_counts_by_a_duty_left_open() -> None:
    ended = duty(duty="COMM", valid_to=date(2026, 3, 1), end_reason="retired")
    explanation = explain(person(ended, duty()), Reading.VI, AT)

    assert explanation.first_failure is Rule.IN_SERVICE


def test_who_was_transferred_counts_by_the_new_duty() -> None:
    ended = duty(valid_to=date(2026, 3, 1), end_reason="transferred")

    assert explain(person(ended, duty()), Reading.VI, AT).is_concerned


def test_who_came_back_after_leaving_counts_again() -> None:
    left = duty(valid_to=date(2026, 3, 1), end_reason="retired")

    assert explain(person(left, duty(valid_from=date(2026, 4, 1))), Reading.VI, AT).is_concerned


def test_a_person_counts_once_whatever_she_holds() -> None:
    busy = person(
        duty(), duty(duty="COMM", duty_type="dedicated"), credentials=(credential(), credential(duty="COMM"))
    )

    assert count([busy], Reading.VI, AT) == Figure(1, 1)
    assert count([busy, person(duty())], Reading.STRICT, AT) == Figure(1, 1)
