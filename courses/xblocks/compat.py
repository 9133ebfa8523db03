"""Names of older hosts that blocks still read. Nothing of ours uses them."""

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

from fs.memoryfs import MemoryFS


class LegacyAttributes:
    """Mixed into every block."""

    scope_ids: Any
    runtime: Any
    graceperiod = due = start = None
    graded = False

    @property
    def location(self) -> Any:
        return self.scope_ids.usage_id

    @property
    def course_id(self) -> Any:
        return self.scope_ids.usage_id.course_key

    @property
    def category(self) -> str:
        return str(self.scope_ids.block_type)

    @property
    def url_name(self) -> str:
        return str(self.scope_ids.usage_id.block_id)

    @property
    def xmodule_runtime(self) -> Any:
        """Asked for staff rights: nobody has any inside a block, or learners would see others' votes."""
        return SimpleNamespace(user_is_staff=False, anonymous_student_id=str(self.scope_ids.user_id or ""))


class LegacyRuntime:
    """Mixed into both runtimes. `export_fs` is None where nothing is being written."""

    STATIC_URL = "/static/"
    export_fs: MemoryFS | None = None
    _resources: MemoryFS | None = None

    @property
    def resources_fs(self) -> Any:
        """Files beside a block's OLX, in memory; never the server's own."""
        if self._resources is None:
            self._resources = MemoryFS()
            self._resources.root_path = ""  # type: ignore[attr-defined]
        return self._resources

    def get_policy(self, usage_id: Any) -> dict[str, Any]:
        return {}

    def parse_asides(self, *args: Any) -> list[Any]:
        return []

    def get_field_provenance(self, block: Any, field: Any) -> dict[str, Any]:
        return {"default_value": field.default, "explicitly_set": field.is_set_on(block)}


def install_stand_ins() -> None:
    """Modules of the older host that blocks import inside their views and handlers.

    Each says what an installation without that host would say: nothing is configured.
    """
    helpers = _module("openedx.core.djangoapps.site_configuration.helpers")
    helpers.get_value = lambda _name, default=None, *_more: default  # type: ignore[attr-defined]
    models = _module("openedx.core.djangoapps.site_configuration.models")
    models.SiteConfiguration = _NoSiteConfiguration  # type: ignore[attr-defined]


class _NoSiteConfiguration:
    class DoesNotExist(Exception):
        pass

    class objects:
        @staticmethod
        def get(**_facts: Any) -> Any:
            raise _NoSiteConfiguration.DoesNotExist

    @staticmethod
    def get_value_for_org(_org: str, _name: str, default: Any = None) -> Any:
        return default


def _module(name: str) -> ModuleType:
    """The module of that name, made with its parents where Python knows none."""
    parent_name, _dot, own = name.rpartition(".")
    parent = _module(parent_name) if parent_name else None
    if name not in sys.modules:
        made = ModuleType(name)
        made.__path__ = []
        sys.modules[name] = made
        if parent is not None:
            setattr(parent, own, made)
    return sys.modules[name]
