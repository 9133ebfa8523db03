"""Out and in again: nothing of our kinds is lost, and what a foreign program would not see is said."""

import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.exchange import formats
from assessments.exchange.model import Export, ReadQuestion
from assessments.exchange.own import settled
from assessments.kinds import KINDS
from tests.make_exchange import BODIES, FILES, option, question, words

LOSSLESS = ("moodle-xml", "qti-2.2", "qti-3.0", "olx")
SUFFIX = {"moodle-xml": "xml", "qti-2.2": "zip", "qti-3.0": "zip", "olx": "xml"}


def there_and_back(format_: str, *questions: ReadQuestion) -> list[ReadQuestion]:
    written = formats.WRITERS[format_](Export(questions, FILES, "vi", "C1"))
    return list(formats.read(written.content, name=f"x{written.suffix}").questions)


def test_every_kind_is_tried() -> None:
    assert {kind for kind, _body in BODIES.values()} == set(KINDS)


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("format_", LOSSLESS)
def test_every_kind_comes_back_whole(format_: str, name: str) -> None:
    sent = question(name)
    [back] = there_and_back(format_, sent)
    assert (back.reason, back.notes) == (None, ())
    assert (back.name, back.kind, back.outcome, back.difficulty) == (sent.name, sent.kind, "C1.2", 3)
    assert back.body == sent.body
    if format_ != "olx":  # our own file names pictures and holds none
        assert back.files == sent.files


@pytest.mark.parametrize("format_", ["gift", "csv", "xlsx"])
@pytest.mark.parametrize(
    "name", ["single", "shared", "multiple", "weighted", "truefalse", "matching", "text", "number"]
)
def test_text_formats_keep_what_is_asked_and_how_it_is_marked(format_: str, name: str) -> None:
    sent = question(name, plain=True)
    [back] = there_and_back(format_, sent)
    lost = {"gift": {"text": {"case", "accents"}, "number": {"unit"}}}.get(format_, {}).get(name, set())
    same = {part: said for part, said in sent.body.items() if part not in lost}
    renamed = {part: said for part, said in back.body.items() if part not in lost}
    assert back.kind == sent.kind
    assert _without_names(renamed) == _without_names(same)


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["ordering", "whole", "essay", "file"])
def test_tables_hold_these_too(format_: str, name: str) -> None:
    sent = question(name, plain=True)
    [back] = there_and_back(format_, sent)
    assert {**back.body, "rubric": 0} == {**sent.body, "rubric": 0}


NOT_WRITTEN = {
    "gift": {"ordering", "whole", "cloze", "file", "hotspot"},
    "aiken": set(BODIES) - {"single", "shared", "truefalse"},
    "csv": {"cloze", "hotspot"},  # a gap with a reason says more than a cell can
    "moodle-xml": set[str](),
    "qti-2.2": set[str](),
    "qti-3.0": set[str](),
    "olx": set[str](),
}


@pytest.mark.parametrize("format_", NOT_WRITTEN)
def test_the_report_names_the_questions_that_are_not_in_the_file(format_: str) -> None:
    written = formats.WRITERS[format_](Export([question(name) for name in BODIES], FILES))
    assert written.not_written == {f"c1-{name}" for name in NOT_WRITTEN[format_]}


@pytest.mark.parametrize(
    ("format_", "name", "parts"),
    [
        (
            "aiken",
            "single",
            {
                "name",
                "outcome",
                "difficulty",
                "explanation",
                "cites",
                "why",
                "picture",
                "stimulus",
                "languages",
            },
        ),
        ("gift", "single", {"picture", "stimulus", "languages"}),
        ("gift", "text", {"case", "accents", "stimulus", "languages"}),
        ("gift", "essay", {"rubric", "least_words", "most_words", "stimulus", "languages"}),
        ("csv", "single", {"picture", "stimulus", "languages"}),
        ("moodle-xml", "single", set()),
        ("moodle-xml", "text", {"accents"}),
        ("moodle-xml", "hotspot", {"wrong-areas"}),
        ("qti-3.0", "ordering", {"partial", "outcome", "difficulty", "cites", "languages"}),
        ("qti-3.0", "text", {"accents", "wildcards", "why", "outcome", "difficulty", "cites", "languages"}),
        ("qti-2.2", "file", {"accepts", "most_files", "outcome", "difficulty", "cites", "languages"}),
        ("olx", "single", {"picture-file"}),
    ],
)
def test_the_report_says_what_each_format_leaves_out(format_: str, name: str, parts: set[str]) -> None:
    written = formats.WRITERS[format_](Export([question(name)], FILES))
    assert {problem.detail for problem in written.left_out if problem.code == "left-out"} == parts


@pytest.mark.parametrize("format_", ["moodle-xml", "qti-2.2", "qti-3.0"])
@pytest.mark.parametrize(
    "name", ["single", "shared", "multiple", "weighted", "truefalse", "matching", "whole"]
)
def test_other_programs_read_the_same_without_our_mark(format_: str, name: str) -> None:
    """What stands beside for us is taken out: the rest alone says the same."""
    sent = question(name, plain=True)
    written = formats.WRITERS[format_](Export([sent], FILES))
    [back] = formats.read(without_mark(format_, written.content)).questions
    assert back.kind == sent.kind
    assert _without_names({**back.body, "cites": 0}) == _without_names({**sent.body, "cites": 0})


@pytest.mark.parametrize("format_", ["moodle-xml", "qti-3.0"])
def test_what_somebody_changed_elsewhere_wins(format_: str) -> None:
    sent = question("single")
    written = formats.WRITERS[format_](Export([sent], FILES)).content
    [back] = formats.read(changed(format_, written, "Một", "Mười")).questions
    assert {text for o in back.body["options"] for text in o["text"].values()} == {"Mười", "Hai", "Ba"}


def test_a_mark_that_is_no_question_is_passed_over() -> None:
    written = formats.WRITERS["moodle-xml"](Export([question("single", plain=True)], {})).content
    broken = re.sub(rb"(<lantoa [^>]*>).*?</lantoa>", rb"\1&lt;broken</lantoa>", written, flags=re.DOTALL)
    [back] = formats.read(broken).questions
    assert (back.kind, back.reason) == ("single", None)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXT, min_size=2, max_size=6, unique=True), stem=TEXT)
@pytest.mark.parametrize("format_", LOSSLESS)
def test_any_words_come_back(format_: str, texts: list[str], stem: str) -> None:
    options = [option(f"o{place}", text, correct=not place) for place, text in enumerate(texts)]
    body = {"stem": words(stem), "explanation": {}, "cites": [], "options": options}
    sent = settled(ReadQuestion("c1-x", "single", "single", body))
    if sent.reason is not None:  # two texts that are the same once normalised
        return
    [back] = there_and_back(format_, sent)
    assert back.body == sent.body


def without_mark(format_: str, content: bytes) -> bytes:
    if format_ == "moodle-xml":
        return re.sub(rb"<lantoa.*?</lantoa>", b"", content, flags=re.DOTALL)
    return repacked(content, lambda data: re.sub(rb"<lantoa:olx.*?</lantoa:olx>", b"", data, flags=re.DOTALL))


def changed(format_: str, content: bytes, old: str, new: str) -> bytes:
    if format_ == "moodle-xml":
        return content.replace(f"<text>{old}</text>".encode(), f"<text>{new}</text>".encode())
    return repacked(content, lambda data: data.replace(f">{old}<".encode(), f">{new}<".encode()))


def repacked(content: bytes, change: object) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)))  # type: ignore[operator]
    return out.getvalue()


def _without_names(body: dict[str, object]) -> dict[str, object]:
    """Formats of others give options no names: a, b, c stand for theirs."""
    kept = {part: said for part, said in body.items() if part != "options"}
    options = body.get("options", [])
    assert isinstance(options, list)
    return kept | {"options": [{**one, "name": ""} for one in options]}
