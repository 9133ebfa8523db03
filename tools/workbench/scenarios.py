"""One scenario for each block type of our catalogue: its starter, as authors get it.

The scenarios that packages bring are not loaded: one of them cannot be read, and then the kit's index
shows none at all.
"""

import logging
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from lxml import etree
from opaque_keys.edx.locator import CourseLocator
from workbench import runtime as kit
from workbench import scenarios, views
from xblock.runtime import Mixologist

from courses.olx.side_files import unfold
from courses.xblocks.catalogue import BLOCK_TYPES
from courses.xblocks.compat import LegacyAttributes, LegacyRuntime, with_legacy_modules
from courses.xblocks.foreign import _write

log = logging.getLogger(__name__)
COURSE = CourseLocator("LanToa", "WORKBENCH", "2026")
# Why a type has no scenario, by tag: shown by `python -m tools.workbench list`.
REFUSED: dict[str, str] = {}


class Attributes(LegacyAttributes):
    """The kit's ids are plain words; blocks that ask for a location get a key made of them."""

    @property
    def location(self) -> Any:
        words = str(self.scope_ids.usage_id).replace(".", "-")
        return COURSE.make_usage_key(str(self.scope_ids.block_type), words)

    @property
    def course_id(self) -> Any:
        return COURSE

    @property
    def url_name(self) -> str:
        return str(self.scope_ids.usage_id)


class OurRuntime(LegacyRuntime, kit.WorkbenchRuntime):  # type: ignore[misc]
    """The kit's runtime with what blocks made for Open edX still ask for, and our list of blocks."""

    def __init__(self, user_id: Any = None) -> None:
        super().__init__(user_id)
        self.mixologist = Mixologist((Attributes,))

    def load_block_type(self, block_type: str) -> Any:
        entry = BLOCK_TYPES.get(block_type)
        if entry is None:
            return super().load_block_type(block_type)
        with_legacy_modules()
        return import_string(entry.path)

    def _patch_xblock(self, block: Any) -> None:
        """Not needed: the mixin has these attributes."""

    def get_asides(self, _block: Any) -> list[Any]:
        """None: a package for testing runtimes would write beneath every block."""
        return []


def load() -> None:
    """Fill the kit's list. What the kit cannot read is left out, with the reason."""
    scenarios.SCENARIOS.clear()
    REFUSED.clear()
    if settings.WORKBENCH["reset_state_on_restart"]:
        kit.WORKBENCH_KVS.clear()
    for tag, entry in BLOCK_TYPES.items():
        if entry.is_ours:
            REFUSED[tag] = "it is ours and needs the platform around it"
            continue
        try:
            _add(tag, str(entry.label), entry.new)
        except Exception as error:
            REFUSED[tag] = f"{type(error).__name__}: {error}"
            log.info("No scenario for %s", tag, exc_info=True)


def _add(tag: str, label: str, olx: str) -> None:
    """The scenario `tag`: the kit's own way, but with the files that stand in the OLX."""
    runtime = OurRuntime()
    runtime.id_generator.set_scenario(tag)
    node = etree.fromstring(olx)
    for path, text in unfold(node).items():
        _write(runtime.resources_fs, path, text)
    usage_id = runtime.parse_xml_string(etree.tostring(node, encoding="unicode"))
    scenarios.SCENARIOS[tag] = scenarios.Scenario(f"{label} ({tag})", usage_id, olx)


def install() -> None:
    """Let the kit's pages use our runtime and our scenarios; only this process is changed."""
    for module in (kit, scenarios, views):
        module.WorkbenchRuntime = OurRuntime
    scenarios.init_scenarios = load
