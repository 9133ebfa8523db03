"""Where a person stands with a quiz: her attempts, and whether she may begin another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from assessments.models import (
    Allowance,
    Attempt,
    AttemptState,
    Quiz,
    QuizKind,
    QuizVersion,
    ReviewRule,
    SignOffState,
)
from assessments.permissions import may_see_key, may_see_marks
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
    in_marking: Attempt | None  # handed in, and without a result until people have marked it
    has_passed: bool
    attempts_left: int | None
    opens_at: datetime | None  # the cooling-off ends then
    refusal: Refused | None
    allowance: Allowance | None = None
    is_closed: bool = False  # for everybody; only a quiz that opens its answers then knows

    @property
    def best_percent(self) -> int | None:
        """Of the attempts that have a result; None before the first."""
        return max((a.percent for a in self.attempts if a.percent is not None), default=None)

    @property
    def attempts_allowed(self) -> int | None:
        return attempts_allowed(self.version, self.allowance)

    @property
    def needs_code(self) -> bool:
        """Does the next start ask for the access code?"""
        return bool(self.quiz.access_code) and self.refusal is None and self.open_attempt is None

    @property
    def sees_key(self) -> bool:
        return may_see_key(
            rule=self.version.review,
            has_passed=self.has_passed,
            attempts_left=self.attempts_left,
            is_under_way=self.open_attempt is not None,
            is_closed=self.is_closed,
        )

    @property
    def sees_marks(self) -> bool:
        return may_see_marks(rule=self.version.review, is_closed=self.is_closed)


def published_quizzes() -> QuerySet[Quiz]:
    """Quizzes that learners can see, with what their pages need."""
    return Quiz.objects.filter(current__isnull=False).select_related("module")


PUBLISHED_QUIZ = KeptQuery(lambda key: published_quizzes().filter(usage_key=key), str)
QUIZ = KeptQuery(lambda pk: Quiz.objects.filter(pk=pk).select_related("module"), int)
ATTEMPTS = KeptQuery(
    lambda quiz, person: Attempt.objects.filter(quiz=quiz, person=person).order_by("-number"), int, int
)

ALLOWANCE = KeptQuery(
    lambda quiz, person: Allowance.objects.filter(quiz=quiz, person=person).order_by("-pk")[:1], int, int
)
SITTING = KeptQuery(
    lambda quiz: Attempt.objects.filter(quiz=quiz, state=AttemptState.OPEN).values_list("pk", flat=True)[:1],
    int,
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
    to happen first, in the same trip to the database; what she was granted is then asked for even where
    `quiz` was read before anybody was granted anything.
    """
    assert quiz.current_id is not None, "only published quizzes have a standing"
    version = quiz_version(quiz.current_id)
    attempts, allowance, has_part = _asked(
        quiz, person, after, asks_part=is_learner is None and version.kind != QuizKind.PRACTICE
    )
    open_attempt = next((a for a in attempts if a.state == AttemptState.OPEN), None)
    in_marking = next((a for a in attempts if a.state == AttemptState.MARKING), None)
    has_passed = any(attempt.counts_as_passed for attempt in attempts)
    allowed = attempts_allowed(version, allowance)
    left = None if allowed is None else max(0, allowed - len(attempts))
    opens_at = _cooling_off_ends(version, attempts)
    refusal = (
        _refusal_by_kind(quiz, version, person, is_learner, has_part)
        or _refusal_by_attempts(has_passed, left, in_marking, attempts)
        or refusal_by_window(version, at)
        or (_cooling_off(opens_at) if opens_at and opens_at > at else None)
    )
    return Standing(
        quiz=quiz,
        version=version,
        attempts=attempts,
        open_attempt=open_attempt,
        in_marking=in_marking,
        has_passed=has_passed,
        attempts_left=left,
        opens_at=opens_at if opens_at and opens_at > at and not has_passed else None,
        refusal=refusal,
        allowance=allowance,
        is_closed=is_closed(quiz, version, at),
    )


def _asked(
    quiz: Quiz, person: Person, after: Sequence[Statement[Any]], *, asks_part: bool
) -> tuple[tuple[Attempt, ...], Allowance | None, bool | None]:
    """Her attempts, what she was granted, and whether the module is part of a programme of hers (None:
    not asked)."""
    statements: list[Statement[Any]] = [*after, ATTEMPTS.asked(quiz.pk, person.pk)]
    asks_more = quiz.has_allowances or bool(after)  # spares everybody else's pages a statement
    if asks_more:
        statements.append(ALLOWANCE.asked(quiz.pk, person.pk))
    if asks_part:
        statements.append(asking_for_part(person, quiz.module_id))
    found = list(together(*statements))[len(after) :]
    has_part = bool(found.pop()) if asks_part else None
    granted = [one for one in found.pop() if not one.grants_nothing] if asks_more else []
    return tuple(found[0]), granted[0] if granted else None, has_part


def standing_behind(attempt: Attempt, person: Person, *, at: datetime) -> Standing:
    """The standing with the quiz of an attempt; a quiz taken out of its module keeps its results."""
    quiz = quiz_by_id(attempt.quiz_id)
    if quiz.current_id is None:
        quiz.current_id = attempt.version_id
    return standing(quiz, person, at=at)


def attempts_allowed(version: QuizVersion, allowance: Allowance | None) -> int | None:
    """None: as many as she likes."""
    if version.attempts_allowed is None:
        return None
    return version.attempts_allowed + (allowance.extra_attempts if allowance else 0)


def is_closed(quiz: Quiz, version: QuizVersion, at: datetime) -> bool:
    """Has the quiz closed, and does nobody with extra time sit any more? Asked only where it matters."""
    if version.review != ReviewRule.AFTER_CLOSE or version.closes_at is None or at < version.closes_at:
        return False
    return not SITTING.exists(quiz.pk)


def _cooling_off_ends(version: QuizVersion, attempts: tuple[Attempt, ...]) -> datetime | None:
    """Counted from the newest attempt that was submitted and not passed."""
    failed = [a.submitted_at for a in attempts if a.submitted_at is not None and a.passed is False]
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


def _refusal_by_attempts(
    has_passed: bool, left: int | None, in_marking: Attempt | None, attempts: tuple[Attempt, ...]
) -> Refused | None:
    if has_passed:
        return Refused("already-passed", _("You have passed this quiz; there is nothing left to do."))
    if in_marking is not None:
        return Refused(
            "in-marking", _("Your answers are being marked. What comes next depends on the result.")
        )
    if any(attempt.sign_off == SignOffState.WAITING and attempt.passed for attempt in attempts):
        return Refused("sign-off-waits", _("Your attempt waits for the supervisor's confirmation."))
    if left == 0:
        return Refused("no-attempts-left", _("All attempts are used. Ask your trainer what to do next."))
    return None


def refusal_by_window(version: QuizVersion, at: datetime) -> Refused | None:
    """Not open yet, or closed already."""
    if version.opens_at is not None and at < version.opens_at:
        words = _("The quiz opens at %(moment)s.") % {"moment": _moment(version.opens_at)}
        return Refused("not-open-yet", words)
    if version.closes_at is not None and at >= version.closes_at:
        words = _("The quiz closed at %(moment)s.") % {"moment": _moment(version.closes_at)}
        return Refused("closed", words)
    return None


def _cooling_off(opens_at: datetime) -> Refused:
    words = _("The next attempt opens at %(moment)s.") % {"moment": _moment(opens_at)}
    return Refused("cooling-off", words)


def _moment(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")
