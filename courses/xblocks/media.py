"""The choice between text, sound and film, with what each costs on a weak link."""

from dataclasses import dataclass
from typing import Literal, get_args

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from courses.olx.outline import BlockRef, Unit
from courses.xblocks.blocks.text import TextBlock
from courses.xblocks.blocks.video import VideoBlock
from courses.xblocks.runtime import PlatformRuntime

MediaKind = Literal["text", "audio", "video"]
KINDS: tuple[MediaKind, ...] = get_args(MediaKind)


@dataclass(frozen=True)
class MediaOption:
    """One way to learn a unit."""

    kind: MediaKind
    size: int  # bytes
    is_chosen: bool

    @property
    def label(self) -> str:
        return {"text": _("Text"), "audio": _("Audio"), "video": _("Video")}[self.kind]

    @property
    def weight(self) -> str:
        """ "3,1 MB", or kilobytes below a tenth of one."""
        if self.size < 100_000:
            return f"{max(round(self.size / 1000), 1)} KB"
        return f"{number_format(self.size / 1_000_000, 1)} MB"

    @property
    def icon(self) -> str:
        return {"text": "document", "audio": "headphones", "video": "video"}[self.kind]


def media_options(runtime: PlatformRuntime, unit: Unit, language: str, wanted: str) -> list[MediaOption]:
    """The ways this unit really offers; nothing to choose gives an empty list."""
    sizes: dict[MediaKind, int] = {}
    for reference in unit.blocks:
        if reference.type not in {"text", "video"}:
            continue
        block = runtime.get_block(reference.usage_key)
        if isinstance(block, TextBlock):
            sizes["text"] = sizes.get("text", 0) + len(block.html(language).encode())
        elif isinstance(block, VideoBlock) and (medium := block.medium(language)):
            kind: MediaKind = "audio" if block.kind == "audio" else "video"
            sizes[kind] = sizes.get(kind, 0) + medium.asset.size
    if len(sizes) < 2:
        return []
    chosen = wanted if wanted in sizes else "text"
    return [MediaOption(kind, sizes[kind], kind == chosen) for kind in KINDS if kind in sizes]


def in_chosen_order(blocks: tuple[BlockRef, ...], options: list[MediaOption]) -> list[BlockRef]:
    """The chosen sound or film before the text; otherwise as the author ordered them."""
    chosen = next((option.kind for option in options if option.is_chosen), "text")
    return sorted(blocks, key=lambda b: not (b.type == "video" and b.kind == chosen))
