"""Item analysis of a quiz: reads the attempts in one pass and keeps the result until there are new marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from json import loads
from operator import itemgetter
from time import monotonic

from django.core.cache import cache
from django.db.models import (
    Case,
    Count,
    ExpressionWrapper,
    Field,
    FloatField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    TextField,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from assessments.analysis import Gathering, ItemFigures, QuizFigures, time_spent
from assessments.kinds import KINDS
from assessments.models import (
    Attempt,
    AttemptState,
    Marking,
    QuestionVersion,
    Quiz,
    QuizKind,
    QuizVersion,
    Step,
)
from courses.models import Module
from lms.shared import clock

AT_ONCE = 5_000  # rows fetched together
TIMED = 2_000  # the newest attempts that the times are taken from: a median needs no more
KEPT_FOR = 24 * 3600  # seconds
# A result is kept at least this many times as long as it took, however many attempts come in meanwhile.
REST = 20
BY_HAND = [name for name, kind in KINDS.items() if kind.is_marked_by_hand]
SHAPE = 1  # of what is kept; raise it when the dataclasses below change


class Which(TextChoices):
    """Which attempt of each person is analysed."""

    FIRST = "first", _("First attempt of each person")
    BEST = "best", _("Best attempt")
    LAST = "last", _("Last attempt")


@dataclass(frozen=True)
class VersionFigures:
    """One version of a question."""

    pk: int
    number: int
    figures: ItemFigures


@dataclass(frozen=True)
class QuestionFigures:
    """One question with all its versions together, and each version, the newest first."""

    name: str
    figures: ItemFigures
    versions: tuple[VersionFigures, ...]


@dataclass(frozen=True)
class Analysis:
    """The analysis of a quiz at one time."""

    quiz: QuizFigures
    questions: tuple[QuestionFigures, ...]  # by name
    at: datetime
    newest_marking: int
    seconds: float  # it took

    def question(self, name: str) -> QuestionFigures | None:
        return next((one for one in self.questions if one.name == name), None)


def analysed_attempts(quiz: Quiz) -> QuerySet[Attempt]:
    """What counts: handed in and marked to the end."""
    return Attempt.objects.filter(quiz=quiz, state=AttemptState.SUBMITTED, score__isnull=False)


def analysis(quiz: Quiz, which: Which) -> Analysis:
    """The kept analysis, or a new one where attempts were marked since then."""
    key = f"item-analysis:{SHAPE}:{quiz.pk}:{which}"
    kept: Analysis | None = cache.get(key)
    if kept is not None and _is_fresh(kept, quiz):
        return kept
    made = make_analysis(quiz, which)
    cache.set(key, made, KEPT_FOR)
    return made


def _is_fresh(kept: Analysis, quiz: Quiz) -> bool:
    if (clock.now() - kept.at).total_seconds() < REST * kept.seconds:
        return True
    newer = Marking.objects.filter(pk__gt=kept.newest_marking, slot__attempt__quiz=quiz)
    return not newer.exists()


def make_analysis(quiz: Quiz, which: Which) -> Analysis:
    """Read and compute. Seven queries, whatever the number of attempts."""
    begin, at = monotonic(), clock.now()
    newest = Marking.objects.aggregate(newest=Max("pk"))["newest"] or 0
    gathered = gather(quiz, chosen_attempts(quiz, which))
    asked = QuestionVersion.objects.filter(pk__in=gathered.versions).order_by("-number")
    by_question: dict[str, list[tuple[int, int]]] = {}
    for name, pk, number in asked.values_list("question__name", "pk", "number"):
        by_question.setdefault(name, []).append((pk, number))
    return Analysis(
        quiz=gathered.quiz(),
        questions=tuple(_question(name, by_question[name], gathered) for name in sorted(by_question)),
        at=at,
        newest_marking=newest,
        seconds=monotonic() - begin,
    )


def _question(name: str, versions: Sequence[tuple[int, int]], gathered: Gathering) -> QuestionFigures:
    found = tuple(VersionFigures(pk, number, gathered.item([pk])) for pk, number in versions)
    together = found[0].figures if len(found) == 1 else gathered.item([pk for pk, _number in versions])
    return QuestionFigures(name, together, found)


def chosen_attempts(quiz: Quiz, which: Which) -> set[int]:
    """Ids, one attempt a person. One query."""
    rows = analysed_attempts(quiz)
    if which == Which.BEST:  # the earliest of the best
        rows = rows.order_by("-score", "number")
    else:
        rows = rows.order_by("number" if which == Which.FIRST else "-number")
    chosen: dict[int, int] = {}
    for person, pk in rows.values_list("person", "pk").iterator(AT_ONCE):
        chosen.setdefault(person, pk)
    return set(chosen.values())


def gather(quiz: Quiz, chosen: set[int]) -> Gathering:
    """One pass over the marks and answers of these attempts, and one over the steps of the newest."""
    attempts = analysed_attempts(quiz).order_by("pk")
    saved = Cast("answers", TextField())  # read as JSON below: the field's own way takes twice as long
    found = attempts.values_list("pk", _real("score"), _real("out_of"), saved).iterator(AT_ONCE)
    marks = Marking.objects.filter(slot__attempt__in=analysed_attempts(quiz))
    rows = marks.order_by("slot__attempt_id", "slot__position", "-pk").values_list(
        *("slot__attempt_id", "slot__position", "slot__question_version_id"),
        *(_real("slot__max_mark"), _counted_fraction()),
    )
    gathered = Gathering()
    closed = QuestionVersion.objects.filter(kind__in=BY_HAND).values_list("pk", flat=True)
    read = ((pk, score, out_of, loads(text)) for pk, score, out_of, text in found)
    gathered.read(read, rows.iterator(AT_ONCE), chosen, set(closed))
    for version, seconds in _times(quiz, sorted(chosen)[-TIMED:]):
        gathered.took(version, seconds)
    return gathered


def _counted_fraction() -> "ExpressionWrapper[Case]":
    """None where a regrade left the question out."""
    fraction = Case(When(counts=True, then=Cast("fraction", FloatField())), output_field=FloatField())
    return ExpressionWrapper(fraction, output_field=Field())


def _real(name: str) -> "ExpressionWrapper[Cast]":
    """A decimal as the database's floating point number, without a conversion per row in Python."""
    return ExpressionWrapper(Cast(name, FloatField()), output_field=Field())


def _times(quiz: Quiz, attempts: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Version and seconds spent on it, for each of these attempts. One query."""
    if not attempts:
        return
    rows = Step.objects.filter(attempt__quiz=quiz, attempt__gte=attempts[0]).order_by("attempt_id", "seq")
    found = rows.values_list("attempt_id", "attempt__started_at", "slot__question_version_id", "at")
    wanted = set(attempts)
    for attempt, steps in groupby(found.iterator(AT_ONCE), key=itemgetter(0)):
        if attempt in wanted:
            yield from time_spent([step[1:] for step in steps]).items()


@dataclass(frozen=True)
class AnalysedQuiz:
    """A line of the list of quizzes: how many attempts there are to analyse."""

    quiz: Quiz
    version: QuizVersion
    number: int


def analysed_quizzes(module: Module) -> list[AnalysedQuiz]:
    """The module's quizzes that keep attempts: published ones, and withdrawn ones with attempts. Two queries.

    Practice is answered in the unit and makes no attempts.
    """
    counted = Count(
        "attempts", filter=Q(attempts__state=AttemptState.SUBMITTED, attempts__score__isnull=False)
    )
    newest = QuizVersion.objects.filter(quiz=OuterRef("pk")).order_by("-number").values("pk")[:1]
    rows = Quiz.objects.filter(module=module).annotate(number=counted, newest=Subquery(newest)).order_by("pk")
    quizzes = [quiz for quiz in rows if quiz.current_id or quiz.number]
    versions = QuizVersion.objects.in_bulk([quiz.current_id or quiz.newest for quiz in quizzes])
    found = [AnalysedQuiz(quiz, versions[quiz.current_id or quiz.newest], quiz.number) for quiz in quizzes]
    return [one for one in found if one.version.kind != QuizKind.PRACTICE]


def analysed_quiz(module: Module, usage_key: str) -> AnalysedQuiz | None:
    """One of them."""
    return next((one for one in analysed_quizzes(module) if one.quiz.usage_key == usage_key), None)
