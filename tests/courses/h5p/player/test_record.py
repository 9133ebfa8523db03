"""The door for what was done: for the person of the token alone, each thing once, never above the maximum."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from courses.h5p.actions.record import MAX_STATEMENTS, MAX_STATES
from courses.h5p.models import Package, Statement, UserState
from courses.h5p.player.integration import activity_of
from courses.h5p.queries.player import launch_of
from courses.h5p.queries.state import states_of
from courses.h5p.signals import result_recorded, viewed
from courses.h5p.web.record import CALLS_PER_MINUTE
from lms.people.models import Person
from lms.shared import clock
from tests import make, make_h5p_here
from tests.courses.h5p.player.test_statements import statement
from tests.make_h5p import PARAMS
from tests.make_h5p_launch import PLACE, launch
from tests.make_h5p_play import playable

NOW = 1_790_000_000_000  # on the clock of the device


class Page:
    """A page with a package: it sends to the address it was given, in the session of who is signed in."""

    def __init__(self, token: str, person: Person | None, *, activity: str = "", **client: Any) -> None:
        self.path, self.activity = f"/h5p/record/{token}/", activity
        self.client = Client(**client)
        if person:
            self.client.force_login(person)

    def send(self, body: Any, **headers: Any) -> Any:
        text = body if isinstance(body, str | bytes) else json.dumps({"sent": NOW, **body})
        return self.client.post(self.path, text, content_type="application/json", **headers)

    def done(self, **parts: Any) -> dict[str, Any]:
        return statement(**{"object": {"id": self.activity}, "at": NOW} | parts)

    def score(self, raw: float, maximum: float | None = None, **parts: Any) -> Any:
        said = {"raw": raw} if maximum is None else {"raw": raw, "max": maximum}
        return self.send({"statements": [self.done(result={"score": said}, **parts)]})

    def state(self, data: str | None, *, ago: int = 0, **parts: Any) -> Any:
        sent = {"subContentId": "0", "dataType": "state", "data": data, "at": NOW - ago * 1000} | parts
        return self.send({"states": [sent]})


def open_page(person: Person, package: Package) -> Page:
    token = launch(person, package)
    return Page(token, person, activity=activity_of(launch_of(token)))


@pytest.fixture
def page(person: Person, package: Package) -> Page:
    return open_page(person, package)


@pytest.fixture
def results() -> Any:
    heard: list[dict[str, Any]] = []

    def hear(sender: Any, signal: Any, **facts: Any) -> None:
        heard.append(facts)

    result_recorded.connect(hear)
    yield heard
    result_recorded.disconnect(hear)


def said(response: Any) -> tuple[int, str]:
    return response.status_code, response.json().get("error", "")


def kept(person: Person, package: Package) -> dict[str, dict[str, str]]:
    return states_of(person, package, PLACE)


def points() -> list[tuple[Any, Any]]:
    """Raw and maximum of each statement, in the order in which they came."""
    return list(Statement.objects.order_by("pk").values_list("raw", "maximum"))


def test_a_result_is_kept_and_told_once_it_is_safe(
    page: Page, person: Person, package: Package, results: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        response = page.send({"statements": [page.done()]})
    assert response.json() | {"saved_at": ""} == {"saved_at": "", "states": 0, "statements": 1}
    row = Statement.objects.get()
    assert (row.person, row.package, row.context) == (person, package, PLACE)
    assert (row.verb, row.duration) == ("answered", 12.5)
    assert points() == [(1, 2)]
    assert results == []
    for tell in waiting:
        tell()
    assert results == [
        {
            "person_id": person.pk,
            "package_id": package.pk,
            "context": PLACE,
            "raw": Decimal(1),
            "maximum": Decimal(2),
            "is_answered": True,
        }
    ]


def test_what_is_sent_twice_is_here_once(
    page: Page, results: Any, django_capture_on_commit_callbacks: Any
) -> None:
    done = page.done()
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            assert page.send({"statements": [done, done]}).status_code == 200
    assert Statement.objects.count() == 1
    assert len(results) == 1


def test_a_question_inside_is_kept_but_no_result(
    page: Page, results: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page.send({"statements": [page.done(object={"id": f"{page.activity}?subContentId=0b1f"})]})
    assert Statement.objects.get().sub_content_id == "0b1f"
    assert results == []


def test_opening_is_told(
    page: Page, person: Person, package: Package, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[Any] = []

    def hear(sender: Any, signal: Any, **facts: Any) -> None:
        heard.append(facts)

    viewed.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        page.send({"opened": True})
    viewed.disconnect(hear)
    assert heard == [{"person_id": person.pk, "package_id": package.pk, "context": PLACE}]


def test_a_score_never_passes_the_maximum_of_the_package(page: Page, package: Package) -> None:
    package.max_score = Decimal(2)
    package.save()
    page.score(999, 999)
    page.score(999)
    page.score(1, 2)
    assert points() == [(2, 2), (2, 2), (1, 2)]


def test_without_one_the_first_result_of_this_person_fixes_it(page: Page, package: Package) -> None:
    assert package.max_score is None
    page.score(1, 3)
    page.score(50, 100)
    other = open_page(make.person("B"), package)
    other.score(4, 6)  # what one person claims binds nobody else
    assert points() == [(1, 3), (3, 3), (4, 6)]


def test_nobody_sends_in_anothers_name(person: Person, package: Package, page: Page) -> None:
    other = make.person("Người khác")
    assert said(Page(launch(person, package), other).score(2, 2)) == (403, "other-person")
    assert said(Page(launch(person, package), None).score(2, 2)) == (401, "signed-out")
    page.send({"statements": [page.done(actor={"mbox": "mailto:other@example.org"})]})
    assert Statement.objects.get().person == person


def test_only_for_content_of_this_package_at_this_place(page: Page) -> None:
    response = page.send({"statements": [page.done(object={"id": f"{page.activity[:-1]}x"})]})
    assert response.json()["ignored"] == ["other-object"]
    assert not Statement.objects.exists()


def test_a_csrf_token_is_asked_for(person: Person, package: Package) -> None:
    page = Page(launch(person, package), person, enforce_csrf_checks=True)
    assert page.send({"opened": True}).status_code == 403


def test_authors_who_look_leave_nothing(person: Person, package: Package) -> None:
    page = Page(launch(person, package, mode="look"), person)
    assert said(page.state("{}")) == (403, "not-recorded")
    assert not UserState.objects.exists()


def never(*_asked: Any) -> bool:
    return False


def test_whoever_may_not_play_any_more_may_not_send(page: Page, settings: Any) -> None:
    settings.H5P = {**settings.H5P, "MAY_PLAY": f"{__name__}.never"}
    assert said(page.state("{}")) == (403, "not-allowed")


def test_an_address_that_is_not_ours(person: Person) -> None:
    assert said(Page("x", person).state("{}")) == (403, "bad-token")


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("{", (400, "unreadable")),
        (b"\xff", (400, "unreadable")),
        ('{"states": [{"subContentId": "0", "dataType": "state", "data": 5}]}', (400, "unreadable")),
        ("x" * 1_000_001, (413, "too-large")),
    ],
)
def test_what_cannot_be_read(page: Page, body: Any, wanted: tuple[int, str]) -> None:
    assert said(page.send(body)) == wanted


def test_a_state_that_is_too_large(page: Page) -> None:
    assert said(page.state("x" * 65_537)) == (413, "too-large")
    assert page.state("x" * 65_536).json()["states"] == 1


def test_too_often(page: Page, monkeypatch: Any) -> None:
    monkeypatch.setattr("courses.h5p.web.record.time.time", lambda: 60_000.0)
    for _ in range(CALLS_PER_MINUTE):
        assert page.send({}).status_code == 200
    assert said(page.send({})) == (429, "too-often")
    cache.clear()


def test_the_newest_state_wins(page: Page, person: Person, package: Package) -> None:
    assert page.state('{"a":1}', ago=60).json()["states"] == 1
    assert page.state('{"a":2}', ago=30).json()["states"] == 1
    assert page.state('{"a":0}', ago=90).json()["states"] == 0  # from a phone that had no network
    assert kept(person, package) == {"0": {"state": '{"a":2}'}}
    assert UserState.objects.get().revision == 2


def test_forgetting_is_newer_than_what_it_forgets(page: Page, person: Person, package: Package) -> None:
    page.state('{"a":1}', ago=60)
    page.state(None, ago=30)
    assert kept(person, package) == {}
    page.state('{"a":0}', ago=90)
    assert kept(person, package) == {}
    page.state('{"a":3}', ago=10)
    assert kept(person, package) == {"0": {"state": '{"a":3}'}}


def test_each_kind_of_each_part_has_a_place_of_its_own(page: Page, person: Person, package: Package) -> None:
    page.state("1")
    page.state("2", subContentId="0b1f")
    page.state("3", dataType="note")
    assert kept(person, package) == {"0": {"state": "1", "note": "3"}, "0b1f": {"state": "2"}}


def test_a_package_fills_nobodys_database(page: Page, person: Person, package: Package) -> None:
    for start in (0, 90):
        states = [
            {"subContentId": f"s{start + n}", "dataType": "state", "data": "1", "at": NOW} for n in range(90)
        ]
        assert page.send({"states": states}).status_code == 200
    assert UserState.objects.count() == MAX_STATES
    Statement.objects.bulk_create(
        Statement(
            uuid=uuid4(),
            person=person,
            package=package,
            context=PLACE,
            verb="attempted",
            happened_at=clock.now(),
            stored_at=clock.now(),
        )
        for _ in range(MAX_STATEMENTS)
    )
    begun = page.done(verb={"id": "http://adlnet.gov/expapi/verbs/attempted"})
    assert page.send({"statements": [begun, page.done()]}).json()["statements"] == 1
    assert Statement.objects.filter(verb="answered").count() == 1


def test_changed_content_begins_afresh(page: Page, person: Person, package: Package) -> None:
    page.state("1")
    changed = make_h5p_here.package(content=playable(params={**PARAMS, "hint": "Khác"}))
    assert changed.pk != package.pk
    assert kept(person, changed) == {}


def test_it_happened_when_the_device_says_it_did(page: Page) -> None:
    page.send({"statements": [page.done(at=NOW - 3_600_000)]})
    row = Statement.objects.get()
    assert timedelta(minutes=59) < row.stored_at - row.happened_at < timedelta(minutes=61)
