"""Revoking: who, why, and what stays."""

import pytest

from certificates import signals
from certificates.actions.issue import reissue_certificate
from certificates.actions.revoke import revoke_certificate
from certificates.models import Certificate, EntryKind, RegisterEntry
from lms.audit.models import AuditEvent
from lms.people.models import Role
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_certificates

pytestmark = pytest.mark.django_db


def test_revoke_certificate_by_the_office() -> None:
    certificate, office = make_certificates.certificate(), make.person("Trần Văn Phòng")
    make.grant(office, Role.OFFICE)
    heard: list[Certificate] = []

    def listen(sender: object, certificate: Certificate, **_: object) -> None:
        heard.append(certificate)

    signals.certificate_revoked.connect(listen)
    try:
        revoked = revoke_certificate(certificate=certificate, by=office, reason=" Cấp nhầm\nngười ")
    finally:
        signals.certificate_revoked.disconnect(listen)

    assert (revoked.revoked_by, revoked.revocation_reason) == ("Trần Văn Phòng", "Cấp nhầm người")
    assert heard == [certificate]
    entry = RegisterEntry.objects.get(kind=EntryKind.REVOKED)
    assert (str(entry.register).split("-")[:2], entry.number) == (["LT", "TH"], 1)
    assert (entry.by, entry.note) == ("Trần Văn Phòng", "Cấp nhầm người")
    assert AuditEvent.objects.get(kind="certificate.revoked").details == {"reason": "Cấp nhầm người"}


def test_revoke_certificate_takes_no_number_from_the_certificates() -> None:
    first = make_certificates.certificate()
    revoke_certificate(certificate=first, by=SYSTEM, reason="Cấp nhầm")

    second = make_certificates.certificate()

    assert int(second.serial[-6:]) == int(first.serial[-6:]) + 1


def test_revoke_certificate_again_changes_nothing() -> None:
    certificate = make_certificates.certificate()
    first = revoke_certificate(certificate=certificate, by=SYSTEM, reason="Cấp nhầm")

    again = revoke_certificate(certificate=certificate, by=SYSTEM, reason="Lý do khác")

    assert (again.revoked_at, again.revocation_reason) == (first.revoked_at, "Cấp nhầm")
    assert RegisterEntry.objects.filter(kind=EntryKind.REVOKED).count() == 1


@pytest.mark.parametrize(
    ("reason", "code"), [("", "reason-missing"), (" \n ", "reason-missing"), ("x" * 501, "reason-too-long")]
)
def test_revoke_certificate_refuses_without_a_proper_reason(reason: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        revoke_certificate(certificate=make_certificates.certificate(), by=SYSTEM, reason=reason)

    assert refusal.value.code == code


@pytest.mark.parametrize("role", ["", Role.TRAINER, Role.REVIEWER, Role.HR, Role.AUDITOR])
def test_revoke_certificate_refuses_everybody_but_the_office(role: str) -> None:
    certificate, other = make_certificates.certificate(), make.person()
    if role:
        make.grant(other, role, scope=make.organisation() if role == Role.HR else None)

    with pytest.raises(Refused) as refusal:
        revoke_certificate(certificate=certificate, by=other, reason="Cấp nhầm")

    assert refusal.value.code == "not-allowed"
    assert Certificate.objects.get().revoked_at is None


def test_revoke_certificate_refuses_a_replaced_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from lms.shared import clock

    certificate = make_certificates.certificate(programme_=make_certificates.programme(valid_months=1))
    later = clock.now() + timedelta(days=60)
    monkeypatch.setattr(clock, "now", lambda: later)
    reissue_certificate(certificate=certificate, by=SYSTEM)

    with pytest.raises(Refused) as refusal:
        revoke_certificate(certificate=certificate, by=SYSTEM, reason="Cấp nhầm")

    assert refusal.value.code == "superseded"
