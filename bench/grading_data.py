"""Fill a scratch installation with marked attempts: run inside `manage.py shell` by bench.grading."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from assessments.models import Attempt, Marking, Question, QuestionVersion, Quiz, QuizVersion, Slot, Step
from assessments.queries.analysis import AT_ONCE, Analysis, Which, analysed_attempts, make_analysis
from assessments.receipts import receipt_code
from courses.models import Module
from lms.people.models import Person
from lms.shared import clock

QUESTIONS, POOL = 10, 30  # asked in an attempt; drawn from so many
NAMES = "abcd"
SENT_TOGETHER = 10_000  # rows


def make_attempts(number: int) -> int:
    """`number` submitted attempts at one exam, a person each; its primary key."""
    with transaction.atomic():
        versions = _questions()
        quiz = _quiz(versions)
        people = [Person(username=f"bt{i}", full_name="Lò Thị Thi", is_synthetic=True) for i in range(number)]
        Person.objects.bulk_create(people, batch_size=500)
        begin = clock.now() - timedelta(days=30)
        _insert(Attempt, _attempts(number, quiz, people, versions, begin))
        _insert(Slot, _slots(number, versions))
        _insert(Marking, _markings(number, begin))
        _insert(Step, _steps(number, people, begin))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return quiz.pk


def _questions() -> list[int]:
    options = [{"name": name, "correct": name == "b", "text": {"vi": name}, "why": {}} for name in NAMES]
    pks = []
    for place in range(POOL):
        question = Question.objects.create(name=f"bt-q{place:02}", bank="BT", place="bank")
        body = {"stem": {"vi": f"Câu {place}"}, "options": options, "explanation": {}, "cites": []}
        version = QuestionVersion.objects.create(
            question=question, number=1, kind="single", body=body, sha256="", created_at=clock.now()
        )
        pks.append(version.pk)
    return pks


def _quiz(versions: list[int]) -> Quiz:
    module = Module.objects.create(course_key="course-v1:LanToa+BT+2026", code="BT", title={"vi": "BT"})
    quiz = Quiz.objects.create(usage_key="block-v1:LanToa+BT+2026+type@quiz+block@bt", module=module)
    QuizVersion.objects.create(
        quiz=quiz,
        number=1,
        kind="final",
        title={"vi": "Đo tốc độ"},
        slots=[{"question": pk} for pk in versions[:QUESTIONS]],
        sha256="",
        created_at=clock.now(),
    )
    return quiz


def _drawn(attempt: int, versions: list[int]) -> list[tuple[int, str]]:
    """What attempt number `attempt` (from 1) was asked and answered: always the same."""
    random = Random(attempt)
    able = random.random()
    return [
        (pk, "b" if random.random() < 0.3 + 0.6 * able else random.choice("acd"))
        for pk in random.sample(versions, QUESTIONS)
    ]


def _attempts(
    number: int, quiz: Quiz, people: list[Person], versions: list[int], begin: datetime
) -> Iterator[dict[str, Any]]:
    quiz_version = quiz.versions.get()
    for pk in range(1, number + 1):
        drawn = _drawn(pk, versions)
        at = begin + timedelta(seconds=pk)
        saved = {
            str(place): {
                "chosen": [name],
                "flagged": False,
                "seq": place,
                "at": (at + timedelta(seconds=30 * place)).isoformat(),
            }
            for place, (_pk, name) in enumerate(drawn, start=1)
        }
        right = sum(name == "b" for _pk, name in drawn)
        yield {
            "id": pk,
            "quiz_id": quiz.pk,
            "version_id": quiz_version.pk,
            "person_id": people[pk - 1].pk,
            "number": 1,
            "seed": pk,
            "state": "submitted",
            "number_of_questions": QUESTIONS,
            "answers": json.dumps(saved),
            "last_seq": QUESTIONS,
            "started_at": at,
            "submitted_at": at + timedelta(minutes=6),
            "submitted_by_clock": False,
            "score": right,
            "out_of": QUESTIONS,
            "passed": right >= 8,
            "receipt": receipt_code(pk),
        }


def _slots(number: int, versions: list[int]) -> Iterator[dict[str, Any]]:
    for attempt in range(1, number + 1):
        for place, (pk, _name) in enumerate(_drawn(attempt, versions), start=1):
            yield {
                "id": (attempt - 1) * QUESTIONS + place,
                "attempt_id": attempt,
                "position": place,
                "question_version_id": pk,
                "option_order": '["a", "b", "c", "d"]',
                "max_mark": 1,
            }


def _markings(number: int, at: datetime) -> Iterator[dict[str, Any]]:
    versions = list(range(POOL))
    for attempt in range(1, number + 1):
        for place, (_pk, name) in enumerate(_drawn(attempt, versions), start=1):
            slot = (attempt - 1) * QUESTIONS + place
            yield {"slot_id": slot, "fraction": int(name == "b"), "engine": "1", "reason": "", "at": at}


def _steps(number: int, people: list[Person], begin: datetime) -> Iterator[dict[str, Any]]:
    for attempt in range(1, number + 1):
        for place in range(1, QUESTIONS + 1):
            slot = (attempt - 1) * QUESTIONS + place
            yield {
                "attempt_id": attempt,
                "seq": place,
                "slot_id": slot,
                "kind": "answer",
                "data": '{"chosen": ["b"], "flagged": false}',
                "client_uuid": UUID(int=slot),
                "at": begin + timedelta(seconds=attempt + 30 * place),
                "actor_id": people[attempt - 1].pk,
            }


def _insert(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Without models in between: three million rows would take minutes."""
    first = next(rows)
    fields = [model._meta.get_field(name) for name in first]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})"
    adapt = connection.ops.adapt_datetimefield_value
    plain = connection.features.has_native_uuid_field

    def values(row: dict[str, Any]) -> list[Any]:
        return [
            adapt(value)
            if isinstance(value, datetime)
            else value.hex
            if isinstance(value, UUID) and not plain
            else value
            for value in row.values()
        ]

    with connection.cursor() as cursor:
        cursor.execute(sql, values(first))
        while batch := [values(row) for row in islice(rows, SENT_TOGETHER)]:
            cursor.executemany(sql, batch)


# Run inside the scratch installation: what is measured ------------------------------------------


def time_analysis(quiz_pk: int, rounds: int) -> None:
    """Print a line of JSON: medians over `rounds` of analysis and floor in turn, and what differs."""
    quiz = Quiz.objects.get(pk=quiz_pk)
    walls, cpus, floors = [], [], []
    found = make_analysis(quiz, Which.FIRST)  # warm: the database's pages, Python's code
    for _round in range(rounds):
        floors.append(_timed(lambda: _read_only(quiz))[1])
        wall, cpu = _timed(lambda: make_analysis(quiz, Which.FIRST))
        walls.append(wall)
        cpus.append(cpu)
    line = {
        "analysis_seconds": median(walls),
        "fastest_seconds": min(walls),
        "analysis_cpu": median(cpus),
        "floor_cpu": median(floors),
        "differ": _differ(found),
    }
    print(json.dumps(line))


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _read_only(quiz: Quiz) -> None:
    """The same rows, each taken in the hand once: answers as text, one mark after the other."""
    attempts = analysed_attempts(quiz).order_by("pk")
    for _row in attempts.values_list("pk", Cast("answers", TextField())).iterator(AT_ONCE):
        pass
    marks = Marking.objects.filter(slot__attempt__in=analysed_attempts(quiz))
    order = ("slot__attempt_id", "slot__position", "-pk")
    rows = marks.order_by(*order).values_list(
        "slot__attempt_id", "slot__position", "slot__question_version_id"
    )
    for _mark in rows.iterator(AT_ONCE):
        pass


def _differ(found: Analysis) -> int:
    """How many figures differ from sums over the answers as they were made."""
    asked, right = Counter[int](), Counter[int]()
    for attempt in range(1, found.quiz.number + 1):
        for place, name in _drawn(attempt, list(range(POOL))):
            asked[place] += 1
            right[place] += name == "b"
    differ = int(sum(asked.values()) != QUESTIONS * found.quiz.number)
    for place, question in enumerate(found.questions):
        facility = question.figures.facility or 0.0
        differ += question.figures.number != asked[place]
        differ += abs(facility - 100 * right[place] / asked[place]) > 1e-6
    return differ
