import re
from datetime import UTC, datetime

import pytest

from assessments.olx import PoolSource, Problem, parse
from tests import make_assessments as make

NO_ZONE = Problem("bad-moment", "", 'opens="2026-12-01T08:00"')
GOOD = make.quiz_olx(
    make.question_olx("c1-q01"),
    make.question_olx("c1-q02", kind="multiple", options="abcd", right=("a", "c")),
    make.truefalse_olx("c1-q03"),
)


def test_parse_reads_rules_and_questions() -> None:
    quiz = parse(GOOD)

    assert quiz.problems == ()
    assert (quiz.kind, quiz.title) == ("module", {"vi": "Kiểm tra C1", "en": "Quiz C1"})
    assert (quiz.pass_percent, quiz.attempts, quiz.cooling_off_hours, quiz.time_limit_minutes) == (
        80,
        3,
        24,
        20,
    )
    assert [(q.name, q.kind, q.outcome) for q in quiz.questions] == [
        ("c1-q01", "single", "C1.1"),
        ("c1-q02", "multiple", "C1.1"),
        ("c1-q03", "truefalse", "C1.1"),
    ]


def test_parse_reads_the_body_of_a_question() -> None:
    body = parse(make.quiz_olx(make.question_olx(options="ab"))).questions[0].body

    assert body == {
        "stem": {"vi": "Câu hỏi c1-q01?", "en": "Question c1-q01?"},
        "options": [
            {
                "name": "a",
                "correct": False,
                "text": {"vi": "Lựa chọn a", "en": "Choice a"},
                "why": {"vi": "Vì sao a", "en": "Why a"},
            },
            {
                "name": "b",
                "correct": True,
                "text": {"vi": "Lựa chọn b", "en": "Choice b"},
                "why": {"vi": "Vì sao b", "en": "Why b"},
            },
        ],
        "explanation": {"vi": "Giải thích c1-q01.", "en": "Explanation c1-q01."},
        "cites": [{"source": "S3", "lines": "16"}],
    }


def test_parse_composes_decomposed_letters() -> None:
    decomposed = make.quiz_olx(make.question_olx(stem="Nghi\u0323 quye\u0302\u0301t"))
    assert parse(decomposed).questions[0].body["stem"]["vi"] == "Nghị quyết c1-q01?"


def test_parse_gives_the_same_digest_for_the_same_question() -> None:
    again = parse(GOOD.replace("><", ">\n  <"))
    assert [q.sha256 for q in again.questions] == [q.sha256 for q in parse(GOOD).questions]


def test_parse_reads_pools_of_a_final_exam() -> None:
    quiz = parse(make.quiz_olx('<pool outcome="C1" count="3"/>', kind="final"))
    assert (quiz.pools, quiz.problems) == ((PoolSource("C1", 3),), ())


def test_parse_reads_the_difficulty_of_a_pool() -> None:
    quiz = parse(make.quiz_olx('<pool outcome="C1.2" difficulty="3" count="2"/>', kind="final"))
    assert (quiz.pools, quiz.problems) == ((PoolSource("C1.2", 2, 3),), ())


def test_parse_reads_the_rules_of_a_sitting() -> None:
    quiz = parse(
        one().replace(
            "attempts=",
            'opens="2026-12-01T08:00+07:00" closes="2026-12-01T05:00:00Z" review="after-close" '
            'supervised="true" attempts=',
        )
    )
    assert quiz.problems == ()
    assert quiz.opens == datetime(2026, 12, 1, 1, tzinfo=UTC)
    assert quiz.closes == datetime(2026, 12, 1, 5, tzinfo=UTC)
    assert (quiz.review, quiz.is_supervised) == ("after-close", True)
    assert (parse(one()).opens, parse(one()).review, parse(one()).is_supervised) == (
        None,
        "after-pass",
        False,
    )


def test_parse_reads_a_question_bank() -> None:
    bank = parse(make.bank_olx(make.question_olx("c1-b01")))
    assert (bank.kind, [q.name for q in bank.questions], bank.problems) == ("bank", ["c1-b01"], ())


def one(**changes: object) -> str:
    return make.quiz_olx(make.question_olx(**changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("olx", "problem"),
    [
        (one(right=()), Problem("no-right-answer", "c1-q01")),
        (one(right="ab"), Problem("several-right-answers", "c1-q01")),
        (one(kind="multiple", right="abc"), Problem("no-wrong-option", "c1-q01")),
        (one(kind="puzzle"), Problem("unknown-question-type", "c1-q01", "puzzle")),
        (one(kind="truefalse", options="ab"), Problem("truefalse-options", "c1-q01", "a, b")),
        (one(name=""), Problem("question-without-name")),
        (
            GOOD.replace("Question c1-q01?", ""),
            Problem("missing-language", "c1-q01", "stem en"),
        ),
        (
            one().replace('<why lang="vi">Vì sao a</why>', ""),
            Problem("missing-language", "c1-q01", "a why vi"),
        ),
        (one().replace("Lựa chọn a", "Lựa chọn b"), Problem("duplicate-option", "c1-q01", "Lựa chọn b")),
        (one().replace('name="c"', 'name=""'), Problem("option-without-name", "c1-q01")),
        (one().replace('<cite source="S3" lines="16"/>', ""), Problem("no-source", "c1-q01")),
        (
            one().replace('difficulty="2"', 'difficulty="9"'),
            Problem("bad-number", "c1-q01", 'difficulty="9"'),
        ),
        (one().replace('attempts="3"', 'attempts="many"'), Problem("bad-number", "", 'attempts="many"')),
        (one().replace('kind="module"', 'kind="exam"'), Problem("unknown-quiz-kind", "", "exam")),
        (make.quiz_olx(), Problem("no-questions")),
        (make.quiz_olx('<pool count="3"/>', kind="final"), Problem("pool-without-outcome")),
        (make.quiz_olx('<pool outcome="C1" count="3"/>'), Problem("pool-outside-final")),
        (
            make.quiz_olx('<pool outcome="C1" count="3" difficulty="4"/>', kind="final"),
            Problem("bad-number", "", 'difficulty="4"'),
        ),
        (one().replace("attempts=", 'opens="2026-12-01T08:00" attempts='), NO_ZONE),
        (one().replace("attempts=", 'opens="soon" attempts='), Problem("bad-moment", "", 'opens="soon"')),
        (one().replace("attempts=", 'review="always" attempts='), Problem("unknown-review", "", "always")),
        (one().replace("attempts=", 'review="after-close" attempts='), Problem("review-without-close")),
        (
            one().replace("attempts=", 'opens="2026-12-02T00:00Z" closes="2026-12-01T00:00Z" attempts='),
            Problem("closes-before-it-opens"),
        ),
        (
            make.quiz_olx(make.question_olx(), make.question_olx(stem="Câu khác")),
            Problem("duplicate-question", "c1-q01"),
        ),
    ],
)
def test_parse_reports(olx: str, problem: Problem) -> None:
    assert parse(olx).problems == (problem,)


@pytest.mark.parametrize("only", ["vi", "en"])
def test_parse_takes_a_question_in_one_language_alone(only: str) -> None:
    other = {"vi": "en", "en": "vi"}[only]
    olx = re.sub(rf'<(\w+) lang="{other}">[^<]*</\1>|<{other}>[^<]*</{other}>', "", one())
    assert parse(olx).problems == ()
    assert set(parse(olx).questions[0].body["stem"]) == {only}


def test_parse_asks_for_words_in_one_language_at_least() -> None:
    olx = re.sub(r">[^<>]+<", "><", one())
    assert parse(olx).problems[0] == Problem("missing-language", "c1-q01", "stem vi")


def test_parse_reports_a_name_used_for_two_options() -> None:
    assert parse(one(options="aab")).problems == (
        Problem("duplicate-option", "c1-q01", "a"),
        Problem("duplicate-option", "c1-q01", "Lựa chọn a"),
    )


@pytest.mark.parametrize(
    "olx",
    [
        "<quiz>",
        "",
        '<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>',
    ],
)
def test_parse_reports_broken_or_hostile_xml(olx: str) -> None:
    assert [problem.code for problem in parse(olx).problems] == ["broken-xml"]
