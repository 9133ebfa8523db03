"""The one clock. Dates are Vietnamese calendar days: a day ends at 23:59:59 in Ho Chi Minh City."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

HO_CHI_MINH = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, aware. Tests replace this one function."""
    return timezone.now()


def this_second() -> datetime:
    """Now, in whole seconds: who harvests a catalogue asks for changes by the second."""
    return now().replace(microsecond=0)


def today() -> date:
    """The calendar day in Viet Nam."""
    return now().astimezone(HO_CHI_MINH).date()


def end_of(day: date) -> datetime:
    """The last moment that still belongs to `day` in Viet Nam."""
    return datetime.combine(day, time(23, 59, 59, 999999), tzinfo=HO_CHI_MINH)
