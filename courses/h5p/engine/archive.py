"""Reading members of a package in pieces: never more than the list states, and only if it was true."""

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from courses.h5p.engine.limits import LIMITS, Limits
from courses.h5p.engine.listing import STORED, Entry, read_listing
from courses.h5p.engine.names import check_together, is_junk
from courses.h5p.engine.problems import Findings, refuse

CHUNK = 1 << 18
_HEADER = struct.Struct("<4s5H3L2H")


class Archive:
    """The files of a package by path; what systems leave behind is listed in `ignored`."""

    def __init__(self, file: BinaryIO, limits: Limits = LIMITS) -> None:
        self._file = file
        entries = _each_once(read_listing(file, limits))
        findings = Findings()
        check_together((entry.path for entry in entries), findings)
        findings.stop()
        self.ignored = tuple(sorted(entry.path for entry in entries if is_junk(entry.path)))
        self.entries = {entry.path: entry for entry in entries if not is_junk(entry.path)}

    def read(self, path: str) -> bytes:
        """All of a file that the caller knows to be small."""
        return b"".join(self.chunks(path))

    def chunks(self, path: str) -> Iterator[bytes]:
        """The file's bytes; `Rejected` as soon as they are not what the list says."""
        entry = self.entries[path]
        checksum = total = 0
        for chunk in self._unpacked(entry):
            total += len(chunk)
            if total > entry.size:
                break
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if total != entry.size:
            refuse("size-mismatch", path)
        if checksum != entry.checksum:
            refuse("checksum", path)

    def open(self, path: str) -> BinaryIO:
        """The file as a stream; `KeyError` when there is none of that name."""
        self.entries[path]
        return io.BufferedReader(_Stream(self.chunks(path)), CHUNK)

    def _unpacked(self, entry: Entry) -> Iterator[bytes]:
        packed = self._packed(entry, self._start_of_data(entry))
        if entry.method == STORED:
            yield from packed
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for piece in packed:
                yield from _inflated(inflater, piece)
        except zlib.error:
            refuse("broken-archive", entry.path, "deflate")
        if not inflater.eof or inflater.unused_data:
            refuse("size-mismatch", entry.path)

    def _start_of_data(self, entry: Entry) -> int:
        self._file.seek(entry.offset)
        header = self._file.read(_HEADER.size + len(entry.raw))
        if not header.startswith(b"PK\3\4") or header[_HEADER.size :] != entry.raw:
            refuse("broken-archive", entry.path, "header")
        fields = _HEADER.unpack_from(header)
        start: int = entry.offset + _HEADER.size + fields[9] + fields[10]
        if fields[3] != entry.method or fields[9] != len(entry.raw):
            refuse("broken-archive", entry.path, "header")
        if start + entry.packed > entry.end:
            refuse("overlapping-files", entry.path)
        return start

    def _packed(self, entry: Entry, position: int) -> Iterator[bytes]:
        """Others may read from the same file between two pieces, so each begins with a seek."""
        left = entry.packed
        while left:
            self._file.seek(position)
            piece = self._file.read(min(CHUNK, left))
            if not piece:  # somebody cut the file meanwhile; the size will tell
                return
            left -= len(piece)
            position += len(piece)
            yield piece


def _each_once(entries: Iterable[Entry]) -> list[Entry]:
    """Some exporters write a picture once for each place that shows it. The same bytes are one file."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for entry in entries:
        same = (entry.path, entry.size, entry.checksum)
        if same not in seen or not _is_medium(entry.path):
            seen.add(same)
            kept.append(entry)
    return kept


def _is_medium(path: str) -> bool:
    return path.startswith("content/") and not path.endswith(".json")


def _inflated(inflater: "zlib._Decompress", piece: bytes) -> Iterator[bytes]:
    while piece and not inflater.eof:
        chunk = inflater.decompress(piece, CHUNK)
        piece = inflater.unconsumed_tail
        if chunk:
            yield chunk
    # What the inflater still holds back comes with an empty piece.
    while not inflater.eof and (chunk := inflater.decompress(b"", CHUNK)):
        yield chunk


class _Stream(io.RawIOBase):
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        length: int = min(len(view), len(self._rest))
        view[:length] = self._rest[:length]
        self._rest = self._rest[length:]
        return length
