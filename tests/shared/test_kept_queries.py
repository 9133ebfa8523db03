"""Kept queries give what the ORM gives, and a value of one call never stays for the next."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.db.models.signals import post_init
from django.test import Client
from django.utils import timezone

from assessments.actions.attempt import start_attempt
from assessments.models import Attempt, Step
from courses.models import BlockScore, ReadingPlace
from lms.audit.models import AuditEvent
from lms.people.models import Assignment, IdentityLevel, Person
from lms.shared.kept_queries import KeptInsert, KeptQuery, KeptUpdate
from tests import make, make_assessments, make_people

pytestmark = pytest.mark.django_db

NAMED = KeptQuery(lambda name: Person.objects.filter(username=name), str)


def begun() -> Attempt:
    make_assessments.questions(5)
    quiz = make_assessments.quiz()
    return start_attempt(quiz=quiz, by=make_assessments.learner())


def values_of(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_gives_the_same_row_with_all_its_types() -> None:
    attempt = begun()
    kept = KeptQuery(lambda pk, person: Attempt.objects.filter(pk=pk, person=person), int, int)
    found = kept.first(attempt.pk, attempt.person_id)
    assert found is not None
    assert values_of(found) == values_of(Attempt.objects.get(pk=attempt.pk))
    assert kept.first(attempt.pk, attempt.person_id + 1) is None


def test_another_value_gives_another_row() -> None:
    first, second = make.person(), make.person()
    assert [NAMED.first(one.username) for one in (first, second, first)] == [first, second, first]
    assert NAMED.all("nobody") == []


def test_relations_come_along_without_another_query(django_assert_num_queries: Any) -> None:
    assignment = make.assignment(make.person(), make_people.commune())
    kept = KeptQuery(
        lambda person: Assignment.objects.filter(person=person).select_related("organisation__parent"), int
    )
    with django_assert_num_queries(1):
        found = kept.first(assignment.person_id)
        assert found is not None
        assert found.organisation == assignment.organisation
        assert found.organisation.parent == assignment.organisation.parent


def test_tuples_and_single_values() -> None:
    person = make.person()
    pairs = KeptQuery(lambda pk: Person.objects.filter(pk=pk).values_list("pk", "created_at"), int)
    names = KeptQuery(lambda pk: Person.objects.filter(pk=pk).values_list("username", flat=True), int)
    person.refresh_from_db()
    assert pairs.all(person.pk) == [(person.pk, person.created_at)]
    assert names.all(person.pk) == [person.username]


def test_moments_and_uuids_are_values_too() -> None:
    attempt, uuid, now = begun(), uuid4(), timezone.now()
    step = Step.objects.create(attempt=attempt, seq=99, kind="flag", data={}, client_uuid=uuid, at=now)
    by_uuid = KeptQuery(lambda one: Step.objects.filter(client_uuid=one), type(uuid))
    before = KeptQuery(lambda moment: Step.objects.filter(seq=99, at__lt=moment), type(now))
    assert by_uuid.first(uuid) == step
    assert by_uuid.first(uuid4()) is None
    assert before.first(now + timedelta(seconds=1)) == step
    assert before.first(now) is None


def test_a_value_that_is_not_asked_for_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="not in the SQL"):
        KeptQuery(lambda pk, _name: Person.objects.filter(pk=pk), int, str).first(1, "x")


def test_insert_learns_its_key_and_keeps_every_type() -> None:
    event = AuditEvent(at=timezone.now(), kind="test", actor_label="An", details={"đ": [1]})
    KeptInsert(AuditEvent)(event)
    assert values_of(AuditEvent.objects.get(pk=event.pk)) == values_of(event)
    assert not event._state.adding


def test_several_rows_are_one_statement(django_assert_num_queries: Any) -> None:
    rows = [AuditEvent(at=timezone.now(), kind=f"test{i}", actor_label="An") for i in range(3)]
    with django_assert_num_queries(1):
        KeptInsert(AuditEvent)(*rows)
    assert AuditEvent.objects.filter(kind__startswith="test").count() == 3


def test_insert_or_renew() -> None:
    attempt = begun()
    keep = KeptInsert(ReadingPlace, unique=["person", "module"], renewed=["unit_key", "updated_at"])
    now = timezone.now()
    for unit in ("u1", "u2"):
        keep(
            ReadingPlace(
                person=attempt.person,
                module=attempt.quiz.module,
                unit_key=unit,
                block_key=unit,
                updated_at=now,
            )
        )
    place = ReadingPlace.objects.get(person=attempt.person)
    assert (place.unit_key, place.block_key) == ("u2", "u1")


def test_update_writes_only_what_it_names_and_notices_a_row_that_is_gone() -> None:
    person = make.person()
    person.full_name, person.language = "Other", "de"
    rename = KeptUpdate(Person, "full_name")
    rename(person)
    stored = Person.objects.get(username=person.username)
    assert (stored.full_name, stored.language) == ("Other", "vi")
    Person.objects.filter(pk=person.pk).delete()
    with pytest.raises(DatabaseError):
        rename(person)


def test_a_session_that_ended_elsewhere_is_over_at_once(client: Client, settings: Any) -> None:
    """Nothing of a session or a person stays in the process."""
    settings.SESSION_ENGINE = "lms.shared.sessions"  # with Redis sessions are elsewhere
    person = make.person()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/account/").status_code == 200
    Session.objects.all().update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "changed"}])
def test_a_closed_account_is_signed_out_at_once(client: Client, change: dict[str, Any]) -> None:
    person = make.person()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/account/").status_code == 200
    Person.objects.filter(pk=person.pk).update(**change)
    assert client.get("/account/").status_code == 302


def test_a_person_is_found_by_key_as_by_anything_else() -> None:
    person = make.person()
    assert values_of(Person.objects.get(pk=person.pk)) == values_of(
        Person.objects.get(username=person.username)
    )
    with pytest.raises(Person.DoesNotExist):
        Person.objects.get(pk=0)


def test_insert_unless_there_is_one() -> None:
    attempt = begun()
    keep = KeptInsert(BlockScore, unique=["person", "usage_key"])
    first, second = (
        BlockScore(
            person=attempt.person,
            usage_key="k",
            earned=mark,
            possible=2,
            passed=False,
            updated_at=timezone.now(),
        )
        for mark in (1, 2)
    )
    assert keep(first)
    assert not keep(second)
    assert [one.pk for one in BlockScore.objects.all()] == [first.pk] != [second.pk]
    assert BlockScore.objects.get(usage_key="k").earned == 1


def test_rows_are_the_models_own_in_everything() -> None:
    person = make.person()
    kept, usual = NAMED.first(person.username), Person.objects.get(username=person.username)
    assert kept is not None
    assert (kept, values_of(kept)) == (usual, values_of(usual))
    assert (kept._state.adding, kept._state.db) == (usual._state.adding, usual._state.db)
    assert kept.__dict__.keys() == usual.__dict__.keys()
    kept.full_name = "Other"
    kept.save(update_fields=["full_name"])
    assert Person.objects.get(pk=person.pk).full_name == "Other"
    part = KeptQuery(lambda pk: Person.objects.filter(pk=pk).only("username"), int).first(person.pk)
    assert part is not None
    assert (
        part.get_deferred_fields() == Person.objects.only("username").get(pk=person.pk).get_deferred_fields()
    )
    assert part.full_name == "Other"


def test_values_of_other_types_are_brought_into_form() -> None:
    event = AuditEvent(at=timezone.now(), kind=IdentityLevel.HR, actor_label="An", actor_id="7")
    KeptInsert(AuditEvent)(event)
    stored = AuditEvent.objects.get(pk=event.pk)
    assert (stored.kind, stored.actor_id) == ("hr", 7)


def test_a_moment_without_its_zone_is_for_django_to_judge() -> None:
    naive = datetime(2026, 11, 22, 8, 0)  # noqa: DTZ001  what is to be noticed
    with pytest.warns(RuntimeWarning, match="naive datetime"):
        KeptInsert(AuditEvent)(AuditEvent(at=naive, kind="test", actor_label="An"))
    assert AuditEvent.objects.get().at == timezone.make_aware(naive)


def test_a_model_with_a_receiver_is_asked() -> None:
    seen: list[Person] = []

    def note(instance: Person, **_more: Any) -> None:
        seen.append(instance)

    person = make.person()
    post_init.connect(note, sender=Person)
    try:
        found = KeptQuery(lambda pk: Person.objects.filter(pk=pk), int).first(person.pk)
    finally:
        post_init.disconnect(note, sender=Person)
    assert seen == [found]
