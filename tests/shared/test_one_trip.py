"""Statements sent together do what they do one after another."""

from threading import Event, Thread
from typing import Any

import pytest
from django.db import DatabaseError, DataError, connection, transaction
from django.utils import timezone

from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.shared.kept_queries import KeptInsert, KeptQuery, KeptUpdate
from lms.shared.one_trip import send, together
from tests import make

pytestmark = pytest.mark.django_db

NAMED = KeptQuery(lambda name: Person.objects.filter(username=name), str)
EVENTS = KeptQuery(lambda kind: AuditEvent.objects.filter(kind=kind).order_by("pk"), str)
LOCKED = KeptQuery(lambda pk: Person.objects.select_for_update().filter(pk=pk), int)
ADD, RENAME = KeptInsert(AuditEvent), KeptUpdate(Person, "full_name")
HARD = "100%s; DROP TABLE x; -- \\ \\' ' \" ăđ %(a)s %%"


def event(kind: str = "test", **more: Any) -> AuditEvent:
    return AuditEvent(at=timezone.now(), kind=kind, **{"actor_label": "An", **more})


def test_results_come_in_order_and_each_sees_what_went_before() -> None:
    person, written = make.person(), event()
    person.full_name = "Other"
    before, _none, is_new, after, named = together(
        EVENTS.asked("test"),
        RENAME.changing(person),
        ADD.adding(written),
        EVENTS.asked("test"),
        NAMED.asked(person.username),
    )
    assert (before, is_new, after) == ([], True, [written])
    assert [one.full_name for one in named] == ["Other"]
    assert not written._state.adding


def test_postgresql_is_asked_once(django_assert_num_queries: Any) -> None:
    rows = [event("many") for _ in range(12)]
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 3):
        together(ADD.adding(*rows), ADD.adding(event()), EVENTS.asked("test"))
    assert len(EVENTS.all("many")) == 12


def test_statements_go_alone_where_the_server_binds_values(
    django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"server_side_binding": True})
    with django_assert_num_queries(2):
        assert together(ADD.adding(event()), EVENTS.asked("none")) == (True, [])


def test_one_statement_alone(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert together(EVENTS.asked("none")) == ([],)
        assert send(EVENTS.asked("none")) == []


def test_values_stay_values() -> None:
    first, second = event(thing_label=HARD, details={HARD: HARD}), event(thing_label="after")
    together(ADD.adding(first), ADD.adding(second))
    stored = AuditEvent.objects.get(pk=first.pk)
    assert (stored.thing_label, stored.details) == (HARD, {HARD: HARD})
    assert AuditEvent.objects.get(pk=second.pk).thing_label == "after"


def test_what_fails_takes_the_transaction_with_it() -> None:
    gone = make.person()
    Person.objects.filter(pk=gone.pk).delete()
    with pytest.raises(DatabaseError, match="not there any more"), transaction.atomic():
        together(ADD.adding(event()), RENAME.changing(gone))
    with pytest.raises(DatabaseError), transaction.atomic():
        together(ADD.adding(event()), ADD.adding(event(actor_label=None)))
    assert EVENTS.all("test") == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite stores the character")
def test_a_value_the_driver_refuses_is_djangos_error() -> None:
    with pytest.raises(DataError):
        together(ADD.adding(event(thing_label="\0")), EVENTS.asked("test"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_after_waiting_for_a_lock_the_next_statement_sees_what_its_holder_stored() -> None:
    if not connection.features.test_db_allows_multiple_connections:
        pytest.skip("SQLite in memory has one connection; PostgreSQL runs this")
    person, asks = make.person(), Event()
    found: list[Any] = []

    def wait_for_lock() -> None:
        try:
            with transaction.atomic():
                asks.set()
                found.extend(together(LOCKED.asked(person.pk), EVENTS.asked("test")))
        finally:
            connection.close()

    waiting = Thread(target=wait_for_lock)
    with transaction.atomic():
        LOCKED.all(person.pk)
        waiting.start()
        assert asks.wait(10)
        # its transaction is older than what is written now
        assert any(_somebody_waits() for _ in range(100_000))
        ADD(event())
    waiting.join()
    assert [len(rows) for rows in found] == [1, 1]


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])
