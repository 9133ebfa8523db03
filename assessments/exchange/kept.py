"""What a foreign format cannot say travels beside it: our own OLX, with the checksum of the rest.

Whoever changes the question elsewhere changes the checksum, or loses what stands beside; then the question is
read as the other format says it. So nothing old ever wins over an edit.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from assessments.exchange import olx_file
from assessments.exchange.model import Asked, Export, ReadQuestion, Unreadable

MOST_BYTES = 1_000_000


def olx_of(question: Asked) -> str:
    """The question as a small bank of one, with its stimulus."""
    return olx_file.write(Export([question])).content.decode()


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def checksum_of(element: etree._Element, without: str) -> str:
    """The checksum of an element, whatever its indentation, without the child that holds it."""
    copied = etree.fromstring(etree.tostring(element, with_tail=False))
    for child in copied.findall(without):
        copied.remove(child)
    for one in copied.iter(etree.Element):
        one.text = (one.text or "").strip() or None
        one.tail = (one.tail or "").strip() or None
    return checksum(etree.tostring(copied, method="c14n"))


def restored(read: ReadQuestion, olx: str) -> ReadQuestion:
    """The question as `olx` says it; as it was read where `olx` is no sound question."""
    if len(olx) > MOST_BYTES:
        return read
    try:
        found = olx_file.read(olx.encode()).questions
    except Unreadable:
        return read
    if len(found) != 1 or not found[0].is_sound:
        return read
    one = found[0]
    return replace(
        read,
        name=one.name,
        kind=one.kind,
        body=one.body,
        outcome=one.outcome,
        difficulty=one.difficulty,
        files=_renamed(read.files, one),
        reason=None,
        notes=tuple(note for note in read.notes if note.code.startswith("picture")),
    )


def _renamed(files: Mapping[str, bytes], question: ReadQuestion) -> dict[str, bytes]:
    """The one picture under the name that the body gives it."""
    picture = question.body.get("picture")
    if not picture or len(files) != 1 or not picture["src"].startswith("/static/"):
        return {}
    return {picture["src"]: next(iter(files.values()))}
