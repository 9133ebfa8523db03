"""What the studio's editors work on."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.files.storage import default_storage
from django.urls import reverse

from courses.models import BlockVersion, EditorDraft, Module
from courses.olx.assets import storage_name
from courses.olx.outline import BlockRef, Outline, Unit
from courses.queries.outline import draft_outline
from lms.people.models import Person

LONGEST_CAPTIONS = 2_000_000  # bytes


@dataclass(frozen=True)
class ModuleFile:
    """A file of the draft: its path in OLX, its address on a page."""

    path: str  # "c1-u1.vi.mp3"
    media_type: str
    size: int
    url: str

    @property
    def static(self) -> str:
        """As OLX names it: "/static/c1-u1.vi.mp3"."""
        return f"/static/{self.path}"


@dataclass(frozen=True)
class EditedBlock:
    """A block of the draft with its surroundings."""

    module: Module
    outline: Outline
    ref: BlockRef
    version: BlockVersion
    unit: Unit | None

    @property
    def olx(self) -> str:
        return self.version.olx

    @property
    def language(self) -> str:
        return self.outline.language

    @cached_property
    def files(self) -> dict[str, ModuleFile]:
        """Files of the draft by path."""
        return {
            path: ModuleFile(
                path,
                asset.media_type,
                asset.size,
                reverse("courses:asset", args=[self.module.code, asset.sha256[:16], path]),
            )
            for path, asset in self.outline.assets.items()
        }

    def files_of(self, kinds: Iterable[str]) -> list[ModuleFile]:
        """Those whose media type begins with one of `kinds`, by path."""
        wanted = tuple(kinds)
        return sorted(
            (file for file in self.files.values() if file.media_type.startswith(wanted)),
            key=lambda file: file.path,
        )

    def text_of(self, static: str) -> str:
        """What stands in a captions file named "/static/…"; "" when it is not there."""
        path = static.removeprefix("/static/")
        asset = self.outline.assets.get(path)
        if asset is None:
            return ""
        try:
            with default_storage.open(storage_name(path, asset.sha256)) as file:
                return str(file.read(LONGEST_CAPTIONS).decode("utf-8", errors="replace"))
        except OSError:
            return ""


def edited_block(module: Module, usage_key: str) -> EditedBlock | None:
    """A block of the draft, or None when the draft does not have it. Two queries."""
    outline = draft_outline(module)
    ref = outline.blocks.get(usage_key) if outline else None
    if outline is None or ref is None:
        return None
    version = BlockVersion.objects.select_related("created_by").get(pk=ref.version)
    return EditedBlock(module, outline, ref, version, outline.unit_of(usage_key))


def kept_typing(person: Person, usage_key: str, part: str = "") -> EditorDraft | None:
    """What the person typed here and did not save."""
    return EditorDraft.objects.filter(person=person, usage_key=usage_key, part=part).first()
