"""Our own content type and what C2 does with it: built from its sources, sourced, played, not in the way."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from courses.actions.import_olx import import_module
from courses.h5p.engine.semantics import check, parse
from courses.h5p.models import Library, Package
from courses.h5p.tokens import read_token
from courses.models import Module
from courses.queries.cost import unit_costs
from courses.queries.outline import published_outline
from courses.web.print_pack import languages_of, print_file
from lms.people.models import Person
from lms.shared.actors import SYSTEM
from tests import make, make_courses
from tools import build_h5p

KEY = "block-v1:LanToa+C2+2026+type@h5p+block@c2-u3-sort"
LIBRARY = build_h5p.SOURCES / "libraries" / "LanToa.SortStatements-1.0"
LANGUAGES = ("vi", "en")
KILOBYTE = 1024


def content(language: str) -> Any:
    path = build_h5p.SOURCES / "tin-that-tin-gia" / language / "content.json"
    return json.loads(path.read_text("utf-8"))


def semantics() -> Any:
    return json.loads((LIBRARY / "semantics.json").read_text("utf-8"))


# Built from its sources


def test_packages_and_allow_list_say_what_their_sources_say() -> None:
    assert build_h5p.stale() == [], "run python -m tools.build_h5p"


def test_building_twice_gives_the_same_bytes() -> None:
    first, again = build_h5p.packages(), build_h5p.packages()
    assert first == again
    assert [path.name for path in first] == ["tin-that-tin-gia.en.h5p", "tin-that-tin-gia.vi.h5p"]


def test_a_changed_script_is_seen_by_its_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = json.loads(build_h5p.TRUSTED.read_text())[0]["sha256"]
    copy = tmp_path / "h5p"
    for path in build_h5p.SOURCES.rglob("*"):
        if path.is_file():
            target = copy / path.relative_to(build_h5p.SOURCES)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    script = copy / "libraries" / LIBRARY.name / "js" / "sort-statements.js"
    script.write_text(script.read_text("utf-8") + "//", "utf-8")
    monkeypatch.setattr(build_h5p, "SOURCES", copy)
    assert build_h5p.hashes()[0]["sha256"] != listed


def test_package_and_script_stay_small() -> None:
    assert (LIBRARY / "js" / "sort-statements.js").stat().st_size <= 6 * KILOBYTE
    for path in build_h5p.packages():
        assert path.stat().st_size <= 15 * KILOBYTE


def test_content_type_needs_no_other_library_and_no_eval() -> None:
    library = json.loads((LIBRARY / "library.json").read_text("utf-8"))
    assert "preloadedDependencies" not in library
    script = (LIBRARY / "js" / "sort-statements.js").read_text("utf-8")
    assert not re.search(r"\beval\b|new Function|https?://(?!adlnet\.gov)", script)


# What it says


@pytest.mark.parametrize("language", LANGUAGES)
def test_content_is_complete_by_its_semantics(language: str) -> None:
    assert check(parse(semantics()), content(language)) == []


@pytest.mark.parametrize("language", ["vi", "de"])
def test_translation_mirrors_every_field_and_translates_every_default_text(language: str) -> None:
    said = json.loads((LIBRARY / "language" / f"{language}.json").read_text("utf-8"))["semantics"]

    def mirrored(fields: list[Any], translated: list[Any]) -> None:
        assert len(fields) == len(translated)
        for field, words in zip(fields, translated, strict=True):
            for key in ("label", "description", "entity"):
                assert (key in field) == (key in words), (field["name"], key)
            if field["type"] == "text" and "default" in field:
                assert words["default"] != field["default"]
                assert sorted(re.findall(r":\w+", words["default"])) == sorted(
                    re.findall(r":\w+", field["default"])
                )
            mirrored(field.get("fields", []), words.get("fields", []))
            mirrored(
                [field["field"]] if "field" in field else [], [words["field"]] if "field" in words else []
            )

    mirrored(semantics(), said)


def test_both_languages_say_the_same_of_the_same_statements() -> None:
    vi, en = (content(language) for language in LANGUAGES)
    assert [one["box"] for one in vi["statements"]] == [one["box"] for one in en["statements"]]
    assert 6 <= len(vi["statements"]) <= 8
    assert set(vi["l10n"]) == set(en["l10n"]) == {field["name"] for field in semantics()[4]["fields"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_names_a_line_of_a_source_that_our_modules_cite_too(language: str) -> None:
    texts = [path.read_text("utf-8") for path in django_settings.CONTENT_DIR.glob("*/vertical/*.xml")]
    cited = {
        pair
        for text in texts
        for pair in [
            *re.findall(r'data-source="(\w+)" data-lines="([\d.]+)"', text),
            *re.findall(r'<cite source="(\w+)" lines="([\d.]+)"', text),
        ]
    }
    for one in content(language)["statements"]:
        named = re.search(
            r"(?:Nguồn|Source): .*?\b(S\d|B)\)?, (?:dòng|mục|line|section) ([\d.]*\d)(?=[;.])", one["reason"]
        )
        assert named is not None, one["reason"]
        assert named.groups() in cited


# In C2


@pytest.fixture
def c2(db: None) -> Module:
    result = import_module(django_settings.CONTENT_DIR / "c2", by=SYSTEM)
    assert (result.refused, [n for n in result.notes if n.code.startswith("h5p")]) == ((), [])
    return result.module


@pytest.fixture
def learner(c2: Module) -> Person:
    person = make.person()
    make_courses.enrolment(person, make_courses.programme(c2))
    return person


@pytest.mark.django_db
def test_importing_the_module_brings_library_and_packages_in_by_the_allow_list(c2: Module) -> None:
    library = Library.objects.get()
    assert (str(library), library.is_allow_listed) == ("LanToa.SortStatements 1.0.0", True)
    assert sorted(Package.objects.values_list("language", flat=True)) == ["en", "vi"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_unit_plays_the_package_of_the_readers_language(language: str, learner: Person, c2: Module) -> None:
    client = Client()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("courses:unit", args=[c2.code, "c2-u3"])).content.decode()
    token = read_token(re.findall(r"/h5p/([^/\"]+)/\" title", page)[0])
    assert token.context == KEY
    assert Package.objects.get(pk=token.thing).language == language


def test_block_is_an_offer_not_a_duty(c2: Module) -> None:
    """People who finished the unit before it was there have still finished it."""
    outline = published_outline(c2)
    assert outline is not None
    block = outline.blocks[KEY]
    assert (block.is_required, block.kind, block.proves_itself) == (False, "answered", True)


def test_module_still_prints_and_has_its_cost(c2: Module) -> None:
    assert c2.published is not None
    assert languages_of(c2.published) == ["vi", "en"]
    assert print_file(c2, c2.published, "handout", "vi")[:5] == b"%PDF-"
    outline = published_outline(c2)
    assert outline is not None
    cost = unit_costs(outline)["c2-u3"]
    assert (cost.planned_minutes, cost.is_too_long, cost.is_too_heavy) == (10, False, False)
