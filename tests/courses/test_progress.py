"""Block → unit → module, the way through a programme, and who may write it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from courses.actions.progress import (
    finish_unit,
    keep_place,
    record_completion,
    record_score,
)
from courses.models import (
    BlockCompletion,
    BlockScore,
    BlockState,
    Enrolment,
    Module,
    ModuleCompletion,
    ReadingPlace,
    UnitCompletion,
    UserPreference,
)
from courses.queries.progress import (
    completed_modules,
    has_completed_modules,
    module_for,
    module_standing,
    programme_progress,
)
from courses.signals import module_completed
from lms.audit.actions import recording
from lms.audit.models import AuditEvent
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses
from tests.make_courses import text_block, usage_key

pytestmark = pytest.mark.django_db
QUIZ = '<quiz url_name="q" kind="module" pass_percent="80"/>'


@pytest.fixture
def learner() -> Person:
    return make.person()


@pytest.fixture
def with_quiz(tmp_path: Path, quiet_signals: None) -> Module:
    return make_courses.module(tmp_path, {"u1": text_block("u1-text"), "check": QUIZ})


@pytest.fixture
def quiet_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """These quizzes have no questions: nothing above courses listens here."""
    from courses.signals import module_published, module_version_written

    for signal in (module_version_written, module_published):
        monkeypatch.setattr(signal, "receivers", [])
        monkeypatch.setattr(signal, "sender_receivers_cache", {})


@pytest.fixture
def completed() -> Any:
    seen: list[tuple[Person, Module]] = []

    def note(person: Person, module: Module, **_: Any) -> None:
        seen.append((person, module))

    module_completed.connect(note)
    yield seen
    module_completed.disconnect(note)


def test_record_completion_only_goes_up(tmp_path: Path, learner: Person) -> None:
    key = usage_key(make_courses.module(tmp_path), "u1-text")
    for completion in (0.5, 0.2, 7.0, 0.0):
        record_completion(person=learner, usage_key=key, completion=completion, by=learner)

    assert BlockCompletion.objects.get().completion == 1.0


def test_record_completion_finishes_the_unit(tmp_path: Path, learner: Person) -> None:
    key = usage_key(make_courses.module(tmp_path), "u1-text")
    for _twice in range(2):
        record_completion(person=learner, usage_key=key, completion=1, by=learner)

    assert UnitCompletion.objects.get().unit_key == "u1"


def test_record_completion_of_a_block_that_is_gone_is_nothing(learner: Person) -> None:
    key = "block-v1:LanToa+XX+2026+type@text+block@gone"

    assert record_completion(person=learner, usage_key=key, completion=1, by=learner) is None


def test_a_module_needs_its_quiz_passed(
    with_quiz: Module, learner: Person, completed: list[tuple[Person, Module]]
) -> None:
    key = usage_key(with_quiz, "q", "quiz")
    finish_unit(person=learner, module=with_quiz, unit_key="u1", by=learner)
    assert finish_unit(person=learner, module=with_quiz, unit_key="check", by=learner) is False

    record_score(person=learner, usage_key=key, earned=7, possible=10, passed=False, by=SYSTEM)
    assert not ModuleCompletion.objects.exists()
    for _twice in range(2):
        record_score(person=learner, usage_key=key, earned=8, possible=10, passed=True, by=SYSTEM)

    assert completed == [(learner, with_quiz)]
    assert ModuleCompletion.objects.get().module == with_quiz


def test_record_score_keeps_the_best_marks_and_a_pass(with_quiz: Module, learner: Person) -> None:
    key = usage_key(with_quiz, "q", "quiz")
    for earned, passed in ((8, True), (9, False), (5, False)):
        record_score(person=learner, usage_key=key, earned=earned, possible=10, passed=passed, by=SYSTEM)

    score = BlockScore.objects.get()
    assert (int(score.earned), int(score.possible), score.passed) == (9, 10, True)


def test_a_score_counts_with_the_transaction_around_it(with_quiz: Module, learner: Person) -> None:
    key = usage_key(with_quiz, "q", "quiz")
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        record_score(person=learner, usage_key=key, earned=9, possible=10, passed=False, by=SYSTEM)
    assert [query["sql"].split()[0] for query in queries] == ["SELECT", "INSERT"]

    with transaction.atomic():
        record_score(person=learner, usage_key=key, earned=10, possible=10, passed=True, by=SYSTEM)
        transaction.set_rollback(True)
    assert BlockScore.objects.get().earned == 9


def test_a_refusal_leaves_the_transaction_around_it_usable(with_quiz: Module, learner: Person) -> None:
    key, stranger = usage_key(with_quiz, "q", "quiz"), make.person()
    with transaction.atomic():
        with pytest.raises(Refused):
            record_score(person=learner, usage_key=key, earned=1, possible=1, passed=True, by=stranger)
        with pytest.raises(Refused):
            record_completion(person=learner, usage_key=key, completion=1, by=stranger)
        record_score(person=learner, usage_key=key, earned=1, possible=1, passed=False, by=learner)
    assert BlockScore.objects.count() == 1


def test_what_goes_along_with_a_score_is_written_with_it(with_quiz: Module, learner: Person) -> None:
    key = usage_key(with_quiz, "q", "quiz")
    for earned in (5, 4):
        kept = record_score(
            person=learner,
            usage_key=key,
            earned=earned,
            possible=10,
            passed=False,
            by=learner,
            module=with_quiz,
            along=[recording("test.along", learner, by=learner)],
        )
        assert kept is not None
        assert kept.earned == 5
    assert AuditEvent.objects.filter(kind="test.along").count() == 2


@pytest.mark.usefixtures("quiet_signals")
def test_finish_unit_does_not_stand_in_for_what_the_author_requires(tmp_path: Path, learner: Person) -> None:
    blocks = text_block("t") + '<video url_name="v" kind="audio" required="true"/>'
    module = make_courses.module(tmp_path, {"u1": blocks})

    assert finish_unit(person=learner, module=module, unit_key="u1", by=learner) is False
    record_completion(person=learner, usage_key=usage_key(module, "v", "video"), completion=1, by=learner)

    assert UnitCompletion.objects.get().unit_key == "u1"


def test_finish_unit_with_nothing_required_is_the_learners_word(tmp_path: Path, learner: Person) -> None:
    module = make_courses.module(tmp_path, {"u1": '<ubcpi url_name="x" a="1"/>'})

    assert finish_unit(person=learner, module=module, unit_key="u1", by=learner) is True


def test_finish_unit_refuses_a_unit_that_is_gone(tmp_path: Path, learner: Person) -> None:
    with pytest.raises(Refused) as refusal:
        finish_unit(person=learner, module=make_courses.module(tmp_path), unit_key="gone", by=learner)

    assert refusal.value.code == "unit-gone"


def test_progress_is_written_only_for_oneself(tmp_path: Path, learner: Person) -> None:
    module, stranger = make_courses.module(tmp_path), make.person()
    key = usage_key(module, "u1-text")
    writes: list[Callable[[], object]] = [
        lambda: record_completion(person=learner, usage_key=key, completion=1, by=stranger),
        lambda: record_score(person=learner, usage_key=key, earned=1, possible=1, passed=True, by=stranger),
        lambda: finish_unit(person=learner, module=module, unit_key="u1", by=stranger),
        lambda: keep_place(person=learner, module=module, unit_key="u1", by=stranger),
    ]
    for write in writes:
        with pytest.raises(Refused) as refusal:
            write()
        assert refusal.value.code == "not-allowed"
    assert not BlockCompletion.objects.exists()


def test_programme_progress_counts_units_minutes_and_the_next_step(tmp_path: Path, learner: Person) -> None:
    one = make_courses.module(tmp_path / "1", code="M1")
    two = make_courses.module(tmp_path / "2", code="M2")
    planned = make_courses.announced_module("M3")
    exam = make_courses.module(tmp_path / "x", code="MX")
    programme = make_courses.programme(one, two, announced=(planned,), exam=exam)
    finish_unit(person=learner, module=one, unit_key="u1", by=learner)

    progress = programme_progress(learner, programme)

    assert [(m.code, m.state, m.units_done, m.number_of_units, m.minutes_left) for m in progress.modules] == [
        ("M1", "started", 1, 2, 5),
        ("M2", "open", 0, 2, 10),
        ("M3", "announced", 0, 0, 0),
        ("MX", "locked", 0, 2, 10),
    ]
    step = progress.next
    assert step is not None
    assert (step.module_code, step.unit_key, step.unit_position, step.units_left, step.minutes_left) == (
        "M1",
        "u2",
        2,
        1,
        5,
    )
    assert (progress.modules_done, progress.number_of_modules, progress.is_finished) == (0, 2, False)


def test_the_next_step_is_where_the_person_last_was(tmp_path: Path, learner: Person) -> None:
    one = make_courses.module(tmp_path / "1", code="M1")
    two = make_courses.module(tmp_path / "2", code="M2")
    programme = make_courses.programme(one, two)
    keep_place(person=learner, module=two, unit_key="u2", by=learner)

    step = programme_progress(learner, programme).next

    assert step is not None
    assert (step.module_code, step.unit_key, step.is_resumed) == ("M2", "u2", True)


def test_the_exam_opens_when_all_required_modules_are_finished(tmp_path: Path, learner: Person) -> None:
    one = make_courses.module(tmp_path / "1", {"u1": text_block("t")}, code="M1")
    exam = make_courses.module(tmp_path / "x", {"x1": text_block("x")}, code="MX")
    programme = make_courses.programme(one, announced=(make_courses.announced_module("M9"),), exam=exam)
    assert has_completed_modules(learner, programme) is False

    finish_unit(person=learner, module=one, unit_key="u1", by=learner)

    progress = programme_progress(learner, programme)
    assert has_completed_modules(learner, programme) is True
    assert progress.next is not None
    assert (progress.next.module_code, progress.next.is_exam) == ("MX", True)
    finish_unit(person=learner, module=exam, unit_key="x1", by=learner)
    progress = programme_progress(learner, programme)
    assert (progress.next, progress.is_finished) == (None, True)
    assert [c.module.code for c in completed_modules(learner, programme)] == ["M1", "MX"]


def test_a_programme_with_a_required_module_to_come_cannot_be_completed(
    tmp_path: Path, learner: Person
) -> None:
    one = make_courses.module(tmp_path, {"u1": text_block("t")}, code="M1")
    programme = make_courses.programme(one, make_courses.announced_module("M2"))
    finish_unit(person=learner, module=one, unit_key="u1", by=learner)

    progress = programme_progress(learner, programme)

    assert (has_completed_modules(learner, programme), progress.next, progress.is_finished) == (
        False,
        None,
        False,
    )


def test_has_completed_modules_of_an_empty_programme_is_false(learner: Person) -> None:
    assert has_completed_modules(learner, make_courses.programme()) is False


@pytest.mark.parametrize("size", [1, 6])
def test_programme_progress_takes_five_queries_at_any_size(
    tmp_path: Path, learner: Person, size: int
) -> None:
    modules = [
        make_courses.module(
            tmp_path / str(n), {f"u{n}-{k}": text_block(f"t{n}-{k}") for k in range(size)}, code=f"M{n}"
        )
        for n in range(size)
    ]
    programme = make_courses.programme(*modules, exam=make_courses.announced_module("MX"))
    finish_unit(person=learner, module=modules[0], unit_key="u0-0", by=learner)

    with CaptureQueriesContext(connection) as queries:
        programme_progress(learner, programme)

    assert len(queries) == 5  # one of them reads outlines this process has not seen yet


def test_module_standing_ignores_units_that_are_gone(tmp_path: Path, learner: Person) -> None:
    module = make_courses.module(tmp_path)
    for key in ("u1", "u-gone"):
        UnitCompletion.objects.create(person=learner, module=module, unit_key=key, completed_at=clock.now())
    keep_place(person=learner, module=module, unit_key="u-gone", by=learner, fraction=4)
    found = module_for(learner, "T1")
    assert found is not None
    from courses.queries.outline import published_outline

    outline = published_outline(module)
    assert outline is not None

    standing = module_standing(learner, found, outline)

    assert (standing.units_done, standing.minutes_left) == (1, 5)
    assert standing.next_unit is not None
    assert standing.next_unit.key == "u2"
    assert standing.place is not None
    assert (standing.place.fraction, found.may_learn, found.is_finished) == (1.0, False, False)
    assert standing.place.updated_at == ReadingPlace.objects.get().updated_at


def test_constraints_on_progress(tmp_path: Path, learner: Person) -> None:
    module, now = make_courses.module(tmp_path), clock.now()
    programme = make_courses.programme(module)
    rows: list[Callable[[], Any]] = [
        lambda: BlockCompletion(person=learner, usage_key="k", completion=1, updated_at=now),
        lambda: BlockScore(person=learner, usage_key="k", earned=1, possible=1, updated_at=now),
        lambda: UnitCompletion(person=learner, module=module, unit_key="u", completed_at=now),
        lambda: ModuleCompletion(person=learner, module=module, completed_at=now),
        lambda: ReadingPlace(person=learner, module=module, unit_key="u", updated_at=now),
        lambda: BlockState(person=learner, usage_key="k", updated_at=now),
        lambda: UserPreference(person=learner, block_type="video"),
        lambda: Enrolment(person=learner, programme=programme, rule="chosen", enrolled_at=now),
    ]
    for row in rows:
        row().save()
        with pytest.raises(IntegrityError), transaction.atomic():
            row().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        BlockCompletion.objects.create(person=learner, usage_key="other", completion=1.5, updated_at=now)
