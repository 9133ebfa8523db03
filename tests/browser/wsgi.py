"""The platform's pages and player with one more block: acid, which tries the runtime it is put into.

It is no block for people, so the catalogue of the platform does not have it.
"""

from courses.xblocks.catalogue import BLOCK_TYPES, BlockType

BLOCK_TYPES["acid"] = BlockType(tag="acid", path="acid.AcidBlock", label="Acid")

from lms.wsgi import application  # noqa: E402

__all__ = ["application"]
