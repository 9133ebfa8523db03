"""What is in the media library."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Count, Q, QuerySet, Sum

from courses.media_files.pictures import bands, distance
from courses.models import MediaItem, PictureBand
from courses.queries.media_use import used_contents
from lms.people.names import search_key
from lms.shared import clock

NEAR = 10  # of 128 bits; what looks alike to people differs in less
MOST_COMPARED = 500
MOST_SHOWN = 6
MOST_WORDS = 8


@dataclass(frozen=True)
class LibraryFilters:
    """What somebody looks for. Empty strings ask for nothing."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    licence: str = ""
    language: str = ""
    use: str = ""  # "used" | "unused"
    state: str = ""  # "" in use | "withdrawn" | "lacking": facts are missing

    @property
    def is_empty(self) -> bool:
        return replace(self, kinds=()) == LibraryFilters() and not self.kinds


def library(filters: LibraryFilters) -> QuerySet[MediaItem]:
    """The items that fit, newest first. Search is without accents, every word must be there."""
    rows = MediaItem.objects.filter(withdrawn_at__isnull=filters.state != "withdrawn")
    for word in search_key(filters.text).split()[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=word)
    if filters.kinds:
        rows = rows.filter(kind__in=filters.kinds)
    if filters.licence:
        rows = rows.filter(licence=filters.licence)
    if filters.language:
        rows = rows.filter(language=filters.language)
    if filters.state == "lacking":
        rows = rows.filter(Q(licence="unknown") | Q(consent="unknown") | Q(ai_label="unknown"))
    if filters.use == "used":
        rows = rows.filter(sha256__in=used_contents())
    elif filters.use == "unused":
        rows = rows.exclude(sha256__in=used_contents())
    return rows.order_by("-uploaded_at", "-id")


def item_with_content(*digests: str) -> MediaItem | None:
    """The item of a file, asked by the hash of its bytes as they came or as they are kept."""
    rows = MediaItem.objects.filter(Q(sha256__in=digests) | Q(original_sha256__in=digests))
    return rows.order_by("id").first()


def similar_to(item: MediaItem) -> list[tuple[MediaItem, int]]:
    """Pictures that look like this one, the nearest first, with the bits in which they differ.

    One look-up of eight numbers in an index finds all that differ in fewer than eight bits, and many
    of those with eight to ten; at most 500 are then compared. A million pictures give some 120 by chance.
    """
    if not item.look:
        return []
    sharing = PictureBand.objects.filter(band__in=bands(item.look)).exclude(item=item)
    ids = sharing.order_by("-item_id").values_list("item_id", flat=True).distinct()[:MOST_COMPARED]
    near = MediaItem.objects.filter(pk__in=list(ids), withdrawn_at=None)
    found = [(row, distance(item.look, row.look)) for row in near]
    alike = [(row, bits) for row, bits in found if bits <= NEAR]
    return sorted(alike, key=lambda pair: (pair[1], -pair[0].pk))[:MOST_SHOWN]


def filed_today(person_id: int) -> tuple[int, int]:
    """How many files and bytes a person filed in the last 24 hours."""
    rows = MediaItem.objects.filter(
        uploaded_by_id=person_id, uploaded_at__gte=clock.now() - timedelta(days=1)
    )
    found = rows.aggregate(number=Count("pk"), size=Sum("size"))
    return found["number"], found["size"] or 0
