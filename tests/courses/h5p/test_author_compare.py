"""Two versions of a block's content beside each other, and the way there."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.h5p.queries.authoring import Descriptions
from courses.models import Module, ModuleVersion
from courses.web.h5p.compare_words import changed_fields
from courses.web.h5p.field_problems import place_of
from tests.courses.h5p.test_author import CARD, block, now, signed_in
from tests.make_h5p import PARAMS, library_files, make_h5p
from tests.make_h5p_here import BLOCK, module, package, trainer

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return signed_in(trainer())


@pytest.fixture
def here(tmp_path: Path) -> Module:
    return module(tmp_path / "t1")


def save(client: Client, **params: object) -> None:
    fields = {"base_version": block().ref.version, "library": CARD, "package": now().sha256, "title": "Hai"}
    body = fields | {"params": json.dumps(PARAMS | params), "stay": "1"}
    assert client.post(reverse("courses:h5p_author", args=["T1", BLOCK]), body).status_code == 302


def numbers() -> tuple[int, int]:
    older, newer = ModuleVersion.objects.order_by("number").values_list("number", flat=True)[:2]
    return older, newer


def compared(client: Client, older: int, newer: int) -> str:
    answer = client.get(reverse("courses:h5p_compare", args=["T1", BLOCK, older, newer]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_fields_items_and_files_are_compared_in_words(client: Client, here: Module) -> None:
    answers = [PARAMS["answers"][1], PARAMS["answers"][0], {"text": "Sáu mươi", "correct": False}]
    save(client, question="<p>Hai cộng <strong>ba</strong> là mấy?</p>", answers=answers, picture=None)
    older, newer = numbers()
    page = compared(client, older, newer)
    assert "Câu hỏi" in page
    assert "Sáu mươi" in page
    assert "<del>" in page
    assert "images/hình-một.png" in page
    assert 'class="h5p-thumb"' in page
    versions = client.get(reverse("courses:studio_version", args=["T1", newer])).content.decode()
    assert reverse("courses:h5p_compare", args=["T1", BLOCK, older, newer]) in versions
    # the other way round, and with itself
    assert "<ins>" in compared(client, newer, older)
    assert "<del>" not in compared(client, newer, newer)


def test_another_type_is_said_and_not_compared(client: Client, here: Module) -> None:
    other = package(
        content=make_h5p(
            manifest={
                "mainLibrary": "LanToa.Other",
                "preloadedDependencies": [
                    {"machineName": "LanToa.Other", "majorVersion": 1, "minorVersion": 0}
                ],
            },
            params={"words": "A"},
            files=_other(),
        )
    )
    body = {"base_version": block().ref.version, "library": "LanToa.Other 1.0", "package": "", "title": "B"}
    answer = client.post(
        reverse("courses:h5p_author", args=["T1", BLOCK]), body | {"params": '{"words": "B"}', "stay": "1"}
    )
    assert answer.status_code == 302
    assert other.main_library.machine_name == "LanToa.Other"
    page = compared(client, *numbers())
    assert "LanToa" not in page.split("<h1", 1)[1].split("</h1>", 1)[0]
    assert "Other" in page


def _other() -> dict[str, bytes]:
    semantics = [{"name": "words", "type": "text", "label": "Words"}]
    manifest = {
        "title": "Other",
        "machineName": "LanToa.Other",
        "majorVersion": 1,
        "minorVersion": 0,
        "patchVersion": 0,
        "runnable": 1,
        "preloadedJs": [{"path": "js/main.js"}],
        "preloadedCss": [{"path": "css/main.css"}],
    }
    return library_files("LanToa.Other-1.0", manifest, semantics)


def test_a_block_that_was_never_there_is_not_found(client: Client, here: Module) -> None:
    number = numbers_of_first()
    gone = BLOCK.replace("b1", "b9")
    assert client.get(reverse("courses:h5p_compare", args=["T1", gone, number, number])).status_code == 404
    assert client.get(reverse("courses:h5p_compare", args=["T1", BLOCK, number, 99])).status_code == 404


def numbers_of_first() -> int:
    first = ModuleVersion.objects.order_by("number").first()
    assert first is not None
    return first.number


def test_values_are_told_in_words() -> None:
    fields: list[dict[str, Any]] = [
        {"name": "b", "kind": "boolean", "label": "Đảo"},
        {"name": "s", "kind": "select", "label": "Kiểu", "options": [{"value": "a", "label": "Một"}]},
        {"name": "n", "kind": "number", "label": "Điểm", "unit": "%"},
        {"name": "t", "kind": "lines", "label": "Chữ"},
    ]
    before = {"b": True, "s": "a", "n": 5, "t": "dòng một\ndòng hai"}
    after = {"b": False, "s": "x", "n": 6, "t": "dòng một\ndòng ba"}
    rows = {row.path: row for row in changed_fields(fields, before, after, lambda _name: ())}
    words = {path: [piece.words for piece in row.paragraphs[0]] for path, row in rows.items()}
    assert words["b"] == ["có", "không"] or words["b"] == ["yes", "no"]
    assert words["s"] == ["Một", "x"]
    assert words["n"] == ["5%", "6%"]
    assert len(rows["t"].paragraphs) == 1
    assert words["t"][:2] == ["dòng ", "hai"]


def test_a_field_is_found_by_its_path(here: Module) -> None:
    descriptions = Descriptions("vi", "vi")

    def label(path: str) -> str:
        return place_of(path, PARAMS, descriptions, CARD).label

    assert label("answers[1].text") == "Đáp án 2: Nội dung"
    assert label("answers[1]").endswith("Đáp án 2")
    assert label("feedback[0]").endswith("1")
    assert label("note.text").endswith("Nội dung")
    assert label("nothing.here")
