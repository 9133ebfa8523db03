"""When a question somebody got wrong comes back. Plain Python."""

from datetime import date, timedelta

DAYS = (1, 3, 7, 21)  # after so many right answers in a row: none, one, two, three


def after_mistake(today: date) -> tuple[int, date]:
    """(level, due on) of a question that was answered wrongly."""
    return 0, today + timedelta(days=DAYS[0])


def after_success(level: int, today: date) -> tuple[int, date | None]:
    """(level, due on) after one more right answer; no day once it was right after the longest pause."""
    level += 1
    return level, today + timedelta(days=DAYS[level]) if level < len(DAYS) else None
