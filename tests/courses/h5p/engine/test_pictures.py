"""Sizes of pictures, compared with those of a library that really opens them."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from courses.h5p.engine.limits import Limits
from courses.h5p.engine.pictures import check_picture
from courses.h5p.engine.problems import Rejected

EXIF = b"Exif\0\0II*\0\x08\0\0\0\0\0"
# How Pillow is asked for each form: WebP has three.
WAYS = [
    *(("PNG", {}), ("GIF", {}), ("BMP", {}), ("JPEG", {}), ("JPEG", {"progressive": True})),
    *(
        ("WEBP", {"lossless": True}),
        ("WEBP", {"quality": 50}),
        ("WEBP", {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0"}),
    ),
]


def _picture(width: int, height: int, way: int) -> bytes:
    form, options = WAYS[way]
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(out, form, **options)  # type: ignore[arg-type]
    return out.getvalue()


def _codes(head: bytes, pixels: int) -> list[str]:
    try:
        check_picture(head, "x", Limits(pixels=pixels))
    except Rejected as rejected:
        return [f"{problem.code} {problem.detail}" for problem in rejected.problems]
    return []


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, len(WAYS) - 1))
def test_size_is_what_an_opened_picture_has(width: int, height: int, way: int) -> None:
    picture = _picture(width, height, way)
    assert _codes(picture, width * height) == []
    assert _codes(picture, width * height - 1) == [f"too-many-pixels {width} × {height}"]


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WAYS) - 1), st.integers(0, 200), st.binary(max_size=40))
def test_cut_and_changed_pictures_are_judged(way: int, place: int, junk: bytes) -> None:
    picture = _picture(9, 9, way)
    for codes in (_codes(picture[:place], 1 << 40), _codes(picture[:place] + junk, 1 << 40)):
        assert codes in ([], ["broken-picture "], ["other-type "])


@pytest.mark.parametrize(
    "head",
    [
        b"\xff\xd8\xff" + b"\xff\xe0\0\2" * 2000 + b"\xff\xc0\0\x11\x08\0\1\0\1",
        b"\xff\xd8\xff\xe0\0\2" + b"no segment" * 9,
        b"GIF89a\0\0\1\0",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 30,
    ],
    ids=["endless segments", "no segment", "no width", "no header"],
)
def test_broken_picture_is_told(head: bytes) -> None:
    assert _codes(head, 1 << 40) == ["broken-picture "]
