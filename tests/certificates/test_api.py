"""The API: one's own certificates, and what an outside verifier may know."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from certificates.actions.revoke import revoke_certificate
from certificates.codes import format_code
from certificates.models import Certificate
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests import make, make_certificates

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def certificate() -> Certificate:
    return make_certificates.certificate(make.person("Nguyễn Thị Minh Khai"))


def test_own_certificates(certificate: Certificate) -> None:
    make_certificates.certificate()
    client = Client()
    client.force_login(certificate.person)

    answer = client.get("/api/v1/certificates/").json()

    assert answer["results"] == [
        {
            "serial": "LT-2026-000001",
            "code": certificate.code,
            "track": "G",
            "programme_version": certificate.programme.version,
            "title": {"vi": "Thông tin cơ sở, mức chuyên sâu", "en": "Grassroots information, in depth"},
            "level": "in_depth",
            "components": ["ST", "DC"],
            "status": "valid",
            "issued_at": "2026-11-21T10:42:00+07:00",
            "expires_at": None,
            "verify_url": f"HTTP://127.0.0.1:8000/V/{certificate.code}",
            "pdf_url": "/certificates/LT-2026-000001/pdf/",
            "pdf_sha256": "",
        }
    ]


def test_own_certificates_need_a_sign_in() -> None:
    assert Client().get("/api/v1/certificates/").status_code == 401


def test_verify_says_what_an_outsider_may_know(certificate: Certificate) -> None:
    response = Client().get(f"/api/v1/verify/{certificate.code.lower()}/")

    assert response["X-Robots-Tag"] == "noindex"
    assert response.json() == {
        "code": format_code(certificate.code),
        "status": "valid",
        "checked_at": "2026-11-21T10:42:00+07:00",
        "serial": "LT-2026-000001",
        "holder": "Nguyễn T. M. K…",
        "title": {"vi": "Thông tin cơ sở, mức chuyên sâu", "en": "Grassroots information, in depth"},
        "track": "G",
        "level": "in_depth",
        "components": ["ST", "DC"],
        "evidence": "platform",
        "identity_level": "self",
        "issuer": "Ban Điều phối Chương trình Lan Tỏa",
        "issued_on": "2026-11-21",
        "expires_on": None,
        "revoked_at": None,
        "revocation_reason": "",
        "is_synthetic": False,
        "pdf_sha256": "",
    }


def test_verify_of_a_revoked_certificate(certificate: Certificate) -> None:
    revoke_certificate(certificate=certificate, by=SYSTEM, reason="Cấp nhầm người")

    answer = Client().get(f"/api/v1/verify/{certificate.code}/").json()

    assert (answer["status"], answer["revocation_reason"]) == ("revoked", "Cấp nhầm người")


@pytest.mark.parametrize(
    ("code", "status"), [("0000000000000", "unknown"), ("0000000000001", "mistyped"), ("x", "mistyped")]
)
def test_verify_of_other_codes(code: str, status: str) -> None:
    response = Client().get(f"/api/v1/verify/{code}/")

    assert (response.status_code, response.json()["status"]) == (404, status)


@pytest.mark.slow
def test_verify_allows_sixty_a_minute_for_each_address() -> None:
    def ask(**extra: Any) -> int:
        return Client(**extra).get("/api/v1/verify/0000000000000/").status_code

    assert [ask() for _ in range(61)] == [404] * 60 + [429]
    assert ask(headers={"x-forwarded-for": "203.0.113.9"}) == 429
    assert ask(REMOTE_ADDR="203.0.113.9") == 404
