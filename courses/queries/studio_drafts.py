"""The draft to be changed, and where undo and redo lead from it: docs/adr/0015-drafts-and-undo.md."""

from django.db.models import Q

from courses.models import Module, ModuleVersion, Step

WALKED = (Step.UNDO, Step.REDO)


def locked_module(module: Module) -> Module:
    """The module's row, held until the transaction ends.

    The draft is read afterwards: joined to the wait for the lock, PostgreSQL would not find the one
    that a colleague wrote while we waited.
    """
    return Module.objects.select_for_update().get(pk=module.pk)


def content_of(version: ModuleVersion) -> ModuleVersion:
    """The version whose content this one is: itself, unless undo or redo made it."""
    if version.step in WALKED and version.repeats is not None:
        return version.repeats
    return version


def undo_target(draft: ModuleVersion) -> ModuleVersion | None:
    """What the draft was before its last change; None when it is the first. One or two queries."""
    content = content_of(draft)
    earlier = ModuleVersion.objects.filter(module_id=draft.module_id, number__lt=content.number)
    before = earlier.select_related("repeats").order_by("-number").first()
    return content_of(before) if before else None


def redo_target(draft: ModuleVersion) -> tuple[ModuleVersion, ModuleVersion | None] | None:
    """What redo brings back, and what a redo after that would."""
    if draft.step not in WALKED or draft.redo is None:
        return None
    target = draft.redo
    # The last time this content was left by an undo, the way on from it was noted there.
    seen = ModuleVersion.objects.filter(Q(pk=target.pk) | Q(repeats=target, step__in=WALKED))
    latest = seen.filter(module_id=draft.module_id).select_related("redo").order_by("-number").first()
    return target, latest.redo if latest else None
