"""Takers with open attempts, and the look at what became of them: run inside `manage.py shell`."""

import json
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from assessments.actions.attempt import start_attempt
from assessments.models import Attempt, Marking, Quiz, Slot, Step
from bench.journey_data import make_learners
from lms.people.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"


def make_takers(number: int, usage_key: str) -> None:
    """Print JSON: session, attempt and questions of each of `number` takers; and as many for the floor."""
    make_learners(2 * number)
    quiz = Quiz.objects.get(usage_key=usage_key)
    found = [_taker(Person.objects.get(username=f"do{place}"), quiz) for place in range(2 * number)]
    # A slow machine must not end the attempts by the clock.
    Attempt.objects.update(deadline_at=None)
    print(json.dumps({"ours": found[:number], "floor": found[number:]}))


def _taker(person: Person, quiz: Quiz) -> dict[str, Any]:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = BACKEND
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    attempt = start_attempt(quiz=quiz, by=person)
    slots = Slot.objects.filter(attempt=attempt, question_version__kind__in=["single", "truefalse"])
    questions = [[slot.position, slot.pk, slot.option_order] for slot in slots.order_by("position")]
    return {"session": store.session_key, "attempt": attempt.pk, "questions": questions}


def check(file: str) -> None:
    """Print JSON: what of the acknowledged answers and submissions in `file` is lost or stands twice.

    `file`: {attempt: {"acknowledged": [[uuid, position, [names], seq]], "submitted": bool}}.
    """
    found: Counter[str] = Counter(
        lost=0, doubled=0, altered=0, newest_differs=0, not_submitted=0, marked_twice=0
    )
    for attempt_id, told in json.loads(Path(file).read_text()).items():
        attempt = Attempt.objects.get(pk=attempt_id)
        found.update(_answers(attempt, told["acknowledged"]))
        found.update(_submission(attempt, told["submitted"]))
    print(json.dumps(found))


def _answers(attempt: Attempt, acknowledged: list[list[Any]]) -> dict[str, int]:
    steps = {str(s.client_uuid): s for s in Step.objects.filter(attempt=attempt, kind="answer")}
    positions = dict(Slot.objects.filter(attempt=attempt).values_list("pk", "position"))
    kept = [
        (steps[uuid], position, names, seq) for uuid, position, names, seq in acknowledged if uuid in steps
    ]
    newest = {position: names for _uuid, position, names, _seq in acknowledged}
    return {
        "lost": len(acknowledged) - len(kept),
        # Every answer that was sent was repeated until it was acknowledged: more steps are doubles.
        "doubled": max(0, Step.objects.filter(attempt=attempt, kind="answer").count() - len(acknowledged)),
        "altered": sum(
            (positions[step.slot_id or 0], step.data["chosen"], step.seq) != (position, names, seq)
            for step, position, names, seq in kept
        ),
        "newest_differs": sum(
            attempt.answers.get(str(position), {}).get("chosen") != names
            for position, names in newest.items()
        ),
    }


def _submission(attempt: Attempt, is_submitted: bool) -> dict[str, int]:
    submits = Step.objects.filter(attempt=attempt, kind="submit").count()
    marks = Marking.objects.filter(slot__attempt=attempt).count()
    return {
        "not_submitted": int(is_submitted and (submits, attempt.state) != (1, "submitted")),
        "marked_twice": int(marks not in (0, attempt.number_of_questions)),
    }
