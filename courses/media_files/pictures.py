"""Measuring pictures, small copies of them, and what they look like as a number."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from dhash import dhash_row_col
from PIL import Image, ImageOps, UnidentifiedImageError

from courses.media_files.problems import NotAccepted
from courses.media_files.vector import size_of_drawing

MOST_PIXELS = 50_000_000  # a 50-megapixel camera fits; 100,000 × 100,000 does not
WORKING = (640, 640)
THUMBNAIL = (320, 320)
ORIENTATION = 0x0112
SIDE = 8  # the look has 2 × 8 × 8 bits
BANDS = 8
BAND_BITS = 2 * SIDE * SIDE // BANDS
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


@dataclass(frozen=True)
class Picture:
    """What can be known of a picture. `look` is 128 bits as hexadecimal digits, empty for drawings."""

    width: int
    height: int
    look: str
    thumbnail: bytes  # WebP; empty for drawings, which are small themselves


def examine(content: bytes, media_type: str) -> Picture:
    """Open the picture once; `NotAccepted` when it is broken or too large to open."""
    if media_type == "image/svg+xml":
        width, height = size_of_drawing(content)
        return Picture(width, height, "", b"")
    image, (width, height) = _open(BytesIO(content))
    small = image.convert("RGBA") if _has_transparency(image) else image.convert("RGB")
    small.thumbnail(WORKING)
    look = _look(small)
    small.thumbnail(THUMBNAIL)
    written = BytesIO()
    small.save(written, "WEBP", quality=80, method=4)
    return Picture(width, height, look, written.getvalue())


def size_of(content: bytes, media_type: str) -> tuple[int, int]:
    """Width and height as shown; `NotAccepted` for what is no picture we can open."""
    if media_type == "image/svg+xml":
        return size_of_drawing(content)
    return _open(BytesIO(content))[1]


def distance(one: str, other: str) -> int:
    """How many of the 128 bits differ: 0 is the same picture, below 8 hardly a visible difference."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def bands(look: str) -> list[int]:
    """The look in eight pieces, each numbered by its place.

    Two looks that differ in fewer than eight bits have at least one piece in common, so near ones are
    found by equality.
    """
    bits = int(look, 16)
    mask = (1 << BAND_BITS) - 1
    return [place << BAND_BITS | bits >> place * BAND_BITS & mask for place in range(BANDS)]


def _open(file: IO[bytes]) -> tuple[Image.Image, tuple[int, int]]:
    """The picture upright, perhaps already smaller, and the size it really has."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            image = Image.open(file, formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise NotAccepted("too-many-pixels", f"{image.width} × {image.height}")
            size = image.size
            turned = image.getexif().get(ORIENTATION, 1) >= 5
            image.draft("RGB", WORKING)  # a JPEG need not be opened at full size
            upright = ImageOps.exif_transpose(image)
            upright.load()
    except Image.DecompressionBombError as error:
        raise NotAccepted("too-many-pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise NotAccepted("broken-file", "image") from error
    return upright, (size[1], size[0]) if turned else size


def _has_transparency(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _look(image: Image.Image) -> str:
    side = SIDE + 1
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    grays = list(ground.convert("L").resize((side, side), Image.Resampling.LANCZOS).tobytes())
    row, column = dhash_row_col(grays, SIDE)
    return f"{row << SIDE * SIDE | column:032x}"
