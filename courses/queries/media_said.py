"""What modules say of their files."""

from courses.models import BlockVersion, Module
from courses.olx.media_said import SaidOfFile, said_by_block, said_by_course
from courses.queries.outline import outlines_of

Said = dict[tuple[int, str, str], SaidOfFile]  # module, path, SHA-256


def said_of_files() -> Said:
    """Each file of a draft or published module, by what is published first. A few queries for all."""
    modules = list(Module.objects.only("pk", "draft_id", "published_id"))
    outlines = outlines_of(pk for module in modules for pk in (module.draft_id, module.published_id))
    numbers = {block.version for outline in outlines.values() for block in outline.blocks.values()}
    bodies = dict(
        BlockVersion.objects.filter(pk__in=numbers, block_type__in=("video", "file")).values_list("pk", "olx")
    )
    found: Said = {}
    for module in modules:
        for version in (module.draft_id, module.published_id):  # the published one says it last
            if version is None:
                continue
            outline = outlines[version]
            said: dict[str, SaidOfFile] = {}
            for block in outline.blocks.values():
                said |= said_by_block(bodies.get(block.version, ""))
            default = said_by_course(outline.attributes)
            for path, asset in outline.assets.items():
                found[module.pk, path, asset.sha256] = said.get(path, default)
    return found
