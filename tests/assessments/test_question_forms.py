"""The form of every kind: what is saved comes back as it was, what is typed becomes a sound question."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from assessments import olx
from assessments.kinds import KINDS
from assessments.olx_edit import QuestionDraft, write_question, write_situation
from assessments.queries.fault_words import FAULTS, fault_words
from assessments.queries.kind_cards import CARDS
from assessments.queries.kind_faults import FAULTS as KIND_FAULTS
from assessments.queries.preview import previewed
from assessments.queries.question_key import key_of
from assessments.web.question_forms import FORMS, QuestionForm
from courses.models import BlockVersion, Module
from courses.olx.outline import AssetRef, BlockRef, Outline
from courses.queries.editing import EditedBlock
from tests.assessments.bodies import BODIES

ROOT = Path(__file__).resolve().parent.parent.parent
QUIZ = '<quiz url_name="q" kind="module"/>'
MAP = AssetRef(sha256="0" * 64, size=1, media_type="image/png")


@pytest.fixture(autouse=True)
def _map_has_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("base", "hotspot"):
        name = f"assessments.web.question_forms.{module}.picture_size"
        monkeypatch.setattr(name, lambda _edited, _src: (100, 100))


def edited(text: str) -> EditedBlock:
    ref = BlockRef("block-v1:L+T1+1+type@quiz+block@q", "quiz", {"vi": "Bài"}, version=1)
    outline = Outline("course-v1:L+T1+1", {"vi": "T1"}, (), assets={"map.png": MAP})
    return EditedBlock(Module(code="T1"), outline, ref, BlockVersion(olx=text), None)


def quiz_with(kind: str) -> str:
    stem = {} if kind == "cloze" else {"vi": f"Hỏi {kind}?"}
    draft = QuestionDraft(
        "t1-q01", kind, "T1.1", 3, stem, BODIES[kind], {"vi": "Vì thế"}, [("S3", "8"), ("S3", "9")], "t1-s01"
    )
    return write_question(write_situation(QUIZ, "t1-s01", {"vi": "Chuyện"}, {"vi": "Ở xã A"}), draft)


def shown(form: QuestionForm) -> dict[str, list[str]]:
    """What a browser would send of the form as it stands."""
    sent: dict[str, list[str]] = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, list):
            sent[bound.html_name] = [str(one) for one in value]
        elif value is True:
            sent[bound.html_name] = ["on"]
        elif value not in (None, False):
            sent[bound.html_name] = [str(value)]
    return sent


def typed(kind: str, **said: str | list[str]) -> QuestionForm:
    """A new question with these words in Vietnamese."""
    sent = {"kind": [kind], "base_version": ["1"], "difficulty": ["2"]}
    sent |= {name: value if isinstance(value, list) else [value] for name, value in said.items()}
    form = FORMS[kind](edited(QUIZ), "t1-q09", kind, MultiValueDict(FORMS[kind].arrange(sent, {})))
    form.full_clean()
    return form


def body_of(form: QuestionForm) -> dict[str, Any]:
    assert form.errors == {}
    return form.written().questions[-1].body


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_saved_comes_back_as_it_was(kind: str) -> None:
    text = quiz_with(kind)
    before = olx.parse(text)
    form = FORMS[kind](edited(text), "t1-q01", kind)
    again = FORMS[kind](edited(text), "t1-q01", kind, MultiValueDict(shown(form)))
    assert again.is_valid(), again.errors
    after = again.written().questions[0]
    assert after == before.questions[0]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_previewed_by_the_learners_templates_and_has_a_card(kind: str) -> None:
    source = olx.parse(quiz_with(kind))
    preview = previewed(source, "t1-q01", picture_url="/map.png", language="vi")
    assert preview.todo == ()
    assert preview.asked.stimulus is not None
    assert kind in [card.kind for card in CARDS]
    assert key_of(kind, source.questions[0].body)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_empty_form_says_what_is_missing_and_can_be_previewed(kind: str) -> None:
    form = typed(kind)
    assert not form.is_valid()
    assert all(
        not re.search(r"[a-z]+-[a-z]+$", str(error)) for errors in form.errors.values() for error in errors
    )
    assert previewed(form.written(), "t1-q09", picture_url="", language="vi").todo


def test_matching_shares_an_answer_with_the_same_words_and_names_nothing_in_order() -> None:
    said = {"prompt0_vi": "Loa", "match0_vi": "Nghe", "prompt1_vi": "Đài", "match1_vi": "Nghe"}
    body = body_of(typed("matching", stem_vi="Ghép", extra0_vi="Ngửi", **said))
    assert [option["text"]["vi"] for option in body["options"]] == ["Nghe", "Ngửi"]
    assert len({prompt["match"] for prompt in body["prompts"]}) == 1
    assert "a" not in {option["name"] for option in body["options"]}


def test_ordering_follows_the_numbers() -> None:
    said = {"item0_vi": "Phát", "place0": "2", "item1_vi": "Viết", "place1": "1", "partial": "on"}
    body = body_of(typed("ordering", stem_vi="Xếp", **said))
    assert [option["text"]["vi"] for option in body["options"]] == ["Viết", "Phát"]


def test_a_number_may_be_typed_with_a_comma() -> None:
    said = {"value0": "9,81", "tolerance0": "0,01", "weight0": "100", "value1": "9,8", "weight1": "50 %"}
    answers = body_of(typed("number", stem_vi="g?", **said))["answers"]
    assert [(a["value"], a["tolerance"], a["weight"]) for a in answers] == [
        ("9.81", "0.01", "100"),
        ("9.8", "0", "50"),
    ]


def test_a_shorthand_becomes_gaps_that_both_languages_share() -> None:
    body = body_of(
        typed(
            "cloze",
            text_vi="Lúc [[=sáng|trưa]], dài [[#15±1]] phút, ở [[Hà Nội|thủ đô]].",
            text_en="In [[Hanoi]], [[#15±1]] minutes, in the [[=morning|noon]].",
        )
    )
    assert body["text"] == {
        "vi": "Lúc [[g1]], dài [[g2]] phút, ở [[g3]].",
        "en": "In [[g3]], [[g2]] minutes, in the [[g1]].",
    }
    first, second, third = body["gaps"]
    assert [option["text"] for option in first["options"]] == [
        {"vi": "sáng", "en": "morning"},
        {"vi": "trưa", "en": "noon"},
    ]
    assert [option["correct"] for option in first["options"]] == [True, False]
    assert (second["answers"][0]["value"], second["answers"][0]["tolerance"]) == ("15", "1")
    assert [answer["text"] for answer in third["answers"]] == ["Hà Nội", "thủ đô", "Hanoi"]


def test_a_gap_taken_out_of_the_text_goes_and_a_new_one_takes_a_new_name() -> None:
    text = quiz_with("cloze")
    form = FORMS["cloze"](edited(text), "t1-q01", "cloze")
    assert form.question is not None
    sent = shown(form) | {"text_vi": ["Loa phát [[g2]] và [[chiều]] lúc [[g3]]."]}
    arranged = FORMS["cloze"].arrange(sent, form.question.body)
    again = FORMS["cloze"](edited(text), "t1-q01", "cloze", MultiValueDict(arranged))
    assert again.is_valid(), again.errors
    gaps = again.written().questions[0].body["gaps"]
    assert [gap["name"] for gap in gaps] == ["g2", "g4", "g3"]


def test_a_new_essay_begins_with_a_rubric_in_the_languages_it_is_written_in() -> None:
    form = FORMS["essay"](edited(QUIZ), "t1-q09", "essay")
    sent = shown(form) | {"stem_vi": ["Viết bản tin"], "stem_en": ["Write a bulletin"]}
    again = FORMS["essay"](edited(QUIZ), "t1-q09", "essay", MultiValueDict(sent))
    assert again.is_valid(), again.errors
    source = again.written()
    assert {code for c in source.questions[0].body["rubric"] for code in c["title"]} == {"vi", "en"}
    assert source.problems == ()


def test_rows_grow_by_one_and_keep_what_was_typed() -> None:
    form = FORMS["single"](edited(QUIZ), "t1-q09", "single")
    sent = shown(form) | {"text3_vi": ["Bốn"], "kind": ["multiple"]}
    more = FORMS["single"](edited(QUIZ), "t1-q09", "single", typed=sent, more="option")
    assert len(list(more.places)) == 5  # type: ignore[attr-defined]
    assert (more["text3_vi"].value(), more.asked_kind) == ("Bốn", "multiple")


def test_every_fault_has_words() -> None:
    codes: set[str] = set()
    for path in [*(ROOT / "assessments" / "kinds").glob("*.py"), ROOT / "assessments" / "olx.py"]:
        text = path.read_text(encoding="utf-8")
        codes |= set(re.findall(r'[\[(]\("([a-z]+(?:-[a-z]+)+)", ', text))
        codes |= set(re.findall(r'Problem\(\s*"([a-z]+(?:-[a-z]+)+)"', text))
    assert len(codes) > 25
    assert codes - {"missing-language"} <= FAULTS.keys() | KIND_FAULTS.keys()


def test_a_missing_language_is_told_by_the_words_there_are() -> None:
    text = quiz_with("matching").replace(
        '<stem lang="vi">Hỏi matching?</stem>', '<stem lang="vi">Hỏi?</stem><stem lang="en">Ask?</stem>'
    )
    source = olx.parse(text)
    words = {fault_words(problem, source.questions[0]) for problem in source.problems}
    assert any("Dòng p1" in sentence for sentence in words)
    assert not any(" p1 " in sentence.replace("Dòng p1", "") for sentence in words)


@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        ("text", {"answer0": "Hà Nội", "weight0": "viel"}, "weight0"),
        ("number", {"value0": "neun"}, "value0"),
        ("hotspot", {"text0_vi": "Bắc", "coords0": "1,2"}, "picture"),
        ("hotspot", {"text0_vi": "Bắc", "coords0": "1,2", "picture": "/static/map.png"}, "coords0"),
        ("file", {"crit0_vi": "Rõ"}, "accepts"),
        ("essay", {"crit0_vi": "Rõ", "crit0levelpoints0": "1"}, "crit0levelpoints0"),
        ("essay", {"least_words": "9", "most_words": "3"}, "most_words"),
        ("cloze", {"text_vi": "Lúc [[=sáng]]"}, "gap0right"),
        ("matching", {"prompt0_vi": "Loa", "prompt1_vi": "Đài", "match1_vi": "Nghe"}, "match0_vi"),
    ],
)
def test_a_fault_stands_at_its_field(kind: str, said: Mapping[str, str], field: str) -> None:
    assert field in typed(kind, stem_vi="Hỏi", **said).errors


def test_the_manual_shows_sound_olx_of_every_kind() -> None:
    text = (ROOT / "docs" / "how-to" / "write-a-module.md").read_text(encoding="utf-8")
    examples = re.findall(r"<question name=.*?</question>", text, re.DOTALL)
    source = olx.parse(f'<quiz kind="module">{"".join(examples)}</quiz>')
    assert {q.kind for q in source.questions} == KINDS.keys() - {"truefalse"}
    shortened = {"no-source", "missing-language", "duplicate-option"}  # by the manual, for its readers
    assert {problem.code for problem in source.problems} <= shortened
