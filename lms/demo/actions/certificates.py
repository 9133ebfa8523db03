"""Certificates for a share of the synthetic staff, other in every province and always the same."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from certificates.actions.past import PastCertificate, enter_past_certificates
from certificates.actions.revoke import revoke_certificate
from certificates.models import Certificate, Evidence
from courses.models import Programme
from lms.demo.queries import synthetic_staff
from lms.people.models import Assignment, DutyType, Organisation, OrganisationKind
from lms.shared import clock
from lms.shared.actors import Actor

VERSION = "2026-1"
GOLDEN = 0.618033988749895
EXTERNAL, EXPIRED, REVOKED = 0.1, 0.012, 0.006  # of all certificates
REASONS = (
    "Cấp nhầm người, đã cấp lại cho đúng người",
    "Sai họ tên trên giấy, cấp lại theo hồ sơ cán bộ",
    "Bài thi bị hủy kết quả sau khi phúc tra",
)


def make_synthetic_certificates(*, by: Actor) -> int:
    """Have certificates for about 63 of 100 synthetic people; returns how many are new.

    The share lies between 45 and 76 percent by province. Those who sign in hold none: they earn
    theirs. Safe to repeat.
    """
    new = enter_past_certificates(entries=_entries(clock.today()), by=by)
    for certificate in _to_revoke():
        revoke_certificate(certificate=certificate, reason=_random(certificate).choice(REASONS), by=by)
    return new


def _entries(today: date) -> Iterator[PastCertificate]:
    programmes = {
        programme.track.duty: programme
        for programme in Programme.objects.filter(version=VERSION).select_related("track")
    }
    duties = Assignment.objects.in_force_on(today).filter(is_primary=True, person__in=synthetic_staff())
    place_in_body: Counter[str] = Counter()
    for duty in duties.select_related("person", "organisation__parent").order_by("person__username"):
        body = _counted_in(duty.organisation)
        place_in_body[body.code] += 1
        # Multiples of the golden ratio are spread evenly, so that small bodies get their share, too.
        if duty.duty in programmes and place_in_body[body.code] * GOLDEN % 1 < _share(body, duty):
            yield _entry(duty, programmes[duty.duty], today)


def _counted_in(organisation: Organisation) -> Organisation:
    """A commune counts in its province."""
    is_commune = organisation.kind == OrganisationKind.COMMUNE
    return organisation.parent if is_commune and organisation.parent is not None else organisation


def _share(body: Organisation, duty: Assignment) -> float:
    """How many of a body's staff hold one: more where the duty is the whole job."""
    base: float = 0.49 + 0.26 * Random(f"share {body.code}").random() ** 0.6
    return base + (0.02 if duty.duty_type == DutyType.DEDICATED else -0.015)


def _entry(duty: Assignment, programme: Programme, today: date) -> PastCertificate:
    random = Random(f"certificate {duty.person.username}")
    issued_on = _issued_on(random, today)
    expired = random.random() < EXPIRED and (today - issued_on).days > 90
    return PastCertificate(
        person=duty.person,
        programme=programme,
        organisation=duty.organisation,
        issued_at=datetime.combine(
            issued_on, time(random.randint(7, 20), random.randint(0, 59)), tzinfo=clock.HO_CHI_MINH
        ),
        result_percent=Decimal(random.randint(320, 400)) / 4,
        evidence=Evidence.EXTERNAL if random.random() < EXTERNAL else Evidence.PLATFORM,
        identity_level=duty.person.identity_level,
        expires_on=today - timedelta(days=random.randint(5, 60)) if expired else None,
    )


def _issued_on(random: Random, today: date) -> date:
    """In the last twelve months, but not before the year of the programme's version."""
    first = max(today - timedelta(days=365), date(int(VERSION[:4]), 1, 5))
    yesterday = max(today - timedelta(days=1), first)
    return first + timedelta(days=int(random.random() * ((yesterday - first).days + 1)))


def _to_revoke() -> list[Certificate]:
    """The same few every time."""
    rows = Certificate.objects.filter(person__in=synthetic_staff(), cycle=1, revoked_at=None)
    rows = rows.filter(superseded_at=None).select_related("person").order_by("pk")
    return [row for row in rows.defer("facts") if _random(row).random() < REVOKED]


def _random(certificate: Certificate) -> Random:
    return Random(f"revocation {certificate.person.username}")
