"""xAPI statements: what is believed, what is cut, what is thrown away. No database."""

import json
import math
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.h5p.player.statements import BadStatement, Claim, read_statement, within

ACTIVITY = "https://learn.example.vn/h5p/content/0123"
AT = datetime(2026, 11, 22, tzinfo=UTC)


def statement(**parts: Any) -> dict[str, Any]:
    """As H5P makes one for a question that was answered."""
    return {
        "uuid": str(uuid4()),
        "actor": {"mbox": "mailto:a@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
        "object": {
            "id": ACTIVITY,
            "definition": {"interactionType": "choice", "description": {"en-US": "Mấy?\n"}},
        },
        "result": {
            "score": {"min": 0, "max": 2, "raw": 1, "scaled": 0.5},
            "success": False,
            "completion": True,
            "duration": "PT12.5S",
            "response": "0[,]1",
        },
        **parts,
    }


def read(**parts: Any) -> Claim:
    return read_statement(statement(**parts), activity=ACTIVITY, at=AT)


def score(**said: Any) -> Claim:
    return read(result={"score": said})


def test_a_statement_of_a_question() -> None:
    claim = read()
    assert (claim.verb, claim.raw, claim.maximum) == ("answered", Decimal(1), Decimal(2))
    assert (claim.success, claim.completion, claim.duration) == (False, True, 12.5)
    assert (claim.response, claim.description, claim.interaction) == ("0[,]1", "Mấy?\n", "choice")
    assert claim.is_result
    assert claim.happened_at == AT
    assert not hasattr(claim, "actor")


@pytest.mark.parametrize(
    ("said", "raw", "maximum"),
    [
        ({"raw": 5, "max": 2}, 2, 2),
        ({"raw": -5, "max": 2}, 0, 2),
        ({"raw": 1, "max": -2}, 0, 0),
        ({"raw": 1 / 3, "max": 1}, Decimal("0.333"), 1),
        ({"raw": 3}, 3, None),
        ({"max": 3}, None, 3),
        ({"raw": 0, "max": 0}, 0, 0),
        ({}, None, None),
    ],
)
def test_a_score_lies_between_nothing_and_its_maximum(said: Any, raw: Any, maximum: Any) -> None:
    claim = score(**said)
    assert (claim.raw, claim.maximum) == (raw, maximum)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e300, 100_001, "5", True, [1], {}])
def test_what_is_no_number_of_points_is_refused(value: Any) -> None:
    for name in ("raw", "max"):
        with pytest.raises(BadStatement, match="bad-score"):
            score(**{"raw": 1, "max": 1} | {name: value})


@pytest.mark.parametrize("sent", [None, 5, "x", [], True])
def test_what_is_no_statement(sent: Any) -> None:
    with pytest.raises(BadStatement, match="not-an-object"):
        read_statement(sent, activity=ACTIVITY, at=AT)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"uuid": "x"}, "bad-uuid"),
        ({"uuid": None}, "bad-uuid"),
        ({"uuid": 5}, "bad-uuid"),
        ({"verb": {"id": "http://adlnet.gov/expapi/verbs/interacted"}}, "other-verb"),
        ({"verb": {"id": 7}}, "other-verb"),
        ({"verb": "answered"}, "other-verb"),
        ({"object": {"id": f"{ACTIVITY}x"}}, "other-object"),
        ({"object": {"id": "https://example.org/"}}, "other-object"),
        ({"object": {}}, "other-object"),
        ({"object": {"id": f"{ACTIVITY}?subContentId=../1"}}, "bad-sub-content"),
        ({"more": "x" * 17_000}, "too-large"),
    ],
)
def test_what_is_not_for_us(parts: Any, code: str) -> None:
    with pytest.raises(BadStatement, match=code):
        read(**parts)


def test_a_question_inside_is_no_result_of_the_whole() -> None:
    inside = read(object={"id": f"{ACTIVITY}?subContentId=0b1f6a0e-3f35"})
    assert inside.sub_content_id == "0b1f6a0e-3f35"
    assert not inside.is_result
    nested = read(context={"contextActivities": {"parent": [{"id": ACTIVITY}]}})
    assert not nested.is_result
    begun = read(verb={"id": "http://adlnet.gov/expapi/verbs/attempted"})
    assert not begun.is_result


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("PT12.5S", 12.5),
        ("PT1H5M", 3900),
        ("P1DT2H", 93_600),
        ("PT0S", 0),
        ("P40D", None),
        ("PT", None),
        ("P", None),
        ("PT-5S", None),
        ("12", None),
        (12, None),
        ("PT" + "9" * 40 + "S", None),
    ],
)
def test_how_long_it_took(said: Any, seconds: float | None) -> None:
    assert read(result={"duration": said}).duration == seconds


def test_texts_are_cut_and_cleaned() -> None:
    claim = read(
        result={"response": "a\x00b" + "x" * 5_000, "success": "yes"},
        object={
            "id": ACTIVITY,
            "definition": {"interactionType": "bomb", "description": {"vi": "y" * 2_000}},
        },
    )
    assert claim.response.startswith("abx")
    assert len(claim.response) < 4_001
    assert len(claim.description) == 1_000
    assert (claim.interaction, claim.success) == ("", None)


@pytest.mark.parametrize(
    ("claimed", "fixed", "kept"),
    [
        ((999, 999), 2, (2, 2)),
        ((1, 2), 2, (1, 2)),
        ((2, 3), 6, (2, 3)),  # a set that asks three of its six questions
        ((5, None), 3, (3, 3)),
        ((5, 9), None, (5, 9)),
        ((None, None), 3, (None, 3)),
    ],
)
def test_a_maximum_that_is_known_is_not_passed(claimed: Any, fixed: Any, kept: Any) -> None:
    said = {name: value for name, value in zip(("raw", "max"), claimed, strict=True) if value is not None}
    assert within(score(**said), None if fixed is None else Decimal(fixed)) == kept


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(result=ANYTHING, found=ANYTHING, context=ANYTHING, maximum=st.none() | st.decimals(0, 1000, places=3))
def test_whatever_comes_is_a_claim_within_bounds_or_refused(
    result: Any, found: Any, context: Any, maximum: Decimal | None
) -> None:
    sent = statement(result=result, context=context, object={"id": ACTIVITY, "definition": found})
    try:
        json.dumps(sent)
        claim = read_statement(sent, activity=ACTIVITY, at=AT)
    except BadStatement:
        return
    raw, highest = within(claim, maximum)
    assert raw is None or highest is None or 0 <= raw <= highest
    assert maximum is None or highest is None or highest <= maximum
