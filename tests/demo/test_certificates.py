"""Demo certificates: a share of the synthetic staff, never the accounts somebody signs in with."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from certificates.models import Certificate, RegisterEntry
from lms.demo.actions import certificates as demo
from lms.demo.actions.certificates import make_synthetic_certificates
from lms.people.models import Organisation
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests import make, make_certificates


def staff(number: int, province: Organisation) -> None:
    for index in range(1, number + 1):
        person = make.person(
            username=f"mau-{province.pk:03}{index:03}", is_synthetic=True, identity_level="hr"
        )
        make.assignment(person, province)


def run() -> str:
    out = io.StringIO()
    call_command("load_demo_certificates", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.slow
def test_load_demo_certificates_gives_a_share_and_repeats_nothing() -> None:
    make_certificates.programme(version="2026-1")
    for number in range(4):
        staff(25, make.organisation(code=f"province-{number}"))
    named = make.person(username="hocvien.coso", is_synthetic=True)
    make.assignment(named, make.organisation())

    run()
    again = run()

    count = Certificate.objects.count()
    assert 45 <= count <= 76
    assert again.startswith("dữ liệu mẫu: 0 certificates added")
    assert not Certificate.objects.filter(person=named).exists()
    certificates = list(Certificate.objects.order_by("issued_at", "serial"))
    assert all(c.facts["is_synthetic"] and c.pdf == "" for c in certificates)
    assert [c.serial for c in certificates] == sorted(c.serial for c in certificates)
    assert {c.status_at(clock.now()) for c in certificates} <= {"valid", "expired", "revoked"}
    issued = RegisterEntry.objects.filter(kind="issued").order_by("number")
    assert [entry.number for entry in issued] == list(range(1, count + 1))


@pytest.mark.django_db
def test_some_synthetic_certificates_are_revoked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    make_certificates.programme(version="2026-1")
    staff(3, make.organisation())
    monkeypatch.setattr(demo, "REVOKED", 1)

    count = make_synthetic_certificates(by=SYSTEM)
    make_synthetic_certificates(by=SYSTEM)

    assert RegisterEntry.objects.filter(kind="revoked").count() == count > 0


@pytest.mark.django_db
def test_synthetic_certificates_pass_over_duties_without_a_programme() -> None:
    staff(3, make.organisation())

    assert make_synthetic_certificates(by=SYSTEM) == 0


@pytest.mark.django_db
def test_load_demo_certificates_says_what_is_missing(settings: Any) -> None:
    with pytest.raises(CommandError, match="load_programmes"):
        run()
    make_certificates.programme(version="2026-1")
    with pytest.raises(CommandError, match="load_demo_people"):
        run()
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        run()
