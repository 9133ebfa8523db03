"""Builders for the start page: somebody with a duty, on a programme with modules."""

from datetime import date
from pathlib import Path

from courses.models import Module, ModuleCompletion, Programme
from lms.people.models import Duty, DutyType, IdentityLevel, Organisation, Person, RosterSignOff
from lms.shared import clock
from tests import make, make_courses
from tests.make_people import commune, province


def officer(place: Organisation | None = None, **fields: str) -> Person:
    """A commune officer with the concurrent duty of grassroots information."""
    person = make.person("Lò Thị Mẫu", identity_level=IdentityLevel.HR)
    facts = {"duty": Duty.GRASS, "duty_type": DutyType.CONCURRENT, "title": "Công chức văn hóa – xã hội"}
    make.assignment(person, place or commune(of=province()), **{**facts, **fields})
    return person


def signed_off(body: Organisation, day: date) -> RosterSignOff:
    return RosterSignOff.objects.create(
        organisation=body,
        signed_on=day,
        signed_by=make.person("Hà Thị Nhân Sự"),
        number_of_people=1,
        recorded_at=clock.now(),
    )


def programme(folder: Path, *, announced: int = 1, exam: bool = True, duty: str = Duty.GRASS) -> Programme:
    """C1 and G1 with two units of five minutes each, announced modules, an exam with one unit."""
    parts = [make_courses.module(folder / code, code=code) for code in ("C1", "G1")]
    exam_unit = {"gx-u": make_courses.text_block("gx-text")}
    last = make_courses.module(folder / "GX", exam_unit, code="GX") if exam else None
    later = tuple(make_courses.announced_module(f"G{number + 2}") for number in range(announced))
    facts = {"duty": duty, "code": "G", "components": ["ST", "DC"], "version": "home"}
    return make_courses.programme(*parts, announced=later, exam=last, **facts)


def completed(person: Person, *modules: Module) -> None:
    for module in modules:
        ModuleCompletion.objects.create(person=person, module=module, completed_at=clock.now())
