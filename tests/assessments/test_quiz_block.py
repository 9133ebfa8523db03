"""The quiz block in a unit, as a browser without JavaScript uses it."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Attempt, Quiz
from assessments.xblocks.quiz import _own_path
from courses.models import BlockCompletion, BlockState
from courses.xblocks.keys import scope_ids
from courses.xblocks.runtime import Mode, PlatformRuntime, block_to_olx, parse_block
from lms.people.models import Person
from tests import make
from tests import make_assessments as make_quiz

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Runtime.user_id is deprecated"),
]

KEY = "block-v1:LanToa+C1+2026+type@quiz+block@c1-try"
UNIT = "/learn/C1/c1-quiz-unit/"
FORM = "application/x-www-form-urlencoded"
PRACTICE = make_quiz.quiz_olx(
    make_quiz.question_olx("c1-p01"),
    make_quiz.question_olx("c1-p02", kind="multiple", options="abcd", right=("a", "c")),
    kind="practice",
    url_name="c1-try",
    rules="",
)


@pytest.fixture
def person() -> Person:
    make_quiz.publish(PRACTICE)
    return make_quiz.learner()


@pytest.fixture
def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def answer(browser: Client, question: str, *choices: str, **more: str) -> Any:
    url = reverse("courses:handler", kwargs={"usage_key": KEY, "handler": "answer", "suffix": question})
    body = urlencode({"choice": choices, "back": UNIT, **more}, doseq=True)
    return browser.post(url, body, content_type=FORM)


def unit(browser: Client) -> str:
    response = browser.get(UNIT)
    assert response.status_code == 200
    return str(response.content.decode())


def test_practice_asks_each_question_in_a_form_of_its_own(browser: Client) -> None:
    found = unit(browser)
    assert found.count('<section class="act" id="c1-p0') == 2
    assert found.count('type="radio" name="choice"') == 3
    assert found.count('type="checkbox" name="choice"') == 4
    assert "Vì sao" not in found


def test_practice_answer_comes_back_to_its_question_with_the_explanation(browser: Client) -> None:
    response = answer(browser, "c1-p01", "a")
    assert (response.status_code, response["Location"]) == (303, f"{UNIT}#c1-p01")

    found = unit(browser)
    assert "Vì sao a" in found
    assert "Giải thích c1-p01." in found
    assert 'value="a" disabled checked' in found


def test_practice_right_answer_says_so(browser: Client) -> None:
    answer(browser, "c1-p01", "b")
    assert "note ok-n" in unit(browser)


def test_practice_taken_up_again_asks_anew(browser: Client) -> None:
    answer(browser, "c1-p01", "a")
    answer(browser, "c1-p01", again="1")
    found = unit(browser)
    assert "Vì sao a" not in found
    assert found.count('type="radio" name="choice"') == 3


def test_practice_is_complete_once_every_question_was_answered(browser: Client, person: Person) -> None:
    answer(browser, "c1-p01", "a")
    assert not BlockCompletion.objects.exists()
    answer(browser, "c1-p02", "a", "b")
    assert BlockCompletion.objects.get().completion == 1.0

    answer(browser, "c1-p01", again="1")
    assert BlockCompletion.objects.get().completion == 1.0


def test_practice_is_kept_as_state_of_the_block_not_as_an_attempt(browser: Client, person: Person) -> None:
    answer(browser, "c1-p02", "c", "a")
    state = BlockState.objects.get(person=person)
    assert json.loads(state.state["answers"])["c1-p02"]["chosen"] == ["a", "c"]
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("choices", [(), ("z",), ("a", "b")])
def test_practice_keeps_nothing_that_is_no_answer(browser: Client, choices: tuple[str, ...]) -> None:
    assert answer(browser, "c1-p01", *choices).status_code == 303
    assert not any(json.loads(row.state.get("answers", "{}")) for row in BlockState.objects.all())


def test_practice_does_not_know_other_questions(browser: Client) -> None:
    assert answer(browser, "c9-p99", "a").status_code == 404


def test_practice_of_one_person_is_not_seen_by_another(browser: Client) -> None:
    answer(browser, "c1-p01", "a")
    other = Client()
    other.force_login(make_quiz.learner())
    assert "Vì sao a" not in unit(other)


def test_practice_is_closed_to_who_is_not_on_the_programme(person: Person) -> None:
    stranger = Client()
    stranger.force_login(make.person())
    assert answer(stranger, "c1-p01", "a").status_code == 403


@pytest.mark.parametrize(
    ("back", "path"),
    [
        ("/learn/C1/c1-u1/", "/learn/C1/c1-u1/"),
        ("//evil.example/", "/"),
        ("https://evil.example/learn/", "/"),
        ("/\\evil.example", "/\\evil.example"),
        ("", "/"),
    ],
)
def test_coming_back_leads_to_no_other_site(back: str, path: str) -> None:
    assert _own_path(back) == path


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)  # what never changes is kept in the process only when committed
def test_units_with_quizzes_keep_the_query_budget(
    django_assert_max_num_queries: Any, browser: Client, person: Person
) -> None:
    answer(browser, "c1-p01", "a")
    unit(browser)
    with django_assert_max_num_queries(12):
        assert "Vì sao a" in unit(browser)

    make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(5)))
    unit(browser)
    with django_assert_max_num_queries(12):
        assert "Kiểm tra" in unit(browser)

    make_quiz.publish(
        make_quiz.quiz_olx('<pool outcome="C1" count="3"/>', kind="final", url_name="gx"), module_code="GX"
    )
    exam_unit = UNIT.replace("C1", "GX")
    browser.get(exam_unit)
    with django_assert_max_num_queries(12):
        assert browser.get(exam_unit).status_code == 200


def test_quiz_that_counts_shows_where_the_learner_stands(browser: Client, person: Person) -> None:
    make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(5)))
    quiz = Quiz.objects.get(usage_key__endswith="c1-quiz")
    assert reverse("assessments:quiz", args=[quiz.usage_key]) in unit(browser)

    make_quiz.submitted_attempt(quiz, person, right=5)
    assert "100%" in unit(browser)


def test_preview_of_a_quiz_that_counts_offers_no_attempt(person: Person) -> None:
    make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(5)))
    runtime = PlatformRuntime(person=person, module=make_quiz.module("C1"), mode=Mode.PREVIEW)
    block = runtime.get_block("block-v1:LanToa+C1+2026+type@quiz+block@c1-quiz")
    assert 'class="btn"' not in block.student_view({"language": "vi"}).content


def test_a_quiz_written_back_as_olx_reads_the_same(person: Person) -> None:
    olx = make_quiz.quiz_olx(*make_quiz.questions(2), '<pool outcome="C1" count="3"/>', kind="final")
    make_quiz.publish(make_quiz.quiz_olx(*make_quiz.questions(5)))
    runtime = PlatformRuntime(person=person, module=make_quiz.module("C1"), mode=Mode.DRAFT)
    key = "block-v1:LanToa+C1+2026+type@quiz+block@c1-quiz"
    block = runtime.get_block(key)
    values = parse_block(olx, scope_ids(None, key))
    for name, value in values.items():
        setattr(block, name, value)

    assert parse_block(block_to_olx(block), scope_ids(None, key)) == values
