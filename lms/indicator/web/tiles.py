"""The tile map: 34 provinces roughly where they lie, north above."""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.indicator.web.tables import Entry

STEP_X, STEP_Y, WIDTH, HEIGHT = 61, 48, 57, 44
# NSO code -> column, row
PLACES = {
    "12": (0, 0), "15": (1, 0), "08": (2, 0), "04": (3, 0),
    "11": (0, 1), "14": (1, 1), "25": (2, 1), "19": (3, 1), "20": (4, 1),
    "01": (2, 2), "24": (3, 2), "22": (4, 2),
    "37": (2, 3), "33": (3, 3), "31": (4, 3),
    "38": (2, 4), "40": (2, 5), "42": (3, 6), "44": (3, 7), "46": (4, 8), "48": (4, 9),
    "51": (4, 10), "52": (4, 11), "66": (4, 12),
    "75": (3, 13), "68": (4, 13), "56": (5, 13),
    "80": (2, 14), "79": (3, 14), "91": (1, 15), "82": (2, 15), "86": (3, 15),
    "96": (1, 16), "92": (2, 16),
}  # fmt: skip
# Always drawn: Hoàng Sa belongs to Đà Nẵng, Trường Sa to Khánh Hòa.
ISLANDS = ((("Hoàng", "Sa"), (5, 9)), (("Trường", "Sa"), (5, 15)))
BREAKS = (500, 600, 700)  # tenths of a percent


@dataclass(frozen=True)
class Tile:
    x: int
    y: int
    middle: float
    entry: Entry
    shade: int | None  # 0 to 3; None: hidden or nobody concerned

    @property
    def fill(self) -> str:
        return "var(--sunken)" if self.shade is None else f"var(--d{self.shade})"

    @property
    def ink(self) -> str:
        return (
            "var(--d-on3)" if self.shade == 3 else "var(--d-ink)" if self.shade is not None else "var(--ink)"
        )


@dataclass(frozen=True)
class Island:
    x: int
    y: int
    middle: float
    words: tuple[str, str]


def tiles(entries: Iterable[Entry]) -> list[Tile]:
    """A tile for every province that has a place on the map."""
    found = []
    for entry in entries:
        place = PLACES.get(entry.row.nso_code)
        if place is not None and entry.row.kind == "province":
            x, y = place[0] * STEP_X + 1, place[1] * STEP_Y + 1
            found.append(Tile(x, y, x + WIDTH / 2, entry, shade(entry)))
    return sorted(found, key=lambda tile: (tile.y, tile.x))


def islands() -> list[Island]:
    found = []
    for words, (column, row) in ISLANDS:
        x, y = column * STEP_X + 1, row * STEP_Y + 1
        found.append(Island(x, y, x + WIDTH / 2, words))
    return found


def shade(entry: Entry) -> int | None:
    if entry.figure is None or entry.figure.tenths is None:
        return None
    return sum(entry.figure.tenths >= limit for limit in BREAKS)
