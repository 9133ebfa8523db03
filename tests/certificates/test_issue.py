"""Issuing: what it asks for, what it freezes, and that it happens once."""

import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from certificates import signals
from certificates.actions import issue
from certificates.actions.issue import issue_certificate, issue_if_due, reissue_certificate
from certificates.actions.revoke import revoke_certificate
from certificates.codes import format_code
from certificates.models import Certificate, EntryKind, Register, RegisterEntry
from certificates.pdf import CertificateFacts
from certificates.queries.due import exam_percent, modules_left, programmes_due
from certificates.queries.facts import last_day
from courses.models import Module
from courses.signals import module_completed
from lms.audit.models import AuditEvent
from lms.people.models import Role
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_certificates
from tests.make_assessments import QUIZ_KEY

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 3, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def refusal_of(**arguments: Any) -> str:
    with pytest.raises(Refused) as refusal:
        issue_certificate(**arguments)
    return refusal.value.code


def test_issue_certificate_when_everything_is_done() -> None:
    commune = make.organisation("Xã Mẫu", "commune", parent=make.organisation("Tỉnh Sơn La"))
    person, programme = make.person(identity_level="hr"), make_certificates.programme(modules=4)
    make.assignment(person, commune)
    make_certificates.earned(person, programme)

    certificate = issue_certificate(person=person, programme=programme, by=SYSTEM)

    assert Certificate.objects.get() == certificate
    assert (certificate.serial, certificate.cycle) == ("LT-2026-000001", 1)
    assert (certificate.level, certificate.components) == ("in_depth", ["ST", "DC"])
    assert (certificate.covers_st, certificate.covers_dc) == (True, True)
    assert (certificate.evidence, certificate.identity_level) == ("platform", "hr")
    assert (certificate.issued_at, certificate.recorded_at, certificate.expires_at) == (NOW, NOW, None)
    assert certificate.organisation == commune
    assert [(e.kind, e.thing_label) for e in AuditEvent.objects.all()] == [
        ("certificate.issued", "LT-2026-000001")
    ]
    entry = RegisterEntry.objects.select_related("register").get()
    assert (entry.number, entry.kind, entry.by, entry.at) == (1, EntryKind.ISSUED, "system", NOW)
    assert str(entry.register) == "LT-2026"


def test_issue_certificate_freezes_what_is_printed() -> None:
    commune = make.organisation("Xã Mẫu", "commune", parent=make.organisation("Tỉnh Sơn La"))
    person = make.person(unicodedata.normalize("NFD", "Nguyễn  Thị Hường"), is_synthetic=True)
    programme = make_certificates.programme(modules=4)
    make.assignment(person, commune)
    make_certificates.earned(person, programme, "37.1")

    certificate = issue_certificate(person=person, programme=programme, by=SYSTEM)

    facts = CertificateFacts.from_plain(certificate.facts)
    assert facts == CertificateFacts(
        holder_name="Nguyễn Thị Hường",
        organisation="Xã Mẫu, tỉnh Sơn La",
        track_title_vi="Thông tin cơ sở, mức chuyên sâu",
        track_title_en="Grassroots information, in depth",
        programme_version=programme.version,
        hours=Decimal(24),
        number_of_modules=4,
        result_percent=Decimal("92.75"),
        issued_on=NOW.date(),
        expires_on=None,
        serial="LT-2026-000001",
        code=format_code(certificate.code),
        verify_url=f"HTTP://127.0.0.1:8000/V/{certificate.code}",
        place="Hà Nội",
        issuer_vi="Ban Điều phối Chương trình Lan Tỏa",
        issuer_en="Lan Tỏa Programme Office",
        signer_title_vi="ĐẠI DIỆN ĐƠN VỊ CẤP",
        signer_title_en="For the issuing body",
        signer_name="",
        is_synthetic=True,
    )


def test_issue_certificate_again_returns_the_same_one() -> None:
    first = make_certificates.certificate()

    again = issue_certificate(person=first.person, programme=first.programme, by=SYSTEM)

    assert again == first
    assert RegisterEntry.objects.count() == 1


def test_issue_certificate_by_the_programme_office() -> None:
    person, office, programme = make.person(), make.person(), make_certificates.programme()
    make.grant(office, Role.OFFICE)
    make_certificates.earned(person, programme)

    issue_certificate(person=person, programme=programme, by=office)

    assert RegisterEntry.objects.get().by == office.full_name


@pytest.mark.parametrize("role", ["", Role.TRAINER, Role.HR, Role.AUDITOR])
def test_issue_certificate_refuses_everybody_else(role: str) -> None:
    person, other, programme = make.person(), make.person(), make_certificates.programme()
    if role:
        make.grant(other, role, scope=make.organisation() if role == Role.HR else None)
    make_certificates.earned(person, programme)

    assert refusal_of(person=person, programme=programme, by=other) == "not-allowed"
    assert refusal_of(person=person, programme=programme, by=person) == "not-allowed"
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_issue_certificate_refuses_while_a_module_or_the_exam_is_open(missing: int) -> None:
    person, programme = make.person(), make_certificates.programme(modules=2)
    assert programme.exam_module is not None
    needed = [*make_certificates.required(programme), programme.exam_module]
    left = needed.pop(missing)
    make_certificates.completion(person, *needed)
    make_certificates.exam_score(person, programme.exam_module)

    assert refusal_of(person=person, programme=programme, by=SYSTEM) == "modules-unfinished"
    assert modules_left(person, programme) == [left]
    assert list(programmes_due(person)) == []


def test_issue_certificate_refuses_without_a_passed_exam() -> None:
    person, programme = make.person(), make_certificates.programme()
    assert programme.exam_module is not None
    make_certificates.completion(person, *make_certificates.required(programme), programme.exam_module)
    make_certificates.exam_score(person, programme.exam_module, "20", passed=False)

    assert refusal_of(person=person, programme=programme, by=SYSTEM) == "exam-not-passed"


def test_issue_certificate_refuses_a_programme_without_required_modules() -> None:
    person, programme = make.person(), make_certificates.programme(modules=0)
    make_certificates.earned(person, programme)

    assert refusal_of(person=person, programme=programme, by=SYSTEM) == "not-completable"
    assert list(programmes_due(person)) == []


def test_issue_certificate_refuses_a_programme_without_an_exam() -> None:
    person, programme = make.person(), make_certificates.programme(exam=False)
    make_certificates.completion(person, *make_certificates.required(programme))

    assert refusal_of(person=person, programme=programme, by=SYSTEM) == "not-completable"
    assert list(programmes_due(person)) == []


def test_issue_certificate_refuses_a_name_it_cannot_print() -> None:
    person, programme = make.person("Иван Nguyễn"), make_certificates.programme()
    make_certificates.earned(person, programme)

    assert refusal_of(person=person, programme=programme, by=SYSTEM) == "unprintable"
    assert not Register.objects.filter(last_number__gt=0).exists()


def test_issue_certificate_refuses_after_a_revocation() -> None:
    certificate = make_certificates.certificate()
    revoke_certificate(certificate=certificate, by=SYSTEM, reason="Cấp nhầm")

    arguments = {"person": certificate.person, "programme": certificate.programme, "by": SYSTEM}
    assert refusal_of(**arguments) == "revoked-before"


def test_refusal_leaves_no_gap_in_the_register() -> None:
    first = make_certificates.certificate()
    strange, programme = make.person("Иван"), first.programme
    make_certificates.earned(strange, programme)
    refusal_of(person=strange, programme=programme, by=SYSTEM)
    third = make_certificates.certificate(programme_=programme)

    assert [first.serial, third.serial] == ["LT-2026-000001", "LT-2026-000002"]


def test_each_year_has_its_own_book_by_the_day_in_viet_nam(monkeypatch: pytest.MonkeyPatch) -> None:
    make_certificates.certificate()
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 31, 17, 30, tzinfo=UTC))

    assert make_certificates.certificate().serial == "LT-2027-000001"


def test_result_is_the_best_passed_one_and_cut_never_rounded() -> None:
    person, exam = make.person(), make_certificates.module()
    make_certificates.exam_score(person, exam, "33")
    make_certificates.exam_score(person, exam, "36.999")
    make_certificates.exam_score(person, exam, "40", passed=False)
    make_certificates.exam_score(make.person(), exam, "40")

    assert exam_percent(person, exam) == Decimal("92.49")


def test_result_counts_only_quizzes_of_the_exam_module() -> None:
    person = make.person()
    make_certificates.exam_score(person, Module(course_key="course-v1:LanToa+C10+2026"))

    assert exam_percent(person, Module(course_key="course-v1:LanToa+C1+2026")) is None
    assert QUIZ_KEY.startswith("block-v1:LanToa+C1+2026+type@quiz+")


def test_validity_ends_with_the_last_day_in_viet_nam() -> None:
    programme = make_certificates.programme(valid_months=36)

    certificate = make_certificates.certificate(programme_=programme)

    assert certificate.expires_at == datetime(2029, 11, 21, 16, 59, 59, 999999, tzinfo=UTC)
    assert certificate.facts["expires_on"] == "2029-11-21"
    assert certificate.status_at(certificate.expires_at) == "expired"


def test_validity_of_months_ends_on_the_last_day_there_is() -> None:
    day = datetime(2027, 8, 31, tzinfo=UTC).date()

    assert str(last_day(day, 6)) == "2028-02-29"
    assert str(last_day(day, 4)) == "2027-12-31"


def test_certificate_issued_is_told_and_the_file_queued(
    django_capture_on_commit_callbacks: Any,
) -> None:
    heard: list[Certificate] = []

    def listen(sender: Any, certificate: Certificate, **_: Any) -> None:
        heard.append(certificate)

    signals.certificate_issued.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            certificate = make_certificates.certificate()
    finally:
        signals.certificate_issued.disconnect(listen)

    assert heard == [certificate]
    assert Certificate.objects.get().pdf == f"certificates/2026/{certificate.code}.pdf"


def test_completing_the_last_module_brings_the_certificate() -> None:
    person, programme = make.person(), make_certificates.programme()
    make_certificates.enrolment(person, programme)
    make_certificates.earned(person, programme)

    module_completed.send(sender=Module, person=person, module=programme.exam_module)
    module_completed.send(sender=Module, person=person, module=programme.exam_module)

    assert Certificate.objects.get().person == person


def test_issue_if_due_notes_once_what_it_cannot_issue() -> None:
    person, programme = make.person("Иван"), make_certificates.programme()
    make_certificates.earned(person, programme)

    assert issue_if_due(person=person, by=SYSTEM) == []
    assert issue_if_due(person=person, by=SYSTEM) == []

    event = AuditEvent.objects.get()
    assert (event.kind, event.details) == (
        "certificate.held",
        {"programme": programme.pk, "reason": "unprintable"},
    )


def test_issue_if_due_gives_one_certificate_for_two_versions_of_a_track() -> None:
    person = make.person()
    older = make_certificates.programme(is_open=False)
    newer = make_certificates.programme()
    for programme in (older, newer):
        make_certificates.earned(person, programme)
    make_certificates.enrolment(person, older)

    assert [c.programme for c in issue_if_due(person=person, by=SYSTEM)] == [older]


def test_issue_if_due_issues_nothing_after_a_revocation() -> None:
    certificate = make_certificates.certificate(programme_=make_certificates.programme())
    revoke_certificate(certificate=certificate, by=SYSTEM, reason="Cấp nhầm")

    assert issue_if_due(person=certificate.person, by=SYSTEM) == []


def test_reissue_certificate_after_a_revocation() -> None:
    certificate = make_certificates.certificate()
    revoke_certificate(certificate=certificate, by=SYSTEM, reason="Sai tên")

    newer = reissue_certificate(certificate=certificate, by=SYSTEM)

    assert (newer.cycle, newer.serial) == (2, "LT-2026-000002")
    assert reissue_certificate(certificate=certificate, by=SYSTEM) == newer
    certificate.refresh_from_db()
    assert certificate.status_at(NOW) == "revoked"


def test_reissue_certificate_after_expiry_marks_the_old_one_as_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    certificate = make_certificates.certificate(programme_=make_certificates.programme(valid_months=1))
    later = datetime(2027, 2, 1, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: later)

    newer = reissue_certificate(certificate=certificate, by=SYSTEM)

    certificate.refresh_from_db()
    assert (certificate.status_at(later), newer.status_at(later)) == ("superseded", "valid")


def test_reissue_certificate_refuses_while_it_is_valid() -> None:
    with pytest.raises(Refused) as refusal:
        reissue_certificate(certificate=make_certificates.certificate(), by=SYSTEM)

    assert refusal.value.code == "still-valid"


def test_reissue_certificate_refuses_everybody_but_the_office() -> None:
    certificate = make_certificates.certificate()

    with pytest.raises(Refused) as refusal:
        reissue_certificate(certificate=certificate, by=certificate.person)

    assert refusal.value.code == "not-allowed"


def test_issue_certificate_returns_the_one_another_process_was_faster_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = make_certificates.certificate()
    # This process looked before the other one committed, both times.
    monkeypatch.setattr(issue, "latest_certificate", lambda *_: None)
    answers = iter([None, first])
    monkeypatch.setattr(issue, "current_certificate", lambda *_: next(answers))

    again = issue_certificate(person=first.person, programme=first.programme, by=SYSTEM)

    assert (again, Register.objects.get().last_number) == (first, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"cycle": 1},
        {"cycle": 2},
        {"serial": "LT-2026-000001"},
        {"code": "taken"},
        {"expires_at": NOW},
        {"revoked_at": NOW},
        {"revoked_by": "somebody"},
    ],
)
def test_constraints_of_certificates(fields: dict[str, Any]) -> None:
    first = make_certificates.certificate()
    second = Certificate.objects.get()
    second.pk, second.serial, second.code = None, "LT-2026-000009", "0" * 13
    if not {"cycle"} & set(fields):
        second.person = make.person()
    for name, value in fields.items():
        setattr(second, name, first.code if value == "taken" else value)

    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


def test_constraints_of_the_register() -> None:
    certificate = make_certificates.certificate()
    entry = RegisterEntry.objects.get()

    for number, kind in ((1, EntryKind.REVOKED), (2, EntryKind.ISSUED)):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegisterEntry.objects.create(
                register=entry.register, certificate=certificate, number=number, kind=kind, at=NOW, by="x"
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        Register.objects.create(book="LT", year=2026)


@pytest.mark.parametrize(
    "change",
    [
        {"facts": {}},
        {"serial": "LT-2026-000009"},
        {"issued_at": datetime(2025, 1, 1, tzinfo=UTC)},
        {"expires_at": datetime(2030, 1, 1, tzinfo=UTC)},
        {"level": "basic"},
        {"components": []},
        {"organisation": None},
    ],
)
def test_what_a_certificate_states_is_held_by_the_database(change: dict[str, Any]) -> None:
    person = make.person()
    make.assignment(person, make.organisation())
    certificate = make_certificates.certificate(person)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(**change)


def test_file_and_revocation_are_written_once() -> None:
    rows = Certificate.objects.filter(pk=make_certificates.certificate().pk)
    rows.update(pdf="a.pdf", pdf_sha256="a", pdf_size=1)
    rows.update(revoked_at=NOW, revoked_by="x", revocation_reason="y")

    for change in ({"pdf": "b.pdf"}, {"revoked_at": None, "revoked_by": ""}, {"revocation_reason": "z"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(**change)


def test_register_lines_never_change() -> None:
    make_certificates.certificate()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        RegisterEntry.objects.update(note="x")


@pytest.mark.parametrize("table", ["certificates_certificate", "certificates_registerentry"])
def test_rows_are_never_deleted(table: str) -> None:
    """With the trigger as the migration writes it: tests on SQLite run without it."""
    from importlib import import_module

    from django.db import connection

    make_certificates.certificate()
    operations = import_module("certificates.migrations.0003_append_only").Migration.operations
    [operation] = [o for o in operations if o.table == table]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(operation.create("sqlite", "DELETE"))
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(f"DELETE FROM {table}")
