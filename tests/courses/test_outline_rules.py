"""Which blocks of a unit a learner must complete."""

import pytest

from courses.olx.attributes import required_blocks
from courses.olx.outline import BlockRef


def ref(block_type: str, kind: str = "") -> BlockRef:
    return BlockRef(
        usage_key=f"block-v1:o+c+r+type@{block_type}+block@{block_type}{kind}",
        type=block_type,
        title={},
        kind=kind,
    )


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([ref("text"), ref("video"), ref("quiz", "practice")], ["text"]),
        ([ref("video"), ref("quiz", "practice")], ["video"]),
        # Seen on the road: the words before a module quiz were required, and nothing could finish them.
        ([ref("text"), ref("quiz", "module")], ["quizmodule"]),
        ([ref("text"), ref("quiz", "final")], ["quizfinal"]),
    ],
)
def test_required_blocks(blocks: list[BlockRef], expected: list[str]) -> None:
    bodies = {block.usage_key: f"<{block.type}/>" for block in blocks}
    assert [b.key for b in required_blocks(blocks, bodies) if b.is_required] == expected
