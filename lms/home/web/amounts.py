"""Amounts as people say them."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.shared import clock

HOUR = 60
EXACT_BELOW, HOURS_FROM = 20, 90  # minutes; in between by fives, then by half hours


def duration(minutes: int) -> str:
    """ "40 minutes", "3 hours", "2½ hours"."""
    if EXACT_BELOW <= minutes < HOURS_FROM:
        minutes = 5 * round(minutes / 5)
    if minutes < HOURS_FROM:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    halves = round(minutes * 2 / HOUR)
    if halves % 2:
        return _("%(count)s½ hours") % {"count": halves // 2}
    return ngettext("%(count)s hour", "%(count)s hours", halves // 2) % {"count": halves // 2}


def units_and_time(units: int, minutes: int) -> str:
    """ "6 units, about 1½ hours"."""
    words = ngettext("%(count)s unit, about %(time)s", "%(count)s units, about %(time)s", units)
    return words % {"count": units, "time": duration(minutes)}


def moment_of(at: datetime) -> str:
    """The time of day; with the date when it was not today."""
    local = timezone.localtime(at)
    return date_format(local, "TIME_FORMAT" if local.date() == clock.today() else "SHORT_DATETIME_FORMAT")


def day_of(at: datetime) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATE_FORMAT")
