"""How much a package may hold before reading stops."""

from dataclasses import dataclass

MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Everything is refused from the listing where that is honest, and while reading where it is not."""

    package_bytes: int = 200 * MEGA
    entries: int = 5_000
    listing_bytes: int = 4 * MEGA  # the central directory with its names
    file_bytes: int = 150 * MEGA
    total_bytes: int = 500 * MEGA
    file_ratio: int = 200  # unpacked to packed bytes; scripts and texts stay below 20
    total_ratio: int = 40
    small_bytes: int = MEGA  # ratios say nothing about files below this
    name_bytes: int = 240
    name_parts: int = 16
    json_bytes: int = 3 * MEGA  # of one file
    json_values: int = 100_000  # of one file; each costs memory whatever its length
    semantics_total: int = 200_000  # values in all files of fields, which are kept
    json_total: int = 600_000  # values in all files of libraries; a library may have fifty translations
    json_depth: int = 100
    drawing_total: int = 4 * MEGA  # bytes of all drawings; a font drawn in full has one
    drawing_depth: int = 100
    fields: int = 12_000  # of all libraries; the largest content types have five hundred
    pixels: int = 50_000_000
    head_bytes: int = 2 * MEGA  # a JPEG's size may stand behind a long preamble


LIMITS = Limits()
