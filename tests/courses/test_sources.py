"""Sources that want checking, where they are used, and the languages of a module."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions.publish import confirm_sources, save_block_draft
from courses.models import Module, ModuleVersion
from courses.queries.language_variants import language_variants
from courses.queries.outline import draft_outline
from courses.queries.sources import due_units, number_due, where_used
from lms.audit.models import AuditEvent
from lms.people.models import Person, Role
from lms.shared import clock
from lms.shared.errors import Refused
from tests import make, make_courses, make_reviews
from tests.make_courses import usage_key

pytestmark = pytest.mark.django_db
DAY = date(2027, 6, 30)  # of every unit that tests/make_courses.py makes
CITE = '<sup class="cite" data-source="{0}" data-lines="{1}"></sup>'


def cited(name: str, *cites: tuple[str, str]) -> str:
    return make_courses.text_block(name, "Câu" + "".join(CITE.format(*cite) for cite in cites))


@pytest.fixture
def module(tmp_path: Path) -> Module:
    units = {"u1": cited("u1-text", ("S3", "8"), ("S3", "12"), ("S0", "30")), "u2": cited("u2-text")}
    return make_courses.module(tmp_path, units)


@pytest.fixture
def trainer() -> Person:
    person = make.person()
    make.grant(person, Role.TRAINER)
    return person


def test_units_are_due_from_sixty_days_before_their_day(module: Module) -> None:
    early, soon, past = DAY - timedelta(days=61), DAY - timedelta(days=60), DAY + timedelta(days=1)
    assert [len(due_units(day)) for day in (early, soon, past)] == [0, 2, 2]
    assert [number_due(day) for day in (early, soon, past)] == [0, 2, 2]
    assert [(row.unit.key, row.days, row.is_past) for row in due_units(past)] == [
        ("u1", -1, True),
        ("u2", -1, True),
    ]
    assert due_units(past)[0].sources == {"S3": ["8", "12"], "S0": ["30"]}
    assert due_units(past, "T9") == []


def test_where_used_names_the_units_of_each_source(module: Module) -> None:
    used = where_used()
    assert [(use.unit.key, use.lines) for use in used["S3"]] == [("u1", ("8", "12"))]
    assert used["S1"] == []


def test_confirm_sources_sets_the_day_in_the_draft_and_goes_as_wording(module: Module) -> None:
    crew = make_reviews.crew()
    day = clock.today() + timedelta(days=400)

    written = confirm_sources(module=module, unit_key="u1", review_by=day, by=crew.author)

    module.refresh_from_db()
    outline = draft_outline(module)
    assert outline is not None
    assert [unit.review_by for unit in outline.units] == [day, DAY]
    assert AuditEvent.objects.latest("pk").kind == "sources.checked"
    assert make_reviews.published(module, crew, "typo") == written.version


def test_confirm_sources_refuses(module: Module, trainer: Person) -> None:
    day = clock.today() + timedelta(days=30)
    codes = []
    for person, key, until in (
        (make.person(), "u1", day),
        (trainer, "u9", day),
        (trainer, "u1", clock.today()),
        (trainer, "u1", clock.today() + timedelta(days=800)),
    ):
        with pytest.raises(Refused) as refusal:
            confirm_sources(module=module, unit_key=key, review_by=until, by=person)
        codes.append(refusal.value.code)
    assert codes == ["not-allowed", "unknown-unit", "wrong-day", "wrong-day"]
    assert ModuleVersion.objects.count() == 1


def bodies(name: str, **texts: str) -> str:
    inside = "".join(
        f'<body lang="{code}"><![CDATA[<p>{words}</p>]]></body>' for code, words in texts.items()
    )
    return f'<text url_name="{name}" display_name="Chữ">{inside}</text>'


def standings(module: Module) -> dict[str, list[str]]:
    module.refresh_from_db()
    return {row.unit.key: [v.standing for v in row.variants] for row in language_variants(module)}


def test_languages_tell_what_is_missing_and_what_is_older(tmp_path: Path, trainer: Person) -> None:
    units = {
        "u1": bodies("a", vi="Một", en="One") + bodies("b", vi="Hai"),
        "u2": bodies("c", vi="Ba", en="Three"),
        "u3": '<video url_name="d" kind="video"/>',
    }
    module = make_courses.module(tmp_path, units)
    assert standings(module) == {
        "u1": ["there", "part", "missing"],
        "u2": ["there", "there", "missing"],
        "u3": ["none", "none", "none"],
    }

    def save(**texts: str) -> None:
        save_block_draft(
            module=module, usage_key=usage_key(module, "c"), olx=bodies("c", **texts), by=trainer
        )

    save(vi="Ba, sửa", en="Three")
    assert standings(module)["u2"] == ["there", "older", "missing"]
    save(vi="Ba, sửa", en="Three, changed")
    assert standings(module)["u2"] == ["there", "there", "missing"]
    save(vi="Ba, sửa", en="Three, changed again")
    assert standings(module)["u2"] == ["there", "there", "missing"]


def test_languages_cost_one_query_for_any_number_of_units(tmp_path: Path) -> None:
    costs = []
    for number in (2, 12):
        units = {f"u{n}": make_courses.text_block(f"u{n}-text") for n in range(number)}
        module = make_courses.module(tmp_path / str(number), units, code=f"L{number}")
        with CaptureQueriesContext(connection) as queries:
            language_variants(module)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 2


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def test_page_of_sources_notes_a_check(
    module: Module, trainer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY - timedelta(days=10))
    client = signed_in(trainer)
    page = client.get(reverse("courses:studio_sources") + "?module=T1").content.decode()
    assert page.count("Checked, still right") == 2
    assert "2 units whose sources want checking" in client.get(reverse("courses:studio")).content.decode()
    url = reverse("courses:source_checked", args=["T1", "u1"])
    refused = client.post(url, {"review_by": "30/06/2020", "module": "T1"})
    assert refused.status_code == 400
    assert "Choose a day after today" in refused.content.decode()
    reply = client.post(url, {"review_by": "2028-06-30", "module": "T1"})
    assert reply["Location"] == reverse("courses:studio_sources") + "?module=T1"
    page = client.get(reply["Location"]).content.decode()
    assert page.count("Checked, still right") == 1
    assert "to be checked again by 30/06/2028" in re.sub(
        r"\s+", " ", client.get(reverse("courses:studio_module", args=["T1"])).content.decode()
    )


def test_page_of_sources_is_empty_when_nothing_is_due(
    module: Module, trainer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY - timedelta(days=100))
    page = signed_in(trainer).get(reverse("courses:studio_sources")).content.decode()
    assert "Nothing is due" in page


def test_page_of_languages(module: Module, trainer: Person) -> None:
    page = signed_in(trainer).get(reverse("courses:studio_languages", args=["T1"])).content.decode()
    assert page.count("missing") >= 4
    assert page.count("up to date") == 2
