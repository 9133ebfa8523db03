from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import grading


def body(*correct: bool) -> dict[str, Any]:
    return {
        "options": [
            {"name": name, "correct": is_right} for name, is_right in zip("abcdef", correct, strict=False)
        ]
    }


SINGLE = body(False, True, False)
MULTIPLE = body(True, True, True, False, False)
truths = st.lists(st.booleans(), min_size=2, max_size=6)


@pytest.mark.parametrize(
    ("chosen", "fraction"),
    [([], "0"), (["a"], "0"), (["b"], "1"), (["a", "b"], "0"), (["z"], "0")],
)
def test_mark_single_is_all_or_nothing(chosen: list[str], fraction: str) -> None:
    assert grading.mark("single", SINGLE, chosen) == Decimal(fraction)


@pytest.mark.parametrize(
    ("chosen", "fraction"),
    [
        ("", "0"),
        ("a", "0.33333"),
        ("ab", "0.66667"),
        ("abc", "1"),
        ("abcd", "0.5"),
        ("abd", "0.16667"),
        ("d", "0"),
        ("abcde", "0"),
    ],
)
def test_mark_multiple_gives_partial_credit(chosen: str, fraction: str) -> None:
    assert grading.mark("multiple", MULTIPLE, chosen) == Decimal(fraction)


@given(truths, st.sets(st.sampled_from("abcdef")), st.sampled_from(["single", "multiple", "truefalse"]))
def test_mark_stays_between_0_and_1_with_five_places(truth: list[bool], chosen: set[str], kind: str) -> None:
    fraction = grading.mark(kind, body(*truth), chosen)

    assert fraction is not None
    assert 0 <= fraction <= 1
    assert fraction.as_tuple().exponent == -5


@given(truths.filter(lambda truth: any(truth) and not all(truth)))
def test_mark_multiple_ticking_every_box_earns_nothing(truth: list[bool]) -> None:
    question = body(*truth)
    assert grading.mark("multiple", question, [o["name"] for o in question["options"]]) == 0


@given(truths.filter(any), st.sampled_from(["single", "multiple"]))
def test_mark_exactly_the_right_options_earns_everything(truth: list[bool], kind: str) -> None:
    question = body(*truth)
    right = [o["name"] for o in question["options"] if o["correct"]]
    assert grading.mark(kind, question, right) == 1


@given(truths.filter(any), st.sets(st.sampled_from("abcdef")))
def test_mark_multiple_never_falls_when_another_right_option_is_ticked(
    truth: list[bool], chosen: set[str]
) -> None:
    question = body(*truth)
    right = {o["name"] for o in question["options"] if o["correct"]}

    def earned(names: set[str]) -> Decimal:
        return grading.mark("multiple", question, names) or Decimal(0)

    assert all(earned(chosen | {name}) >= earned(chosen) for name in right)


@pytest.mark.parametrize(
    ("earned", "passes"),
    [("8", True), ("7.99999999", False), ("10", True), ("0", False), ("8.00001", True)],
)
def test_is_pass_is_exact_at_the_threshold(earned: str, passes: bool) -> None:
    assert grading.is_pass(Decimal(earned), out_of=Decimal(10), pass_percent=80) is passes


@given(st.decimals("0", "40", places=8), st.integers(1, 100))
def test_whole_percent_never_reads_as_a_pass_that_is_none(earned: Decimal, pass_percent: int) -> None:
    out_of = Decimal(40)
    shown = grading.whole_percent(earned, out_of=out_of)

    assert (shown >= pass_percent) == grading.is_pass(earned, out_of=out_of, pass_percent=pass_percent)


def test_whole_percent_of_an_empty_quiz_is_0() -> None:
    assert grading.whole_percent(Decimal(0), out_of=Decimal(0)) == 0


def test_score_adds_up_exactly() -> None:
    marks = [(Decimal("0.33333"), Decimal(1)), (Decimal("1.00000"), Decimal("2.5"))]
    assert grading.score(marks) == Decimal("2.83333")
