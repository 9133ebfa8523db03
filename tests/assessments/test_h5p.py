"""Questions as H5P contents: what becomes what, with which libraries, in which words."""

import io
import json
import re
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from assessments import olx
from assessments.h5p import CannotExport, Content, Wish, has_gap, make
from assessments.h5p.bare import VERSIONS, bare_params
from assessments.h5p.words import spoken_defaults
from courses.h5p.engine.examine import MemoryInstalled, examine
from courses.h5p.engine.policy import Policy
from courses.h5p.engine.wording import wording
from courses.h5p.engine.write import write_package
from courses.h5p.queries.wordings import dictionary
from tests.assessments.bodies import BODIES
from tests.make_assessments import question_olx, quiz_olx, truefalse_olx
from tests.make_h5p_shelf import H5P_CORPUS, WITHOUT_H5P, PackageShelf, real_shelf

needs_corpus = pytest.mark.skipif(not H5P_CORPUS.is_dir(), reason=WITHOUT_H5P)
CONTENT = Path(__file__).resolve().parents[2] / "content"
NOTHING = PackageShelf()
SINGLE, TRUE = question_olx("c1-q01"), truefalse_olx("c1-q02", right="false")
SEVERAL = question_olx("c1-q03", kind="multiple", right=("a", "c"))
GAP = question_olx("c1-q04", stem="Một trang có ____ người giữ")


def questions(*items: str) -> tuple[olx.QuestionSource, ...]:
    return olx.parse(quiz_olx(*items)).questions


def wish(form: str = "set", gaps: str = "choice", language: str = "vi") -> Wish:
    return Wish("c1-quiz", "Kiểm tra C1", language, 80, form, gaps)


def only(contents: list[Content]) -> Content:
    (content,) = contents
    return content


def packed(content: Content, shelf: PackageShelf) -> bytes:
    out = io.BytesIO()
    libraries = [(facts, partial(shelf.open, facts)) for facts in content.libraries]
    write_package(out, manifest=content.manifest, params=content.params, libraries=libraries)
    return out.getvalue()


def asked(kind: str) -> olx.QuestionSource:
    body = {"stem": {"vi": "Hỏi gì?"}, "explanation": {}, "cites": [], **BODIES[kind]}
    return olx.QuestionSource("q1", kind, "", 2, body)


def changed(kind: str, **changes: Any) -> olx.QuestionSource:
    return replace(asked(kind), body={**asked(kind).body, **changes})


def test_short_answers_and_gaps_are_typed_or_dragged() -> None:
    choosing, typing, _number = BODIES["cloze"]["gaps"]
    text = changed("text", answers=[{"text": "Hà Nội", "weight": "100", "why": {}}])
    typed = changed("cloze", gaps=[typing], text={"vi": "Lúc [[g2]]."})
    dragged = changed("cloze", gaps=[choosing], text={"vi": "Loa [[g1]]."})

    alone = wish("singles")
    assert only(make([text], alone, NOTHING)).params["questions"] == ["<p>Hỏi gì?</p><p>*Hà Nội*</p>"]
    assert only(make([typed], alone, NOTHING)).params["questions"] == ["<p>Lúc *sáng*.</p>"]
    drag = only(make([dragged], alone, NOTHING)).params
    assert (drag["textField"], drag["distractors"]) == ("Loa *Ô a*.", "*Ô b*")


BEYOND = ("text", "number", "matching", "ordering", "hotspot", "essay", "file", "cloze")


@pytest.mark.parametrize(
    "kind", ["text", "number", "matching", "ordering", "hotspot", "essay", "file", "cloze"]
)
@pytest.mark.parametrize("form", ["set", "singles", "choices"])
def test_kinds_that_h5p_cannot_hold_are_refused_by_name(kind: str, form: str) -> None:
    with pytest.raises(CannotExport) as refused:
        make([asked(kind)], wish(form), NOTHING)
    assert (refused.value.code, refused.value.where) == ("no-such-type", "q1")


def test_nothing_installed_gives_a_set_of_todays_versions_and_names_what_is_missing() -> None:
    content = only(make(questions(SINGLE, TRUE), wish(), NOTHING))
    assert [one["library"] for one in content.params["questions"]] == [
        "H5P.MultiChoice 1.16",
        "H5P.TrueFalse 1.8",
    ]
    assert sorted(map(str, content.missing)) == [
        "H5P.MultiChoice 1.16",
        "H5P.QuestionSet 1.20",
        "H5P.TrueFalse 1.8",
    ]
    assert content.libraries == ()
    assert content.params["passPercentage"] == 80
    assert content.params["texts"]["nextButton"] == "Câu sau"


def test_manifest_names_every_library_once() -> None:
    manifest = only(make(questions(SINGLE, SINGLE.replace("q01", "q09")), wish(), NOTHING)).manifest
    names = [one["machineName"] for one in manifest["preloadedDependencies"]]
    assert names == ["H5P.MultiChoice", "H5P.QuestionSet"]
    assert (manifest["mainLibrary"], manifest["language"]) == ("H5P.QuestionSet", "vi")


def test_single_question_keeps_reasons_as_feedback_of_each_answer() -> None:
    params = only(make(questions(SINGLE), wish("singles"), NOTHING)).params
    assert params["question"] == "<p>Câu hỏi c1-q01?</p>"
    assert [(a["text"], a["correct"], a["tipsAndFeedback"]["chosenFeedback"]) for a in params["answers"]] == [
        ("Lựa chọn a", False, "Vì sao a"),
        ("Lựa chọn b", True, "Vì sao b"),
        ("Lựa chọn c", False, "Vì sao c"),
    ]
    assert params["behaviour"]["type"] == "single"
    assert params["overallFeedback"] == [{"from": 0, "to": 100, "feedback": "Giải thích c1-q01."}]


@pytest.mark.parametrize(("form", "one_point"), [("set", True), ("singles", False)])
def test_multiple_question_counts_one_point_in_a_set_as_in_our_quizzes(form: str, one_point: bool) -> None:
    params = only(make(questions(SEVERAL), wish(form), NOTHING)).params
    inside = params["questions"][0]["params"] if form == "set" else params
    assert inside["behaviour"]["type"] == "multi"
    assert inside["behaviour"]["singlePoint"] is one_point


def test_true_or_false_says_why_on_right_and_on_wrong_answers() -> None:
    content = only(make(questions(TRUE), wish("singles"), NOTHING))
    assert str(content.library) == "H5P.TrueFalse 1.8"
    assert content.params["correct"] == "false"
    assert content.params["behaviour"]["feedbackOnCorrect"] == "Vì sao false Giải thích c1-q02."
    assert content.params["behaviour"]["feedbackOnWrong"] == "Vì sao true Giải thích c1-q02."


def test_choice_set_begins_each_question_with_the_right_answer() -> None:
    content = only(make(questions(SINGLE, TRUE), wish("choices"), NOTHING))
    assert [one["answers"] for one in content.params["choices"]] == [
        ["Lựa chọn b", "Lựa chọn a", "Lựa chọn c"],
        ["Lựa chọn false", "Lựa chọn true"],
    ]
    assert content.params["behaviour"]["passPercentage"] == 80


def test_choice_set_refuses_a_question_with_several_right_answers() -> None:
    with pytest.raises(CannotExport) as refused:
        make(questions(SINGLE, SEVERAL), wish("choices"), NOTHING)
    assert (refused.value.code, refused.value.where) == ("several-right-answers", "c1-q03")


def test_choice_set_refuses_more_than_four_answers() -> None:
    five = question_olx(options=("a", "b", "c", "d", "e"))
    with pytest.raises(CannotExport) as refused:
        make(questions(five), wish("choices"), NOTHING)
    assert refused.value.code == "too-many-answers"


def test_gap_is_typed_on_request() -> None:
    content = only(make(questions(GAP), wish("singles", "typed"), NOTHING))
    assert str(content.library) == "H5P.Blanks 1.14"
    assert content.params["questions"] == ["<p>Một trang có *Lựa chọn b* người giữ c1-q04?</p>"]


def test_gap_is_dragged_on_request_with_wrong_answers_beside_it() -> None:
    content = only(make(questions(GAP), wish("singles", "dragged"), NOTHING))
    assert str(content.library) == "H5P.DragText 1.10"
    assert content.params["textField"] == "Một trang có *Lựa chọn b* người giữ c1-q04?"
    assert content.params["distractors"] == "*Lựa chọn a* *Lựa chọn c*"


@pytest.mark.parametrize(
    "changed",
    [
        GAP.replace("Lựa chọn b", "3/4"),
        GAP.replace("Lựa chọn b", "Lúc 7:00"),
        GAP.replace("Lựa chọn a", "5 *"),
        GAP.replace("____", "____ và ____"),
        GAP.replace("____", "* ____"),
        SINGLE,
        SEVERAL,
    ],
)
def test_gap_with_marks_of_h5p_or_more_than_one_stays_a_choice(changed: str) -> None:
    (question,) = questions(changed)
    assert not has_gap(question, "vi")
    content = only(make((question,), wish("singles", "typed"), NOTHING))
    assert str(content.library) == "H5P.MultiChoice 1.16"


def test_our_plain_text_is_escaped_because_players_take_html() -> None:
    sharp = SINGLE.replace("Lựa chọn b", "5 &lt; 6 &amp; &quot;x&quot;")
    params = only(make(questions(sharp), wish("singles"), NOTHING)).params
    assert params["answers"][1]["text"] == "5 &lt; 6 &amp; &quot;x&quot;"


def test_missing_language_is_refused_by_name() -> None:
    with pytest.raises(CannotExport) as refused:
        make(questions(SINGLE), wish(language="de"), NOTHING)
    assert (refused.value.code, refused.value.where) == ("missing-language", "c1-q01")


@pytest.mark.parametrize(
    "faulty",
    [
        question_olx("c1-q05", right=()),
        question_olx("c1-q05", right=("a", "b")),
        question_olx("c1-q05", kind="multiple", right=("a", "b", "c")),
        question_olx("c1-q05", kind="truefalse", options=("a", "b")),
    ],
)
@pytest.mark.parametrize("form", ["set", "singles", "choices"])
def test_question_without_sound_answers_is_refused_by_name(form: str, faulty: str) -> None:
    with pytest.raises(CannotExport) as refused:
        make(questions(SINGLE, faulty), wish(form), NOTHING)
    assert (refused.value.code, refused.value.where) == ("not-sound", "c1-q05")


def test_no_question_is_refused() -> None:
    with pytest.raises(CannotExport) as refused:
        make((), wish(), NOTHING)
    assert refused.value.code == "no-questions"


def test_sub_content_id_is_the_same_for_the_same_version_only() -> None:
    def ids(*items: str) -> list[str]:
        return [
            one["subContentId"] for one in only(make(questions(*items), wish(), NOTHING)).params["questions"]
        ]

    first, again, changed = ids(SINGLE), ids(SINGLE), ids(SINGLE.replace("Lựa chọn a", "Khác"))
    assert first == again
    assert changed != first
    assert UUID(first[0]).version == 5


def test_words_are_the_librarys_own_then_ours_then_english() -> None:
    semantics = [
        {"name": "own", "type": "text", "default": "Check"},
        {"name": "ours", "type": "text", "default": "Retry"},
        {"name": "unknown", "type": "text", "default": "Frobnicate"},
        {"name": "group", "type": "group", "fields": [{"name": "in", "type": "text", "default": "Tip"}]},
        {"name": "number", "type": "number", "default": 3},
    ]
    translation = [{"default": "Chấm"}, {"default": "Retry"}, {}, {"fields": [{"default": "Tip"}]}]
    words = wording({"semantics": translation}, {"Retry": "Làm lại", "Tip": "Gợi ý"})
    spoken = spoken_defaults(semantics, words)
    assert [one.get("default") for one in spoken] == ["Chấm", "Làm lại", "Frobnicate", None, 3]
    assert spoken[3]["fields"][0]["default"] == "Gợi ý"


@pytest.mark.parametrize("language", ["vi", "de"])
def test_every_word_of_a_bare_content_is_in_our_dictionary(language: str) -> None:
    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for inner in value.values() for text in texts(inner)]
        return [value] if isinstance(value, str) and value not in {"dots"} else []

    for machine_name in VERSIONS:
        english = texts(bare_params(machine_name, {}))
        assert [text for text in english if text not in dictionary(language)] == []


# With real libraries


@needs_corpus
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", ["set", "singles"])
def test_full_package_is_accepted_as_it_is_by_our_own_examination(form: str, language: str) -> None:
    shelf = real_shelf()
    contents = make(questions(SINGLE, TRUE, SEVERAL), wish(form, language=language), shelf)
    for content in contents:
        assert content.missing == ()
        examined = examine(
            io.BytesIO(packed(content, shelf)),
            installed=MemoryInstalled(),
            policy=Policy(may_install_unknown=True),
        )
        assert examined.params == content.params
        assert {facts.name for facts in examined.libraries} == {facts.name for facts in content.libraries}
        assert not examined.content_files


@needs_corpus
def test_set_takes_the_versions_it_may_hold_and_true_or_false_steps_back_to_choice() -> None:
    """QuestionSet 1.17 may hold MultiChoice 1.14 and TrueFalse 1.6; only the first came with it."""
    content = only(make(questions(SINGLE, TRUE), wish(), real_shelf()))
    assert str(content.library) == "H5P.QuestionSet 1.17"
    assert [one["library"] for one in content.params["questions"]] == ["H5P.MultiChoice 1.14"] * 2
    assert content.missing == ()


@needs_corpus
def test_single_questions_take_the_newest_versions() -> None:
    contents = make(questions(SINGLE, TRUE), wish("singles"), real_shelf())
    assert [str(content.library) for content in contents] == ["H5P.MultiChoice 1.16", "H5P.TrueFalse 1.8"]


@needs_corpus
@pytest.mark.parametrize(
    ("gaps", "library"), [("typed", "H5P.Blanks 1.14"), ("dragged", "H5P.DragText 1.10")]
)
def test_gaps_pass_the_semantics_of_the_real_library(gaps: str, library: str) -> None:
    content = only(make(questions(GAP), wish("singles", gaps), real_shelf()))
    assert str(content.library) == library
    assert content.missing == ()


@needs_corpus
def test_every_word_of_the_players_is_vietnamese() -> None:
    shelf = real_shelf()
    for content in make(questions(SINGLE, TRUE, SEVERAL, GAP), wish("singles", "typed"), shelf):
        examined = examine(
            io.BytesIO(packed(content, shelf)),
            installed=MemoryInstalled(),
            policy=Policy(may_install_unknown=True),
        )
        assert [problem for problem in examined.warnings if problem.code == "no-vietnamese"] == []


@needs_corpus
def test_same_questions_give_the_same_bytes() -> None:
    shelf = real_shelf()
    first, again = (packed(only(make(questions(SINGLE, SEVERAL), wish(), shelf)), shelf) for _ in range(2))
    assert first == again


@needs_corpus
@pytest.mark.parametrize("module", ["c1", "c2", "c3", "g1"])
def test_quizzes_of_the_pilot_can_all_go_out(module: str) -> None:
    text = (CONTENT / module / "vertical" / f"{module}-quiz-unit.xml").read_text(encoding="utf-8")
    source = olx.parse(text[text.index("<quiz") : text.index("</quiz>") + len("</quiz>")])
    content = only(make(source.questions, wish(), real_shelf()))
    assert len(content.params["questions"]) == len(source.questions)
    assert content.missing == ()


# What Moodle asks of packages (H5PValidator, core 1.28), as far as it concerns what we write


@needs_corpus
def test_package_keeps_the_rules_of_moodles_validator() -> None:
    shelf = real_shelf()
    archive = zipfile.ZipFile(io.BytesIO(packed(only(make(questions(SINGLE), wish(), shelf)), shelf)))
    manifest: dict[str, Any] = json.loads(archive.read("h5p.json"))
    assert 0 < len(manifest["title"]) <= 255
    assert re.fullmatch(r"[-a-zA-Z]{1,10}", manifest["language"])
    assert re.fullmatch(r"[$a-z_][0-9a-z_.$]{1,254}", manifest["mainLibrary"], re.IGNORECASE)
    assert set(manifest["embedTypes"]) <= {"iframe", "div"}
    names = {one["machineName"] for one in manifest["preloadedDependencies"]}
    assert manifest["mainLibrary"] in names
    for one in manifest["preloadedDependencies"]:
        assert re.fullmatch(r"[\w0-9\-.]{1,255}", one["machineName"])
        folder = f"{one['machineName']}-{one['majorVersion']}.{one['minorVersion']}"
        library = json.loads(archive.read(f"{folder}/library.json"))
        assert library["machineName"] == one["machineName"]
        listed = [*library.get("preloadedJs", []), *library.get("preloadedCss", [])]
        assert {f"{folder}/{entry['path']}" for entry in listed} <= set(archive.namelist())
    assert not [path for path in archive.namelist() if "/." in path or path.startswith((".", "_"))]
