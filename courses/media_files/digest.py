"""Checksums of files."""

import hashlib
from collections.abc import Iterator
from typing import IO

CHUNK = 1 << 20


def sha256_of(file: IO[bytes]) -> str:
    """The checksum of the whole file, as hexadecimal digits."""
    digest = hashlib.sha256()
    for chunk in _chunks_of(file):
        digest.update(chunk)
    return digest.hexdigest()


def matches(content: bytes, algorithm: str, digest: bytes) -> bool:
    """Is this the part that was sent? Algorithms: sha1, sha256."""
    return hashlib.new(algorithm, content, usedforsecurity=False).digest() == digest


def _chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk
