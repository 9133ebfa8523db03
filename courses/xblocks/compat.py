"""Names of older hosts that blocks still read. Nothing of ours uses them."""

import sys
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class LegacyAttributes:
    """Mixed into every block."""

    scope_ids: Any
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


@cache
def with_legacy_modules() -> None:
    """Let blocks import the few modules of the older host that they need, where the real ones are absent."""
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
