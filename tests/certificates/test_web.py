"""Pages of certificates: what the holder, the staff and a visitor from outside see."""

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.actions import files
from certificates.actions.files import keep_pdf
from certificates.actions.issue import reissue_certificate
from certificates.actions.revoke import revoke_certificate
from certificates.codes import format_code
from certificates.models import Certificate
from certificates.queries.verification import masked
from lms.people.models import Person, Role
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests import make, make_certificates

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)
NAME = "Nguyễn Thị Minh Khai"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def certificate() -> Certificate:
    return make_certificates.certificate(make.person(NAME))


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def with_role(role: str, **fields: Any) -> Client:
    person = make.person()
    make.grant(person, role, **fields)
    return signed_in(person)


def words(response: Any) -> str:
    """The main part of a page as a reader meets it."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r'<input[^>]*name="csrfmiddlewaretoken"[^>]*>', "", main)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def verify(certificate: Certificate, client: Client | None = None) -> HttpResponse:
    answer: Any = (client or Client()).get(reverse("certificates:verify", args=[certificate.code]))
    return answer  # type: ignore[no-any-return]


# Mine


def test_mine_shows_what_i_hold_and_nobody_elses(certificate: Certificate) -> None:
    other = make_certificates.certificate()
    keep_pdf(certificate=certificate, by=SYSTEM)

    response = signed_in(certificate.person).get("/certificates/")

    assert [h.certificate for h in response.context["holdings"]] == [certificate]
    page = response.content.decode()
    assert f"/certificates/{certificate.serial}/pdf/" in page
    assert f"/v/{certificate.code}/" in page
    assert other.serial not in page


def test_mine_says_that_the_file_is_being_prepared(certificate: Certificate) -> None:
    client = signed_in(certificate.person)
    text = "Bản PDF đang được tạo."

    with_job_to_do = client.get("/certificates/", headers={"accept-language": "en"})
    keep_pdf(certificate=certificate, by=SYSTEM)
    when_done = client.get("/certificates/", headers={"accept-language": "en"})

    assert (text in words(with_job_to_do), text in words(when_done)) == (True, False)


def test_mine_names_the_modules_that_are_left() -> None:
    person, programme = make.person(), make_certificates.programme(modules=2)
    make_certificates.enrolment(person, programme)
    first, second = make_certificates.required(programme)
    make_certificates.completion(person, first)

    response = signed_in(person).get("/certificates/")

    [standing] = response.context["standings"]
    assert standing.left == (second, programme.exam_module)
    assert f"Mô-đun {second.code}" in words(response)


def test_mine_without_anything_says_what_to_do() -> None:
    response = signed_in(make.person()).get("/certificates/", headers={"accept-language": "en"})

    assert "Anh/chị chưa theo học chương trình nào." in words(response)


def test_mine_of_a_programme_without_exam_promises_nothing() -> None:
    person, programme = make.person(), make_certificates.programme(exam=False)
    make_certificates.enrolment(person, programme)

    response = signed_in(person).get("/certificates/", headers={"accept-language": "en"})

    assert "Chương trình này đang được biên soạn" in words(response)


def test_claim_issues_what_is_due_once() -> None:
    person, programme = make.person(), make_certificates.programme()
    make_certificates.enrolment(person, programme)
    make_certificates.earned(person, programme)
    client = signed_in(person)

    client.post("/certificates/claim/")
    client.post("/certificates/claim/")

    assert Certificate.objects.get().person == person


def test_claim_of_an_unprintable_name_says_whom_to_ask() -> None:
    person, programme = make.person("Иван"), make_certificates.programme()
    make_certificates.enrolment(person, programme)
    make_certificates.earned(person, programme)

    response = signed_in(person).post("/certificates/claim/", follow=True)

    assert [m.level_tag for m in response.context["messages"]] == ["error"]
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("number", [1, 6])
def test_mine_needs_at_most_eight_queries(number: int) -> None:
    person = make.person()
    make.assignment(person, make.organisation())
    for _ in range(number):
        make_certificates.certificate(person)
        programme = make_certificates.programme(modules=5, is_open=False)
        make_certificates.enrolment(person, programme)
    client = signed_in(person)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get("/certificates/").status_code == 200

    assert len(queries) <= 8


@pytest.mark.parametrize("url", ["/certificates/", "/certificates/LT-2026-000001/pdf/"])
def test_signed_out_visitors_are_asked_to_sign_in(url: str) -> None:
    response = Client().get(url)

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/accounts/login/")


# The file


def test_pdf_is_drawn_when_asked_for_and_then_kept(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(certificate.person)

    first = client.get(f"/certificates/{certificate.serial}/pdf/")
    monkeypatch.setattr(files, "render_certificate", lambda _facts: b"another design")
    second = client.get(f"/certificates/{certificate.serial}/pdf/")

    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Disposition"] == 'inline; filename="giay-chung-nhan-LT-2026-000001.pdf"'
    assert first["X-Robots-Tag"] == "noindex"
    assert first.content[:5] == b"%PDF-"
    assert second.content == first.content


def test_pdf_that_is_lost_for_good_has_a_page(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.files.storage import default_storage

    keep_pdf(certificate=certificate, by=SYSTEM)
    default_storage.delete(certificate.pdf)
    monkeypatch.setattr(files, "render_certificate", lambda _facts: b"another design")

    response = signed_in(certificate.person).get(f"/certificates/{certificate.serial}/pdf/")

    assert response.status_code == 503
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.OFFICE, 200), (Role.AUDITOR, 200), (Role.ADMINISTRATOR, 200), (Role.TRAINER, 404), ("", 404)],
)
def test_pdf_is_for_the_office_and_auditors(certificate: Certificate, role: str, status: int) -> None:
    client = with_role(role) if role else signed_in(make.person())

    assert client.get(f"/certificates/{certificate.serial}/pdf/").status_code == status


def test_pdf_is_for_hr_of_the_holders_province_and_no_other() -> None:
    son_la, nghe_an = make.organisation("Tỉnh Sơn La"), make.organisation("Tỉnh Nghệ An")
    person = make.person()
    make.assignment(person, make.organisation("Xã Mẫu", "commune", parent=son_la))
    url = f"/certificates/{make_certificates.certificate(person).serial}/pdf/"

    assert with_role(Role.HR, scope=son_la).get(url).status_code == 200
    assert with_role(Role.HR, scope=nghe_an).get(url).status_code == 404


@pytest.mark.parametrize("page", ["pdf", "revoke"])
def test_guessed_serials_are_not_found(certificate: Certificate, page: str) -> None:
    client = signed_in(make.person())

    there = client.get(f"/certificates/{certificate.serial}/{page}/")
    missing = client.get(f"/certificates/LT-2026-000099/{page}/")

    assert (there.status_code, missing.status_code) == (404, 404)


# Verification


def test_verify_of_a_valid_certificate(certificate: Certificate) -> None:
    response = verify(certificate)

    page = words(response)
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert "no-store" in response["Cache-Control"]
    assert response.context["result"].outcome == "valid"  # type: ignore[attr-defined]
    assert "Nguyễn T. M. K…" in page
    assert NAME not in page
    assert certificate.serial in page
    assert "21/11/2026" in page


def test_verify_shows_no_more_than_an_outsider_may_know(certificate: Certificate) -> None:
    page = verify(certificate).content.decode()

    for private in ("Xã Mẫu", certificate.person.username, "92", "/pdf/", "/revoke/"):
        assert private not in page.replace(certificate.code, "").partition("<main")[2]


@pytest.mark.parametrize("pattern", ["/V/{}", "/v/{}/", "/V/{}/"])
def test_verify_answers_to_printed_and_typed_addresses(certificate: Certificate, pattern: str) -> None:
    for code in (certificate.code, format_code(certificate.code).lower()):
        assert Client().get(pattern.format(code)).status_code == 200


def test_verify_without_a_slash_leads_to_the_page(certificate: Certificate) -> None:
    assert Client().get(f"/v/{certificate.code}", follow=True).status_code == 200


def test_verify_of_a_revoked_certificate_says_since_when_and_why(certificate: Certificate) -> None:
    revoke_certificate(certificate=certificate, by=SYSTEM, reason="Cấp nhầm người")

    response = verify(certificate)

    assert response.context["result"].outcome == "revoked"  # type: ignore[attr-defined]
    assert "Cấp nhầm người" in words(response)


def test_verify_of_expired_and_replaced_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificates.certificate(programme_=make_certificates.programme(valid_months=1))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=60))

    expired = verify(certificate)
    reissue_certificate(certificate=certificate, by=SYSTEM)
    replaced = verify(certificate)

    outcomes = [r.context["result"].outcome for r in (expired, replaced)]  # type: ignore[attr-defined]
    assert outcomes == ["expired", "superseded"]


def test_verify_of_sample_data_says_so() -> None:
    certificate = make_certificates.certificate(make.person(is_synthetic=True))

    page = words(Client().get(f"/v/{certificate.code}/", headers={"accept-language": "en"}))

    assert "Sample data. This certificate belongs to a made-up person and proves nothing." in page


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("0000000000000", "unknown"),
        ("0000000000001", "mistyped"),
        ("7K4Q", "mistyped"),
        ("Đ" * 13, "mistyped"),
    ],
)
def test_verify_of_other_codes_is_not_found(code: str, outcome: str) -> None:
    response = Client().get(f"/v/{code}/")

    assert (response.status_code, response.context["result"].outcome) == (404, outcome)


@pytest.mark.parametrize("code", ["0000000000000", "0000000000001"])
def test_verify_of_other_codes_costs_what_a_real_one_costs(certificate: Certificate, code: str) -> None:
    counts = []
    for asked in (certificate.code, code):
        with CaptureQueriesContext(connection) as queries:
            Client().get(f"/v/{asked}/")
        counts.append(len(queries))

    assert counts == [1, 1]


def test_verify_form_leads_to_the_page_of_the_code(certificate: Certificate) -> None:
    typed = format_code(certificate.code).lower().replace("-", " ")

    response = Client().get("/v/", {"code": typed})

    assert response["Location"] == f"/v/{certificate.code}/"


@pytest.mark.parametrize("typed", ["", "  "])
def test_verify_form_asks_for_a_code(typed: str) -> None:
    response = Client().get("/v/", {"code": typed})

    assert response.status_code == 200
    assert list(response.context["code_form"].errors) == ["code"]


@pytest.mark.parametrize("typed", ["a/b", "..", "/", "<script>", "x" * 60])
def test_verify_form_survives_any_text(typed: str) -> None:
    response = Client().get("/v/", {"code": typed}, follow=True)

    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()
    assert response.context["result"].outcome == "mistyped"


@pytest.mark.parametrize(
    ("typed", "matches"),
    [
        (NAME, True),
        ("  nguyễn thị  MINH khai ", True),
        ("Nguyễn Thi Minh Khai", False),
        ("Nguyễn Thị Minh Khái", False),
        ("Minh Khai", False),
    ],
)
def test_name_is_shown_to_who_can_write_it(certificate: Certificate, typed: str, matches: bool) -> None:
    response = Client().post(f"/v/{certificate.code}/name/", {"full_name": typed})

    assert response.context["name_matches"] is matches
    assert (NAME in re.sub(r'value="[^"]*"', "", response.content.decode())) is matches


def test_name_in_decomposed_form_matches(certificate: Certificate) -> None:
    import unicodedata

    typed = unicodedata.normalize("NFD", NAME)

    response = Client().post(f"/v/{certificate.code}/name/", {"full_name": typed})

    assert response.context["name_matches"] is True


def test_file_is_compared_by_its_hash(certificate: Certificate) -> None:
    ours = keep_pdf(certificate=certificate, by=SYSTEM)
    answers = []
    for content in (ours, ours + b" "):
        file = SimpleUploadedFile("a.pdf", content, "application/pdf")
        response = Client().post(f"/v/{certificate.code}/file/", {"file": file})
        answers.append(response.context["file_matches"])

    assert answers == [True, False]


def test_file_is_compared_when_ours_was_never_drawn(certificate: Certificate) -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF-", "application/pdf")

    response = Client().post(f"/v/{certificate.code}/file/", {"file": file})

    assert response.context["file_matches"] is False


@pytest.mark.parametrize("size", [0, 5 * 1024 * 1024 + 1])
def test_file_that_is_empty_or_too_large_is_refused(certificate: Certificate, size: int) -> None:
    file = SimpleUploadedFile("a.pdf", b"x" * size, "application/pdf")

    response = Client().post(f"/v/{certificate.code}/file/", {"file": file})

    assert list(response.context["file_form"].errors) == ["file"]


@pytest.mark.parametrize("part", ["name", "file"])
def test_comparing_without_anything_asks_again(certificate: Certificate, part: str) -> None:
    response = Client().post(f"/v/{certificate.code}/{part}/")

    assert (response.status_code, f"{part}_matches" in response.context) == (200, False)
    assert Client().get(f"/v/{certificate.code}/{part}/")["Location"] == f"/v/{certificate.code}/"


@pytest.mark.parametrize("part", ["name", "file"])
def test_comparing_with_an_unknown_code_is_not_found(part: str) -> None:
    assert Client().post(f"/v/0000000000000/{part}/", {"full_name": NAME}).status_code == 404


@pytest.mark.parametrize(
    ("full_name", "shown"),
    [
        (NAME, "Nguyễn T. M. K…"),
        ("Trần Ước", "Trần Ư…"),
        ("Khai", "K…"),
        ("Y Bhơ̆ŏ Niê", "Y B. N…"),
        ("Nguyễn Ê̆ban", "Nguyễn Ê̆…"),
    ],
)
def test_masked_name_keeps_the_family_name_and_initials(full_name: str, shown: str) -> None:
    assert masked(full_name) == shown


def test_verify_allows_sixty_checks_a_minute_for_each_address(certificate: Certificate) -> None:
    client, url = Client(), f"/v/{certificate.code}/"

    statuses = [client.get(url).status_code for _ in range(61)]
    blocked = client.get(url)

    assert statuses == [200] * 60 + [429]
    assert (blocked.status_code, blocked["Retry-After"]) == (429, "60")
    assert Client(REMOTE_ADDR="203.0.113.9").get(url).status_code == 200


def test_verify_allows_again_in_the_next_minute(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = Client(), f"/v/{certificate.code}/name/"
    statuses = [client.post(url, {"full_name": "x"}).status_code for _ in range(11)]
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=1))

    assert (statuses[-1], client.post(url, {"full_name": "x"}).status_code) == (429, 200)


def test_limit_believes_only_our_own_proxy(certificate: Certificate, settings: Any) -> None:
    settings.AXES_IPWARE_PROXY_COUNT = 1
    url = f"/v/{certificate.code}/name/"
    for number in range(10):
        Client().post(url, headers={"x-forwarded-for": f"10.0.0.{number}, 203.0.113.9"})

    same = Client().post(url, headers={"x-forwarded-for": "198.51.100.1, 203.0.113.9"})
    another = Client().post(url, headers={"x-forwarded-for": "203.0.113.10"})

    assert (same.status_code, another.status_code) == (429, 200)


# Revoking


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMINISTRATOR])
def test_revoke_page_revokes_with_reason_and_confirmation(certificate: Certificate, role: str) -> None:
    client, url = with_role(role), f"/certificates/{certificate.serial}/revoke/"
    assert NAME in words(client.get(url))

    response = client.post(url, {"reason": "Cấp nhầm người", "sure": "on"})

    assert response["Location"] == f"/v/{certificate.code}/"
    certificate.refresh_from_db()
    assert certificate.revocation_reason == "Cấp nhầm người"


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, ["reason", "sure"]),
        ({"sure": "on"}, ["reason"]),
        ({"reason": "Cấp nhầm"}, ["sure"]),
        ({"reason": "  ", "sure": "on"}, ["reason"]),
        ({"reason": "x" * 501, "sure": "on"}, ["reason"]),
    ],
)
def test_revoke_page_asks_for_what_is_missing(
    certificate: Certificate, fields: dict[str, str], errors: list[str]
) -> None:
    response = with_role(Role.OFFICE).post(f"/certificates/{certificate.serial}/revoke/", fields)

    assert list(response.context["form"].errors) == errors
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


def test_revoke_page_is_forbidden_to_who_may_only_read(certificate: Certificate) -> None:
    url = f"/certificates/{certificate.serial}/revoke/"

    for client in (with_role(Role.AUDITOR), signed_in(certificate.person)):
        assert client.post(url, {"reason": "x", "sure": "on"}).status_code == 403
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


def test_reissue_leads_to_the_new_certificate(certificate: Certificate) -> None:
    revoke_certificate(certificate=certificate, by=SYSTEM, reason="Sai tên")
    office, url = with_role(Role.OFFICE), f"/certificates/{certificate.serial}/reissue/"

    first, again = office.post(url), office.post(url)

    newer = Certificate.objects.get(cycle=2)
    assert first["Location"] == again["Location"] == f"/v/{newer.code}/"
    assert signed_in(certificate.person).post(url).status_code == 403
    assert signed_in(make.person()).post(url).status_code == 404


def test_reissue_of_a_valid_certificate_says_why_not(certificate: Certificate) -> None:
    response = with_role(Role.OFFICE).post(f"/certificates/{certificate.serial}/reissue/", follow=True)

    assert [m.level_tag for m in response.context["messages"]] == ["error"]
    assert Certificate.objects.count() == 1


def test_verify_offers_the_office_what_it_may_do(certificate: Certificate) -> None:
    url = f"/certificates/{certificate.serial}"

    office = verify(certificate, with_role(Role.OFFICE)).content.decode()
    holder = verify(certificate, signed_in(certificate.person)).content.decode()

    assert (f"{url}/revoke/" in office, f"{url}/pdf/" in office) == (True, True)
    assert (f"{url}/revoke/" in holder, f"{url}/pdf/" in holder) == (False, True)
