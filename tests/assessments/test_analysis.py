"""Item analysis read from attempts, its pages and its files."""

import csv
import io
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from assessments.actions.attempt import save_answer, start_attempt
from assessments.actions.export_analysis import export_analysis
from assessments.actions.submit import submit_attempt
from assessments.actions.synthetic_attempts import Answerer, SyntheticAttempt, enter_synthetic_attempts
from assessments.analysis import Choice, ItemFigures
from assessments.models import Attempt, Marking, QuestionVersion, Quiz, QuizVersion, Slot, Step
from assessments.queries.analysis import (
    Which,
    analysed_quiz,
    analysed_quizzes,
    analysis,
    chosen_attempts,
    make_analysis,
)
from assessments.queries.analysis_items import answer_lines, choice_label, items_of
from lms.audit.models import AuditEvent
from lms.people.models import Person, Role
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_assessments
from tests.assessments.bodies import BODIES

pytestmark = pytest.mark.django_db
KEY = make_assessments.QUIZ_KEY


def able(ability: float, seed: int, seconds: int = 30) -> Answerer:
    """Somebody who knows each question with this probability, and ticks any wrong answer else."""
    random = Random(seed)

    def answer(version: QuestionVersion) -> tuple[tuple[str, ...], int]:
        return (("b",) if random.random() < ability else (random.choice("ac"),)), seconds

    return answer


def says(name: str) -> Answerer:
    return lambda _version: ((name,) if name else (), 30)


def crowd(number: int) -> list[Answerer]:
    return [able(0.2 + 0.7 * n / number, n) for n in range(number)]


@pytest.fixture
def quiz() -> Quiz:
    return make_assessments.quiz(5)


@pytest.fixture
def trainer() -> Person:
    person = make.person()
    make.grant(person, Role.TRAINER)
    return person


@pytest.fixture
def client(trainer: Person) -> Client:
    client = Client()
    client.force_login(trainer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, *more: str) -> str:
    return reverse(f"assessments:{name}", args=["C1", KEY, *more])


# Reading ------------------------------------------------------------------------------------


def test_analysis_reads_marks_answers_and_times_of_attempts(quiz: Quiz) -> None:
    make_assessments.attempts(quiz, [says("b")] * 15 + [says("a")] * 6 + [says("")] * 4)

    found = make_analysis(quiz, Which.FIRST)

    assert (found.quiz.number, found.quiz.mean, found.quiz.median) == (25, 60, 100)
    question = found.question("c1-q01")
    assert question is not None
    assert (question.figures.facility, question.figures.unanswered, question.figures.seconds) == (60, 16, 30)
    assert [(one.name, one.number, one.rest) for one in question.figures.choices] == [
        ("b", 15, 100),
        ("a", 6, 0),
    ]
    assert question.figures.discrimination == pytest.approx(100)
    assert [one.name for one in found.questions] == [f"c1-q0{n}" for n in range(1, 6)]


def test_analysis_asks_as_many_queries_for_many_attempts_as_for_few(
    quiz: Quiz, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_assessments.attempts(quiz, crowd(3))
    with django_assert_num_queries(7):
        make_analysis(quiz, Which.FIRST)
    make_assessments.attempts(quiz, crowd(30))
    with django_assert_num_queries(7):
        make_analysis(quiz, Which.FIRST)


def test_open_attempts_do_not_count(quiz: Quiz) -> None:
    make_assessments.attempts(quiz, crowd(2))
    start_attempt(quiz=quiz, by=make_assessments.learner())

    assert make_analysis(quiz, Which.FIRST).quiz.number == 2


def test_one_attempt_of_each_person_counts() -> None:
    quiz = make_assessments.quiz(2, rules='pass_percent="80"')
    person = make_assessments.learner()
    attempts = [make_assessments.submitted_attempt(quiz, person, right=right) for right in (0, 1, 0)]

    chosen = {which: chosen_attempts(quiz, which) for which in Which}

    assert chosen == {
        Which.FIRST: {attempts[0].pk},
        Which.BEST: {attempts[1].pk},
        Which.LAST: {attempts[2].pk},
    }


def test_drawn_questions_are_analysed_as_themselves() -> None:
    bank = make_assessments.bank_olx(*make_assessments.questions(4))
    pool = '<pool outcome="C1" count="2"/>'
    make_assessments.publish(make_assessments.quiz_olx(pool, kind="final"), bank)
    quiz = Quiz.objects.get()
    make_assessments.attempts(quiz, crowd(60))

    found = make_analysis(quiz, Which.FIRST)

    assert [one.name for one in found.questions] == ["c1-q01", "c1-q02", "c1-q03", "c1-q04"]
    assert sum(one.figures.number for one in found.questions) == 120
    first = Slot.objects.filter(question_version__question__name="c1-q01").count()
    assert found.questions[0].figures.number == first


def test_versions_of_a_question_are_taken_together_and_apart(quiz: Quiz) -> None:
    make_assessments.attempts(quiz, [says("b")] * 20)
    changed = make_assessments.question_olx("c1-q01", stem="Câu hỏi mới")
    make_assessments.publish(make_assessments.quiz_olx(changed, *make_assessments.questions(5)[1:]))
    quiz.refresh_from_db()
    make_assessments.attempts(quiz, [says("a")] * 20 + [says("b")] * 5)

    found = make_analysis(quiz, Which.FIRST).question("c1-q01")

    assert found is not None
    assert found.figures.number == 45
    assert [(one.number, one.figures.number, one.figures.facility) for one in found.versions] == [
        (2, 25, 20),
        (1, 20, 100),
    ]


def test_a_regrade_changes_the_analysis(quiz: Quiz) -> None:
    make_assessments.attempts(quiz, [says("a")] * 20)
    slots = Slot.objects.filter(position=1)
    Marking.objects.bulk_create(Marking(slot=slot, fraction=1, engine="2", at=clock.now()) for slot in slots)
    Attempt.objects.update(score=1)

    found = make_analysis(quiz, Which.FIRST).question("c1-q01")

    assert found is not None
    assert found.figures.facility == 100


def test_a_question_that_a_regrade_left_out_does_not_count(quiz: Quiz) -> None:
    make_assessments.attempts(quiz, [says("b")] * 12 + [says("a")] * 9)
    slots = Slot.objects.filter(position=1)
    Marking.objects.bulk_create(
        Marking(slot=slot, fraction=0, counts=False, engine="regrade", at=clock.now()) for slot in slots
    )
    Attempt.objects.filter(score=5).update(score=4)
    Attempt.objects.update(out_of=4)

    found = make_analysis(quiz, Which.FIRST)

    assert [one.name for one in found.questions] == ["c1-q02", "c1-q03", "c1-q04", "c1-q05"]
    assert found.quiz.median == 100


def test_analysis_is_kept_until_there_are_new_marks(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_assessments.attempts(quiz, crowd(3))
    monkeypatch.setattr("assessments.queries.analysis.REST", 0)
    first = analysis(quiz, Which.FIRST)

    with django_assert_num_queries(1):
        assert analysis(quiz, Which.FIRST) == first
    make_assessments.attempts(quiz, crowd(2))
    assert analysis(quiz, Which.FIRST).quiz.number == 5


def test_analysis_is_not_made_anew_while_making_it_would_be_all_there_is_time_for(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessments.queries.analysis.REST", 1_000_000)
    first = analysis(quiz, Which.FIRST)
    make_assessments.attempts(quiz, crowd(2))

    assert analysis(quiz, Which.FIRST) == first


# Words --------------------------------------------------------------------------------------


def version(kind: str) -> QuestionVersion:
    return QuestionVersion(kind=kind, body=BODIES[kind])


@pytest.mark.parametrize(
    ("kind", "name", "label"),
    [
        ("single", "a", "Ô a"),
        ("hotspot", "west", "Ô west"),
        ("matching", "p1 a", "Dòng p1 → Dòng a"),
        ("ordering", "b 2", "Dòng b: vị trí 2"),
        ("cloze", "g1 a", "[g1] Ô a"),
        ("cloze", "g2 sáng", "[g2] sáng"),
        ("text", "Huế", "Huế"),
    ],
)
def test_choice_label(kind: str, name: str, label: str, settings: Any) -> None:
    settings.USE_I18N = False

    assert choice_label(version(kind), name) == label


def test_answer_lines_of_typed_answers_hide_what_few_people_typed() -> None:
    found = ItemFigures(
        30,
        choices=(
            Choice("Hà Nội", 20, 66.0, 80.0),
            Choice("Huế", 6, 20.0, 50.0),
            Choice("Lò Thị A", 4, 13.0, 1.0),
        ),
    )

    lines = answer_lines(version("text"), found)

    assert [(line.label, line.is_right, line.number, line.is_other) for line in lines[:2]] == [
        ("Hà Nội", True, 20, False),
        ("Huế", False, 6, False),
    ]
    assert (len(lines), lines[2].number, lines[2].rest, lines[2].is_other) == (3, 4, None, True)


def test_answer_lines_of_options_name_those_nobody_chose() -> None:
    lines = answer_lines(version("single"), ItemFigures(20, choices=(Choice("a", 20, 100.0, 50.0),)))

    assert [(line.label, line.is_right, line.number) for line in lines] == [
        ("Ô a", True, 20),
        ("Ô b", False, 0),
        ("Ô c", False, 0),
    ]


def test_advice_is_about_the_newest_version_with_enough_attempts(quiz: Quiz) -> None:
    make_assessments.attempts(quiz, [says("b")] * 20)
    changed = make_assessments.question_olx("c1-q01", stem="Câu hỏi mới")
    make_assessments.publish(make_assessments.quiz_olx(changed, *make_assessments.questions(5)[1:]))
    quiz.refresh_from_db()
    make_assessments.attempts(quiz, [says("a")] * 3)

    [first, *_others] = items_of(make_analysis(quiz, Which.FIRST))

    assert first.advised == 1
    assert [advice.code for advice in first.advice] == ["too-easy"]


# Pages --------------------------------------------------------------------------------------


def test_list_shows_quizzes_with_their_attempts(client: Client, quiz: Quiz) -> None:
    make_assessments.attempts(quiz, crowd(3))

    text = client.get(reverse("assessments:analyses", args=["C1"])).content.decode()

    assert address("analysis") in text


def test_practice_is_not_listed() -> None:
    make_assessments.publish(
        make_assessments.quiz_olx(*make_assessments.questions(1), kind="practice", rules="")
    )

    assert analysed_quizzes(make_assessments.module()) == []


def test_quiz_page_below_20_attempts_shows_no_figure(client: Client, quiz: Quiz) -> None:
    make_assessments.attempts(quiz, crowd(19))

    text = client.get(address("analysis")).content.decode()

    assert "<table" not in text
    assert "19" in text


def test_pages_show_figures_and_name_nobody(client: Client, quiz: Quiz) -> None:
    make_assessments.attempts(quiz, crowd(25))
    names = set(Attempt.objects.values_list("person__full_name", "person__username"))

    pages = [client.get(address("analysis")), client.get(address("analysis_item", "c1-q01"))]

    for response in pages:
        text = response.content.decode()
        assert response.status_code == 200
        assert "<table" in text
        assert not [
            one for pair in names for one in pair if one and one in text.replace(one_self(client), "")
        ]


def one_self(client: Client) -> str:
    """The trainer's own name stands in the masthead."""
    return Person.objects.get(pk=client.session["_auth_user_id"]).full_name


@pytest.mark.parametrize("sort", ["name", "-facility", "discrimination", "-advice", "nonsense"])
def test_quiz_page_sorts_by_column(client: Client, quiz: Quiz, sort: str) -> None:
    make_assessments.attempts(quiz, crowd(25))

    response = client.get(address("analysis"), {"sort": sort, "attempts": "best"})

    figures = [row["item"] for row in response.context["rows"]]
    assert len(figures) == 5
    if sort == "-facility":
        found = [item.figures.facility for item in figures]
        assert found == sorted(found, reverse=True)


def test_pages_ask_the_same_few_queries_for_more_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    quiz = make_assessments.quiz(12)
    make_assessments.attempts(quiz, crowd(20))
    client.get(address("analysis"))
    with django_assert_max_num_queries(9):
        client.get(address("analysis"))
    with django_assert_max_num_queries(9):
        client.get(address("analysis_item", "c1-q01"))


def test_a_question_or_quiz_that_is_not_there_is_not_found(client: Client, quiz: Quiz) -> None:
    make_assessments.attempts(quiz, crowd(2))

    assert client.get(address("analysis_item", "c9-q99")).status_code == 404
    other = reverse("assessments:analysis", args=["C1", "block-v1:no+such+quiz"])
    assert client.get(other).status_code == 404


# Files --------------------------------------------------------------------------------------


def test_export_of_figures_is_noted_and_names_nobody(client: Client, quiz: Quiz) -> None:
    make_assessments.attempts(quiz, crowd(25))

    response = client.post(address("analysis_export"), {"format": "csv", "what": "items", "attempts": "last"})

    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == 'attachment; filename="C1-c1-quiz-items.csv"'
    assert [row[0] for row in rows[1:6]] == [f"c1-q0{n}" for n in range(1, 6)]
    assert rows[1][4] == "25"
    event = AuditEvent.objects.get(kind="analysis.exported")
    assert event.details == {"attempts": "last", "answers": False, "format": "csv", "number_of_rows": 5}


def test_export_of_answers_as_excel(client: Client, quiz: Quiz) -> None:
    make_assessments.attempts(quiz, [says("b")] * 15 + [says("a")] * 10)

    response = client.post(address("analysis_export"), {"format": "xlsx", "what": "answers"})

    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets[0]  # type: ignore[attr-defined]
    rows = list(sheet.iter_rows(min_row=2, max_row=4, values_only=True))
    assert [(row[0], row[4], row[5]) for row in rows] == [
        ("c1-q01", 10, 40),
        ("c1-q01", 15, 60),
        ("c1-q01", 0, 0),
    ]


def test_export_below_20_attempts_has_no_figures(trainer: Person, quiz: Quiz) -> None:
    make_assessments.attempts(quiz, crowd(19))
    analysed = analysed_quiz(quiz.module, KEY)
    assert analysed is not None

    file = export_analysis(analysed=analysed, which=Which.FIRST, of_answers=False, format="csv", by=trainer)

    with io.TextIOWrapper(file, encoding="utf-8-sig") as text:
        rows = list(csv.reader(text))
    assert rows[1][4:] == ["19", *[""] * 8]


def test_export_refuses_who_is_no_trainer(quiz: Quiz) -> None:
    analysed = analysed_quiz(quiz.module, KEY)
    assert analysed is not None

    with pytest.raises(Refused) as refusal:
        export_analysis(
            analysed=analysed, which=Which.FIRST, of_answers=False, format="csv", by=make.person()
        )

    assert refusal.value.code == "not-allowed"


# Synthetic attempts -------------------------------------------------------------------------


def test_synthetic_attempts_look_like_real_ones(quiz: Quiz) -> None:
    person = make_assessments.learner()
    real = start_attempt(quiz=quiz, by=person)
    for position in range(1, 6):
        save_answer(
            attempt_id=real.pk, position=position, chosen=["b"], base_seq=0, client_uuid=uuid4(), by=person
        )
    real = submit_attempt(attempt_id=real.pk, by=person)
    make_assessments.attempts(quiz, [says("b")])

    made = Attempt.objects.exclude(pk=real.pk).get()

    same = ("state", "number_of_questions", "last_seq", "score", "out_of", "passed", "version_id")
    assert [getattr(made, name) for name in same] == [getattr(real, name) for name in same]
    assert list(Step.objects.filter(attempt=made).order_by("seq").values_list("seq", "kind", "data")) == list(
        Step.objects.filter(attempt=real).order_by("seq").values_list("seq", "kind", "data")
    )
    assert made.answers.keys() == real.answers.keys()
    assert made.receipt != real.receipt


def entry(person: Person) -> SyntheticAttempt:
    return SyntheticAttempt(person=person, started_at=clock.now(), seed=1, answer=says("b"))


def test_synthetic_attempts_are_entered_once(quiz: Quiz) -> None:
    person = make.person(is_synthetic=True)

    new = [enter_synthetic_attempts(quiz=quiz, entries=[entry(person)], by=SYSTEM) for _ in range(2)]

    assert new == [1, 0]


def test_synthetic_attempts_are_refused_to_real_people(quiz: Quiz) -> None:
    with pytest.raises(Refused) as refusal:
        enter_synthetic_attempts(quiz=quiz, entries=[entry(make.person())], by=SYSTEM)

    assert refusal.value.code == "not-synthetic"
    assert not Attempt.objects.exists()


def test_synthetic_attempts_need_a_published_quiz(quiz: Quiz) -> None:
    quiz.current = None

    with pytest.raises(Refused) as refusal:
        enter_synthetic_attempts(quiz=quiz, entries=[], by=SYSTEM)

    assert refusal.value.code == "not-published"
    assert QuizVersion.objects.exists()
