"""Frozen figures: never changed, restated with a reason, checkable."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from lms.audit.models import AuditEvent
from lms.indicator.actions import take_snapshot
from lms.indicator.models import IndicatorSnapshot
from lms.indicator.queries.snapshots import still_follows
from lms.shared import clock
from lms.shared.errors import Refused
from tests import make_indicator

pytestmark = pytest.mark.django_db


def test_take_snapshot_keeps_figures_times_and_the_hash_of_who_counted() -> None:
    make_indicator.officers(make_indicator.province(), 6, trained=2)

    snapshot = take_snapshot(as_of=clock.today(), by=make_indicator.office())

    assert snapshot.figures["national"]["vi_concerned"] == 6
    assert snapshot.figures["national"]["vi_trained"] == 2
    assert len(snapshot.manifest_sha256) == 64
    assert [e.kind for e in AuditEvent.objects.all()] == ["indicator.snapshot-taken"]


def test_what_comes_later_does_not_change_a_frozen_figure() -> None:
    people = make_indicator.officers(make_indicator.province(), 6, trained=2)
    snapshot = take_snapshot(as_of=clock.today(), by=make_indicator.office())

    make_indicator.certificate(people[5])

    assert still_follows(snapshot)


def test_a_change_behind_our_back_is_noticed() -> None:
    people = make_indicator.officers(make_indicator.province(), 6, trained=2)
    snapshot = take_snapshot(as_of=clock.today(), by=make_indicator.office())

    people[0].assignments.update(duty_type="propagandist")

    assert not still_follows(snapshot)


def test_a_restatement_names_the_figure_it_corrects() -> None:
    make_indicator.officers(make_indicator.province(), 6)
    office = make_indicator.office()
    first = take_snapshot(as_of=clock.today(), by=office)

    second = take_snapshot(as_of=clock.today(), by=office, restates=first, reason="Danh sách bổ sung")

    assert (second.restates, second.reason) == (first, "Danh sách bổ sung")


def refusal_of(**arguments: object) -> str:
    with pytest.raises(Refused) as refusal:
        take_snapshot(**arguments)  # type: ignore[arg-type]
    return refusal.value.code


def test_take_snapshot_refuses_what_is_wrong() -> None:
    office = make_indicator.office()
    today = clock.today()
    assert refusal_of(as_of=today, by=office) == "no-bodies"
    make_indicator.officers(make_indicator.province(), 6)
    first = take_snapshot(as_of=today, by=office)

    assert refusal_of(as_of=today, by=make_indicator.auditor()) == "not-allowed"
    assert refusal_of(as_of=today + timedelta(days=1), by=office) == "future"
    assert refusal_of(as_of=today, by=office, restates=first) == "no-reason"
    yesterday = today - timedelta(days=1)
    assert refusal_of(as_of=yesterday, by=office, restates=first, reason="x") == "other-day"


def test_the_database_refuses_to_change_a_snapshot() -> None:
    make_indicator.officers(make_indicator.province(), 6)
    snapshot = take_snapshot(as_of=clock.today(), by=make_indicator.office())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        IndicatorSnapshot.objects.filter(pk=snapshot.pk).update(reason="x")
