"""The one way a draft's tree is changed: locked, checked against what the author saw, written, audited."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.actions.publish import NOT_ALLOWED
from courses.actions.versions import WrittenVersion, write_version
from courses.models import BlockVersion, Module, ModuleVersion
from courses.olx.attributes import required_blocks
from courses.olx.outline import Outline
from courses.olx.rebase import Aspect, is_untouched
from courses.olx.tree import Kind, NotThere, fresh_key, with_unit
from courses.permissions import may_author
from courses.queries.studio_drafts import locked_module
from courses.queries.studio_keys import was_used
from lms.audit.actions import record
from lms.shared.actors import Actor
from lms.shared.errors import Refused

GONE: dict[Kind, Promise] = {
    "section": _("This section is not in the draft any more. A colleague took it out."),
    "unit": _("This unit is not in the draft any more. A colleague took it out."),
    "block": _("This block is not in the draft any more. A colleague took it out."),
}
CHANGED = _("%(name)s changed the same thing meanwhile. Look at it, then save again or leave it as it is.")
SOMEBODY = _("Somebody else")


@dataclass(frozen=True)
class About:
    """What a change is about; it is refused when a colleague changed just that."""

    kind: Kind | Literal["module"]
    key: str
    aspect: Aspect


@dataclass(frozen=True)
class Draft:
    """The draft under lock, while it is being changed."""

    module: Module
    outline: Outline

    def new_key(self, stem: str) -> str:
        """A name nothing in this module ever had."""
        stem = f"{self.module.code.lower()}-{stem}"
        return fresh_key(stem, lambda name: was_used(self.module, name), secrets.choice)

    def texts_of(self, versions: Iterable[int]) -> dict[str, str]:
        """The OLX of some block versions, by usage key."""
        rows = BlockVersion.objects.filter(pk__in=list(versions))
        return dict(rows.values_list("usage_key", "olx"))


@dataclass(frozen=True)
class Changed:
    """The tree as it shall be, the blocks whose text is new, and what the audit says about it."""

    outline: Outline
    bodies: Mapping[str, str] = field(default_factory=dict)
    key: str = ""  # of what was added


@transaction.atomic
def change_draft(
    *,
    module: Module,
    by: Actor,
    base: int | None,
    about: Iterable[About],
    did: str,
    change: Callable[[Draft], Changed],
    **details: Any,
) -> tuple[WrittenVersion, str]:
    """Write the changed tree as the new draft; also the key of what was added.

    `base` is the number of the draft the author looked at. A colleague's newer draft is kept: the
    change is applied to it, unless it is about the very thing the colleague changed.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    module = locked_module(module)
    outline = _outline_of_draft(module)
    try:
        _refuse_clash(module, outline, base, about)
        changed = change(Draft(module, outline))
    except NotThere as missing:
        raise Refused("gone-meanwhile", GONE[missing.kind]) from missing
    settled = _settle_required(outline, changed)
    written = write_version(module=module, outline=settled, bodies=changed.bodies, by=by)
    if written.is_new:
        facts = {"did": did, "version": written.version.number} | details
        record("outline.changed", module, by=by, **facts | ({"key": changed.key} if changed.key else {}))
    return written, changed.key


def _outline_of_draft(module: Module) -> Outline:
    if module.draft is None:
        raise Refused("no-draft", _("This module has no content yet. Import it first."))
    return Outline.from_json(module.draft.outline)


def _refuse_clash(module: Module, outline: Outline, base: int | None, about: Iterable[About]) -> None:
    if base is None or module.draft is None or module.draft.number == base:
        return
    seen = ModuleVersion.objects.filter(module=module, number=base).first()
    older = Outline.from_json(seen.outline) if seen else None
    for item in about:
        if older is None or not _is_untouched(older, outline, item):
            author = module.draft.created_by
            raise Refused("changed-meanwhile", CHANGED % {"name": author or SOMEBODY})


def _is_untouched(older: Outline, newer: Outline, item: About) -> bool:
    if item.kind == "module":
        return older.title == newer.title
    return is_untouched(older, newer, item.kind, item.key, item.aspect)


def _settle_required(before: Outline, changed: Changed) -> Outline:
    """Say anew which blocks their unit needs, where a unit's blocks or their words changed."""
    was = {unit.key: unit.blocks for unit in before.units}
    outline = changed.outline
    bodies = set(changed.bodies)
    units = [
        unit
        for unit in outline.units
        if unit.blocks != was.get(unit.key) or bodies & {block.usage_key for block in unit.blocks}
    ]
    pins = [block.version for unit in units for block in unit.blocks if block.usage_key not in bodies]
    texts = dict(BlockVersion.objects.filter(pk__in=pins).values_list("usage_key", "olx")) if pins else {}
    for unit in units:
        blocks = required_blocks(unit.blocks, texts | dict(changed.bodies))
        outline = with_unit(outline, replace(unit, blocks=blocks))
    return outline
