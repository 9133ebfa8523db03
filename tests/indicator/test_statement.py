"""The SQL statement against the plain count, person by person, on random populations."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.indicator.formula import Moment, Reading, count, explain
from lms.indicator.queries import statement
from lms.indicator.queries.persons import facts_of, lines_under
from lms.indicator.queries.report import compute, organisation_rows
from lms.people.models import Organisation, Person
from lms.shared import clock
from tests import make, make_indicator

DAYS = [date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)]
AS_OF = DAYS[1]
SPANS = st.sampled_from([(0, None), (1, None), (2, None), (0, 0), (0, 1), (0, 2), (1, 2)])
REASONS = st.sampled_from(["", "retired", "transferred", "deceased", "dismissed", "changed"])
moments = st.sampled_from(DAYS)

duties = st.fixed_dictionaries(
    {
        "place": st.integers(0, 7),
        "duty": st.sampled_from(["COMM", "GRASS", "FOREIGN"]),
        "duty_type": st.sampled_from(["dedicated", "concurrent", "concurrent", "propagandist"]),
        "span": SPANS,
        "reason": REASONS,
        "recorded": moments,
        "retracted": st.one_of(st.none(), moments),
    }
)
credentials = st.fixed_dictionaries(
    {
        "duty": st.sampled_from(["COMM", "GRASS", "GRASS", "FOREIGN"]),
        "level": st.sampled_from(["in_depth", "in_depth", "in_depth", "basic"]),
        "covers_st": st.booleans(),
        "covers_dc": st.booleans(),
        "evidence": st.sampled_from(["platform", "platform", "external"]),
        "identity_level": st.sampled_from(["hr", "hr", "eid", "self"]),
        "issued": moments,
        "recorded": moments,
        "expires": st.one_of(st.none(), st.none(), moments),
        "revoked": st.one_of(st.none(), st.none(), moments),
        "superseded": st.one_of(st.none(), st.none(), moments),
    }
)
people = st.fixed_dictionaries(
    {"duties": st.lists(duties, max_size=3), "credentials": st.lists(credentials, max_size=3)}
)


@contextmanager
def forgotten() -> Iterator[None]:
    """A world that is rolled back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def organisations() -> list[Organisation]:
    """In scope or not, open or closed, with a press agency that counts and one that does not."""
    state = make_indicator.state()
    province = make_indicator.province(parent=state)
    ministry = make.organisation("Bộ Mẫu", "ministry", state)
    press = make.organisation("Báo Mẫu", "press", ministry, counts_for_b70=False)
    return [
        province,
        make_indicator.commune(province),
        make.organisation("Sở Mẫu", "unit", province, valid_to=date(2026, 5, 31)),
        ministry,
        press,
        make.organisation("Ban của báo", "unit", press),
        make.organisation("Đài Mẫu", "press", province),
        make.organisation("Tỉnh Cũ", "province", state, valid_to=date(2026, 4, 30)),
    ]


def settle(specification: dict[str, Any], places: list[Organisation]) -> Person:
    person = make.person()
    for i, duty in enumerate(specification["duties"]):
        (first, last), retracted = duty["span"], duty["retracted"]
        make.assignment(
            person,
            places[duty["place"]],
            duty["duty"],
            duty["duty_type"],
            is_primary=i == 0,
            valid_from=DAYS[first],
            valid_to=None if last is None else DAYS[last],
            end_reason="" if last is None else duty["reason"],
            recorded_at=make_indicator.moment(duty["recorded"]),
            retracted_at=retracted and make_indicator.moment(max(retracted, duty["recorded"]), 4),
        )
    for credential in specification["credentials"]:
        at = {k: credential[k] and make_indicator.moment(credential[k], 5) for k in ("revoked", "superseded")}
        expires = credential["expires"] and make_indicator.moment(credential["expires"], 9)
        issued = make_indicator.moment(credential["issued"])
        make_indicator.certificate(
            person,
            programme=make_indicator.programme(credential["duty"], is_open=False),
            issued_at=issued,
            recorded_at=make_indicator.moment(credential["recorded"]),
            expires_at=expires if expires and expires > issued else None,
            revoked_at=at["revoked"],
            superseded_at=at["superseded"],
            **{k: credential[k] for k in ("level", "covers_st", "covers_dc", "evidence", "identity_level")},
        )
    return person


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(population=st.lists(people, min_size=1, max_size=5), known=moments)
def test_the_statement_counts_as_the_formula_does(population: list[dict[str, Any]], known: date) -> None:
    with forgotten():
        places = organisations()
        persons = [settle(specification, places) for specification in population]
        at = Moment(AS_OF, clock.end_of(AS_OF), clock.end_of(known))
        facts = facts_of([person.pk for person in persons])
        report = compute(at)

        for reading in Reading:
            assert report.figure(reading) == count(facts.values(), reading, at)
            listed = {
                line.person_id: (line.is_concerned, line.is_trained)
                for body in report.rows
                for line in lines_under(Organisation.objects.get(pk=body.pk), reading, at)
            }
            for pk, fact in facts.items():
                told = explain(fact, reading, at)
                assert listed.get(pk, (False, False)) == (told.is_concerned, told.is_trained)


@pytest.mark.django_db
def test_rows_add_up_and_people_stand_where_their_main_duty_is() -> None:
    son_la, da_nang = make_indicator.province(), make_indicator.province("Thành phố Đà Nẵng")
    commune = make_indicator.commune(son_la)
    person = make_indicator.officer(commune)
    make.assignment(person, da_nang, "COMM", "dedicated", is_primary=False)
    report = compute(now())

    assert [(row.code, row.counts.vi_concerned) for row in report.rows] == [
        (son_la.code, 1),
        (da_nang.code, 0),
    ]
    assert dict(report.rows[0].by_duty)["GRASS"].vi_concerned == 1
    assert [(row.code, row.counts.vi_concerned) for row in organisation_rows(now(), son_la.pk)] == [
        (son_la.code, 0),
        (commune.code, 1),
    ]
    assert [row.counts.vi_concerned for row in organisation_rows(now(), da_nang.pk)] == [0]


@pytest.mark.django_db
def test_companions_beside_the_headline() -> None:
    province = make_indicator.province()
    expired = make_indicator.officer(province)
    make_indicator.certificate(
        expired,
        issued_at=make_indicator.moment(date(2026, 1, 1)),
        expires_at=make_indicator.moment(date(2026, 2, 1)),
    )
    outside = make_indicator.officer(province)
    make_indicator.certificate(outside, evidence="external")
    propagandist = make_indicator.officer(province, duty_type="propagandist")
    make_indicator.certificate(propagandist)
    press = make_indicator.officer(province, duty="COMM", duty_type="dedicated")
    make_indicator.certificate(press, "COMM", level="basic", covers_st=False)
    make_indicator.officer(province, valid_from=clock.today())
    counts = compute(now()).counts

    assert (counts.vi_concerned, counts.vi_trained) == (4, 1)
    assert (counts.strict_concerned, counts.strict_trained) == (1, 0)
    assert (counts.wide_concerned, counts.wide_trained) == (5, 2)
    assert (counts.a70_concerned, counts.a70_trained) == (1, 1)
    assert (counts.ever_trained, counts.external, counts.new) == (2, 1, 1)


@pytest.mark.django_db
def test_a_figure_of_the_past_stays_what_was_known_then() -> None:
    province = make_indicator.province()
    person = make_indicator.officer(province, recorded_at=make_indicator.moment(DAYS[0]))
    make_indicator.certificate(
        person, issued_at=make_indicator.moment(DAYS[0]), recorded_at=make_indicator.moment(DAYS[2])
    )

    def trained(known: date) -> int:
        return compute(Moment(AS_OF, clock.end_of(AS_OF), clock.end_of(known))).counts.vi_trained

    assert (trained(DAYS[1]), trained(DAYS[2])) == (0, 1)


@pytest.mark.django_db
def test_sign_offs_count_for_six_months() -> None:
    province = make_indicator.province()
    make_indicator.sign_off(province, date(2025, 11, 30))
    make_indicator.sign_off(province, date(2025, 12, 1))
    at = Moment(AS_OF, clock.end_of(AS_OF), clock.end_of(AS_OF))
    row = compute(at).rows[0]

    assert (row.signed_on, row.is_signed) == (date(2025, 12, 1), True)
    later = Moment(DAYS[2], clock.end_of(DAYS[2]), clock.end_of(DAYS[2]))
    assert [r.code for r in compute(later).unsigned] == [province.code]


def now() -> Moment:
    day = clock.today()
    return Moment(day, clock.end_of(day), clock.end_of(day))


def test_the_statement_binds_every_value() -> None:
    assert "%s" not in statement.FIGURES + statement.LINES
