"""What a form must show for a semantics, in which words."""

import json
import zipfile
from typing import Any

import pytest

from courses.h5p.engine.form import Describer, Hints, plain
from courses.h5p.engine.wording import Wording, wording
from courses.h5p.engine.writable import kind_of, library_options, unwritable
from courses.h5p.queries.wordings import dictionary, hints_of, known_types
from tests.make_h5p import SEMANTICS
from tests.make_h5p_shelf import H5P_CORPUS, WITHOUT_H5P, corpus_package

needs_corpus = pytest.mark.skipif(not H5P_CORPUS.is_dir(), reason=WITHOUT_H5P)
WRITABLE = {"multichoice-1.16": "H5P.MultiChoice-1.16", "truefalse-1.8": "H5P.TrueFalse-1.8"} | {
    "blanks-1.14": "H5P.Blanks-1.14",
    "dragtext-1.10": "H5P.DragText-1.10",
    "questionset-1.17": "H5P.QuestionSet-1.17",
}


def described(
    *semantics: dict[str, Any], hints: Hints | None = None, vi: Any = None, known: Any = None
) -> list[dict[str, Any]]:
    words = wording({"semantics": vi}, known or {})
    return Describer(hints or Hints()).fields(semantics, words, words)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ({"type": "text"}, "text"),
        ({"type": "text", "widget": "textarea"}, "lines"),
        ({"type": "text", "widget": "html"}, "html"),
        ({"type": "text", "widget": "showWhen", "showWhen": {"widget": "html", "rules": []}}, "html"),
        ({"type": "text", "widget": "colorSelector"}, "kept"),
        ({"type": "select", "widget": "radioGroup"}, "radio"),
        ({"type": "boolean", "widget": "none"}, "none"),
        ({"type": "boolean", "deprecated": True}, "none"),
        ({"type": "video"}, "kept"),
        ({"type": "group", "widget": "wizard"}, "kept"),
        ({"type": "text", "widget": ["html"]}, "kept"),
        ({"type": {"a": 1}}, "kept"),
    ],
)
def test_every_widget_becomes_one_of_a_dozen_kinds(place: dict[str, Any], kind: str) -> None:
    assert kind_of(place) == kind


def test_a_field_is_told_with_all_a_form_needs() -> None:
    (field,) = described(
        {
            "name": "n",
            "type": "number",
            "label": "Points",
            "description": "How <b>many</b>",
            "min": 0,
            "max": 10,
            "step": 0.5,
            "unit": "%",
            "default": 1,
            "optional": True,
        }
    )
    assert field == {
        "name": "n",
        "kind": "number",
        "label": "Points",
        "help": "How many",
        "min": 0,
        "max": 10,
        "step": 0.5,
        "unit": "%",
        "default": 1,
        "optional": True,
    }


def test_a_group_of_one_field_is_flat_unless_it_is_a_content_of_its_own() -> None:
    inner = [{"name": "a", "type": "text"}]
    flat, sub = described(
        {"name": "g", "type": "group", "fields": inner},
        {"name": "s", "type": "group", "fields": inner, "isSubContent": True},
    )
    assert flat["flat"] is True
    assert "flat" not in sub
    assert sub["sub"] is True


def test_rules_say_when_a_field_shows() -> None:
    rule = {"field": "type", "equals": "H5P.Image 1.1"}
    (field,) = described(
        {"name": "z", "type": "boolean", "widget": "showWhen", "showWhen": {"rules": [rule], "type": "and"}}
    )
    assert field["when"] == {"rules": [{"field": "type", "equals": ["H5P.Image 1.1"]}], "all": True}
    above = {"rules": [{"field": "../x", "equals": True}]}
    (free,) = described({"name": "z", "type": "boolean", "widget": "showWhen", "showWhen": above})
    assert "when" not in free  # what lies above is not looked at, as when the params are checked


def test_hints_find_their_fields_in_lists() -> None:
    answers = {
        "name": "answers",
        "type": "list",
        "field": {"name": "a", "type": "group", "fields": [{"name": "correct", "type": "boolean"}]},
    }
    lines = {"name": "lines", "type": "list", "field": {"name": "line", "type": "text", "widget": "html"}}
    hints = Hints(gaps=frozenset({"lines[]"}), right=frozenset({"answers[].correct"}))
    first, second = described(answers, lines, hints=hints)
    assert first["item"]["fields"][0]["right"] is True
    assert second["item"]["gaps"] is True


def test_types_that_need_their_own_editor_are_told() -> None:
    assert unwritable(SEMANTICS) == []
    wizard = {"name": "task", "type": "group", "widget": "wizard", "fields": []}
    assert unwritable([{"name": "film", "type": "video"}, wizard]) == ["film", "task"]
    assert unwritable([{"name": "film", "type": "video", "optional": True}]) == []
    deep = {"name": "l", "type": "list", "field": {"name": "g", "type": "group", "fields": [wizard]}}
    assert unwritable([deep]) == ["l[].task"]


def test_libraries_are_found_however_deep() -> None:
    assert library_options(SEMANTICS) == ["LanToa.Note 1.0"]


def test_markup_of_libraries_does_not_reach_our_pages() -> None:
    assert (
        plain("<ul><li>One &amp; <b>two</b></li><li>Three<script>x</script></li></ul>") == "One & two\nThreex"
    )


# Words ---------------------------------------------------------------------------------------------


def test_a_translation_speaks_before_our_dictionary_and_that_before_english() -> None:
    ours = {"Question": "Câu hỏi", "Tip": "Gợi ý"}
    place = {"name": "q", "type": "text", "label": "Question"}
    assert described(place, vi=[{"label": "Hỏi đáp"}], known=ours)[0]["label"] == "Hỏi đáp"
    assert described(place, vi=[{"label": "Question"}], known=ours)[0]["label"] == "Câu hỏi"
    # an older English is no translation
    assert described(place, vi=[{"label": "The question"}], known=ours)[0]["label"] == "Câu hỏi"
    assert described(place, vi=None, known={})[0]["label"] == "Question"
    assert described({**place, "label": "Odd"}, vi=[{"label": "Sai"}], known=ours)[0]["label"] == "Sai"


def test_a_translation_is_followed_place_by_place() -> None:
    semantics = {
        "name": "l",
        "type": "list",
        "entity": "answer",
        "field": {"name": "s", "type": "select", "options": [{"value": "a", "label": "A"}]},
    }
    vi = [{"entity": "đáp án", "field": {"options": [{"label": "Một"}]}}]
    (field,) = described(semantics, vi=vi)
    assert field["entity"] == "đáp án"
    assert field["item"]["options"] == [{"value": "a", "label": "Một"}]


def test_words_learners_read_are_in_the_contents_language() -> None:
    place = {"name": "b", "type": "text", "label": "Check button", "default": "Check"}
    choice = {"name": "c", "type": "select", "default": "Check", "options": ["Check"]}
    content = Wording({}, {"Check": "Kiểm tra"})
    first, second = Describer().fields([place, choice], Wording({}, {}), content)
    assert (first["label"], first["default"]) == ("Check button", "Kiểm tra")
    assert second["default"] == "Check"  # a value, no words


def test_a_broken_translation_harms_nothing() -> None:
    place = {
        "name": "q",
        "type": "group",
        "label": "Q",
        "fields": [{"name": "a", "type": "text", "label": "A"}],
    }
    files: list[Any] = [None, [], {"semantics": {}}, {"semantics": [None]}, {"semantics": [{"fields": "x"}]}]
    for file in files:
        words = wording(file, {})
        (field,) = Describer().fields([place], words, words)
        assert field["fields"][0]["label"] == "A"


@needs_corpus
@pytest.mark.parametrize("name", WRITABLE)
def test_real_types_are_writable_and_speak_vietnamese(name: str) -> None:
    """The six types trainers write: every label in Vietnamese, whatever the library brings."""
    with zipfile.ZipFile(corpus_package(name)) as archive:
        semantics = json.loads(archive.read(f"{WRITABLE[name]}/semantics.json"))
        vi = json.loads(archive.read(f"{WRITABLE[name]}/language/vi.json"))
    machine_name = WRITABLE[name].rpartition("-")[0]
    assert unwritable(semantics) == []
    words = wording(vi, dictionary("vi"))
    fields = Describer(hints_of(machine_name)).fields(semantics, words, words)
    # "Sai" is Vietnamese in plain letters
    assert {said for said in _said(fields) if said.isascii()} <= {"Sai"}
    marked = known_types()[machine_name]
    assert json.dumps(fields).count('"gaps": true') == len(marked.get("gaps", ()))
    assert json.dumps(fields).count('"right": true') == len(marked.get("right", ()))


def _said(fields: list[dict[str, Any]]) -> list[str]:
    found = []
    for field in fields:
        found += [field[key] for key in ("label", "entity") if field.get(key)]
        if field["kind"] in ("text", "lines", "html") and field.get("default"):
            found.append(field["default"])
        found += [option["label"] for option in field.get("options", ())]
        found += _said([*field.get("fields", ()), *([field["item"]] if "item" in field else [])])
    return found
