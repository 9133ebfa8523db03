"""The allow-list: which class stands behind an OLX tag. Entry points of packages do not count."""

import logging
from functools import cache
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from courses.xblocks.blocks.unsupported import UnsupportedBlock
from courses.xblocks.catalogue import BLOCK_TYPES
from courses.xblocks.compat import with_legacy_modules, with_plain_translate_tags

log = logging.getLogger(__name__)


def block_class(block_type: str) -> type[Any]:
    """The class of a tag; UnsupportedBlock for a tag that is not on the list."""
    entry = BLOCK_TYPES.get(block_type)
    if entry is None or block_type in settings.XBLOCKS_OFF:
        return UnsupportedBlock
    return _load(entry.path)


def is_supported(block_type: str) -> bool:
    return block_class(block_type) is not UnsupportedBlock


def is_installed(block_type: str) -> bool:
    """Is it on the list, switched on, and its package here? Says so without importing the package."""
    entry = BLOCK_TYPES.get(block_type)
    if entry is None or block_type in settings.XBLOCKS_OFF:
        return False
    return find_spec(entry.path.partition(".")[0]) is not None


def is_framed(block_type: str) -> bool:
    """Does it run in a frame on the player host? Not when its package is missing: that is ours to say."""
    entry = BLOCK_TYPES.get(block_type)
    return entry is not None and entry.render == "frame" and is_supported(block_type)


def package_version(block_type: str) -> str:
    """The version of the package a block comes from, for addresses that are kept for ever."""
    return _package_version(BLOCK_TYPES[block_type].path.partition(".")[0])


@cache
def _load(path: str) -> type[Any]:
    package = path.partition(".")[0]
    if find_spec(package) is None:
        # Blocks of other people are an optional install; a unit with one part missing still teaches.
        log.info("The package %s is not installed; its blocks are shown as unsupported", package)
        return UnsupportedBlock
    with_legacy_modules()
    with_plain_translate_tags()
    try:
        loaded: type[Any] = import_string(path)
    except ImportError:
        log.exception("The block class %s cannot be loaded", path)
        return UnsupportedBlock
    return loaded


@cache
def _package_version(package: str) -> str:
    for distribution in packages_distributions().get(package, ()):
        return version(distribution)
    return "0"


def load_all() -> None:
    """Import every class now: the first reader of a block should not wait for its packages."""
    for tag in BLOCK_TYPES:
        block_class(tag)
