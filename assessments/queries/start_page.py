"""What a learner's start page says about her quizzes: what is due again, what is marked, what was decided."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery

from assessments.models import Appeal, Attempt, AttemptState, RecapItem
from assessments.queries.appeals import TOLD_FOR, MarkNews, mark_news
from assessments.queries.recap import due_items
from lms.people.models import Person
from lms.shared import clock
from lms.shared.kept_queries import KeptQuery


@dataclass(frozen=True)
class QuizNews:
    """`recap`: how many of her mistakes are due again."""

    marks: MarkNews
    recap: int


ANYTHING = KeptQuery(
    lambda person, since: Person.objects.filter(pk=person).values_list(
        Exists(
            Attempt.objects.filter(
                Q(state=AttemptState.MARKING)
                | Exists(Appeal.objects.filter(slot__attempt=OuterRef("pk"), decided_at__gt=since)),
                person=OuterRef("pk"),
            )
        ),
        Subquery(
            RecapItem.objects.filter(person=OuterRef("pk"), due_on__isnull=False)
            .order_by("due_on")
            .values("due_on")[:1]
        ),
    ),
    int,
    datetime,
)


def quiz_news(person: Person, *, at: datetime) -> QuizNews:
    """One query where there is nothing to say, which is most days for most people."""
    has_marks, first_due = ANYTHING.first(person.pk, at - TOLD_FOR) or (False, None)
    is_due = first_due is not None and first_due <= at.astimezone(clock.HO_CHI_MINH).date()
    return QuizNews(
        marks=mark_news(person, at=at) if has_marks else MarkNews(),
        recap=len(due_items(person, at=at)) if is_due else 0,
    )
