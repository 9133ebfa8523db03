"""ZIP files byte by byte, so that each number in them can be a lie. For tests."""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

STORED, DEFLATED = 0, 8


@dataclass(frozen=True)
class Member:
    """A file in an archive. What is None is written truthfully."""

    name: str | bytes
    content: bytes = b""
    method: int = DEFLATED
    mode: int = 0o100644
    flags: int = 0
    size: int | None = None
    packed_size: int | None = None
    checksum: int | None = None
    packed: bytes | None = None  # the packed bytes themselves
    local_name: bytes | None = None
    local_method: int | None = None
    offset: int | None = None  # of the header, as the list says it
    extra: bytes = b""

    @property
    def raw(self) -> bytes:
        return self.name.encode() if isinstance(self.name, str) else self.name

    def packed_bytes(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method != DEFLATED:
            return self.content
        deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        return deflater.compress(self.content) + deflater.flush()


def zip_of(
    members: Iterable[Member],
    *,
    before: bytes = b"",
    between: bytes = b"",  # after the last member, in front of the list
    comment: bytes = b"",
    entries: int | None = None,
    disk: int = 0,
    listed_after: bytes = b"",  # at the end of the list
    after_list: bytes = b"",
    zip64: bool = False,
) -> bytes:
    """An archive of the members in this order."""
    body, listing, number = bytearray(before), bytearray(), 0
    for member in members:
        packed = member.packed_bytes()
        offset = len(body) if member.offset is None else member.offset
        body += _local(member, packed) + packed
        listing += _listed(member, packed, offset)
        number += 1
    body += between
    start = len(body)
    number = number if entries is None else entries
    listing += listed_after
    end = _end64(number, len(listing), start) if zip64 else b""
    short = (0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF) if zip64 else (number & 0xFFFF, len(listing), start)
    last = struct.pack("<4s4H2LH", b"PK\5\6", disk, disk, short[0], short[0], *short[1:], len(comment))
    return bytes(body + listing + after_list + end + last + comment)


def _checksum(member: Member) -> int:
    return zlib.crc32(member.content) if member.checksum is None else member.checksum


def _sizes(member: Member, packed: bytes) -> tuple[int, int]:
    size = len(member.content) if member.size is None else member.size
    return len(packed) if member.packed_size is None else member.packed_size, size


def _local(member: Member, packed: bytes) -> bytes:
    name = member.raw if member.local_name is None else member.local_name
    method = member.method if member.local_method is None else member.local_method
    packed_size, size = _sizes(member, packed)
    head = struct.pack(
        *("<4s5H3L2H", b"PK\3\4", 20, member.flags, method, 0, 0x21, _checksum(member)),
        *(packed_size & 0xFFFFFFFF, size & 0xFFFFFFFF, len(name), 0),
    )
    return head + name


def _listed(member: Member, packed: bytes, offset: int) -> bytes:
    packed_size, size = _sizes(member, packed)
    head = struct.pack(
        *("<4s6H3L5H2L", b"PK\1\2", 3 << 8 | 20, 20, member.flags, member.method, 0, 0x21),
        *(_checksum(member), packed_size, size, len(member.raw), len(member.extra), 0, 0, 0),
        *(member.mode << 16, offset),
    )
    return head + member.raw + member.extra


def _end64(number: int, length: int, start: int) -> bytes:
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, number, number, length, start)
    return record + struct.pack("<4sLQL", b"PK\6\7", 0, start + length, 1)
