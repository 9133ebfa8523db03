"""Certificates of the past, entered in bulk."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from certificates.actions.past import PastCertificate, enter_past_certificates
from certificates.models import Certificate, Evidence, RegisterEntry
from courses.models import Programme
from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_certificates

pytestmark = pytest.mark.django_db


def entry(person: Person, programme: Programme, month: int, **fields: Any) -> PastCertificate:
    fields.setdefault("issued_at", datetime(2026, month, 1, 3, tzinfo=UTC))
    return PastCertificate(
        person=person,
        programme=programme,
        organisation=None,
        result_percent=Decimal(85),
        evidence=Evidence.EXTERNAL,
        identity_level="hr",
        **fields,
    )


def test_enter_past_certificates_in_the_order_of_their_dates() -> None:
    programme = make_certificates.programme()
    may, march, earlier = (make.person(is_synthetic=True) for _ in range(3))
    entries = [
        entry(may, programme, 5),
        entry(march, programme, 3),
        entry(earlier, programme, 1, issued_at=datetime(2025, 12, 1, tzinfo=UTC)),
    ]

    assert enter_past_certificates(entries=entries, by=SYSTEM) == 3

    serials = dict(Certificate.objects.values_list("person_id", "serial"))
    assert serials == {earlier.pk: "LT-2025-000001", march.pk: "LT-2026-000001", may.pk: "LT-2026-000002"}
    certificate = Certificate.objects.get(person=may)
    assert (certificate.evidence, certificate.facts["result_percent"]) == ("external", "85")
    assert certificate.recorded_at == certificate.issued_at
    assert RegisterEntry.objects.count() == 3
    assert AuditEvent.objects.get().details == {"count": 3}


def test_enter_past_certificates_again_adds_nothing() -> None:
    person, programme = make.person(), make_certificates.programme()
    entries = [entry(person, programme, 3), entry(person, programme, 5)]

    assert enter_past_certificates(entries=entries, by=SYSTEM) == 1
    assert enter_past_certificates(entries=entries, by=SYSTEM) == 0
    assert Certificate.objects.get().issued_at.month == 3


def test_enter_past_certificates_continues_the_years_numbers() -> None:
    first = make_certificates.certificate()
    year, number = first.issued_at.year, int(first.serial[-6:])
    late = entry(make.person(), first.programme, 1, issued_at=first.issued_at)

    enter_past_certificates(entries=[late], by=SYSTEM)

    assert Certificate.objects.latest("pk").serial == f"LT-{year}-{number + 1:06d}"


def test_enter_past_certificates_of_real_people_became_known_now() -> None:
    enter_past_certificates(entries=[entry(make.person(), make_certificates.programme(), 1)], by=SYSTEM)

    certificate = Certificate.objects.get()
    assert certificate.recorded_at > certificate.issued_at


def test_enter_past_certificates_with_an_end_of_its_own() -> None:
    ended = entry(make.person(), make_certificates.programme(), 1, expires_on=date(2026, 2, 28))

    enter_past_certificates(entries=[ended], by=SYSTEM)

    certificate = Certificate.objects.get()
    assert certificate.facts["expires_on"] == "2026-02-28"
    assert certificate.status_at(datetime(2026, 2, 28, 17, tzinfo=UTC)) == "expired"


def test_enter_past_certificates_refuses_everybody_but_the_office() -> None:
    with pytest.raises(Refused) as refusal:
        enter_past_certificates(entries=[], by=make.person())

    assert refusal.value.code == "not-allowed"
