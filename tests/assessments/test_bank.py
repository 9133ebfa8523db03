import pytest

from assessments.actions.bank import check_questions, release_questions, sync_questions
from assessments.models import Question, QuestionVersion, Quiz, QuizVersion
from courses.signals import module_published, module_version_written
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make_assessments as make

pytestmark = pytest.mark.django_db

QUIZ = make.quiz_olx(*make.questions(2))


def rows() -> tuple[int, int, int, int]:
    tables = (Question, QuestionVersion, Quiz, QuizVersion)
    return tuple(table.objects.count() for table in tables)  # type: ignore[return-value]


def test_sync_questions_writes_what_blocks_say_once() -> None:
    block = make.block(QUIZ)
    version = make.snapshot(block)

    sync_questions(version=version, blocks=[block], by=SYSTEM)
    sync_questions(version=version, blocks=[block], by=SYSTEM)

    assert rows() == (2, 2, 1, 1)
    assert list(Question.objects.values_list("bank", "place")) == [("C1", "quiz")] * 2
    assert not Question.objects.filter(current__isnull=False).exists()


def test_sync_questions_leaves_unfinished_drafts_alone() -> None:
    block = make.block(make.quiz_olx(make.question_olx(right=())))
    sync_questions(version=make.snapshot(block), blocks=[block], by=SYSTEM)
    assert rows() == (0, 0, 0, 0)


def test_sync_questions_refuses_a_name_of_another_module() -> None:
    make.publish(QUIZ)
    block = make.block(QUIZ, module_code="C2")

    with pytest.raises(Refused) as refusal:
        sync_questions(version=make.snapshot(block, module_code="C2"), blocks=[block], by=SYSTEM)

    assert refusal.value.code == "question-name-taken"


def test_receivers_follow_the_signals_of_courses() -> None:
    block = make.block(QUIZ)
    version = make.snapshot(block)
    module_version_written.send(sender=type(version), version=version, blocks=[block])
    assert Quiz.objects.get().current is None

    module_published.send(sender=type(version), version=version)
    assert Quiz.objects.get().current == QuizVersion.objects.get()


def test_release_questions_adds_a_version_only_for_what_changed() -> None:
    make.publish(QUIZ)
    make.publish(QUIZ.replace("Câu hỏi c1-q01?", "Câu hỏi khác?"))

    assert rows() == (2, 3, 1, 2)
    changed = Question.objects.get(name="c1-q01").current
    assert changed is not None
    assert (changed.number, changed.body["stem"]["vi"]) == (2, "Câu hỏi khác?")


def test_release_questions_of_an_earlier_snapshot_goes_back_to_its_versions() -> None:
    first = make.publish(QUIZ)
    make.publish(QUIZ.replace("Câu hỏi c1-q01?", "Câu hỏi khác?"))

    release_questions(version=first, by=SYSTEM)

    assert rows() == (2, 3, 1, 2)
    assert [q.current.number for q in Question.objects.select_related("current") if q.current] == [1, 1]
    quiz = Quiz.objects.select_related("current").get()
    assert quiz.current is not None
    assert quiz.current.number == 1


def test_release_questions_retires_what_is_no_longer_asked() -> None:
    make.publish(QUIZ, make.bank_olx(make.question_olx("c1-b01")))
    make.publish(make.quiz_olx(*make.questions(1)))

    in_use = Question.objects.filter(current__isnull=False)
    assert list(in_use.values_list("name", flat=True)) == ["c1-q01"]


def test_release_questions_retires_a_quiz_that_is_gone() -> None:
    make.publish(QUIZ)
    make.publish(make.bank_olx(*make.questions(2)))

    assert Quiz.objects.get().current is None
    assert set(Question.objects.values_list("place", flat=True)) == {"bank"}


def test_release_questions_refuses_a_faulty_question() -> None:
    with pytest.raises(Refused) as refusal:
        make.publish(make.quiz_olx(make.question_olx(right=())))

    assert refusal.value.code == "faulty-question"
    assert str(refusal.value.message).startswith("c1-q01: ")
    assert "no-right-answer" not in str(refusal.value.message)  # words, not the engine's code


def test_check_questions_tells_the_author_before_the_publisher() -> None:
    version = make.publish(QUIZ)
    faulty = make.snapshot(make.block(make.quiz_olx(make.question_olx(right=()))))

    before = rows()

    check_questions(version=version, by=SYSTEM)
    with pytest.raises(Refused) as refusal:
        check_questions(version=faulty, by=SYSTEM)

    assert refusal.value.code == "faulty-question"
    assert rows() == before


def test_release_questions_refuses_a_question_in_two_quizzes() -> None:
    with pytest.raises(Refused) as refusal:
        make.publish(QUIZ, make.quiz_olx(*make.questions(1), url_name="c1-quiz-2"))

    assert refusal.value.code == "question-twice"


def exam(*pools: tuple[str, int]) -> str:
    items = [f'<pool outcome="{outcome}" count="{count}"/>' for outcome, count in pools]
    return make.quiz_olx(*items, kind="final", url_name="gx-quiz")


def test_release_questions_refuses_a_thin_pool_by_name() -> None:
    make.publish(QUIZ, make.bank_olx(make.question_olx("c1-b01")))

    with pytest.raises(Refused) as refusal:
        make.publish(exam(("C1", 4)), module_code="GX")

    assert refusal.value.code == "thin-pool"
    assert str(refusal.value.message) == "Mục tiêu C1 chỉ có 3 câu để rút, cần 4 câu."


def test_release_questions_never_counts_practice_for_a_pool() -> None:
    practice = make.quiz_olx(*make.questions(3, prefix="c1-p"), kind="practice", url_name="c1-try")
    make.publish(QUIZ, practice)

    with pytest.raises(Refused) as refusal:
        make.publish(exam(("C1", 3)), module_code="GX")

    assert refusal.value.code == "thin-pool"


def test_release_questions_accepts_pools_the_bank_can_fill() -> None:
    make.publish(QUIZ, make.bank_olx(make.question_olx("c1-b01")))
    make.publish(exam(("C1", 2), ("C1.1", 1)), module_code="GX")

    quiz = Quiz.objects.select_related("current").get(module__code="GX")
    assert quiz.current is not None
    assert quiz.current.number_of_questions == 3
