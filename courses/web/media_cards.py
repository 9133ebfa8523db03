"""An item of the library as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format

from courses.models import MediaItem
from lms.shared.languages import localised

ICONS = {
    "image": "image",
    "audio": "headphones",
    "video": "video",
    "document": "document",
    "captions": "list",
}


@dataclass(frozen=True)
class Card:
    """Everything a tile or a row needs."""

    item: MediaItem
    is_used: bool = False

    @property
    def title(self) -> str:
        return localised(self.item.title) or self.item.file_name

    @property
    def url(self) -> str:
        return reverse("courses:media_item", args=[self.item.pk])

    @property
    def thumbnail_url(self) -> str:
        """The address of the small picture; empty where an icon stands instead."""
        if self.item.thumbnail or self.item.media_type == "image/svg+xml":
            return f"{reverse('courses:media_thumbnail', args=[self.item.pk])}?{self.item.sha256[:8]}"
        return ""

    @property
    def icon(self) -> str:
        return ICONS[self.item.kind]

    @property
    def weight(self) -> str:
        """ "3,1 MB", or kilobytes below a tenth of one."""
        return weight(self.item.size)

    @property
    def extent(self) -> str:
        """ "1200 × 800" or "3:05"; empty where neither is known."""
        if self.item.width and self.item.height:
            return f"{self.item.width} × {self.item.height}"
        if self.item.duration:
            minutes, seconds = divmod(round(self.item.duration), 60)
            return f"{minutes}:{seconds:02d}"
        return ""

    @property
    def line(self) -> str:
        """Kind, extent and weight in one line."""
        facts = (self.item.get_kind_display(), self.extent, self.weight)
        return " · ".join(str(fact) for fact in facts if fact)


def weight(size: int) -> str:
    if size < 100_000:
        return f"{max(round(size / 1000), 1)} KB"
    return f"{number_format(size / 1_000_000, 1)} MB"


def cards(items: Iterable[MediaItem], used: set[str] | None = None) -> list[Card]:
    """One card for each item; `used` holds the hashes of files that lie in modules."""
    return [Card(item, item.sha256 in (used or set())) for item in items]
