from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.timing import deadline, is_hurried, seconds_to_read

START = datetime(2026, 12, 1, 8, tzinfo=UTC)
CLOSES = START + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("rules", "minutes"),
    [
        ({"limit_minutes": 20, "closes": None}, 20),
        ({"limit_minutes": 20, "closes": CLOSES}, 20),
        ({"limit_minutes": 40, "closes": CLOSES}, 30),
        ({"limit_minutes": None, "closes": CLOSES}, 30),
        ({"limit_minutes": 20, "closes": None, "extra_minutes": 5}, 25),
        ({"limit_minutes": 20, "closes": None, "extra_percent": 50}, 30),
        ({"limit_minutes": 40, "closes": CLOSES, "extra_minutes": 5, "extra_percent": 25}, 45),
        ({"limit_minutes": None, "closes": CLOSES, "extra_minutes": 5, "extra_percent": 50}, 35),
    ],
)
def test_deadline_is_the_first_end_and_extra_time_on_top(rules: dict[str, int], minutes: int) -> None:
    assert deadline(START, **rules) == START + timedelta(minutes=minutes)  # type: ignore[arg-type]


def test_deadline_without_limit_and_window_is_none() -> None:
    assert deadline(START, limit_minutes=None, closes=None, extra_minutes=10) is None


@given(st.integers(1, 600), st.integers(1, 600), st.integers(0, 100), st.integers(0, 200))
def test_more_granted_time_never_ends_an_attempt_sooner(limit: int, window: int, extra: int, pc: int) -> None:
    closes = START + timedelta(minutes=window)
    usual = deadline(START, limit_minutes=limit, closes=closes)
    granted = deadline(START, limit_minutes=limit, closes=closes, extra_minutes=extra, extra_percent=pc)
    assert usual is not None
    assert granted is not None
    assert granted >= usual > START


def test_seconds_to_read_counts_stem_and_options_in_the_shortest_language() -> None:
    body = {
        "stem": {"vi": "x" * 50, "en": "x" * 500},
        "options": [
            {"name": "a", "text": {"vi": "y" * 25, "en": "y" * 25}},
            {"name": "b", "text": {"vi": "z" * 25}},
        ],
        "explanation": {"vi": "not read before answering" * 9},
    }
    assert seconds_to_read([body, body]) == 8
    assert seconds_to_read([{"stem": {}}]) == 0


@pytest.mark.parametrize(
    ("taken", "percent", "hurried"), [(9, 80, True), (10, 80, False), (9, 49, False), (0, 50, True)]
)
def test_is_hurried_only_when_faster_than_reading_and_mostly_right(
    taken: int, percent: int, hurried: bool
) -> None:
    assert is_hurried(seconds_taken=taken, seconds_to_read=10, percent_right=percent) is hurried
