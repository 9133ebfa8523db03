"""Whose code may run: libraries by hash, or because a library manager brought them in."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from courses.h5p.engine.libraries import LibraryFacts, LibraryName
from courses.h5p.engine.problems import Findings

Allowed = tuple[str, int, str]  # name with version "H5P.MultiChoice 1.16", patch, SHA-256 of the file set


class Installed(Protocol):
    """The libraries a host has."""

    def best(self, name: LibraryName) -> LibraryFacts | None:
        """The patch that new content gets."""

    def exact(self, name: LibraryName, patch: int) -> LibraryFacts | None:
        """That very patch, also one that new content no longer gets."""


class MemoryInstalled:
    """Libraries in memory, for the command line and for tests."""

    def __init__(self, libraries: Iterable[LibraryFacts] = ()) -> None:
        self._libraries: dict[LibraryName, dict[int, LibraryFacts]] = {}
        for facts in libraries:
            self._libraries.setdefault(facts.name, {}).setdefault(facts.patch, facts)

    def best(self, name: LibraryName) -> LibraryFacts | None:
        patches = self._libraries.get(name)
        return patches[max(patches)] if patches else None

    def exact(self, name: LibraryName, patch: int) -> LibraryFacts | None:
        return self._libraries.get(name, {}).get(patch)


@cache
def trusted() -> frozenset[Allowed]:
    """The allow-list that comes with the app."""
    return allow_list(json.loads(files(__package__).joinpath("trusted.json").read_text(encoding="utf-8")))


def allow_list(value: Iterable[Mapping[str, Any]]) -> frozenset[Allowed]:
    """From the form in which `python -m courses.h5p --hashes` writes one."""
    found = set()
    for entry in value:
        name, _, patch = str(entry["version"]).rpartition(".")
        found.add((f"{entry['name']} {name}", int(patch), str(entry["sha256"])))
    return frozenset(found)


@dataclass(frozen=True)
class Policy:
    """What may be installed. `trusted_anyway` are hashes that a library manager looked at and accepted."""

    allow: frozenset[Allowed] = field(default_factory=trusted)
    may_install_unknown: bool = False
    trusted_anyway: frozenset[str] = frozenset()

    def allows(self, facts: LibraryFacts) -> bool:
        """By its bytes, whoever uploads it."""
        return facts.sha256 in self.trusted_anyway or allowed(facts) in self.allow

    def may_install(self, facts: LibraryFacts, installed: Installed) -> bool:
        """A known name with other bytes is a patch or an imitation; no role lets that in unseen."""
        if self.allows(facts):
            return True
        known = (
            facts.name.machine_name in _machine_names(self.allow) or installed.best(facts.name) is not None
        )
        return self.may_install_unknown and not known


def allowed(facts: LibraryFacts) -> Allowed:
    return str(facts.name), facts.patch, facts.sha256


@cache
def _machine_names(allow: frozenset[Allowed]) -> frozenset[str]:
    return frozenset(name.rpartition(" ")[0] for name, _, _ in allow)


class Choice:
    """Decides, library by library, which one plays: ours, the one in the package, or none."""

    def __init__(
        self, packaged: Mapping[LibraryName, LibraryFacts], installed: Installed, policy: Policy
    ) -> None:
        self._packaged, self._installed, self._policy = packaged, installed, policy
        self._chosen: dict[LibraryName, LibraryFacts | None] = {}
        self.new: set[LibraryName] = set()
        self.advice = Findings()
        self._refused: set[LibraryName] = set()

    def find(self, name: LibraryName) -> LibraryFacts | None:
        if name not in self._chosen:
            self._chosen[name] = self._choose(name)
        return self._chosen[name]

    def _choose(self, name: LibraryName) -> LibraryFacts | None:
        ours, theirs = self._installed.best(name), self._packaged.get(name)
        if theirs is None or (ours is not None and ours.sha256 == theirs.sha256):
            return ours
        same = self._installed.exact(name, theirs.patch)
        if same is None and self._policy.may_install(theirs, self._installed):
            if ours is None or ours.patch < theirs.patch:
                self.new.add(name)
                return theirs
        elif same is None and ours is None:
            self._refused.add(name)
        elif same is None or same.sha256 != theirs.sha256:
            self.advice.add("library-differs", str(theirs), theirs.sha256)
            return ours
        if ours is not None and ours.patch > theirs.patch:
            self.advice.add("newer-patch", str(theirs), ours.version)
        return ours

    def tell_missing(self, name: LibraryName, findings: Findings) -> None:
        """Why there is none of that name; the hash is what a manager may accept."""
        if name in self._refused:
            theirs = self._packaged[name]
            findings.add("library-not-trusted", str(theirs), theirs.sha256)
        else:
            findings.add("missing-library", str(name))
