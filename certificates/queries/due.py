"""Who has earned a certificate, and what is still missing."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from assessments.models import Quiz, QuizKind
from courses.models import (
    BlockScore,
    Enrolment,
    Module,
    ModuleCompletion,
    Programme,
    ProgrammeModule,
)
from lms.people.models import Person


@dataclass(frozen=True)
class Standing:
    """How far a person is on a programme she is enrolled on."""

    programme: Programme
    left: tuple[Module, ...]  # the required modules in order, the exam last

    @property
    def is_completable(self) -> bool:
        """Without an exam nobody can finish it yet."""
        return self.programme.exam_module is not None


def programmes_due(person: Person) -> QuerySet[Programme]:
    """Programmes with nothing left to do, and never a certificate for this person.

    After a revocation nothing is due by itself: somebody decides to issue another. A programme
    without required modules or without an exam is not finished by doing nothing.
    """
    done = ModuleCompletion.objects.filter(person=person).values("module")
    required = ProgrammeModule.objects.filter(programme=OuterRef("pk"), is_required=True)
    followed = programmes_followed(person).filter(exam_module__in=done)
    return (
        followed.filter(Exists(required), ~Exists(required.exclude(module__in=done)))
        .exclude(certificates__person=person)
        .select_related("track", "exam_module")
        .order_by("pk")
    )


def programmes_followed(person: Person) -> QuerySet[Programme]:
    """What a person is enrolled on; on other tracks the open programme, whoever studies it.

    So two versions of one track with the same modules never give two certificates.
    """
    enrolled = Enrolment.objects.filter(person=person, ended_at=None)
    elsewhere = Q(is_open=True) & ~Q(track__in=enrolled.values("programme__track"))
    return Programme.objects.filter(Q(pk__in=enrolled.values("programme")) | elsewhere)


def modules_left(person: Person, programme: Programme) -> list[Module]:
    """The required modules and the exam that a person has not completed, in order."""
    done = ModuleCompletion.objects.filter(person=person).values("module")
    places = ProgrammeModule.objects.filter(programme=programme, is_required=True)
    places = places.exclude(module__in=done).exclude(module=programme.exam_module_id)
    left = [place.module for place in places.select_related("module").order_by("position")]
    exam = programme.exam_module
    if exam is not None and not ModuleCompletion.objects.filter(person=person, module=exam).exists():
        left.append(exam)
    return left


def is_completable(programme: Programme) -> bool:
    """Has it an exam and required modules, so that somebody can finish it?"""
    return programme.exam_module_id is not None and number_of_modules(programme) > 0


def number_of_modules(programme: Programme) -> int:
    """How many modules a certificate states: the required ones, without the exam."""
    places = ProgrammeModule.objects.filter(programme=programme, is_required=True)
    return places.exclude(module=programme.exam_module_id).count()


def exam_percent(person: Person, exam: Module) -> Decimal | None:
    """The best passed result in the quizzes of an exam module, cut to two decimals.

    Cut, not rounded: a certificate never states more than was earned.
    """
    keys = _quiz_keys(exam)
    practice = Quiz.objects.filter(usage_key__startswith=keys, current__kind=QuizKind.PRACTICE)
    scores = BlockScore.objects.filter(person=person, passed=True, possible__gt=0, usage_key__startswith=keys)
    scores = scores.exclude(usage_key__in=practice.values("usage_key"))
    shares = [score.earned / score.possible for score in scores]
    return (max(shares) * 100).quantize(Decimal("0.01"), ROUND_DOWN) if shares else None


def standings(person: Person) -> list[Standing]:
    """What is left on each programme a person is enrolled on and holds no certificate for."""
    done = ModuleCompletion.objects.filter(person=person)
    enrolments = (
        Enrolment.objects.filter(person=person, ended_at=None)
        .exclude(programme__certificates__person=person)
        .select_related("programme__track", "programme__exam_module")
        .annotate(exam_done=Exists(done.filter(module=OuterRef("programme__exam_module"))))
        .order_by("pk")
    )
    rows = list(enrolments)
    missing = (
        ProgrammeModule.objects.filter(programme__in=[row.programme_id for row in rows], is_required=True)
        .exclude(module__in=done.values("module"))
        .exclude(module=F("programme__exam_module"))
        .select_related("module")
        .order_by("position")
    )
    places = list(missing) if rows else []
    return [
        Standing(
            row.programme,
            tuple(place.module for place in places if place.programme_id == row.programme_id)
            + (() if row.exam_done or row.programme.exam_module is None else (row.programme.exam_module,)),
        )
        for row in rows
    ]


def _quiz_keys(module: Module) -> str:
    """How the usage keys of a module's quizzes begin."""
    return module.course_key.replace("course-v1:", "block-v1:", 1) + "+type@quiz+"
