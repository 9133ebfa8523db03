"""Which texts and trees of a course are written already."""

import hashlib
from collections.abc import Mapping

from courses.models import BlockVersion, ModuleVersion
from courses.olx.clean import clean_block
from courses.olx.names import type_of
from courses.olx.outline import Outline


def known_blocks(course_key: str) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """The version of each text by usage key and digest, and each key's last number."""
    known: dict[tuple[str, str], int] = {}
    last: dict[str, int] = {}
    prefix = course_key.replace("course-v1:", "block-v1:", 1) + "+type@"
    rows = BlockVersion.objects.filter(usage_key__startswith=prefix)
    for pk, usage_key, number, sha256 in rows.order_by("number").values_list(
        "pk", "usage_key", "number", "sha256"
    ):
        known[usage_key, sha256] = pk
        last[usage_key] = number
    return known, last


def digest_of(olx: str) -> str:
    """What two texts of a block have in common when they are the same."""
    return hashlib.sha256(olx.encode()).hexdigest()


def digests_of(bodies: Mapping[str, str]) -> dict[str, str]:
    """The digest each text will have once it is written, by usage key."""
    return {key: digest_of(clean_block(type_of(key), body)) for key, body in bodies.items()}


def is_written_as(version: ModuleVersion | None, outline: Outline, bodies: Mapping[str, str]) -> bool:
    """Is that version just this tree with just these texts?"""
    if version is None:
        return False
    known, _last = known_blocks(outline.course_key)
    pins = {key: known.get((key, digest), 0) for key, digest in digests_of(bodies).items()}
    return 0 not in pins.values() and version.outline == outline.with_versions(pins).to_json()
