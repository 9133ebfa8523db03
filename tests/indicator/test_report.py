"""Kept figures move at once, by exactly one person."""

from datetime import date, timedelta
from typing import Any

import pytest

from certificates.signals import certificate_revoked
from lms.indicator.formula import Reading
from lms.indicator.queries.report import indicator_at
from lms.people.models import EndReason
from lms.shared import clock
from tests import make_indicator

pytestmark = pytest.mark.django_db


def trained() -> tuple[int, int]:
    report = indicator_at(clock.today())
    return report.figure().number_trained, report.figure(Reading.STRICT).number_trained


def test_one_certificate_moves_both_readings_by_one_person() -> None:
    province = make_indicator.province()
    make_indicator.officers(province, 8, trained=3)
    person = make_indicator.officer(province, duty_type="dedicated")
    before = trained()

    make_indicator.certificate(person)

    assert (before, trained()) == ((3, 0), (4, 1))
    make_indicator.certificate(person, programme=make_indicator.programme("GRASS", is_open=False))
    assert trained() == (4, 1)


def test_a_revocation_moves_it_back(django_capture_on_commit_callbacks: Any) -> None:
    person = make_indicator.officer(make_indicator.province())
    certificate = make_indicator.certificate(person)
    assert trained() == (1, 0)

    with django_capture_on_commit_callbacks(execute=True):
        type(certificate).objects.filter(pk=certificate.pk).update(revoked_at=clock.now(), revoked_by="x")
        certificate_revoked.send(sender=type(certificate), certificate=certificate)

    assert trained() == (0, 0)


def test_a_duty_saved_or_closed_shows_at_once(django_capture_on_commit_callbacks: Any) -> None:
    province = make_indicator.province()
    person = make_indicator.officer(province)
    assert indicator_at(clock.today()).figure().number_concerned == 1
    duty = person.assignments.get()

    with django_capture_on_commit_callbacks(execute=True):
        duty.valid_to = clock.today() - timedelta(days=1)
        duty.end_reason = EndReason.RETIRED
        duty.save()

    assert indicator_at(clock.today()).figure().number_concerned == 0


def test_a_kept_report_costs_one_query(
    django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_indicator.officers(make_indicator.province(), 3)
    with django_assert_num_queries(2):
        indicator_at(clock.today())
    with django_assert_num_queries(1):
        indicator_at(clock.today())


def test_uncommitted_facts_are_computed_but_not_kept(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        person = make_indicator.officer(make_indicator.province())
        certificate = make_indicator.certificate(person)
    assert trained() == (1, 0)

    certificate.revoked_at, certificate.revoked_by = clock.now(), "test"
    certificate.save()

    assert trained() == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_committed_facts_show_on_the_next_page() -> None:
    person = make_indicator.officer(make_indicator.province())
    assert trained() == (0, 0)
    certificate = make_indicator.certificate(person)
    assert trained() == (1, 0)

    certificate.revoked_at, certificate.revoked_by = clock.now(), "test"
    certificate.save()

    assert trained() == (0, 0)


def test_nobody_concerned_is_neither_met_nor_missed() -> None:
    report = indicator_at(date(2026, 6, 1))

    assert (report.figure().percent, report.figure().is_met, report.is_provisional) == (None, False, True)
