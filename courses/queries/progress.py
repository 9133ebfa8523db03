"""How far somebody is. Always five queries at most, however large programme and history are."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from django.db import connection
from django.db.models import QuerySet

from courses.models import (
    BlockCompletion,
    Module,
    ModuleCompletion,
    Programme,
    ProgrammeModule,
    ReadingPlace,
    UnitCompletion,
)
from courses.olx.outline import Outline, Texts, Unit
from courses.queries.outline import outlines_of
from courses.queries.top_ups import OpenTopUp, finished_modules
from lms.people.models import Person
from lms.shared.kept_queries import KeptQuery

# announced: no content yet; locked: the exam before its time
State = Literal["done", "started", "open", "locked", "announced"]


@dataclass(frozen=True)
class ModuleProgress:
    """One module of a programme for one person. Only units of the published version count."""

    code: str
    title: Texts
    position: int
    is_core: bool
    is_required: bool
    is_exam: bool
    state: State
    units_done: int
    number_of_units: int
    minutes: int
    minutes_left: int
    next_unit_key: str | None
    last_read_at: datetime | None
    completed_at: datetime | None

    @property
    def units_left(self) -> int:
        return self.number_of_units - self.units_done

    @property
    def fraction(self) -> float:
        """0 to 1, for the rings."""
        if self.state == "done":
            return 1.0
        # Everything read and the quiz still open is not a closed ring.
        return min(self.units_done / self.number_of_units, 0.95) if self.number_of_units else 0.0

    @property
    def is_finished(self) -> bool:
        return self.state == "done"


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now. Its page is `courses:unit` with `module_code` and `unit_key`."""

    module_code: str
    module_title: Texts
    is_exam: bool
    unit_key: str
    unit_title: Texts
    unit_position: int
    number_of_units: int
    unit_minutes: int
    units_left: int  # in this module
    minutes_left: int  # in this module
    is_resumed: bool  # the person was in this unit before
    saved_at: datetime | None


@dataclass(frozen=True)
class ProgrammeProgress:
    """A person's way through a programme."""

    programme: Programme
    modules: tuple[ModuleProgress, ...]  # required and announced ones in order, the exam last
    next: NextStep | None  # None: nothing left that is open
    top_ups: tuple[OpenTopUp, ...] = ()  # after a change of law, in any module the person finished

    @property
    def required(self) -> tuple[ModuleProgress, ...]:
        """What counts: required modules, without the exam."""
        return tuple(m for m in self.modules if m.is_required and not m.is_exam)

    @property
    def exam(self) -> ModuleProgress | None:
        return next((module for module in self.modules if module.is_exam), None)

    @property
    def modules_done(self) -> int:
        return sum(module.is_finished for module in self.required)

    @property
    def number_of_modules(self) -> int:
        return len(self.required)

    @property
    def units_left(self) -> int:
        return sum(module.units_left for module in self.modules if module.is_required)

    @property
    def minutes_left(self) -> int:
        return sum(module.minutes_left for module in self.modules if module.is_required)

    @property
    def is_finished(self) -> bool:
        """All required modules and the exam."""
        needed = [module for module in self.modules if module.is_required]
        return bool(needed) and all(module.is_finished for module in needed)


def programme_progress(person: Person, programme: Programme) -> ProgrammeProgress:
    """Where the person stands in the programme and what comes next."""
    places = [(p.module, p.is_core, p.is_required, False) for p in MODULES.all(programme.pk)]
    if programme.exam_module is not None:
        places.append((programme.exam_module, False, True, True))
    facts = _Facts(person, [module for module, *_rest in places])
    required = [module.pk for module, _core, is_required, is_exam in places if is_required and not is_exam]
    exam_is_open = bool(required) and all(pk in facts.completed for pk in required)
    modules = tuple(
        facts.progress(module, position, is_core, is_required, is_exam, locked=is_exam and not exam_is_open)
        for position, (module, is_core, is_required, is_exam) in enumerate(places, start=1)
    )
    return ProgrammeProgress(programme, modules, _next_step(modules, facts), facts.top_ups)


def completed_modules(person: Person, programme: Programme) -> QuerySet[ModuleCompletion]:
    """The modules of the programme the person finished, its exam included, oldest first."""
    places = ProgrammeModule.objects.filter(programme=programme).values("module")
    rows = ModuleCompletion.objects.filter(person=person).select_related("module")
    counting = rows.filter(module__in=places)
    if programme.exam_module_id is not None:
        counting = counting | rows.filter(module=programme.exam_module_id)
    return counting.order_by("completed_at", "pk")


def has_completed_modules(person: Person, programme: Programme) -> bool:
    """Are all required modules finished? Then the final exam opens."""
    places = ProgrammeModule.objects.filter(programme=programme, is_required=True)
    finished = ModuleCompletion.objects.filter(person=person).values("module")
    return places.exists() and not places.exclude(module__in=finished).exists()


@dataclass(frozen=True)
class ModuleStanding:
    """One person in one module, for the module's own pages."""

    outline: Outline
    done_keys: frozenset[str]  # unit keys
    is_finished: bool
    place: ReadingPlace | None

    @property
    def units_done(self) -> int:
        return len(self.done_keys & self.outline.unit_keys)

    @property
    def minutes_left(self) -> int:
        return sum(unit.minutes for unit in self.outline.units if unit.key not in self.done_keys)

    @property
    def next_unit(self) -> Unit | None:
        """Where to go on: the unit last read if it is unfinished, else the first unfinished one."""
        return _next_unit(self.outline, self.done_keys, self.place)


@dataclass(frozen=True)
class LearnersModule:
    """A module as a learner's page needs it first."""

    module: Module
    may_learn: bool  # on a programme that has it
    is_finished: bool
    place: ReadingPlace | None


# The one query of ours written by hand: every learner page asks it, and putting the four parts
# together in the ORM took longer than all the other queries of the page.
LEARNERS_MODULE = """
SELECT p.id AS place_id, p.unit_key, p.block_key, p.fraction, p.updated_at,
  EXISTS (SELECT 1 FROM courses_modulecompletion c WHERE c.person_id = %(person)s AND c.module_id = m.id)
    AS is_finished,
  EXISTS (SELECT 1 FROM courses_enrolment e JOIN courses_programmemodule x ON x.programme_id = e.programme_id
    WHERE e.person_id = %(person)s AND e.ended_at IS NULL AND x.module_id = m.id)
  OR EXISTS (SELECT 1 FROM courses_enrolment e JOIN courses_programme g ON g.id = e.programme_id
    WHERE e.person_id = %(person)s AND e.ended_at IS NULL AND g.exam_module_id = m.id)
    AS may_learn,
  m.id, m.code, m.course_key, m.title, m.component, m.draft_id, m.published_id
FROM courses_module m
LEFT JOIN courses_readingplace p ON p.module_id = m.id AND p.person_id = %(person)s
WHERE m.code = %(code)s
"""


MODULE_FIELDS = ["id", "code", "course_key", "title", "component", "draft_id", "published_id"]


def module_for(person: Person, code: str) -> LearnersModule | None:
    """The module by code for this person, None when there is none. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LEARNERS_MODULE, {"person": person.pk, "code": code})
        row = cursor.fetchone()
    if row is None:
        return None
    *place, is_finished, may_learn = row[:7]
    pk, name, key, title, *rest = row[7:]
    module = Module.from_db(connection.alias, MODULE_FIELDS, [pk, name, key, json.loads(title), *rest])
    return LearnersModule(module, bool(may_learn), bool(is_finished), _place_in(place, module, person))


def _place_in(row: list[Any], module: Module, person: Person) -> ReadingPlace | None:
    place_id, unit_key, block_key, fraction, text = row
    if place_id is None:
        return None
    # SQLite hands out moments as text where no model field tells it otherwise.
    moment: datetime = datetime.fromisoformat(text) if isinstance(text, str) else text
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return ReadingPlace(
        pk=place_id,
        person_id=person.pk,
        module_id=module.pk,
        unit_key=unit_key,
        block_key=block_key,
        fraction=fraction,
        updated_at=moment,
    )


DONE_KEYS = KeptQuery(
    lambda person, module: UnitCompletion.objects.filter(person=person, module=module).values_list(
        "unit_key", flat=True
    ),
    int,
    int,
)


def module_standing(person: Person, found: LearnersModule, outline: Outline) -> ModuleStanding:
    """Which units are done, besides what `module_for` brought. One query."""
    return ModuleStanding(
        outline=outline,
        done_keys=frozenset(DONE_KEYS.all(person.pk, found.module.pk)),
        is_finished=found.is_finished,
        place=found.place,
    )


def complete_block_keys(person: Person, unit: Unit) -> frozenset[str]:
    """Usage keys of the unit's blocks the person has completed."""
    rows = BlockCompletion.objects.filter(person=person, completion__gte=1)
    keys = [block.usage_key for block in unit.blocks]
    return frozenset(rows.filter(usage_key__in=keys).values_list("usage_key", flat=True))


UNITS = KeptQuery(
    lambda person: UnitCompletion.objects.filter(person=person).values_list("module_id", "unit_key"), int
)
PLACES = KeptQuery(lambda person: ReadingPlace.objects.filter(person=person), int)
MODULES = KeptQuery(
    lambda programme: (
        ProgrammeModule.objects.filter(programme=programme).select_related("module").order_by("position")
    ),
    int,
)


class _Facts:
    """What the database knows about one person in some modules: three queries, a fourth for new outlines."""

    def __init__(self, person: Person, modules: Iterable[Module]) -> None:
        modules = list(modules)
        self.outlines = outlines_of(module.published_id for module in modules)
        ids = [module.pk for module in modules]
        self.units: dict[int, set[str]] = {pk: set() for pk in ids}
        for module_id, key in UNITS.all(person.pk):  # of other programmes, too: a few rows more
            if module_id in self.units:
                self.units[module_id].add(key)
        self.completed, self.top_ups = finished_modules(person)
        self.places = {place.module_id: place for place in PLACES.all(person.pk)}
        self.by_code = {module.code: module for module in modules}

    def outline(self, module: Module) -> Outline | None:
        return self.outlines.get(module.published_id) if module.published_id else None

    def progress(
        self, module: Module, position: int, is_core: bool, is_required: bool, is_exam: bool, *, locked: bool
    ) -> ModuleProgress:
        outline = self.outline(module)
        units = outline.units if outline else ()
        done = self.units[module.pk]
        finished = module.pk in self.completed
        place = self.places.get(module.pk)
        left = [] if finished else [unit for unit in units if unit.key not in done]
        following = _next_unit(outline, done, place) if outline and not finished else None
        return ModuleProgress(
            code=module.code,
            title=module.title,
            position=position,
            is_core=is_core,
            is_required=is_required,
            is_exam=is_exam,
            state=_state(finished, outline, locked, bool(done) or place is not None),
            units_done=len(units) - len(left),
            number_of_units=len(units),
            minutes=outline.minutes if outline else 0,
            minutes_left=sum(unit.minutes for unit in left),
            next_unit_key=following.key if following else None,
            last_read_at=place.updated_at if place else None,
            completed_at=self.completed.get(module.pk),
        )


def _state(finished: bool, outline: Outline | None, locked: bool, begun: bool) -> State:
    if finished:
        return "done"
    if outline is None:
        return "announced"
    if locked:
        return "locked"
    return "started" if begun else "open"


def _next_unit(outline: Outline, done: Iterable[str], place: ReadingPlace | None) -> Unit | None:
    done = frozenset(done)
    if place is not None and place.unit_key not in done:
        unit = outline.unit(place.unit_key)
        if unit is not None:
            return unit
    return next((unit for unit in outline.units if unit.key not in done), None)


def _next_step(modules: tuple[ModuleProgress, ...], facts: _Facts) -> NextStep | None:
    """Go on with the module read last; with none begun, the first in order."""
    open_now = [m for m in modules if m.is_required and m.state in {"started", "open"} and m.next_unit_key]
    if not open_now:
        return None
    begun = [(module.last_read_at, module) for module in open_now if module.last_read_at is not None]
    module = max(begun, key=lambda pair: pair[0])[1] if begun else open_now[0]
    outline = facts.outline(facts.by_code[module.code])
    unit = outline.unit(module.next_unit_key or "") if outline else None
    if outline is None or unit is None:
        return None
    place = facts.places.get(facts.by_code[module.code].pk)
    return NextStep(
        module_code=module.code,
        module_title=module.title,
        is_exam=module.is_exam,
        unit_key=unit.key,
        unit_title=unit.title,
        unit_position=outline.position(unit.key),
        number_of_units=module.number_of_units,
        unit_minutes=unit.minutes,
        units_left=module.units_left,
        minutes_left=module.minutes_left,
        is_resumed=place is not None and place.unit_key == unit.key,
        saved_at=module.last_read_at,
    )
