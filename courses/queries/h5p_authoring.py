"""Which H5P contents a block plays now, and played in its earlier versions."""

from courses.h5p.models import Package
from courses.models import Asset, Module, ModuleVersion
from courses.olx.edit_h5p import read_h5p
from courses.olx.outline import Outline
from courses.queries.blocks import block_texts
from courses.queries.editing import EditedBlock


def package_now(edited: EditedBlock) -> Package | None:
    """The package of a block of the draft, with its content; None when there is none here. One query."""
    asset = edited.outline.assets.get(read_h5p(edited.olx, edited.language).path)
    return _package(asset.sha256) if asset else None


def package_in(module: Module, sha256: str) -> Package | None:
    """A package that this module has or had among its files. Two queries."""
    if not sha256 or not Asset.objects.filter(module=module, sha256=sha256).exists():
        return None
    return _package(sha256)


def packages_between(
    versions: tuple[ModuleVersion, ModuleVersion], usage_key: str
) -> tuple[Package | None, Package | None]:
    """What a block played in two versions of its module; None where it was not there, or empty."""
    first, second = (_package_at(version, usage_key) for version in versions)
    return first, second


def _package_at(version: ModuleVersion, usage_key: str) -> Package | None:
    outline = Outline.from_json(version.outline)
    reference = outline.blocks.get(usage_key)
    if reference is None or reference.type != "h5p":
        return None
    olx = block_texts([reference.version])[reference.version].olx
    asset = outline.assets.get(read_h5p(olx, outline.language).path)
    return _package(asset.sha256) if asset else None


def _package(sha256: str) -> Package | None:
    return Package.objects.select_related("main_library").filter(sha256=sha256).first()
