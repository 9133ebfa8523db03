"""The PDF: drawn once, kept byte for byte, given back when lost."""

import hashlib
import io
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from pypdf import PdfReader

from certificates.actions import files
from certificates.actions.files import keep_pdf
from certificates.models import Certificate
from certificates.tasks import render_pdf
from lms.audit.models import AuditEvent
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_certificates

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LONG_NAME = ("Nguyễn Phước Bảo Quỳnh Hương Thảo " * 9)[:300].strip()


def text_of(pdf: bytes) -> str:
    lines = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().splitlines()
    return " ".join(" ".join(lines).split())


def stored_files() -> list[str]:
    root = Path(default_storage.path("certificates"))
    return sorted(str(path.relative_to(root)) for path in root.rglob("*.pdf"))


def test_render_pdf_stores_the_file_and_its_hash() -> None:
    certificate = make_certificates.certificate()

    render_pdf.call(certificate.pk)

    certificate.refresh_from_db()
    year = certificate.serial.split("-")[1]
    content = Path(default_storage.path(certificate.pdf)).read_bytes()
    assert certificate.pdf == f"certificates/{year}/{certificate.code}.pdf"
    assert certificate.pdf_sha256 == hashlib.sha256(content).hexdigest()
    assert (certificate.pdf_size, content[:5]) == (len(content), b"%PDF-")


def test_render_pdf_twice_keeps_one_file() -> None:
    certificate = make_certificates.certificate()

    render_pdf.call(certificate.pk)
    render_pdf.call(certificate.pk)

    assert stored_files() == [f"{certificate.serial.split('-')[1]}/{certificate.code}.pdf"]


def test_keep_pdf_of_two_writers_keeps_the_first_file() -> None:
    slow = make_certificates.certificate()
    fast = Certificate.objects.get()
    content = keep_pdf(certificate=fast, by=SYSTEM)

    assert keep_pdf(certificate=slow, by=SYSTEM) == content
    assert (slow.pdf, slow.pdf_sha256) == (fast.pdf, fast.pdf_sha256)
    assert len(stored_files()) == 1


def test_keep_pdf_reads_the_stored_file_and_does_not_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificates.certificate()
    content = keep_pdf(certificate=certificate, by=SYSTEM)
    monkeypatch.setattr(files, "render_certificate", lambda _facts: b"another design")

    assert keep_pdf(certificate=certificate, by=SYSTEM) == content


@pytest.mark.parametrize("damage", ["lost", "changed"])
def test_keep_pdf_draws_a_lost_file_again(damage: str) -> None:
    certificate = make_certificates.certificate()
    content = keep_pdf(certificate=certificate, by=SYSTEM)
    path = Path(default_storage.path(certificate.pdf))
    path.unlink() if damage == "lost" else path.write_bytes(b"%PDF-")

    assert keep_pdf(certificate=certificate, by=SYSTEM) == content
    assert path.read_bytes() == content
    assert AuditEvent.objects.filter(kind="certificate.file_restored").count() == 1


def test_keep_pdf_refuses_a_file_that_would_come_out_differently(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    certificate = make_certificates.certificate()
    keep_pdf(certificate=certificate, by=SYSTEM)
    default_storage.delete(certificate.pdf)
    monkeypatch.setattr(files, "render_certificate", lambda _facts: b"another design")

    with pytest.raises(Refused) as refusal:
        keep_pdf(certificate=certificate, by=SYSTEM)

    assert refusal.value.code == "file-lost"


def test_name_of_300_characters_is_printed_whole() -> None:
    certificate = make_certificates.certificate(make.person(LONG_NAME))

    assert text_of(keep_pdf(certificate=certificate, by=SYSTEM)).count(LONG_NAME) == 1


def test_decomposed_name_is_printed_in_whole_letters() -> None:
    person = make.person("Nguyễn Thị Hường Ước")
    decomposed = unicodedata.normalize("NFD", person.full_name)
    with connection.cursor() as cursor:  # past the model, as an import of old data may be
        cursor.execute("UPDATE people_person SET full_name = %s WHERE id = %s", [decomposed, person.pk])
    person.refresh_from_db()
    assert person.full_name == decomposed

    pdf = keep_pdf(certificate=make_certificates.certificate(person), by=SYSTEM)

    assert text_of(pdf).count("Nguyễn Thị Hường Ước") == 1


def test_rename_after_issue_changes_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificates.certificate(make.person("Nguyễn Thị Cũ"))
    certificate.person.full_name = "Nguyễn Thị Mới"
    certificate.person.save(update_fields=["full_name"])

    text = text_of(keep_pdf(certificate=Certificate.objects.get(), by=SYSTEM))

    assert (text.count("Nguyễn Thị Cũ"), text.count("Nguyễn Thị Mới")) == (1, 0)


def test_issued_certificate_is_drawn_by_the_job(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_certificates.certificate()

    assert len(stored_files()) == 1
