import unicodedata
from collections.abc import Callable
from datetime import date
from functools import partial
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.audit.models import AuditEvent
from lms.people.actions.persons import (
    change_language,
    close_account,
    create_person,
    rename_person,
    reopen_account,
    reset_second_step,
    set_email,
    set_personal_id,
)
from lms.people.models import Person
from lms.people.permissions import forget_grants
from lms.people.queries import matching
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make
from tests.make_people import PERSONAL_ID, administrator, commune, hr_officer, province

pytestmark = pytest.mark.django_db


def create(username: str = "lo.mau", full_name: str = "Lò Thị Mẫu", **fields: object) -> Person:
    return create_person(username=username, full_name=full_name, by=SYSTEM, **fields)  # type: ignore[arg-type]


def test_create_person_stores_hash_and_last_digits_only() -> None:
    person = create(personal_id=PERSONAL_ID, born_on=date(1989, 3, 1))

    person.refresh_from_db()
    assert person.personal_id_last4 == "3456"
    assert PERSONAL_ID not in str(Person.objects.values().get())
    assert not person.has_usable_password()
    event = AuditEvent.objects.get()
    assert (event.kind, event.thing_id) == ("person.created", str(person.pk))
    assert PERSONAL_ID not in str(event.details)


def test_create_person_normalises_name_and_username() -> None:
    person = create(" Lo.Mau ", unicodedata.normalize("NFD", "  Lò  Thị\tMẫu "))
    assert (person.username, person.full_name) == ("lo.mau", "Lò Thị Mẫu")


def test_create_person_by_hr_officer() -> None:
    officer = hr_officer(province())
    person = create_person(username="moi", full_name="Vì Văn Mới", by=officer)
    assert person.full_name == "Vì Văn Mới"


def test_create_person_takes_a_name_of_300_characters() -> None:
    name = "Ẩn " * 99 + "Ẩn"
    assert create(full_name=name + "g").full_name == name + "g"
    assert len(Person.objects.get().full_name) == 300


@pytest.mark.parametrize("name", ["각" * 300, "ẨN" * 150, "a " * 149 + "ab"])
def test_create_person_cuts_the_keys_of_names_in_any_script(name: str) -> None:
    person = create(full_name=name)
    person.refresh_from_db()
    assert person.full_name == name
    assert (len(person.sort_key) <= 700, len(person.search_key) <= 600) == (True, True)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=300))
def test_create_person_takes_or_refuses_any_text(name: str) -> None:
    code = ""
    with transaction.atomic():
        try:
            create(full_name=name).refresh_from_db()
        except Refused as refusal:
            code = refusal.code
        transaction.set_rollback(True)
    assert code in {"", "name-missing", "name-too-long", "name-characters"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"full_name": " \t "}, "name-missing"),
        ({"full_name": "ă" * 301}, "name-too-long"),
        ({"full_name": "Lò \ud800 Mẫu"}, "name-characters"),
        ({"username": "lò mẫu"}, "username-form"),
        ({"username": "ab"}, "username-form"),
        ({"personal_id": "123"}, "personal-id-digits"),
        ({"personal_id": PERSONAL_ID, "born_on": date(1990, 1, 1)}, "personal-id-birth-year"),
        ({"personal_id": "014299123456"}, "personal-id-future"),
    ],
)
def test_create_person_refuses(fields: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        create(**fields)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert not Person.objects.exists()


def test_create_person_refuses_learners() -> None:
    with pytest.raises(Refused) as refusal:
        create_person(username="abc", full_name="Ai Đó", by=make.person())
    assert refusal.value.code == "not-allowed"


def test_create_person_refuses_a_username_twice_whatever_the_case() -> None:
    create("lo.mau")
    with pytest.raises(Refused) as refusal:
        create("LO.MAU")
    assert refusal.value.code == "username-taken"


def test_create_person_refuses_a_personal_id_twice() -> None:
    create(personal_id=PERSONAL_ID)
    with pytest.raises(Refused) as refusal:
        create("khac", personal_id="014 189 123 456")
    assert refusal.value.code == "personal-id-taken"
    assert Person.objects.count() == 1


def test_person_hash_and_last4_go_together() -> None:
    with pytest.raises(IntegrityError, match="person_id_hash_and_last4_go_together"), transaction.atomic():
        make.person(personal_id_hash="x", personal_id_last4="")
    with pytest.raises(IntegrityError, match="person_id_hash_and_last4_go_together"), transaction.atomic():
        make.person(personal_id_last4="1234")


def test_personal_id_hash_is_unique() -> None:
    make.person(personal_id_hash="x", personal_id_last4="1234")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.person(personal_id_hash="x", personal_id_last4="1234")


def test_set_personal_id_by_hr_of_the_person() -> None:
    body = commune()
    person = make.person(born_on=date(1989, 3, 1))
    make.assignment(person, body)
    assert body.parent is not None
    set_personal_id(person=person, personal_id=PERSONAL_ID, by=hr_officer(body.parent))
    assert person.personal_id_last4 == "3456"
    assert len(person.personal_id_hash or "") == 64


def test_set_personal_id_refuses_a_number_that_is_taken() -> None:
    create(personal_id=PERSONAL_ID)
    with pytest.raises(Refused) as refusal:
        set_personal_id(person=make.person(), personal_id=PERSONAL_ID, by=SYSTEM)
    assert refusal.value.code == "personal-id-taken"


def test_set_personal_id_refuses_hr_of_another_province() -> None:
    person = make.person()
    make.assignment(person, commune())
    with pytest.raises(Refused) as refusal:
        set_personal_id(person=person, personal_id=PERSONAL_ID, by=hr_officer(province("Tỉnh Lào Cai")))
    assert refusal.value.code == "not-allowed"


def test_rename_person_moves_it_in_order_and_search() -> None:
    person = make.person("Lò Thị Mẫu")
    rename_person(person=person, full_name="Lò Thị Đào", by=administrator())
    assert list(matching(Person.objects.all(), "DAO lo")) == [person]
    event = AuditEvent.objects.get()
    assert (event.kind, event.details) == ("person.renamed", {"before": "Lò Thị Mẫu"})


def test_rename_person_to_the_same_name_notes_nothing() -> None:
    rename_person(person=make.person("Lò Thị Mẫu"), full_name="Lò Thị  Mẫu", by=SYSTEM)
    assert not AuditEvent.objects.exists()


def test_rename_person_refuses_the_person_herself() -> None:
    person = make.person()
    with pytest.raises(Refused) as refusal:
        rename_person(person=person, full_name="Tên Khác", by=person)
    assert refusal.value.code == "not-allowed"


def test_change_language() -> None:
    person = make.person()
    change_language(person=person, language="de", by=person)
    change_language(person=person, language="de", by=person)
    assert Person.objects.get(pk=person.pk).language == "de"
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "own", "code"), [("fr", True, "unknown-language"), ("en", False, "not-allowed")]
)
def test_change_language_refuses(language: str, own: bool, code: str) -> None:
    person = make.person()
    with pytest.raises(Refused) as refusal:
        change_language(person=person, language=language, by=person if own else make.person())
    assert refusal.value.code == code


def test_close_account_keeps_the_person() -> None:
    person = make.person()
    close_account(person=person, by=SYSTEM)
    close_account(person=person, by=SYSTEM)
    assert not Person.objects.get(pk=person.pk).is_active
    assert AuditEvent.objects.count() == 1


def test_close_account_refuses_strangers() -> None:
    with pytest.raises(Refused) as refusal:
        close_account(person=make.person(), by=make.person())
    assert refusal.value.code == "not-allowed"


def test_matching_ignores_accents_case_and_word_order() -> None:
    khai = make.person("Nguyễn Thị Minh Khai")
    dao = make.person("Đặng Đào")
    people = Person.objects.all()
    assert list(matching(people, "khai nguyen")) == [khai]
    assert list(matching(people, unicodedata.normalize("NFD", "ĐẶNG"))) == [dao]
    assert list(matching(people, "dao")) == [dao]
    assert list(matching(people, "")) == [dao, khai]
    assert list(matching(people, "%")) == []


def test_reopen_account() -> None:
    person = make.person(is_active=False)
    reopen_account(person=person, by=SYSTEM)
    reopen_account(person=person, by=SYSTEM)
    assert (Person.objects.get().is_active, AuditEvent.objects.count()) == (True, 1)


def test_set_email() -> None:
    person = make.person()
    for address in (" mau@example.vn ", "mau@example.vn", ""):
        set_email(person=person, email=address, by=SYSTEM)
    assert (Person.objects.get().email, AuditEvent.objects.count()) == ("", 2)
    with pytest.raises(Refused) as refusal:
        set_email(person=person, email="mau", by=SYSTEM)
    assert refusal.value.code == "email-form"


def test_reset_second_step() -> None:
    person = make.person("Lò Thị Mẫu", username="lo.mau")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    call_command("reset_second_step", "lo.mau", stdout=StringIO())
    assert not Authenticator.objects.exists()
    assert [event.kind for event in AuditEvent.objects.all()] == ["person.second_step_reset"]
    with pytest.raises(CommandError):
        call_command("reset_second_step", "nobody")


def test_hr_reaches_no_account_that_holds_a_role() -> None:
    body = commune()
    officer, person = hr_officer(body), make.person()
    make.assignment(person, body)
    set_email(person=person, email="mau@example.vn", by=officer)
    make.grant(person, "administrator")
    forget_grants(person)
    for attempt in (partial(set_email, email="ke.gian@example.vn"), close_account, reopen_account):
        with pytest.raises(Refused) as refusal:
            attempt(person=person, by=officer)
        assert refusal.value.code == "not-allowed"
    set_email(person=person, email="moi@example.vn", by=administrator())
    assert Person.objects.get(pk=person.pk).email == "moi@example.vn"


@pytest.mark.parametrize("action", [reopen_account, reset_second_step, close_account])
def test_account_actions_refuse_the_person_herself(action: Callable[..., Person]) -> None:
    person = make.person()
    with pytest.raises(Refused) as refusal:
        action(person=person, by=person)
    assert refusal.value.code == "not-allowed"
