"""The allow-list: which class stands behind an OLX tag. Entry points of packages do not count."""

import logging
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from courses.xblocks.blocks.unsupported import UnsupportedBlock
from courses.xblocks.catalogue import BLOCK_TYPES
from courses.xblocks.compat import install_stand_ins

log = logging.getLogger(__name__)


def block_class(block_type: str) -> type[Any]:
    """The class of a tag; UnsupportedBlock for a tag that is not on the list."""
    entry = BLOCK_TYPES.get(block_type)
    if entry is None or block_type in settings.XBLOCKS_OFF:
        return UnsupportedBlock
    return _load(entry.path)


def is_supported(block_type: str) -> bool:
    return block_class(block_type) is not UnsupportedBlock


@cache
def _load(path: str) -> type[Any]:
    install_stand_ins()
    try:
        loaded: type[Any] = import_string(path)
    except ImportError:
        # A unit with one part missing still teaches; the log says what to repair.
        log.exception("The block class %s cannot be loaded", path)
        return UnsupportedBlock
    return loaded
