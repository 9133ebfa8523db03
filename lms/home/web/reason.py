"""Why this programme is hers: the rule and the staff record in one sentence."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.models import Enrolment
from lms.home.web.amounts import day_of
from lms.indicator.formula import KINDS_BELOW
from lms.people.models import Assignment, Organisation
from lms.people.queries import organisation_label
from lms.shared.languages import current_language, localised


def reason(enrolment: Enrolment, duty: Assignment | None) -> str:
    """ "… is for you because the staff list of Sơn La says: …"; or that she chose it."""
    programme = localised(enrolment.programme.title)
    if enrolment.rule != "duty":
        return _("You chose %(programme)s on %(day)s.") % {
            "programme": programme,
            "day": day_of(enrolment.enrolled_at),
        }
    if duty is None or duty.duty != enrolment.programme.track.duty:
        return _("%(programme)s is yours because of a duty that has ended.") % {"programme": programme}
    return _("%(programme)s is for you because the staff list of %(body)s says: %(record)s.") % {
        "programme": programme,
        "body": organisation_label(body_of(duty.organisation)),
        "record": record_line(duty),
    }


def record_line(duty: Assignment) -> str:
    """A staff record: "culture officer, xã Mẫu, duty grassroots information, since 01/07/2025"."""
    place = duty.organisation
    parts = [
        small(duty.title),
        organisation_label(place) if body_of(place).pk != place.pk else "",
        _("duty %(duty)s (%(type)s)")
        % {"duty": small(duty.get_duty_display()), "type": small(duty.get_duty_type_display())},
        _("since %(day)s") % {"day": date_format(duty.valid_from, "SHORT_DATE_FORMAT")},
    ]
    return ", ".join(part for part in parts if part)


def body_of(organisation: Organisation) -> Organisation:
    """The ministry, agency or province whose staff list holds the people of an organisation."""
    while organisation.kind in KINDS_BELOW and organisation.parent is not None:
        organisation = organisation.parent
    return organisation


def small(words: str) -> str:
    """A label inside a sentence. German nouns keep their capital, and so do abbreviations."""
    if current_language() == "de" or words[1:2].isupper():
        return words
    return words[:1].lower() + words[1:]
