"""Writing block versions and module snapshots; importing and publishing stand on this."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from courses.models import BlockVersion, ChangeClass, Module, ModuleVersion, Step
from courses.olx.clean import clean_block
from courses.olx.names import type_of
from courses.olx.outline import Outline
from courses.queries.written import digest_of, known_blocks
from courses.signals import module_version_written
from lms.shared import clock
from lms.shared.actors import Actor


@dataclass(frozen=True)
class WrittenVersion:
    """The module's draft after a write, and which blocks are new in it (none: nothing changed)."""

    version: ModuleVersion
    new_blocks: tuple[BlockVersion, ...]
    is_new: bool


@dataclass(frozen=True)
class Repeat:
    """A draft that shows an earlier version again, and why."""

    step: Step
    version: ModuleVersion
    redo: ModuleVersion | None = None


@transaction.atomic
def write_version(
    *,
    module: Module,
    outline: Outline,
    bodies: Mapping[str, str],
    by: Actor,
    note: str = "",
    repeat: Repeat | None = None,
) -> WrittenVersion:
    """Make `outline` the draft of `module`, with a new version of each block whose text changed.

    Safe to repeat: the same text and the same tree give the version that is there already.
    `bodies` may hold only the changed blocks; the others keep the version the outline names.
    """
    module = Module.objects.select_for_update().get(pk=module.pk)
    versions, new_blocks = _write_blocks(outline.course_key, bodies, by)
    pinned = outline.with_versions(versions).to_json()
    draft = module.draft
    if draft is not None and draft.outline == pinned:
        return WrittenVersion(draft, (), is_new=False)
    number = module.versions.aggregate(last=Max("number"))["last"] or 0
    version = ModuleVersion.objects.create(
        module=module,
        number=number + 1,
        outline=pinned,
        change_class=ChangeClass.CONTENT,
        note=note,
        created_by_id=by.pk,
        created_at=clock.now(),
        step=repeat.step if repeat else "",
        repeats=repeat.version if repeat else None,
        redo=repeat.redo if repeat else None,
    )
    module.draft = version
    module.save(update_fields=["draft"])
    module_version_written.send(sender=ModuleVersion, version=version, blocks=new_blocks)
    return WrittenVersion(version, tuple(new_blocks), is_new=True)


def _write_blocks(
    course_key: str, bodies: Mapping[str, str], by: Actor
) -> tuple[dict[str, int], list[BlockVersion]]:
    """Which version each body is, and those that had to be written."""
    known, last = known_blocks(course_key)
    versions: dict[str, int] = {}
    new: list[BlockVersion] = []
    for usage_key, body in bodies.items():
        block_type = type_of(usage_key)
        olx = clean_block(block_type, body)
        sha256 = digest_of(olx)
        if (usage_key, sha256) in known:
            versions[usage_key] = known[usage_key, sha256]
            continue
        new.append(
            BlockVersion(
                usage_key=usage_key,
                number=last.get(usage_key, 0) + 1,
                block_type=block_type,
                olx=olx,
                sha256=sha256,
                created_by_id=by.pk,
                created_at=clock.now(),
            )
        )
    for block in BlockVersion.objects.bulk_create(new, batch_size=500):
        versions[block.usage_key] = block.pk
    return versions, new
