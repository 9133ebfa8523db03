"""Names of older hosts that blocks still read. Nothing of ours uses them."""

import sys
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec
from threading import Lock
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

from xblock.utils.templatetags.i18n import ProxyTransNode

if TYPE_CHECKING:
    from fs.memoryfs import MemoryFS

_one_at_a_time = Lock()


def memory_files() -> "MemoryFS":
    """An empty folder in memory, for blocks that carry files."""
    from fs.memoryfs import MemoryFS  # noqa: PLC0415 — 5 MB that page workers need not hold

    return MemoryFS()


class LegacyAttributes:
    """Mixed into every block."""

    scope_ids: Any
    graceperiod = due = start = None
    graded = False
    package_digest = ""  # of the file that is being uploaded to this block

    @property
    def location(self) -> Any:
        """The usage key. While a package is uploaded it is named after it, and so is the block's folder:
        what an earlier version shows stays where it is."""
        key = self.scope_ids.usage_id
        return key.replace(block_id=f"{key.block_id}-{self.package_digest}") if self.package_digest else key

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
    export_fs: "MemoryFS | None" = None
    _resources: "MemoryFS | None" = None

    @property
    def resources_fs(self) -> Any:
        """Files beside a block's OLX, in memory; never the server's own."""
        if self._resources is None:
            self._resources = memory_files()
            self._resources.root_path = ""  # type: ignore[attr-defined]
        return self._resources

    def get_policy(self, usage_id: Any) -> dict[str, Any]:
        return {}

    def get_asides(self, block: Any) -> list[Any]:
        return []

    def parse_asides(self, *args: Any) -> list[Any]:
        return []

    def get_field_provenance(self, block: Any, field: Any) -> dict[str, Any]:
        return {"default_value": field.default, "explicitly_set": field.is_set_on(block)}


class CourseWaffleFlag:
    """A switch of the older host; here every one of them is off."""

    def __init__(self, *names: Any) -> None:
        self.names = names

    def is_enabled(self, course_key: Any = None) -> bool:
        return False


class SiteConfiguration:
    """Settings of a site of the older host; here there are none."""

    class DoesNotExist(Exception):
        """What looking one up raises."""

    class objects:
        @staticmethod
        def get(**lookup: Any) -> Any:
            raise SiteConfiguration.DoesNotExist

    @staticmethod
    def get_value_for_org(_org: str, _name: str, default: Any = None) -> Any:
        return default


def get_value(name: str, default: Any = None, *rest: Any, **more: Any) -> Any:
    """A site's setting; none is set."""
    return default


MODULES: dict[str, dict[str, Any]] = {
    "openedx": {},
    "openedx.core": {},
    "openedx.core.djangoapps": {},
    "openedx.core.djangoapps.waffle_utils": {"CourseWaffleFlag": CourseWaffleFlag},
    "openedx.core.djangoapps.site_configuration": {},
    "openedx.core.djangoapps.site_configuration.helpers": {"get_value": get_value},
    "openedx.core.djangoapps.site_configuration.models": {"SiteConfiguration": SiteConfiguration},
}


def with_legacy_modules() -> None:
    """Let blocks import the few modules of the older host that they need, where the real ones are absent."""
    # Two requests may load their first blocks at once, and `cache` would let both in.
    with _one_at_a_time:
        _stand_in()


@cache
def _stand_in() -> None:
    _defer_mathematics()
    if find_spec("openedx") is not None:
        return
    for name, contents in MODULES.items():
        module = ModuleType(name, "A stand-in: see courses/xblocks/compat.py.")
        module.__dict__.update(contents)
        module.__path__ = []
        sys.modules[name] = module
        parent, _dot, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, module)


def with_plain_translate_tags() -> None:
    """Let XBlock's `trans` tags read Django's catalogue, where the texts of blocks are already.

    As they come they merge a block's texts into the catalogue of the whole process for a moment, and
    read that from the disk anew for every word.
    """
    ProxyTransNode.merge_translation = _nothing_to_merge


def _nothing_to_merge(_node: Any, _context: Any) -> AbstractContextManager[None]:
    return nullcontext()


def symmath_check(*given: Any, **named: Any) -> Any:
    """The check of a symbolic answer, its packages loaded now that somebody asks for it."""
    if getattr(sys.modules.get("symmath"), "is_stand_in", False):
        del sys.modules["symmath"]
    return import_module("symmath").symmath_check(*given, **named)


def _defer_mathematics() -> None:
    """Open edX questions load algebra, statistics and linguistics for two rare kinds of answer.

    That is most of a player's start and half its memory: here they come with the first such answer.
    """
    if find_spec("symmath") is not None and "symmath" not in sys.modules:
        stand_in = ModuleType("symmath", "Loads the real package when it is called.")
        stand_in.__dict__.update(symmath_check=symmath_check, is_stand_in=True)
        sys.modules["symmath"] = stand_in
    if find_spec("chem") is not None and "chem.chemcalc" not in sys.modules:
        spec = find_spec("chem.chemcalc")
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
            lazy = module_from_spec(spec)
            sys.modules[spec.name] = lazy
            import_module("chem").chemcalc = lazy  # type: ignore[attr-defined]
            spec.loader.exec_module(lazy)
