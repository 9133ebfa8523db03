"""Builders for what certificates rest on: programmes, completed modules, exam results."""

from decimal import Decimal
from itertools import count
from typing import Any

from certificates.actions.issue import issue_certificate
from certificates.models import Certificate
from courses.models import (
    BlockScore,
    Component,
    Enrolment,
    Module,
    ModuleCompletion,
    Programme,
    ProgrammeModule,
    Track,
)
from lms.people.models import Duty, Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from tests import make

_numbers = count(1)


def module(code: str = "", **fields: Any) -> Module:
    code = code or f"M{next(_numbers)}"
    fields.setdefault("course_key", f"course-v1:LanToa+{code}+2026")
    fields.setdefault("title", {"vi": f"Mô-đun {code}", "en": f"Module {code}"})
    fields.setdefault("component", Component.ST)
    return Module.objects.create(code=code, **fields)


def track(code: str = "G", duty: str = Duty.GRASS) -> Track:
    title = {"vi": "Thông tin cơ sở", "en": "Grassroots information", "de": "Basisinformation"}
    return Track.objects.get_or_create(code=code, defaults={"title": title, "duty": duty, "position": 1})[0]


def programme(*, modules: int = 2, exam: bool = True, **fields: Any) -> Programme:
    """An open programme of track G with required modules, one announced module and an exam."""
    fields.setdefault("track", track())
    fields.setdefault("version", f"2026-{next(_numbers)}")
    fields.setdefault(
        "title",
        {"vi": "Chương trình Thông tin cơ sở", "en": "Grassroots information programme"},
    )
    row = Programme.objects.create(
        components=["ST", "DC"], hours=24, exam_module=module() if exam else None, **fields
    )
    for position in range(modules + 1):
        ProgrammeModule.objects.create(
            programme=row,
            module=module(),
            position=position,
            is_core=position == 0,
            is_required=position < modules,
        )
    return row


def enrolment(person: Person, programme: Programme) -> Enrolment:
    return Enrolment.objects.create(
        person=person, programme=programme, rule="chosen", enrolled_at=clock.now()
    )


def exam_score(person: Person, exam: Module, earned: str = "37", *, passed: bool = True) -> BlockScore:
    key = exam.course_key.replace("course-v1", "block-v1") + f"+type@quiz+block@q{next(_numbers)}"
    return BlockScore.objects.create(
        person=person,
        usage_key=key,
        earned=Decimal(earned),
        possible=Decimal(40),
        passed=passed,
        updated_at=clock.now(),
    )


def completion(person: Person, *modules: Module) -> None:
    for row in modules:
        ModuleCompletion.objects.create(person=person, module=row, completed_at=clock.now())


def required(programme: Programme) -> list[Module]:
    places = programme.places.filter(is_required=True).select_related("module").order_by("position")
    return [place.module for place in places]


def earned(person: Person, programme: Programme, percent_of_40: str = "37") -> None:
    """Everything that a certificate asks for, without telling anybody."""
    assert programme.exam_module is not None
    completion(person, *required(programme), programme.exam_module)
    exam_score(person, programme.exam_module, percent_of_40)


def certificate(person: Person | None = None, programme_: Programme | None = None) -> Certificate:
    """An issued certificate."""
    person, row = person or make.person(), programme_ or programme(is_open=False)
    earned(person, row)
    return issue_certificate(person=person, programme=row, by=SYSTEM)
