"""Where a person stands with a quiz: her attempts, and whether she may begin another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from assessments.models import Attempt, AttemptState, Quiz, QuizKind, QuizVersion
from assessments.permissions import may_see_key
from assessments.queries.fixed import quiz_version
from courses.models import ModuleCompletion, Programme, ProgrammeModule
from courses.permissions import asking_for_part, may_learn
from lms.people.models import Person
from lms.shared.errors import Refused
from lms.shared.kept_queries import KeptQuery
from lms.shared.one_trip import Statement, together


@dataclass(frozen=True)
class Standing:
    """`attempts` newest first. `refusal` is the rule against starting now, if there is one."""

    quiz: Quiz
    version: QuizVersion
    attempts: tuple[Attempt, ...]
    open_attempt: Attempt | None
    has_passed: bool
    attempts_left: int | None
    opens_at: datetime | None  # the cooling-off ends then
    refusal: Refused | None

    @property
    def best_percent(self) -> int | None:
        """Of the attempts handed in; None before the first."""
        return max((a.percent for a in self.attempts if a.percent is not None), default=None)

    @property
    def sees_key(self) -> bool:
        return may_see_key(has_passed=self.has_passed, attempts_left=self.attempts_left)


def published_quizzes() -> QuerySet[Quiz]:
    """Quizzes that learners can see, with what their pages need."""
    return Quiz.objects.filter(current__isnull=False).select_related("module")


PUBLISHED_QUIZ = KeptQuery(lambda key: published_quizzes().filter(usage_key=key), str)
QUIZ = KeptQuery(lambda pk: Quiz.objects.filter(pk=pk).select_related("module"), int)
ATTEMPTS = KeptQuery(
    lambda quiz, person: Attempt.objects.filter(quiz=quiz, person=person).order_by("-number"), int, int
)


def published_quiz(usage_key: str) -> Quiz | None:
    """One of them by its key. One query."""
    return PUBLISHED_QUIZ.first(usage_key)


def quiz_by_id(pk: int) -> Quiz:
    """A quiz with its module, published or not. One query."""
    found = QUIZ.first(pk)
    if found is None:
        raise Quiz.DoesNotExist
    return found


def standing(
    quiz: Quiz,
    person: Person,
    *,
    at: datetime,
    is_learner: bool | None = None,
    after: Sequence[Statement[Any]] = (),
) -> Standing:
    """How `person` stands with `quiz` at `at`. The one place that knows the rules for starting.

    `is_learner`: the caller knows already whether she is on a programme with the module. `after`: what is
    to happen first, in the same trip to the database.
    """
    assert quiz.current_id is not None, "only published quizzes have a standing"
    version = quiz_version(quiz.current_id)
    attempts, has_part = _asked(
        quiz, person, after, asks_part=is_learner is None and version.kind != QuizKind.PRACTICE
    )
    open_attempt = next((a for a in attempts if a.state == AttemptState.OPEN), None)
    has_passed = any(attempt.passed for attempt in attempts)
    allowed = version.attempts_allowed
    left = None if allowed is None else max(0, allowed - len(attempts))
    opens_at = _cooling_off_ends(version, attempts)
    refusal = (
        _refusal_by_kind(quiz, version, person, is_learner, has_part)
        or _refusal_by_attempts(has_passed, left)
        or (_cooling_off(opens_at) if opens_at and opens_at > at else None)
    )
    return Standing(
        quiz=quiz,
        version=version,
        attempts=attempts,
        open_attempt=open_attempt,
        has_passed=has_passed,
        attempts_left=left,
        opens_at=opens_at if opens_at and opens_at > at and not has_passed else None,
        refusal=refusal,
    )


def _asked(
    quiz: Quiz, person: Person, after: Sequence[Statement[Any]], *, asks_part: bool
) -> tuple[tuple[Attempt, ...], bool | None]:
    """Her attempts, and whether the module is part of a programme of hers (None: not asked)."""
    attempts = ATTEMPTS.asked(quiz.pk, person.pk)
    if not asks_part:
        return tuple(together(*after, attempts)[-1]), None
    *_before, rows, parts = together(*after, attempts, asking_for_part(person, quiz.module_id))
    return tuple(rows), bool(parts)


def _cooling_off_ends(version: QuizVersion, attempts: tuple[Attempt, ...]) -> datetime | None:
    """Counted from the newest attempt that was submitted and not passed."""
    failed = [a.submitted_at for a in attempts if a.submitted_at is not None and not a.passed]
    if not failed or not version.cooling_off_hours:
        return None
    return max(failed) + timedelta(hours=version.cooling_off_hours)


def _refusal_by_kind(
    quiz: Quiz, version: QuizVersion, person: Person, is_learner: bool | None, has_part: bool | None
) -> Refused | None:
    if version.kind == QuizKind.PRACTICE:
        return Refused("practice", _("Practice questions are answered in the unit itself."))
    if not (may_learn(person, quiz.module, has_part=has_part) if is_learner is None else is_learner):
        return Refused("not-enrolled", _("This quiz is for those whose programme has its module."))
    if version.kind == QuizKind.FINAL and not _may_sit_final(quiz, person):
        return Refused(
            "modules-unfinished",
            _("The final exam opens when all required modules are complete."),
        )
    return None


def _may_sit_final(quiz: Quiz, person: Person) -> bool:
    """Has she finished what some open programme with this exam requires?

    The rule of `courses.queries.progress.has_completed_modules`, for all those programmes at once:
    the unit page has twelve queries in all.
    """
    finished = ModuleCompletion.objects.filter(person=person, module=OuterRef("module"))
    required = ProgrammeModule.objects.filter(programme=OuterRef("pk"), is_required=True)
    programmes = Programme.objects.filter(exam_module=quiz.module_id, is_open=True)
    return programmes.filter(Exists(required), ~Exists(required.filter(~Exists(finished)))).exists()


def _refusal_by_attempts(has_passed: bool, left: int | None) -> Refused | None:
    if has_passed:
        return Refused("already-passed", _("You have passed this quiz; there is nothing left to do."))
    if left == 0:
        return Refused("no-attempts-left", _("All attempts are used. Ask your trainer what to do next."))
    return None


def _cooling_off(opens_at: datetime) -> Refused:
    moment = formats.date_format(timezone.localtime(opens_at), "DATETIME_FORMAT")
    return Refused("cooling-off", _("The next attempt opens at %(moment)s.") % {"moment": moment})
