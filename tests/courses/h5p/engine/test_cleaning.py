"""Values as their fields want them, text by text."""

from typing import Any

import pytest

from courses.h5p.engine.cleaning import Cleaner
from courses.h5p.engine.file_values import FileUse
from courses.h5p.engine.libraries import LibraryName
from courses.h5p.engine.sanitise import markup, plain
from courses.h5p.engine.semantics import clean, defaults, parse, shown
from courses.h5p.engine.tidy import SHORT, in_order
from tests.make_h5p import NOTE_SEMANTICS, PARAMS, SEMANTICS

FIELDS = parse(SEMANTICS)
NOTE = parse(NOTE_SEMANTICS)
TAGS = frozenset(("strong", "a", "ul", "table", "b", "del"))


def fields_of(name: LibraryName) -> Any:
    return NOTE if name.machine_name == "LanToa.Note" else None


def _cleaned(**changes: Any) -> dict[str, Any]:
    return clean(FIELDS, {**PARAMS, **changes}, fields_of)


def _field(kind: str, value: Any, **more: Any) -> Any:
    return clean(parse([{"name": "x", "type": kind, **more}]), {"x": value}).get("x")


def test_good_parameters_stay_as_they_are() -> None:
    assert _cleaned() == PARAMS


def test_what_no_field_knows_is_left_out() -> None:
    cleaned = _cleaned(secret=1, labels={**PARAMS["labels"], "more": "x"})
    assert cleaned == PARAMS


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("<p>Xin <strong>chào</strong></p>", "<p>Xin <strong>chào</strong></p>"),
        ("a<script>alert(1)</script>b", "ab"),
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ("<h2>a</h2>", "a"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ('<a href="javascript:x">a</a>', '<a rel="noopener noreferrer">a</a>'),
        (
            '<a href="https://example.org" target="_top">a</a>',
            '<a href="https://example.org" target="_blank" rel="noopener noreferrer">a</a>',
        ),
        ("<ul><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ("<table><tr><td>a</td></tr></table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<s>a</s><em>b</em>", "<s>a</s>b"),
        ('<p style="text-align: center; position: fixed">a</p>', '<p style="text-align:center;">a</p>'),
        ('<p style="color: red">a</p>', "<p>a</p>"),
        ("2 < 3 && 4 > 3", "2 &lt; 3 &amp;&amp; 4 &gt; 3"),
        ("a&nbsp;b", "a&nbsp;b"),
        ("*gap/hole:tip*", "*gap/hole:tip*"),
        ("a\0\x0bb", "ab"),
    ],
)
def test_markup_is_what_the_field_allows(text: str, cleaned: str) -> None:
    assert markup(text, TAGS) == cleaned


def test_style_is_what_the_field_offers() -> None:
    text = '<span style="color: #f00; background-color: url(x); font-size: 2em">a</span>'
    assert markup(text, TAGS, frozenset(("color", "background"))) == '<span style="color:#f00;">a</span>'
    assert markup(text, TAGS, frozenset(("size",))) == '<span style="font-size:2em;">a</span>'


def test_markup_that_moves_is_cleaned_until_it_stands_still() -> None:
    once = markup("<a href=x><table><a href=y>", TAGS)
    assert once == markup(once, TAGS)
    assert once.count("<a ") == 2


def test_library_cannot_ask_for_script() -> None:
    assert markup("<script>x</script><iframe src=y></iframe>a", frozenset(("script", "iframe"))) == "a"


@pytest.mark.parametrize(
    ("text", "longest", "cleaned"),
    [
        ("<b>\"a\" & 'b'</b>", None, "&lt;b&gt;&quot;a&quot; &amp; &#039;b&#039;&lt;/b&gt;"),
        ("&#039;a&amp;b&lt;", None, "&#039;a&amp;b&lt;"),
        ("&;&x y;&#xZZ;", None, "&amp;;&amp;x y;&amp;#xZZ;"),
        ("&amp;&amp;&amp;", 2, "&amp;&amp;"),
        ("ăâđê", 3, "ăâđ"),
    ],
)
def test_plain_text_is_escaped_once(text: str, longest: int | None, cleaned: str) -> None:
    assert plain(text, longest) == cleaned


def test_long_markup_is_put_in_order_before_it_is_parsed() -> None:
    wrong = "<p><strong>a<p>b</strong>" * SHORT
    ordered = in_order(wrong)
    assert ordered.count("<strong>") == ordered.count("</strong>")
    assert ordered.count("<p>") == ordered.count("</p>")
    assert in_order("<b>" * SHORT) == "<b>" * SHORT
    assert "&lt;!" in in_order("<!doctype>" + "<p>" * SHORT + "</p>" * SHORT)
    table = "<table>" + "<tr><td>ô</td></tr>" * 200 + "</table>"
    assert markup(table, TAGS).count("<td>") == 200


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [(5, 5), ("5", 5), ("2.5", 2.5), (11, 10), (-1, 0), (1.26, 1.3), ("viele", 0), (True, 0), ("1e999", 0)],
)
def test_number_is_within_its_limits(value: Any, cleaned: float) -> None:
    assert _cleaned(points=value)["points"] == cleaned


def test_values_of_the_wrong_kind_are_replaced_or_left_out() -> None:
    assert _cleaned(shuffle="yes")["shuffle"] is False
    assert _cleaned(mode="none")["mode"] == "one"
    assert _cleaned(hint=5)["hint"] == ""
    assert "answers" not in _cleaned(answers="a")
    assert "labels" not in _cleaned(labels=[1])
    assert "note" not in _cleaned(note="x")
    assert "picture" not in _cleaned(picture={"path": 5})
    assert "clip" not in _cleaned(clip={"path": "a.mp4"})


def test_list_is_cut_at_its_longest() -> None:
    assert len(_cleaned(answers=[{"text": "a"}] * 9)["answers"]) == 5


def test_select_of_several_keeps_what_is_known() -> None:
    options = [{"value": "a", "label": "A"}, {"type": "optgroup", "options": [{"value": "b"}]}]
    assert _field("select", ["a", "z", "b"], options=options, multiple=True) == ["a", "b"]
    assert _field("select", "<z>", options=options, optional=True) == "&lt;z&gt;"


def test_unknown_kind_of_field_keeps_nothing() -> None:
    assert _field("hologram", "x") is None


def test_group_of_one_field_is_that_field() -> None:
    inner = [{"name": "y", "type": "text"}]
    assert _field("group", "a<", fields=inner) == "a&lt;"
    sub = _field(
        "group", {"y": "a", "subContentId": PARAMS["note"]["subContentId"]}, fields=inner, isSubContent=True
    )
    assert sub == {"y": "a", "subContentId": PARAMS["note"]["subContentId"]}


def test_library_inside_is_cleaned_by_its_own_fields() -> None:
    note = {
        **PARAMS["note"],
        "params": {"text": "<p>a<script>x</script></p>", "more": 1},
        "metadata": {"title": "<b>", "authors": [{"name": "A", "role": "x", "mail": "y"}], "hidden": 1},
        "subContentId": "not an id",
        "more": 1,
    }
    assert _cleaned(note=note)["note"] == {
        "library": "LanToa.Note 1.0",
        "params": {"text": "<p>a</p>"},
        "metadata": {"title": "&lt;b&gt;", "authors": [{"name": "A", "role": "x"}]},
    }


def test_library_whose_fields_nobody_knows_is_left_out() -> None:
    assert "note" not in clean(FIELDS, PARAMS)


def test_file_keeps_what_is_known_of_it() -> None:
    picture = {
        "path": "images/a.png#tmp",
        "mime": '"image"',
        "width": "12.7",
        "height": None,
        "copyright": {"license": "<U>", "more": 1},
        "onload": "x",
    }
    assert _cleaned(picture=picture)["picture"] == {
        "path": "images/a.png",
        "mime": "&quot;image&quot;",
        "width": 12,
        "copyright": {"license": "&lt;U&gt;"},
    }


def test_film_has_forms_with_a_quality() -> None:
    clip = [
        {"path": "https://example.org/a.mp4", "quality": {"level": 1, "label": "<HD>", "x": 1}},
        {"path": ""},
    ]
    assert _cleaned(clip=clip)["clip"] == [
        {"path": "https://example.org/a.mp4", "quality": {"level": 1, "label": "&lt;HD&gt;"}}
    ]


def test_cleaner_remembers_what_is_used() -> None:
    cleaner = Cleaner(fields_of)
    params = {**PARAMS, "question": "<img>", "clip": [{"path": "https://example.org/a.mp4"}]}
    cleaner.group(FIELDS, params, "")
    assert cleaner.libraries == [LibraryName("LanToa.Note", 1, 0)]
    assert cleaner.files == [
        FileUse("picture", file="images/hình-một.png"),
        FileUse("clip[0]", host="example.org"),
    ]
    assert cleaner.lost == [("question", "img")]


def test_form_begins_with_defaults() -> None:
    assert defaults(FIELDS) == {
        "question": "",
        "hint": "",
        "points": 1,
        "shuffle": True,
        "mode": "one",
        "answers": [{"text": "", "correct": False}, {"text": "", "correct": False}],
        "feedback": [""],
        "zoom": False,
        "labels": {"check": "Check it", "again": "Try again", "show": "Show me"},
    }


@pytest.mark.parametrize(
    ("rule", "kind", "siblings", "is_shown"),
    [
        ({"field": "a", "equals": True}, None, {"a": True}, True),
        ({"field": "a", "equals": False}, None, {}, True),
        ({"field": "a", "equals": False}, None, {"a": True}, False),
        ({"field": "a", "equals": ["x", "y"]}, None, {"a": "y"}, True),
        ({"field": "a", "equals": "x"}, None, {"a": "y"}, False),
        ({"field": "a", "equals": "H5P.Image 1.1"}, None, {"a": {"library": "H5P.Image 1.0"}}, True),
        ({"field": "a", "equals": "H5P.Image 1.1"}, None, {"a": {"library": "H5P.Video 1.6"}}, False),
        ({"field": "g/a", "equals": "x"}, None, {"g": {"a": "x"}}, True),
        ({"field": "../a", "equals": "x"}, None, {}, True),
        ({"field": "a", "equals": "x"}, "or", {"b": "x"}, True),
        ({"field": "a", "equals": "x"}, "and", {"b": "x"}, False),
    ],
)
def test_field_shows_beside_certain_values(
    rule: dict[str, Any], kind: str | None, siblings: dict[str, Any], is_shown: bool
) -> None:
    rules = [rule, {"field": "b", "equals": "x"}] if kind else [rule]
    (field,) = parse([{"name": "z", "type": "text", "showWhen": {"type": kind, "rules": rules}}])
    assert shown(field, siblings) is is_shown


def test_field_without_a_widget_does_not_show() -> None:
    (field,) = parse([{"name": "z", "type": "number", "widget": "none"}])
    assert shown(field, {}) is False
