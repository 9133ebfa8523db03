import re
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.audit.actions import record
from lms.home.web.audit import LINES_PER_PAGE
from lms.home.web.audit_kinds import kind_label
from lms.people.models import Person, Role
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests import make
from tests.make_people import hr_officer, province

pytestmark = pytest.mark.django_db


def holder(*roles: str) -> Person:
    person = make.person("Đỗ Văn Kiểm Toán")
    for role in roles:
        make.grant(person, role)
    return person


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def lines(client: Client, **query: Any) -> list[str]:
    """The second column: what happened."""
    shown = client.get("/audit/", query).content.decode()
    return re.findall(r'<td data-l="What">([^<]*)', shown)


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.AUDITOR, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.OFFICE, 403),
        (Role.TRAINER, 403),
        (Role.REVIEWER, 403),
    ],
)
def test_audit_is_for_auditors_and_administrators(client: Client, role: str, status: int) -> None:
    assert signed_in(client, holder(role)).get("/audit/").status_code == status


def test_audit_is_closed_to_hr_and_learners(client: Client) -> None:
    assert signed_in(client, hr_officer(province())).get("/audit/").status_code == 403
    assert signed_in(client, make.person()).get("/audit/").status_code == 403


def test_audit_asks_to_sign_in(client: Client) -> None:
    assert client.get("/audit/")["Location"] == "/accounts/login/?next=/audit/"


def test_audit_filters_by_kind_person_and_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person, other = make.person("Lò Thị Mẫu"), make.person("Phạm Văn Khác")
    at(monkeypatch, "2026-11-19T16:59:59+00:00")  # 23:59:59 on the 19th in Viet Nam
    record("role.granted", person, by=SYSTEM, role="trainer")
    at(monkeypatch, "2026-11-19T17:00:00+00:00")
    record("role.revoked", other, by=person)
    at(monkeypatch, "2026-11-21T03:00:00+00:00")
    record("token.created", other, by=other)
    signed_in(client, holder(Role.AUDITOR))
    assert lines(client) == ["API key made", "Role revoked", "Role granted"]
    assert lines(client, kind="role.granted") == ["Role granted"]
    assert lines(client, text="Lò Thị") == ["Role revoked", "Role granted"]
    assert lines(client, since="2026-11-20") == ["API key made", "Role revoked"]
    assert lines(client, until="2026-11-19") == ["Role granted"]
    assert lines(client, since="2026-11-20", until="2026-11-20") == ["Role revoked"]


def test_audit_shows_who_what_and_details(client: Client) -> None:
    record("role.granted", make.person("Lò Thị Mẫu"), by=SYSTEM, role="trainer", scope="")
    shown = signed_in(client, holder(Role.AUDITOR)).get("/audit/").content.decode()
    assert "the platform" in shown
    assert "Lò Thị Mẫu" in shown
    assert "role: trainer" in shown
    assert "scope:" not in shown


def test_audit_explains_an_impossible_span(client: Client) -> None:
    record("role.granted", None, by=SYSTEM)
    signed_in(client, holder(Role.AUDITOR))
    shown = client.get("/audit/", {"since": "2026-11-20", "until": "2026-11-19"}).content.decode()
    assert "Choose a day that is not before the first one." in shown
    assert "<tbody>" not in shown


@pytest.mark.parametrize("query", [{"since": "yesterday"}, {"kind": "no.such"}, {"page": "999"}])
def test_audit_answers_bad_filters_with_a_page(client: Client, query: dict[str, str]) -> None:
    record("role.granted", None, by=SYSTEM)
    assert signed_in(client, holder(Role.AUDITOR)).get("/audit/", query).status_code == 200


def test_audit_says_when_nothing_matches(client: Client) -> None:
    shown = signed_in(client, holder(Role.AUDITOR)).get("/audit/", {"text": "không có"}).content.decode()
    assert "No line matches" in shown


@pytest.mark.slow
def test_audit_pages_and_costs_the_same(client: Client) -> None:
    signed_in(client, holder(Role.AUDITOR))
    record("role.granted", None, by=SYSTEM)
    costs = [queries(client)]
    for number in range(LINES_PER_PAGE):
        record(f"thing.{number % 7}", None, by=SYSTEM, number=number)
    costs.append(queries(client))
    assert costs == [costs[0], costs[0]]
    assert costs[0] <= 8
    assert len(lines(client)) == LINES_PER_PAGE
    assert lines(client, page="2") == ["Role granted"]


def queries(client: Client) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        client.get("/audit/")
    return len(captured)


def test_kind_without_a_name_shows_its_code() -> None:
    assert kind_label("something.new") == "something.new"
