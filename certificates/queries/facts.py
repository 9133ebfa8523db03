"""What a certificate will state, gathered from the records as they stand."""

import calendar
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import override

from certificates.codes import format_code
from certificates.pdf import CertificateFacts
from courses.models import Programme
from lms.people.models import Organisation, Person
from lms.people.queries import organisation_line
from lms.shared import clock

# Printed on paper and frozen with it, so not translated by catalogue.
LEVELS = {
    "in_depth": {"vi": "mức chuyên sâu", "en": "in depth"},
    "basic": {"vi": "mức cơ bản", "en": "basic level"},
}


def facts_of(
    person: Person,
    programme: Programme,
    *,
    organisation: Organisation | None,
    number_of_modules: int,
    result_percent: Decimal,
    issued_at: datetime,
    expires_on: date | None,
    serial: str,
    code: str,
) -> CertificateFacts:
    """The facts to freeze. Dates are days in Viet Nam, whatever the server's zone."""
    issuer: dict[str, Any] = settings.CERTIFICATE_ISSUER
    return CertificateFacts(
        holder_name=person.full_name,
        organisation=_place_of_work(organisation),
        track_title_vi=_title(programme, "vi"),
        track_title_en=_title(programme, "en"),
        programme_version=programme.version,
        hours=Decimal(programme.hours),
        number_of_modules=number_of_modules,
        result_percent=result_percent,
        issued_on=day_of(issued_at),
        expires_on=expires_on,
        serial=serial,
        code=format_code(code),
        verify_url=verify_url(code),
        place=issuer["place"],
        issuer_vi=issuer["vi"],
        issuer_en=issuer["en"],
        signer_title_vi=issuer.get("signer_title_vi", "ĐẠI DIỆN ĐƠN VỊ CẤP"),
        signer_title_en=issuer.get("signer_title_en", "For the issuing body"),
        signer_name=issuer.get("signer_name", ""),
        is_synthetic=person.is_synthetic,
    )


def verify_url(code: str) -> str:
    """The printed address, in upper case: its QR code then has larger squares."""
    return f"{settings.SITE_URL}/V/{code}".upper()


def day_of(moment: datetime) -> date:
    return moment.astimezone(clock.HO_CHI_MINH).date()


def last_day(issued_on: date, months: int | None) -> date | None:
    """The last day of validity: the same day some months later, or the month's last day."""
    if months is None:
        return None
    year, month = divmod(issued_on.year * 12 + issued_on.month - 1 + months, 12)
    day = min(issued_on.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def _title(programme: Programme, language: str) -> str:
    """The track and the level: "Thông tin cơ sở, mức chuyên sâu"."""
    track = programme.track.title.get(language, "")
    return ", ".join(part for part in (track, LEVELS[programme.level][language]) if track and part)


def _place_of_work(organisation: Organisation | None) -> str:
    """Always in Vietnamese: the paper is, and the reader's language has no part in it."""
    if organisation is None:
        return ""
    with override("vi"):
        line = organisation_line(organisation)
    return line[:1].upper() + line[1:]
