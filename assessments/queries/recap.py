"""Which questions somebody may practise, and which of them are due again.

A question is practised with its answer and the reasons. So it has to be one whose answer she may see
anyhow: in every quiz that asked her this question, the key is open to her.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from assessments.kinds import KINDS
from assessments.models import (
    Allowance,
    Attempt,
    AttemptState,
    Question,
    QuestionPlace,
    Quiz,
    RecapItem,
    Slot,
)
from assessments.permissions import may_see_key
from assessments.queries.fixed import quiz_version
from assessments.queries.standing import attempts_allowed, is_closed
from lms.people.models import Person
from lms.shared import clock
from lms.shared.kept_queries import KeptQuery

A_ROUND = 5
MOST_DUE = 60
FIRST_DUE = KeptQuery(
    lambda person: (
        RecapItem.objects.filter(person=person, due_on__isnull=False)
        .order_by("due_on")
        .values_list("due_on", flat=True)[:1]
    ),
    int,
)
BY_MACHINE = [name for name, kind in KINDS.items() if not kind.is_marked_by_hand]


def due_items(person: Person, *, at: datetime) -> list[RecapItem]:
    """What is due today, the longest waiting first. One query where nothing is, else up to six."""
    today = at.astimezone(clock.HO_CHI_MINH).date()
    first = FIRST_DUE.first(person.pk)
    if first is None or first > today:
        return []
    rows = RecapItem.objects.filter(person=person, due_on__lte=today, question__in=_practised())
    items = list(rows.select_related("question__current").order_by("due_on", "pk")[:MOST_DUE])
    open_ones = with_open_key(person, [item.question_id for item in items], at=at) if items else set()
    return [item for item in items if item.question_id in open_ones]


def answered_today(person: Person, *, at: datetime) -> int:
    """How many she has answered in recaps today. One query."""
    today = at.astimezone(clock.HO_CHI_MINH).date()
    return RecapItem.objects.filter(person=person, answered_on=today).count()


def seen_questions(quiz: Quiz, person: Person, *, at: datetime) -> list[Question]:
    """The questions of her attempts at the quiz that she may practise, by name. Five queries."""
    slots = Slot.objects.filter(
        attempt__quiz=quiz, attempt__person=person, attempt__state=AttemptState.SUBMITTED
    )
    asked = slots.values("question_version__question")
    found = list(_practised().filter(pk__in=asked).select_related("current").order_by("name"))
    open_ones = with_open_key(person, [question.pk for question in found], at=at)
    return [question for question in found if question.pk in open_ones]


def with_open_key(person: Person, questions: Iterable[int], *, at: datetime) -> set[int]:
    """Those of `questions` (ids) whose answer every quiz that asked her lets her see. Up to four queries."""
    wanted = set(questions)
    rows = Slot.objects.filter(attempt__person=person, question_version__question__in=wanted)
    asked: dict[int, set[int]] = defaultdict(set)
    for quiz, question in rows.values_list("attempt__quiz", "question_version__question").distinct():
        asked[quiz].add(question)
    closed = asked.keys() - _quizzes_with_open_key(person, asked.keys(), at)
    return wanted.difference(*(asked[quiz] for quiz in closed))


def _practised() -> QuerySet[Question]:
    """Asked by a published module, not kept for exams, and marked without a person."""
    found = Question.objects.exclude(place=QuestionPlace.BANK)
    return found.filter(current__kind__in=BY_MACHINE)


def _quizzes_with_open_key(person: Person, quizzes: Iterable[int], at: datetime) -> set[int]:
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(person=person, quiz__in=quizzes).order_by("number"):
        attempts[attempt.quiz_id].append(attempt)
    allowances = {
        row.quiz_id: row for row in Allowance.objects.filter(person=person, quiz__in=quizzes).order_by("pk")
    }
    found = set()
    for quiz in Quiz.objects.filter(pk__in=quizzes):
        made = attempts[quiz.pk]
        version = quiz_version(quiz.current_id or made[-1].version_id)
        allowed = attempts_allowed(version, allowances.get(quiz.pk))
        if may_see_key(
            rule=version.review,
            has_passed=any(attempt.counts_as_passed for attempt in made),
            attempts_left=None if allowed is None else max(0, allowed - len(made)),
            is_under_way=any(attempt.state == AttemptState.OPEN for attempt in made),
            is_closed=is_closed(quiz, version, at),
        ):
            found.add(quiz.pk)
    return found
