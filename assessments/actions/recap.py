"""What somebody got wrong comes back after a while. Nothing here is graded or shown to anybody else."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments import grading
from assessments.actions.attempt import BAD_RESPONSES
from assessments.kinds import KINDS, BadResponse
from assessments.kinds.base import Body
from assessments.models import Attempt, Marking, Question, QuestionPlace, QuestionVersion, RecapItem
from assessments.queries.attempts import Answer
from assessments.queries.fixed import question_versions, slots_of
from assessments.spacing import after_mistake, after_success
from courses.permissions import may_record_for
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.kept_queries import KeptInsert

RENEW = KeptInsert(RecapItem, unique=["person", "question"], renewed=["level", "due_on"])


def note_attempt(*, attempt: Attempt, by: Actor) -> None:
    """Keep the questions of a marked attempt that were not fully right. Those for exams only stay out."""
    if attempt.score == attempt.out_of:
        return
    slots = slots_of(attempt.pk)
    rows = Marking.objects.filter(slot__attempt=attempt).order_by("pk")
    marks = dict(rows.values_list("slot_id", "fraction"))
    versions = question_versions(slot.question_version_id for slot in slots)
    wrong = [
        versions[slot.question_version_id].question_id
        for slot in slots
        if marks.get(slot.pk, grading.FULL) < grading.FULL and Answer.of(attempt, slot.position).chosen
    ]
    asked_again = Question.objects.filter(pk__in=wrong).exclude(place=QuestionPlace.BANK)
    note_mistakes(person=attempt.person, questions=asked_again.values_list("pk", flat=True), by=by)


@transaction.atomic
def note_mistakes(*, person: Person, questions: Iterable[int], by: Actor) -> None:
    """These questions (ids) come back tomorrow, and then after ever longer pauses."""
    if not may_record_for(by, person):
        raise Refused("not-allowed", _("Progress is recorded only for yourself."))
    level, due = after_mistake(clock.today())
    rows = [
        RecapItem(person=person, question_id=pk, level=level, due_on=due) for pk in dict.fromkeys(questions)
    ]
    if rows:
        RENEW(*rows)


def note_practice(*, name: str, kind: str, body: Body, response: Sequence[str], by: Person) -> None:
    """Keep the practice question `name` of a unit when it was not answered fully right."""
    earned = grading.mark(kind, body, response)
    if earned is not None and earned < grading.FULL:
        found = Question.objects.filter(name=name, place=QuestionPlace.PRACTICE)
        note_mistakes(person=by, questions=found.values_list("pk", flat=True), by=by)


@transaction.atomic
def answer_recap(
    *, question: Question, version: QuestionVersion, sent: Sequence[str], by: Person
) -> tuple[str, ...]:
    """Take an answer in a recap or in practice and plan when the question comes back; the response.

    A right answer moves a question on only when it was due: twice in a row on one day is no memory.
    Refuses what is no answer to the question.
    """
    try:
        response = KINDS[version.kind].clean(version.body, tuple(sent))
    except BadResponse as bad:
        raise Refused(bad.code, BAD_RESPONSES[bad.code]) from bad
    earned = grading.mark(version.kind, version.body, response)
    if not response or earned is None:
        raise Refused("no-answer", _("Choose or write an answer first."))
    today = clock.today()
    item = RecapItem.objects.select_for_update().filter(person=by, question=question).first()
    planned: tuple[int, date | None]
    if earned < grading.FULL:
        planned = after_mistake(today)
    elif item is not None and item.due_on is not None and item.due_on <= today:
        planned = after_success(item.level, today)
    else:
        return response
    level, due = planned
    if item is None:
        RecapItem.objects.get_or_create(
            person=by, question=question, defaults={"level": level, "due_on": due, "answered_on": today}
        )
        return response
    item.level, item.due_on, item.answered_on = level, due, today
    item.save(update_fields=["level", "due_on", "answered_on"])
    return response
