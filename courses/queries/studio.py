"""What authors see: modules with their two pointers, a block's text, what a draft changes."""

from dataclasses import dataclass

from django.db.models import QuerySet

from courses.models import BlockVersion, CourseImport, Module, ModuleVersion
from courses.olx.compare import Piece, changed_paragraphs
from courses.olx.edit import read_text
from courses.olx.outline import BlockRef, Outline, Texts
from courses.queries.outline import draft_outline, published_outline
from lms.people.models import Person


@dataclass(frozen=True)
class BlockChange:
    """One block that the draft has otherwise than learners see it."""

    block: BlockRef
    unit_title: Texts
    is_new: bool
    texts: dict[str, list[list[Piece]]]  # language -> changed paragraphs; empty for other types


def authored_modules() -> QuerySet[Module]:
    """Modules that have content, by code."""
    rows = Module.objects.filter(draft__isnull=False)
    return rows.select_related("draft__created_by", "published").order_by("code")


def block_in_draft(module: Module, usage_key: str) -> tuple[BlockRef, BlockVersion] | None:
    """A block of the draft with its OLX, or None when the draft does not have it."""
    outline = draft_outline(module)
    block = outline.blocks.get(usage_key) if outline else None
    if block is None:
        return None
    return block, BlockVersion.objects.get(pk=block.version)


def history(module: Module) -> QuerySet[ModuleVersion]:
    """Versions that were published, newest first."""
    rows = module.versions.filter(published_at__isnull=False)
    return rows.select_related("created_by").order_by("-published_at", "-number")


def changes(module: Module) -> list[BlockChange]:
    """What publishing the draft would change for learners, in reading order. Three queries."""
    if module.draft_id == module.published_id:
        return []
    return changes_between(published_outline(module), draft_outline(module))


def changes_between(before: Outline | None, after: Outline | None) -> list[BlockChange]:
    """The blocks that `after` has new or otherwise than `before`, in reading order. One query."""
    if before is None or after is None:
        return []
    known = before.blocks
    differing = differing_blocks(before, after)
    wanted = {block.version for block in differing} | {
        known[block.usage_key].version for block in differing if block.usage_key in known
    }
    bodies = dict(BlockVersion.objects.filter(pk__in=wanted).values_list("pk", "olx"))
    return [_change(block, known.get(block.usage_key), after, bodies) for block in differing]


def differing_blocks(before: Outline | None, after: Outline) -> list[BlockRef]:
    """Blocks that are new in `after` or have another text there; all of them without a `before`."""
    known = before.blocks if before else {}
    return [
        block
        for block in after.blocks.values()
        if block.usage_key not in known or known[block.usage_key].version != block.version
    ]


def _change(
    block: BlockRef, before: BlockRef | None, outline: Outline, bodies: dict[int, str]
) -> BlockChange:
    unit = outline.unit_of(block.usage_key)
    title = unit.title if unit else outline.title
    if before is None or block.type != "text":
        return BlockChange(block, title, before is None, {})
    old = read_text(bodies[before.version], outline.language).bodies
    new = read_text(bodies[block.version], outline.language).bodies
    texts = {code: changed_paragraphs(old.get(code, ""), html) for code, html in new.items()}
    return BlockChange(block, title, False, {code: found for code, found in texts.items() if found})


def imports_of(person: Person) -> QuerySet[CourseImport]:
    """The courses somebody uploaded, newest first."""
    rows = CourseImport.objects.filter(person=person).select_related("module")
    return rows.order_by("-requested_at", "-pk")
