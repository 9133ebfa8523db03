"""Going back and forth among the drafts. Each step is a new draft: docs/adr/0015-drafts-and-undo.md."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.actions.draft_change import SOMEBODY
from courses.actions.publish import NOT_ALLOWED
from courses.actions.versions import Repeat, WrittenVersion, write_version
from courses.models import Module, ModuleVersion, Step
from courses.olx.outline import Outline
from courses.permissions import may_author
from courses.queries.studio_drafts import content_of, locked_module, redo_target, undo_target
from lms.audit.actions import record
from lms.shared.actors import Actor
from lms.shared.errors import Refused


@transaction.atomic
def undo_draft(*, module: Module, base: int, by: Actor) -> WrittenVersion:
    """Make the draft what it was before the last change. `base` is the draft the author sees."""
    module = _open(module, base, by)
    draft = module.draft
    target = undo_target(draft) if draft else None
    if draft is None or target is None:
        raise Refused("nothing-to-undo", _("There is nothing to undo: this is the first draft."))
    return _repeat(module, Repeat(Step.UNDO, target, redo=content_of(draft)), by, "draft.undone")


@transaction.atomic
def redo_draft(*, module: Module, base: int, by: Actor) -> WrittenVersion:
    """Bring back what the last undo took away, while nothing else has been changed since."""
    module = _open(module, base, by)
    draft = module.draft
    target = redo_target(draft) if draft else None
    if draft is None or target is None:
        raise Refused("nothing-to-redo", _("There is nothing to do again."))
    return _repeat(module, Repeat(Step.REDO, target[0], redo=target[1]), by, "draft.redone")


@transaction.atomic
def restore_draft(*, module: Module, version: ModuleVersion, by: Actor) -> WrittenVersion:
    """Make an earlier version the draft again; learners go on seeing what is published."""
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    module = locked_module(module)
    if version.module_id != module.pk:
        raise Refused("other-module", _("This version belongs to another module."))
    return _repeat(module, Repeat(Step.RESTORE, version), by, "draft.restored")


def _open(module: Module, base: int, by: Actor) -> Module:
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    module = locked_module(module)
    if module.draft is not None and module.draft.number != base:
        message = _("%(name)s changed the draft meanwhile. Look at it before you undo anything.")
        raise Refused("changed-meanwhile", message % {"name": module.draft.created_by or SOMEBODY})
    return module


def _repeat(module: Module, repeat: Repeat, by: Actor, kind: str) -> WrittenVersion:
    outline = Outline.from_json(repeat.version.outline)
    written = write_version(module=module, outline=outline, bodies={}, by=by, repeat=repeat)
    if written.is_new:
        record(kind, module, by=by, version=written.version.number, repeats=repeat.version.number)
    return written
