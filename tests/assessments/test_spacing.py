from datetime import date, timedelta

from assessments.spacing import after_mistake, after_success

TODAY = date(2026, 12, 1)


def test_a_mistake_comes_back_tomorrow() -> None:
    assert after_mistake(TODAY) == (0, TODAY + timedelta(days=1))


def test_each_success_waits_longer_until_it_is_known() -> None:
    level, days = 0, []
    due: date | None = TODAY
    while due is not None:
        level, due = after_success(level, TODAY)
        days.append(due and (due - TODAY).days)
    assert days == [3, 7, 21, None]
