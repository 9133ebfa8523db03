"""Every kind of question: written and read, checked, marked. Plain Python."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assessments import grading
from assessments.kinds import KINDS, BadResponse
from assessments.kinds.by_hand import most_points
from assessments.kinds.number import readings
from assessments.kinds.sent import response_from
from assessments.kinds.text import fits
from tests.assessments.bodies import BODIES


def words(text: str) -> dict[str, str]:
    return {"vi": text}


def pick(texts: Any) -> str:
    return str(texts.get("vi", ""))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_again(kind: str) -> None:
    element = etree.Element("question")
    KINDS[kind].write(element, BODIES[kind])

    assert KINDS[kind].read(element) == {
        key: value for key, value in BODIES[kind].items() if key not in ("stem", "picture")
    }
    assert KINDS[kind].faults(BODIES[kind]) == []


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if not kind.is_marked_by_hand])
def test_the_right_response_earns_everything_and_none_earns_nothing(kind: str) -> None:
    one, body = KINDS[kind], BODIES[kind]
    right = one.clean(body, one.right(body))

    assert right == one.right(body)
    assert one.mark(body, right) == 1
    assert one.mark(body, ()) == 0
    assert one.clean(body, ()) == ()
    assert all(part.earned == 1 for part in one.parts(body, right, pick))
    assert all(part.earned == 0 and not part.given for part in one.parts(body, (), pick))
    assert one.said(body, right, pick)


@pytest.mark.parametrize(
    ("kind", "response", "earned"),
    [
        ("single", ["b"], 0),
        ("multiple", ["a"], Fraction(1, 2)),
        ("multiple", ["a", "c"], 0),
        ("truefalse", ["false"], 0),
        ("matching", ["p1 a", "p2 a"], Fraction(1, 2)),
        ("matching", ["p2 b"], Fraction(1, 2)),
        ("ordering", ["a 1", "b 3", "c 2"], Fraction(1, 3)),
        ("ordering", ["a 1", "b 1", "c 3"], Fraction(1, 3)),  # two in one place: neither
        ("text", ["ha noi"], 0),
        ("text", ["thành phố  hà nội"], 1),
        ("text", ["Thăng Long"], Fraction(1, 2)),
        ("number", ["9,8"], 1),
        ("number", ["9.9"], Fraction(1, 2)),
        ("number", ["10"], 0),
        ("cloze", ["g1 b"], 0),
        ("cloze", ["g1 a", "g3 3,5"], Fraction(3, 4)),
        ("hotspot", ["east"], 0),
    ],
)
def test_marks(kind: str, response: list[str], earned: Fraction) -> None:
    one, body = KINDS[kind], BODIES[kind]

    assert one.mark(body, one.clean(body, response)) == earned


@pytest.mark.parametrize(
    ("kind", "sent", "code"),
    [
        ("single", ["z"], "unknown-option"),
        ("single", ["a", "b"], "one-answer-only"),
        ("matching", ["p9 a"], "unknown-option"),
        ("matching", ["p1 z"], "unknown-option"),
        ("matching", ["p1 a", "p1 b"], "unknown-option"),
        ("matching", ["p1"], "unknown-option"),
        ("ordering", ["a 0"], "unknown-option"),
        ("ordering", ["a 4"], "unknown-option"),
        ("ordering", ["a 1", "a 2"], "unknown-option"),
        ("ordering", ["a ²"], "unknown-option"),
        ("ordering", ["a " + "1" * 5000], "unknown-option"),
        ("text", ["a", "b"], "one-answer-only"),
        ("text", ["a" * 501], "too-long"),
        ("number", ["chín"], "not-a-number"),
        ("number", ["nan"], "not-a-number"),
        ("number", ["1e999"], "not-a-number"),
        ("number", ["1,2,3"], "not-a-number"),
        ("cloze", ["g9 a"], "unknown-option"),
        ("cloze", ["g1 z"], "unknown-option"),
        ("cloze", ["g2 a", "g2 b"], "one-answer-only"),
        ("cloze", ["g3 chín"], "not-a-number"),
        ("hotspot", ["north"], "unknown-option"),
        ("essay", ["a" * 20_001], "too-long"),
        ("file", ["x"], "unknown-option"),
        ("file", ["1", "2", "3"], "too-many-files"),
    ],
)
def test_what_is_no_answer_is_refused(kind: str, sent: list[str], code: str) -> None:
    with pytest.raises(BadResponse) as refused:
        KINDS[kind].clean(BODIES[kind], sent)
    assert refused.value.code == code


@given(kind=st.sampled_from(sorted(KINDS)), sent=st.lists(st.text(max_size=40), max_size=5))
def test_nothing_that_is_sent_breaks_a_kind(kind: str, sent: list[str]) -> None:
    one, body = KINDS[kind], BODIES[kind]
    try:
        response = one.clean(body, sent)
    except BadResponse:
        return
    assert one.clean(body, response) == response
    earned = one.mark(body, response)
    assert (earned is None) == (one.is_marked_by_hand and bool(response))
    assert earned is None or 0 <= earned <= 1
    one.parts(body, response, pick)


def test_a_person_marks_what_was_answered_and_nobody_what_was_not() -> None:
    for kind in ("essay", "file"):
        assert grading.mark(kind, BODIES[kind], ["1"]) is None
        assert grading.mark(kind, BODIES[kind], []) == 0
    assert most_points(BODIES["essay"]["rubric"]) == 3


def test_weights_decide_where_the_author_gave_them() -> None:
    options = [
        {"name": name, "correct": right, "text": words(name), "why": {}, "weight": weight}
        for name, right, weight in (("a", True, "100"), ("b", False, "33.33333"), ("c", False, "-50"))
    ]
    body = {"options": options}

    assert grading.mark("single", body, ["b"]) == pytest.approx(grading.FULL * 33333 / 100_000)
    assert grading.mark("multiple", body, ["a", "c"]) == grading.FULL / 2
    assert grading.mark("multiple", body, ["c"]) == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9,81", {"9.81"}),
        ("9.81", {"9.81"}),
        ("1.000", {"1", "1000"}),
        ("1.000,5", {"1000.5"}),
        ("1,000.5", {"1000.5"}),
        ("1.000.000", {"1000000"}),
        ("1 000 000", {"1000000"}),
        ("−5", {"-5"}),
        ("1e3", {"1000"}),
        (".5", {"0.5"}),
        ("١٢", {"12"}),
        ("", set()),
        ("inf", set()),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, meant: set[str]) -> None:
    assert {float(number) for number in readings(typed)} == {float(number) for number in meant}


@pytest.mark.parametrize(
    ("pattern", "text", "is_fit"),
    [
        ("a*c", "abc", True),
        ("a*c", "ac", True),
        ("a*c", "ab", False),
        ("*b*", "abc", True),
        ("ab*ba", "aba", False),  # the two ends may not share a letter
        ("*", "", True),
        ("a", "ab", False),
        ("a*" * 50, "a" * 500, True),
        ("a*" * 60 + "b", "a" * 500, False),
    ],
)
def test_stars_stand_for_anything(pattern: str, text: str, is_fit: bool) -> None:
    assert fits(pattern, text) is is_fit


def test_accents_matter_unless_the_author_says_so() -> None:
    body = {**BODIES["text"], "accents": False}

    assert grading.mark("text", body, ["HA NOI"]) == 1
    assert grading.mark("text", body, ["đa nang"]) == 0
    assert (
        grading.mark(
            "text", {**body, "answers": [{"text": "Đà Nẵng", "weight": "100", "why": {}}]}, ["da nang"]
        )
        == 1
    )
    # the same letters, composed and decomposed
    assert grading.mark("text", BODIES["text"], ["Ha\u0300 No\u0323\u0302i"]) == 1
    assert grading.mark("text", {**BODIES["text"], "case": True}, ["hà nội"]) == 0


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        ("single", {"options": BODIES["single"]["options"][:1]}, "no-wrong-option"),
        ("matching", {"prompts": BODIES["matching"]["prompts"][:1]}, "too-few-prompts"),
        ("matching", {"options": BODIES["matching"]["options"][1:]}, "no-right-answer"),
        ("ordering", {"options": BODIES["ordering"]["options"][:1]}, "too-few-items"),
        ("text", {"answers": []}, "no-right-answer"),
        ("text", {"answers": [{"text": "", "weight": "100", "why": {}}]}, "answer-without-text"),
        ("text", {"answers": [{"text": "a", "weight": "x", "why": {}}]}, "bad-weight"),
        (
            "number",
            {"answers": [{"value": "x", "tolerance": "0", "weight": "100", "why": {}}]},
            "not-a-number",
        ),
        (
            "number",
            {"answers": [{"value": "1", "tolerance": "-1", "weight": "100", "why": {}}]},
            "not-a-number",
        ),
        ("cloze", {"gaps": []}, "no-gaps"),
        ("cloze", {"text": words("[[g1]] [[g2]]")}, "gaps-and-text-differ"),
        ("cloze", {"gaps": [{**BODIES["cloze"]["gaps"][0], "weight": "0"}]}, "bad-weight"),
        ("hotspot", {"picture": {"src": "a", "alt": {}, "width": 0, "height": 0}}, "picture-without-size"),
        ("hotspot", {"picture": {"src": "a", "alt": {}, "width": 20, "height": 20}}, "bad-area"),
        ("essay", {"rubric": []}, "no-rubric"),
        ("essay", {"least_words": 9, "most_words": 3}, "bad-number"),
        ("file", {"accepts": ["exe"]}, "unknown-file-kind"),
        ("file", {"most_files": 0}, "bad-number"),
    ],
)
def test_faults_are_named(kind: str, change: dict[str, Any], code: str) -> None:
    assert code in {found for found, _detail in KINDS[kind].faults({**BODIES[kind], **change})}


def test_controls_of_a_form_become_a_response() -> None:
    sent = {"slot-1": ["a", ""], "slot-1.g2": [" Hà Nội "], "slot-1.g3": ["  "], "slot-10": ["z"]}

    assert response_from(sent, "slot-1") == ("a", "g2 Hà Nội")
