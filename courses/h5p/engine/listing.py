"""The list of a ZIP file's members, read from its end without trusting any number in it.

Python's zipfile reads the whole list before anybody can ask how long it is, and follows what members
say of themselves. Here the end record is judged first, then every entry, then their places together.
"""

import struct
from dataclasses import dataclass, replace
from typing import BinaryIO

from courses.h5p.engine.limits import Limits
from courses.h5p.engine.names import check_name, decoded
from courses.h5p.engine.problems import Findings, refuse

STORED, DEFLATED = 0, 8
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LONGEST_COMMENT = 1 << 16
_ZIP64 = 0xFFFFFFFF
_REGULAR, _FOLDER, _LINK = 0o100000, 0o040000, 0o120000


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the list describes it; what its bytes really are shows when they are read."""

    path: str  # NFC
    raw: bytes  # the name as it stands in the file
    method: int
    checksum: int
    packed: int
    size: int
    offset: int  # of the member's own header
    end: int  # where the next thing begins: its data must stop before


@dataclass(frozen=True, slots=True)
class _End:
    entries: int
    start: int
    size: int


def read_listing(file: BinaryIO, limits: Limits) -> tuple[Entry, ...]:
    """All files, folders left out, in the order in which they lie; `Rejected` if reading is not safe."""
    length = file.seek(0, 2)
    if length > limits.package_bytes:
        refuse("package-too-large", detail=f"{length} > {limits.package_bytes}")
    end = _end_record(file, length)
    if end.entries > limits.entries:
        refuse("too-many-files", detail=f"{end.entries} > {limits.entries}")
    if end.size > limits.listing_bytes:
        refuse("broken-archive", detail="list of files too long")
    file.seek(end.start)
    listing = file.read(end.size)
    findings = Findings()
    members = _members(listing, end, limits, findings)
    findings.stop()
    return _placed(members, end.start)


def _end_record(file: BinaryIO, length: int) -> _End:
    start = max(0, length - _END.size - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read(length - start)
    place = _place_of_end(tail)
    if place is None:
        refuse("not-a-zip")
    _, disk, _, here, entries, size, offset, _ = _END.unpack_from(tail, place)
    position = start + place
    if disk == 0xFFFF or entries == 0xFFFF or size == _ZIP64 or offset == _ZIP64:
        return _end_record_64(file, position)
    if disk or here != entries:
        refuse("broken-archive", detail="one part of several")
    return _checked(_End(entries, offset, size), position)


def _place_of_end(tail: bytes) -> int | None:
    """The last signature whose comment reaches exactly to the end of the file."""
    place = tail.rfind(b"PK\5\6")
    while place >= 0:
        if place + _END.size <= len(tail):
            comment = int.from_bytes(tail[place + 20 : place + 22], "little")
            if place + _END.size + comment == len(tail):
                return place
        place = tail.rfind(b"PK\5\6", 0, place)
    return None


def _end_record_64(file: BinaryIO, position: int) -> _End:
    file.seek(max(0, position - _LOCATOR.size))
    locator = file.read(_LOCATOR.size)
    if not locator.startswith(b"PK\6\7"):
        refuse("broken-archive", detail="no zip64 locator")
    _, _, place, disks = _LOCATOR.unpack(locator)
    file.seek(min(place, position))
    record = file.read(_END64.size).ljust(_END64.size, b"\0")
    if not record.startswith(b"PK\6\6"):
        refuse("broken-archive", detail="no zip64 end record")
    _, length, _, _, _, _, here, entries, size, offset = _END64.unpack(record)
    if here != entries or disks > 1:
        refuse("broken-archive", detail="one part of several")
    if place + 12 + length + _LOCATOR.size != position:
        refuse("broken-archive", detail="zip64 end record")
    return _checked(_End(entries, offset, size), place)


def _checked(end: _End, position: int) -> _End:
    """The list ends where the end record begins: nothing can hide between or before them."""
    if end.start + end.size != position:
        refuse("broken-archive", detail="list of files out of place")
    return end


def _members(listing: bytes, end: _End, limits: Limits, findings: Findings) -> list[Entry]:
    members, place, total = [], 0, 0
    for _ in range(end.entries):
        if len(listing) < place + _ENTRY.size or listing[place : place + 4] != b"PK\1\2":
            refuse("broken-archive", detail="list of files")
        fields = _ENTRY.unpack_from(listing, place)
        name_end = place + _ENTRY.size + fields[10]
        extra_end = name_end + fields[11]
        raw = listing[place + _ENTRY.size : name_end]
        name = decoded(raw, findings)
        check_name(name, raw, limits, findings)
        entry = _entry(name, raw, fields, listing[name_end:extra_end])
        place = extra_end + fields[12]
        if _is_file(entry, fields, findings):
            _check_sizes(entry, limits, findings)
            total += entry.size
            members.append(entry)
    if place != end.size:
        refuse("broken-archive", detail="list of files")
    if total > limits.total_bytes:
        findings.add("total-too-large", detail=f"{total} > {limits.total_bytes}")
    if total > max(limits.total_ratio * end.start, 10 * limits.small_bytes):
        findings.add("ratio", ".", f"{end.start} → {total}")
    return members


def _entry(name: str, raw: bytes, fields: tuple[int, ...], extra: bytes) -> Entry:
    checksum, packed, size, offset = fields[7], fields[8], fields[9], fields[16]
    if _ZIP64 in (packed, size, offset):
        size, packed, offset = _wide(name, size, packed, offset, extra)
    return Entry(name, raw, fields[4], checksum, packed, size, offset, 0)


def _wide(name: str, size: int, packed: int, offset: int, extra: bytes) -> tuple[int, ...]:
    """The zip64 extra holds, in this order, just those numbers that do not fit."""
    wanted = sum(number == _ZIP64 for number in (size, packed, offset))
    content = _extra(1, extra)
    if len(content) < 8 * wanted:
        refuse("broken-archive", name, "zip64")
    numbers = iter(struct.unpack_from(f"<{wanted}Q", content))
    return tuple(next(numbers) if number == _ZIP64 else number for number in (size, packed, offset))


def _extra(wanted: int, extra: bytes) -> bytes:
    """The content of the first extra field of a kind; nothing when there is none."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        if kind == wanted:
            return extra[place + 4 : place + 4 + length]
        place += 4 + length
    return b""


def _is_file(entry: Entry, fields: tuple[int, ...], findings: Findings) -> bool:
    kind = fields[15] >> 16 & 0o170000
    if kind == _LINK:
        findings.add("link", entry.path)
    elif kind not in (0, _REGULAR, _FOLDER) or (kind == _FOLDER) > entry.path.endswith("/"):
        findings.add("not-a-file", entry.path)
    elif entry.path.endswith("/"):
        if entry.size:
            findings.add("not-a-file", entry.path)
        return False
    if fields[3] & 0x2041:  # encrypted, strongly encrypted, masked headers
        findings.add("encrypted", entry.path)
    elif entry.method not in (STORED, DEFLATED):
        findings.add("compression", entry.path, entry.method)
    return True


def _check_sizes(entry: Entry, limits: Limits, findings: Findings) -> None:
    if entry.size > limits.file_bytes:
        findings.add("file-too-large", entry.path, f"{entry.size} > {limits.file_bytes}")
    elif entry.size > limits.small_bytes and entry.size > limits.file_ratio * entry.packed:
        findings.add("ratio", entry.path, f"{entry.packed} → {entry.size}")


def _placed(members: list[Entry], listing_start: int) -> tuple[Entry, ...]:
    """Members by their place in the file, each with the place where the next one begins."""
    members.sort(key=lambda entry: entry.offset)
    ends = [*(entry.offset for entry in members), listing_start][1:]
    return tuple(replace(entry, end=end) for entry, end in zip(members, ends, strict=True))
