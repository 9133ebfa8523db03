"""What those who run sittings look at: who may be granted more, and what was granted."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from assessments.models import Allowance, Attempt, Quiz, QuizKind, SignOff, SignOffState
from courses.models import Enrolment
from lms.people.models import Person
from lms.people.queries import matching
from lms.shared import clock

SHOWN = 20


@dataclass(frozen=True)
class Candidate:
    """Somebody who takes the quiz's module, and how many attempts she has made."""

    person: Person
    attempts: int
    has_used_all: bool


def quizzes_that_count() -> QuerySet[Quiz]:
    """Published quizzes with marks, by module."""
    found = Quiz.objects.filter(current__isnull=False).exclude(current__kind=QuizKind.PRACTICE)
    return found.select_related("module", "current").order_by("module__code", "pk")


def learners_of(quiz: Quiz) -> QuerySet[Person]:
    """Who is on a programme with the quiz's module, as a part or as its exam."""
    enrolled = Enrolment.objects.filter(person=OuterRef("pk"), ended_at=None).filter(
        Q(programme__places__module=quiz.module_id) | Q(programme__exam_module=quiz.module_id)
    )
    return Person.objects.filter(Exists(enrolled), is_active=True)


def candidates_for_more(quiz: Quiz, *, search: str) -> list[Candidate]:
    """Those found by name; without a search, those who have used all attempts and not passed. One query.

    At most twenty: who is not among them is found by more of her name.
    """
    allowed = quiz.current.attempts_allowed if quiz.current else None
    made = Count("attempts", filter=Q(attempts__quiz=quiz))
    passed = Attempt.objects.filter(quiz=quiz, person=OuterRef("pk"), passed=True).exclude(
        sign_off=SignOffState.REFUSED
    )
    people = learners_of(quiz)
    if search.strip():
        rows = matching(people, search).annotate(made=made)
    elif allowed is not None:
        rows = people.filter(~Exists(passed)).annotate(made=made).filter(made__gte=allowed)
    else:
        return []
    return [
        Candidate(person, person.made, allowed is not None and person.made >= allowed)
        for person in rows.order_by("-made", "sort_key")[:SHOWN]
    ]


def allowances_in_force(quiz: Quiz) -> list[Allowance]:
    """The newest per person, unless it took the earlier one back. One query."""
    newer = Allowance.objects.filter(quiz=quiz, person=OuterRef("person"), pk__gt=OuterRef("pk"))
    rows = Allowance.objects.filter(~Exists(newer), quiz=quiz).select_related("person", "given_by")
    return [row for row in rows.order_by("-pk") if not row.grants_nothing]


def waiting_attempts(*, day: date) -> list[Attempt]:
    """Attempts handed in on `day`, in Viet Nam, that a supervisor has not confirmed. One query."""
    begins = clock.end_of(day - timedelta(days=1))
    rows = Attempt.objects.filter(sign_off__in=[SignOffState.WAITING, SignOffState.REFUSED])
    on_the_day = rows.filter(submitted_at__gt=begins, submitted_at__lte=clock.end_of(day))
    return list(on_the_day.select_related("person", "quiz__module", "version").order_by("submitted_at", "pk"))


def days_with_waiting_attempts() -> list[date]:
    """The days, newest first, that still have attempts nobody has decided about. One query."""
    rows = Attempt.objects.filter(sign_off=SignOffState.WAITING)
    days = rows.annotate(day=TruncDate("submitted_at", tzinfo=clock.HO_CHI_MINH)).values_list(
        "day", flat=True
    )
    return list(days.order_by("-day").distinct()[:14])


def sign_off_of(attempt: Attempt) -> SignOff | None:
    """What the supervisor said last. No query where none has to say anything."""
    if attempt.sign_off in (SignOffState.NOT_NEEDED, SignOffState.WAITING):
        return None
    return SignOff.objects.filter(attempt=attempt).order_by("-pk").first()
