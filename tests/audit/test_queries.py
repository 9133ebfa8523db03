from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from lms.audit.actions import record
from lms.audit.models import AuditEvent
from lms.audit.queries import events, events_about, kinds
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests import make

pytestmark = pytest.mark.django_db


def test_events_by_kind_text_and_time() -> None:
    person = make.person("Lò Thị Mẫu")
    first = record("role.granted", person, by=SYSTEM, role="trainer")
    second = record("roster.signed_off", None, by=person)
    assert list(events()) == [second, first]
    assert list(events(kind="role.")) == [first]
    assert list(events(text="Lò Thị")) == [second, first]
    assert list(events(text="system")) == [first]
    tomorrow = clock.now() + timedelta(days=1)
    assert list(events(since=tomorrow)) == []
    assert list(events(until=tomorrow)) == [second, first]
    assert list(events_about(person)) == [first]
    assert kinds() == ["role.granted", "roster.signed_off"]


def test_the_trail_cannot_be_changed() -> None:
    event = record("role.granted", None, by=SYSTEM)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(kind="nothing")
