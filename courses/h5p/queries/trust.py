"""Which libraries may come in, for whom."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from courses.h5p import host
from courses.h5p.engine.policy import Allowed, Policy, allow_list, trusted
from courses.h5p.permissions import may_manage_libraries


def policy_for(by: Any, *, trusted_anyway: frozenset[str] = frozenset(), installs_unknown: bool) -> Policy:
    """The allow-list for everybody; more only for library managers."""
    return Policy(
        allow=allow_listed(),
        may_install_unknown=installs_unknown and may_manage_libraries(by),
        trusted_anyway=trusted_anyway,
    )


def allow_listed() -> frozenset[Allowed]:
    """The app's own list and those of the host."""
    return trusted().union(*(_listed_in(str(path)) for path in host.value("TRUSTED")))


@cache
def _listed_in(path: str) -> frozenset[Allowed]:
    """Read once per process: whoever changes a list restarts, as with all settings."""
    return allow_list(json.loads(Path(path).read_text(encoding="utf-8")))
