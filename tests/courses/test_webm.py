"""How long a WebM film lasts, read from files made here byte by byte; hostile ones end soon."""

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.media_files.sound import seconds_of
from courses.media_files.webm import CLUSTER, DURATION, INFO, SCALE, SEGMENT

HEADER = bytes.fromhex("1a45dfa3") + b"\x84" + b"webm"
VOID = b"\xec"
UNKNOWN = b"\x01" + b"\xff" * 7


def element(kind: bytes, content: bytes, size: bytes | None = None) -> bytes:
    return kind + (size or (len(content) | 1 << 56).to_bytes(8, "big")) + content


def film(*info: bytes, before: bytes = b"", size: bytes | None = None) -> bytes:
    inside = before + element(INFO, b"".join(info)) + element(CLUSTER, b"\x00" * 50)
    return HEADER + element(SEGMENT, inside, size)


def seconds(content: bytes) -> float | None:
    return seconds_of(BytesIO(content), "video/webm")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (film(element(DURATION, struct.pack(">d", 12_345.0))), 12.3),
        (film(element(DURATION, struct.pack(">f", 2000.0))), 2.0),
        (film(element(SCALE, (1000).to_bytes(2, "big")), element(DURATION, struct.pack(">d", 5e6))), 5.0),
        (film(element(DURATION, struct.pack(">d", 1000.0)), size=UNKNOWN), 1.0),
        (film(element(DURATION, struct.pack(">d", 1000.0)), before=element(VOID, b"\x00" * 90)), 1.0),
        (film(element(DURATION, struct.pack(">d", 1000.0)), before=element(CLUSTER, b"\x00")), 1.0),
        (film(), None),
        (film(element(DURATION, b"\x00" * 3)), None),
        (film(element(DURATION, b"")), None),
        (film(element(DURATION, struct.pack(">d", float("nan")))), None),
        (film(element(DURATION, struct.pack(">d", float("inf")))), None),
        (film(element(DURATION, struct.pack(">d", -5.0))), None),
        (film(element(DURATION, struct.pack(">d", 1e300))), None),
        (
            film(element(DURATION, struct.pack(">d", 1.0)), before=element(CLUSTER, b"\x00" * 9, UNKNOWN)),
            None,
        ),
        (film(element(DURATION, struct.pack(">d", 1000.0)), before=element(VOID, b"") * 600), None),
        (HEADER, None),
        (b"", None),
        (HEADER + element(SEGMENT, b"", (1 << 60).to_bytes(8, "big")), None),
        (HEADER + SEGMENT + b"\x00", None),
    ],
)
def test_seconds_of_webm(content: bytes, expected: float | None) -> None:
    assert seconds(content) == expected


@given(st.binary(max_size=300))
def test_any_bytes_give_an_answer(content: bytes) -> None:
    for whole in (content, HEADER + content, HEADER + element(SEGMENT, element(INFO, content))):
        found = seconds(whole)
        assert found is None or found > 0
