"""Packages with one thing wrong (or odd), and what the engine says to each."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

Outcome = tuple[str, ...]  # codes of problems, or "accepted" and codes of warnings


@dataclass(frozen=True)
class Sample:
    """`says` are the codes of the problems; for packages that are accepted, "accepted" and the warnings."""

    name: str
    says: Outcome
    make: Callable[[], bytes]
    limits: Mapping[str, Any] = field(default_factory=dict)
    role: str = "library-manager"
    trusted: bool = False  # the libraries of an unbroken package are on the allow-list
    installed: Callable[[], bytes] | None = None  # a package whose libraries are here

    def outcome(self, module: Callable[[str], ModuleType]) -> Outcome:
        """What an engine says, given a way to import its modules. A crash has its error's name."""
        examine, limits, policy = module("examine"), module("limits"), module("policy")
        here = examine.libraries_in(io.BytesIO(self.installed())) if self.installed else ()
        rule = policy.Policy(
            allow=trusted_libraries() if self.trusted else frozenset(),
            may_install_unknown=self.role == "library-manager",
        )
        try:
            found = examine.examine(
                io.BytesIO(self.make()),
                installed=policy.MemoryInstalled(here),
                policy=rule,
                limits=limits.Limits(**self.limits),
            )
        except module("problems").Rejected as rejected:
            return tuple(sorted({problem.code for problem in rejected.problems}))
        return ("accepted", *sorted({warning.code for warning in found.warnings}))


def trusted_libraries() -> frozenset[tuple[str, int, str]]:
    """The libraries of an unbroken package, as an allow-list names them."""
    from tests.make_h5p import make_libraries

    return frozenset((str(facts.name), facts.patch, facts.sha256) for facts in make_libraries())


def sample(name: str, says: str, make: Callable[[], bytes], **more: Any) -> Sample:
    return Sample(name, tuple(says.split()), make, **more)
