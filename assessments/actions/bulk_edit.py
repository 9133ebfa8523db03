"""Changing many questions at once: one new draft for each module, to be undone in its history."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments import olx
from assessments.olx_edit import put_in, situation_of, take_out, write_facts
from assessments.queries.bank import BLOCK_TYPES
from assessments.queries.question_bank import questions_named
from assessments.queries.quiz_editor import BANK, outline_with_bank
from courses.actions.publish import NOT_ALLOWED
from courses.actions.versions import write_version
from courses.models import BlockVersion, Module
from courses.olx.outline import Outline
from courses.permissions import may_author
from courses.queries.studio_drafts import locked_module
from lms.audit.actions import record
from lms.shared.actors import Actor
from lms.shared.errors import Refused

MOST = 500  # questions at once
GONE = _("The question %(name)s is not in its draft any more. Choose again.")


@dataclass(frozen=True)
class BulkChange:
    """What is to happen to each question. None leaves a fact as it is; "" takes the outcome away.

    `target` is "bank", or the usage key of a quiz of the questions' module.
    """

    outcome: str | None = None
    difficulty: int | None = None
    target: str = ""
    takes_out: bool = False

    @property
    def is_nothing(self) -> bool:
        return self == BulkChange()


@transaction.atomic
def change_questions(*, names: Iterable[str], change: BulkChange, by: Actor) -> list[Module]:
    """Change questions in the drafts of their modules; returns the modules that have a new draft.

    All or nothing: refuses when one of them is gone, or cannot go where it should.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    wanted = list(dict.fromkeys(names))
    if not wanted or len(wanted) > MOST:
        raise Refused("nothing-chosen", _("Tick between 1 and %(most)d questions.") % {"most": MOST})
    if change.is_nothing:
        raise Refused("nothing-chosen", _("Say what is to change."))
    found = {one.name: one.module for one in questions_named(wanted)}
    for name in wanted:
        if name not in found:
            raise Refused("question-gone", GONE % {"name": name})
    # Always in this order: two authors who change the same modules wait for each other and do not block.
    modules = sorted({module.pk: module for module in found.values()}.values(), key=lambda m: m.pk)
    return [
        module
        for module in modules
        if _change(module, [name for name in wanted if found[name].pk == module.pk], change, by)
    ]


def _change(module: Module, names: list[str], change: BulkChange, by: Actor) -> bool:
    """Write one module's new draft; False where everything was so already."""
    module = locked_module(module)
    if module.draft is None:
        raise Refused("question-gone", GONE % {"name": names[0]})
    outline = Outline.from_json(module.draft.outline)
    bodies = _bodies(outline)
    target = change.target
    if target == BANK:
        outline, target, body = outline_with_bank(module, outline)
        bodies.setdefault(target, body)
    if target and target not in bodies:
        raise Refused("unknown-block", _("Questions can move only within their module."))
    before = dict(bodies)
    for name in names:
        _change_one(bodies, name, change, target)
    changed = {key: body for key, body in bodies.items() if body != before[key]}
    if target and target in changed:
        _refuse_where_it_may_not_stand(changed[target], names)
    elif not changed:
        return False
    new = {target: bodies[target]} if change.target == BANK else {}
    written = write_version(module=module, outline=outline, bodies={**new, **changed}, by=by)
    if written.is_new:
        record("questions.changed", module, by=by, names=names, change=_said(change))
    return written.is_new


def _change_one(bodies: dict[str, str], name: str, change: BulkChange, target: str) -> None:
    source = next((key for key, body in bodies.items() if name in _names(body)), None)
    if source is None:
        raise Refused("question-gone", GONE % {"name": name})
    if change.outcome is not None or change.difficulty is not None:
        bodies[source] = write_facts(
            bodies[source], name, outcome=change.outcome, difficulty=change.difficulty
        )
    if change.takes_out:
        bodies[source] = take_out(bodies[source], name)[0]
    elif target and target != source:
        situation = situation_of(bodies[source], name)
        bodies[source], question = take_out(bodies[source], name)
        bodies[target] = put_in(bodies[target], question, situation)


def _refuse_where_it_may_not_stand(body: str, names: Collection[str]) -> None:
    for problem in olx.parse(body).problems:
        if problem.where in names and problem.code == "by-hand-in-practice":
            raise Refused(
                "by-hand-in-practice",
                _("%(name)s is marked by a person and cannot stand in practice.") % {"name": problem.where},
            )


def _names(body: str) -> set[str]:
    return {question.name for question in olx.parse(body).questions}


def _bodies(outline: Outline) -> dict[str, str]:
    """The OLX of the draft's quizzes and banks by usage key. One query."""
    pins = [ref.version for ref in outline.blocks.values() if ref.type in BLOCK_TYPES]
    return dict(BlockVersion.objects.filter(pk__in=pins).values_list("usage_key", "olx"))


def _said(change: BulkChange) -> dict[str, str | int | bool]:
    """What changes, without what does not."""
    facts = {"outcome": change.outcome, "difficulty": change.difficulty, "target": change.target or None}
    said: dict[str, str | int | bool] = {key: value for key, value in facts.items() if value is not None}
    return {**said, "taken_out": True} if change.takes_out else said
