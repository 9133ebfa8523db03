"""Writing how far somebody is: block → unit → module. Everything only ever goes up.

A unit is finished when each required block in it is complete; a module when all units of the
published version are finished and its graded quizzes are passed. What was finished stays finished,
whatever a later version adds.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import (
    BlockCompletion,
    BlockScore,
    Module,
    ModuleCompletion,
    ReadingPlace,
    UnitCompletion,
)
from courses.olx.outline import Outline, Unit
from courses.olx.parse import course_key_of
from courses.permissions import may_record_for
from courses.queries.outline import published_outline
from courses.signals import module_completed
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM, Actor
from lms.shared.errors import Refused
from lms.shared.kept_queries import KeptInsert, KeptQuery
from lms.shared.one_trip import Statement, together

NOT_YOURS = _("Progress is recorded only for yourself.")


def record_completion(
    *, person: Person, usage_key: str, completion: float, by: Actor, module: Module | None = None
) -> BlockCompletion | None:
    """Note that a block is complete to a part (0 to 1); None for a block that is gone.

    Only a higher value changes anything. Finishes the unit and the module when this was the last
    thing missing. `module`: the block's, where the caller has it. Counts with the caller's transaction
    if there is one: a failure takes all of it with it.
    """
    _check(person, by)
    module = module or _module_of(usage_key)
    if module is None:
        return None
    with transaction.atomic(savepoint=False):
        return _complete_and_finish(person, module, usage_key, completion)


def _complete_and_finish(
    person: Person, module: Module, usage_key: str, completion: float
) -> BlockCompletion:
    row = _complete_block(person, usage_key, completion)
    outline = published_outline(module)
    unit = outline.unit_of(usage_key) if outline else None
    if outline and unit and row.completion >= 1 and unit.required_keys:
        _finish_unit_if_due(person, module, outline, unit)
    return row


SCORE = KeptQuery(
    lambda person, key: BlockScore.objects.select_for_update().filter(person=person, usage_key=key), int, str
)
ADD_SCORE = KeptInsert(BlockScore, unique=["person", "usage_key"])


def record_score(
    *,
    person: Person,
    usage_key: str,
    earned: Decimal | float,
    possible: Decimal | float,
    passed: bool,
    by: Actor,
    module: Module | None = None,
    along: Sequence[Statement[Any]] = (),
) -> BlockScore | None:
    """Keep the best marks of a graded block; passing completes the block. None for a block that is gone.

    `module` and transactions: as in `record_completion`. `along`: what the caller writes just before, in
    the same trip; needs the `module`, so that it is always written.
    """
    assert module is not None or not along
    _check(person, by)
    module = module or _module_of(usage_key)
    if module is None:
        return None
    got, full = _marks(earned), _marks(possible)
    score = BlockScore(
        person=person, usage_key=usage_key, earned=got, possible=full, passed=passed, updated_at=clock.now()
    )
    with transaction.atomic(savepoint=False):
        *_others, is_new = together(*along, ADD_SCORE.adding(score))
        if not is_new:
            [score] = SCORE.all(person.pk, usage_key)  # there is an earlier one
            _keep_the_better(score, got, full, passed)
        if score.passed:
            _complete_and_finish(person, module, usage_key, 1.0)
    return score


@transaction.atomic
def finish_unit(*, person: Person, module: Module, unit_key: str, by: Actor) -> bool:
    """The learner says she is through with a unit; is it finished now?

    Everything is marked complete except what proves itself: quizzes and H5P that wants an answer, and
    sound or film that the author required beside a text.
    """
    _check(person, by)
    outline = published_outline(module)
    unit = outline.unit(unit_key) if outline else None
    if outline is None or unit is None:
        raise Refused("unit-gone", _("This unit was removed in the new version of the module."))
    has_text = any(block.type == "text" for block in unit.blocks)
    for block in unit.blocks:
        if block.type == "text" or not (block.proves_itself or (block.is_required and has_text)):
            _complete_block(person, block.usage_key, 1.0)
    return _finish_unit_if_due(person, module, outline, unit)


KEEP = KeptInsert(
    ReadingPlace,
    unique=["person", "module"],
    renewed=["unit_key", "block_key", "fraction", "updated_at"],
)


def keep_place(
    *, person: Person, module: Module, unit_key: str, by: Actor, block_key: str = "", fraction: float = 0.0
) -> None:
    """Remember where in the module the person is, so that any device opens there.

    The most frequent write of all: one statement for the first time and for every other, no audit line.
    """
    _check(person, by)
    place = ReadingPlace(
        person=person,
        module=module,
        unit_key=unit_key,
        block_key=block_key[:255],
        fraction=min(max(fraction, 0.0), 1.0),
        updated_at=clock.now(),
    )
    KEEP(place)


@transaction.atomic
def settle_module(*, module: Module, by: Actor) -> int:
    """After publishing: finish the module for those whose last open unit is gone; how many.

    Runs again without harm.
    """
    outline = published_outline(module)
    if outline is None:
        return 0
    begun = Person.objects.filter(
        pk__in=UnitCompletion.objects.filter(module=module).values("person")
    ).exclude(pk__in=ModuleCompletion.objects.filter(module=module).values("person"))
    return sum(_finish_module_if_due(person, module, outline, by) for person in begun.iterator())


def _check(person: Person, by: Actor) -> None:
    if not may_record_for(by, person):
        raise Refused("not-allowed", NOT_YOURS)


MODULE = KeptQuery(lambda key: Module.objects.filter(course_key=key), str)


def _module_of(usage_key: str) -> Module | None:
    return MODULE.first(course_key_of(usage_key))


def _complete_block(person: Person, usage_key: str, completion: float) -> BlockCompletion:
    completion = min(max(float(completion), 0.0), 1.0)
    row, is_new = BlockCompletion.objects.get_or_create(
        person=person,
        usage_key=usage_key,
        defaults={"completion": completion, "updated_at": clock.now()},
    )
    if not is_new and completion > row.completion:
        # In the database, not on the object: another tab may have gone further meanwhile.
        rows = BlockCompletion.objects.filter(pk=row.pk, completion__lt=completion)
        rows.update(completion=completion, updated_at=clock.now())
        row.completion = completion
    return row


def _finish_unit_if_due(person: Person, module: Module, outline: Outline, unit: Unit) -> bool:
    rows = BlockCompletion.objects.filter(person=person, completion__gte=1)
    if rows.filter(usage_key__in=unit.required_keys).count() < len(unit.required_keys):
        return False
    _row, is_new = UnitCompletion.objects.get_or_create(
        person=person, module=module, unit_key=unit.key, defaults={"completed_at": clock.now()}
    )
    if is_new:
        _finish_module_if_due(person, module, outline, SYSTEM)
    return True


def _finish_module_if_due(person: Person, module: Module, outline: Outline, by: Actor) -> bool:
    if not outline.unit_keys or not _has_done_all(person, module, outline.unit_keys):
        return False
    passed = BlockScore.objects.filter(person=person, passed=True, usage_key__in=outline.graded_keys)
    if outline.graded_keys and passed.count() < len(outline.graded_keys):
        return False
    completion, is_new = ModuleCompletion.objects.get_or_create(
        person=person, module=module, defaults={"completed_at": clock.now()}
    )
    if is_new:
        record("module.completed", completion, by=by, module=module.code)
        module_completed.send(sender=ModuleCompletion, person=person, module=module)
    return is_new


def _has_done_all(person: Person, module: Module, unit_keys: Iterable[str]) -> bool:
    wanted = set(unit_keys)
    rows = UnitCompletion.objects.filter(person=person, module=module, unit_key__in=wanted)
    return rows.count() == len(wanted)


def _keep_the_better(score: BlockScore, earned: Decimal, possible: Decimal, passed: bool) -> None:
    better = earned * score.possible > score.earned * possible
    if not better and not (passed and not score.passed):
        return
    if better:
        score.earned, score.possible = earned, possible
    score.passed = score.passed or passed
    score.updated_at = clock.now()
    score.save(update_fields=["earned", "possible", "passed", "updated_at"])


def _marks(value: Decimal | float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.001"))
