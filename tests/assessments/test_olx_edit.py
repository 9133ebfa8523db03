"""Quizzes edited as OLX: only what is named changes."""

from datetime import datetime

import pytest

from assessments import olx
from assessments.olx import PoolSource
from assessments.olx_edit import (
    NoSuchQuestion,
    QuestionDraft,
    RulesDraft,
    option,
    put_in,
    shift,
    take_out,
    write_question,
    write_rules,
)
from lms.shared.clock import HO_CHI_MINH

QUIZ = (
    '<quiz url_name="q" kind="module" pass_percent="80" attempts="3" x="1">'
    '<question name="a" type="single"/><question name="b" type="single"/>'
    '<question name="c" type="single"/></quiz>'
)


def names(text: str) -> list[str]:
    return [q.name for q in olx.parse(text).questions]


def draft(name: str = "b") -> QuestionDraft:
    return QuestionDraft(
        name=name,
        kind="single",
        outcome="C1.1",
        difficulty=1,
        stem={"vi": "Hỏi  gì?", "en": "What?"},
        body={
            "options": [
                option("a", {"vi": "Một", "en": "One"}, {"vi": "Vì đúng", "en": "Right"}, is_right=True),
                option("b", {"vi": "Hai", "en": "Two"}, {"vi": "Vì sai", "en": "Wrong"}, is_right=False),
            ]
        },
        explanation={"vi": "Vì thế", "en": "So"},
        cites=[("S3", "8-12")],
    )


def test_write_rules_keeps_questions_pass_mark_and_what_it_does_not_know() -> None:
    rules = RulesDraft({"vi": "Thử", "en": "Try"}, "practice", None, 0, 15)
    found = olx.parse(write_rules(QUIZ, rules))
    assert (found.kind, found.attempts, found.time_limit_minutes, found.pass_percent) == (
        "practice",
        None,
        15,
        80,
    )
    assert found.title == {"vi": "Thử", "en": "Try"}
    assert names(write_rules(QUIZ, rules)) == ["a", "b", "c"]
    assert 'x="1"' in write_rules(QUIZ, rules)


def test_write_rules_of_an_exam_sets_its_pools() -> None:
    text = '<quiz kind="final"><pool outcome="C1" count="3"/></quiz>'
    rules = RulesDraft({}, "final", 3, 24, 40, (PoolSource("C1", 2), PoolSource("C2.1", 4, 3)))
    assert olx.parse(write_rules(text, rules)).pools == rules.pools


def test_write_rules_sets_the_window_the_review_and_the_supervision_and_takes_them_out_again() -> None:
    opens = datetime(2026, 12, 1, 8, tzinfo=HO_CHI_MINH)
    closes = datetime(2026, 12, 1, 11, tzinfo=HO_CHI_MINH)
    rules = RulesDraft({}, "module", opens=opens, closes=closes, review="after-close", is_supervised=True)

    written = write_rules('<quiz kind="module"/>', rules)

    assert 'opens="2026-12-01T08:00:00+07:00"' in written
    found = olx.parse(written)
    assert (found.opens, found.closes, found.review, found.is_supervised) == (
        opens,
        closes,
        "after-close",
        True,
    )
    assert write_rules(written, RulesDraft({}, "module")) == write_rules(
        '<quiz kind="module"/>', RulesDraft({}, "module")
    )


def test_write_question_in_its_place_or_at_the_end() -> None:
    written = write_question(QUIZ, draft())
    assert names(written) == ["a", "b", "c"]
    question = olx.parse(written).questions[1]
    assert question.body["stem"] == {"vi": "Hỏi gì?", "en": "What?"}
    assert [problem for problem in olx.parse(written).problems if problem.where == "b"] == []
    assert names(write_question(QUIZ, draft("new"))) == ["a", "b", "c", "new"]
    assert write_question(written, draft()) == written


@pytest.mark.parametrize(
    ("name", "by", "order"),
    [("b", -1, "bac"), ("b", 1, "acb"), ("a", -1, "abc"), ("c", 1, "abc")],
)
def test_shift_moves_by_one_and_stops_at_the_ends(name: str, by: int, order: str) -> None:
    assert "".join(names(shift(QUIZ, name, by))) == order


def test_a_question_goes_from_one_quiz_to_another_unchanged() -> None:
    left, question = take_out(write_question(QUIZ, draft()), "b")
    arrived = put_in('<question_bank url_name="k"/>', question)
    assert names(left) == ["a", "c"]
    assert (
        olx.parse(arrived).questions[0].sha256 == olx.parse(write_question(QUIZ, draft())).questions[1].sha256
    )


def test_a_question_that_is_gone_is_said_to_be() -> None:
    with pytest.raises(NoSuchQuestion):
        take_out(QUIZ, "z")
    with pytest.raises(NoSuchQuestion):
        shift(QUIZ, "z", 1)


def test_write_rules_sets_double_marking_and_takes_it_away() -> None:
    twice = write_rules(QUIZ, RulesDraft({}, "module", double_marking=True))
    once = write_rules(twice, RulesDraft({}, "module"))

    assert [olx.parse(text).double_marking for text in (twice, once)] == [True, False]
    assert "double_marking" not in once
