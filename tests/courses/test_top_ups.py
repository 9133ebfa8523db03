"""A change of law reaches those who are through: a few minutes, no repeat, nothing lost."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from courses.actions.publish import publish_module, roll_back
from courses.actions.top_ups import confirm_reading, offer_top_up
from courses.models import Module, ModuleCompletion, TopUp, TopUpReading
from courses.queries.top_ups import finished_modules, top_ups_of
from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses, make_home, make_reviews
from tests.make_reviews import Crew

pytestmark = pytest.mark.django_db
OLD = "Luật cũ nói một điều."
NEW = "Luật mới nói điều khác, từ ngày 01/01/2027."


@pytest.fixture
def crew() -> Crew:
    return make_reviews.crew()


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_courses.module(
        tmp_path / "t1",
        {"u1": make_courses.text_block("u1-text", OLD), "u2": make_courses.text_block("u2-text", OLD)},
    )


def changed(module: Module, crew: Crew, name: str = "u1-text", change_class: str = "legal") -> None:
    make_reviews.edit(module, crew.author, NEW, name)
    make_reviews.published(module, crew, change_class)


def finished(person: Person) -> list[tuple[str, int, int]]:
    return [(row.module_code, row.units_left, row.minutes) for row in finished_modules(person)[1]]


def test_a_change_of_law_offers_the_changed_unit_to_those_who_finished(module: Module, crew: Crew) -> None:
    done, middle = make.person(), make.person()
    make_home.completed(done, module)
    changed(module, crew)
    later = make.person()
    make_home.completed(later, module)

    top_up = TopUp.objects.get()
    assert (top_up.unit_keys, top_up.minutes, top_up.summary) == (["u1"], 2, {"vi": "Luật mới thay luật cũ."})
    assert [finished(person) for person in (done, middle, later)] == [[("T1", 1, 2)], [], []]
    unit = top_ups_of(done, module)[0].units[0]
    pieces = unit.changes[0].texts["vi"][0]
    assert "".join(piece.words for piece in pieces if piece.change != "gone") == NEW
    assert "".join(piece.words for piece in pieces if piece.change != "new") == OLD
    assert top_ups_of(later, module) == []


@pytest.mark.parametrize("change_class", ["typo", "content"])
def test_other_changes_offer_nothing(module: Module, crew: Crew, change_class: str) -> None:
    changed(module, crew, change_class=change_class)
    assert not TopUp.objects.exists()


def test_confirming_every_unit_closes_the_top_up_and_touches_nothing_else(module: Module, crew: Crew) -> None:
    person = make.person()
    make_home.completed(person, module)
    before = list(ModuleCompletion.objects.values())
    changed(module, crew)
    top_up = TopUp.objects.get()

    for _again in range(2):
        confirm_reading(top_up=top_up, unit_key="u1", by=person)

    assert finished(person) == []
    assert TopUpReading.objects.count() == 1
    assert AuditEvent.objects.filter(kind="top_up.read").count() == 1
    assert list(ModuleCompletion.objects.values()) == before


def test_two_changes_of_law_stand_one_after_the_other(module: Module, crew: Crew) -> None:
    person = make.person()
    make_home.completed(person, module)
    changed(module, crew, "u1-text")
    changed(module, crew, "u2-text")

    assert finished(person) == [("T1", 1, 2), ("T1", 1, 2)]
    assert [[u.unit.key for u in row.units] for row in top_ups_of(person, module)] == [["u2"], ["u1"]]


def test_rolling_back_takes_the_top_up_away(module: Module, crew: Crew) -> None:
    person = make.person()
    make_home.completed(person, module)
    changed(module, crew)
    roll_back(module=module, version=module.versions.get(number=1), by=crew.publisher, reason="Sai")
    module.refresh_from_db()

    assert finished(person) == []
    assert top_ups_of(person, module) == []


def test_confirm_reading_refuses(module: Module, crew: Crew) -> None:
    done, other = make.person(), make.person()
    make_home.completed(done, module)
    changed(module, crew)
    top_up = TopUp.objects.get()
    codes = []
    for person, key in ((other, "u1"), (done, "u2")):
        with pytest.raises(Refused) as refusal:
            confirm_reading(top_up=top_up, unit_key=key, by=person)
        codes.append(refusal.value.code)

    assert codes == ["not-allowed", "unknown-unit"]


def test_offer_top_up_is_the_publishers_and_happens_once(module: Module, crew: Crew) -> None:
    base = module.published
    changed(module, crew)
    version = module.published
    assert base is not None
    assert version is not None
    with pytest.raises(Refused):
        offer_top_up(version=version, base=base, summary={}, by=crew.author)
    offer_top_up(version=version, base=base, summary={"vi": "khác"}, by=crew.publisher)

    assert TopUp.objects.get().summary == {"vi": "Luật mới thay luật cũ."}


def test_a_first_publication_has_no_top_up(tmp_path: Path, module: Module, crew: Crew) -> None:
    make_reviews.edit(module, crew.author)
    Module.objects.filter(pk=module.pk).update(published=None)
    publish_module(module=Module.objects.get(pk=module.pk), by=SYSTEM, change_class="legal")

    assert not TopUp.objects.exists()


def test_constraints(module: Module, crew: Crew) -> None:
    person = make.person()
    make_home.completed(person, module)
    changed(module, crew)
    reading = confirm_reading(top_up=TopUp.objects.get(), unit_key="u1", by=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        TopUpReading.objects.create(
            top_up=reading.top_up, person=person, unit_key="u1", read_at=clock.now() + timedelta(days=1)
        )
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        TopUpReading.objects.filter(pk=reading.pk).update(unit_key="u2")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def test_home_and_page_lead_through_the_top_up(module: Module, crew: Crew) -> None:
    person = make_home.officer()
    make_courses.enrolment(person, make_courses.programme(module))
    make_home.completed(person, module)
    changed(module, crew)
    client = signed_in(person)
    url = reverse("courses:top_ups", args=["T1"])

    home = client.get("/").content.decode()
    assert "Law changed: 1 unit to read, about 2 minutes" in home
    assert f'href="{url}"' in home
    page = client.get(url).content.decode()
    assert "certificates stay valid." in page
    assert "<ins>" in page
    assert page.count("I have read this") == 1

    read = reverse("courses:top_up_read", args=["T1", TopUp.objects.get().pk, "u1"])
    assert client.post(read)["Location"] == url
    after = client.get(url).content.decode()
    assert "You are up to date." in after
    assert "I have read this" not in after
    assert "Law changed" not in client.get("/").content.decode()


def test_page_is_closed_to_who_neither_learns_nor_finished(module: Module) -> None:
    client = signed_in(make.person())
    assert client.get(reverse("courses:top_ups", args=["T1"])).status_code == 403
    assert client.get(reverse("courses:top_ups", args=["T9"])).status_code == 404


def test_who_left_the_programme_still_reads_what_changed(module: Module, crew: Crew) -> None:
    person = make.person()
    make_home.completed(person, module)
    changed(module, crew)
    page = signed_in(person).get(reverse("courses:top_ups", args=["T1"])).content.decode()
    assert "I have read this" in page
    assert "Open the unit" not in page
