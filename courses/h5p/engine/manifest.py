"""h5p.json: what a package says of itself."""

import re
from dataclasses import dataclass
from typing import Any

from courses.h5p.engine.libraries import MACHINE_NAME, LibraryName
from courses.h5p.engine.problems import Findings, refuse
from courses.h5p.engine.sanitise import METADATA, plain_values

EMBED_TYPES = {"div", "iframe"}
LONGEST_TITLE = 255
MOST_DEPENDENCIES = 500
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")
_LARGEST_NUMBER = 99_999


@dataclass(frozen=True)
class Manifest:
    """The parts of h5p.json that are used here, checked.

    What it says of the work is escaped: the player shows that as HTML. The title is as it came; it is
    shown in many places, and each escapes it.
    """

    title: str
    language: str  # "" for content without words
    main: LibraryName
    preloaded: tuple[LibraryName, ...]  # as they stand there, editor libraries too
    embed_types: tuple[str, ...]
    rest: dict[str, Any]  # licence, authors, …

    def as_json(self) -> dict[str, Any]:
        """An h5p.json for `write_package`."""
        return {
            **self.rest,
            "title": self.title,
            "language": self.language or "und",
            "mainLibrary": self.main.machine_name,
            "embedTypes": list(self.embed_types),
            "preloadedDependencies": [as_dependency(name) for name in self.preloaded],
        }


def parse_manifest(value: Any) -> Manifest:
    """`Rejected` with all that is wrong."""
    if not isinstance(value, dict):
        refuse("manifest", "h5p.json")
    findings = Findings()
    title, language = _title(value.get("title"), findings), _language(value.get("language"), findings)
    preloaded = parse_dependencies(value.get("preloadedDependencies"), "h5p.json", findings, required=True)
    embed_types = parse_embed_types(value.get("embedTypes", ["div"]), "h5p.json", findings)
    main = _main(value.get("mainLibrary"), preloaded, findings)
    findings.stop()
    rest = plain_values({key: inner for key, inner in value.items() if key != "title"}, METADATA)
    return Manifest(title, language, main, preloaded, embed_types, rest)


def as_dependency(name: LibraryName) -> dict[str, Any]:
    return {"machineName": name.machine_name, "majorVersion": name.major, "minorVersion": name.minor}


def parse_dependencies(
    value: Any, path: str, findings: Findings, *, required: bool = False
) -> tuple[LibraryName, ...]:
    """A list of libraries as both kinds of JSON write it; version numbers may be texts of digits."""
    if value is None and not required:
        return ()
    if not isinstance(value, list) or (required and not value) or len(value) > MOST_DEPENDENCIES:
        findings.add("dependencies", path, type(value).__name__)
        return ()
    names = []
    for number, entry in enumerate(value):
        name = _dependency(entry)
        if name is None:
            findings.add("dependencies", path, f"[{number}]")
        else:
            names.append(name)
    return tuple(dict.fromkeys(names))


def parse_embed_types(value: Any, path: str, findings: Findings) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(
        isinstance(kind, str) and kind in EMBED_TYPES for kind in value
    ):
        findings.add("embed-types", path)
        return ()
    return tuple(dict.fromkeys(value))


def whole_number(value: Any) -> int | None:
    """Version numbers: PHP writes some of them as texts."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 5:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST_NUMBER:
        return value
    return None


def _dependency(entry: Any) -> LibraryName | None:
    if not isinstance(entry, dict):
        return None
    name = entry.get("machineName")
    major, minor = whole_number(entry.get("majorVersion")), whole_number(entry.get("minorVersion"))
    if not isinstance(name, str) or not MACHINE_NAME.fullmatch(name) or major is None or minor is None:
        return None
    return LibraryName(name, major, minor)


def _title(value: Any, findings: Findings) -> str:
    if not isinstance(value, str) or not value.strip():
        findings.add("title", "h5p.json")
        return ""
    if len(value) > LONGEST_TITLE:
        findings.add("title-long", "h5p.json")
    return " ".join(value.split())


def _language(value: Any, findings: Findings) -> str:
    if not isinstance(value, str) or len(value) > 16 or not _LANGUAGE.fullmatch(value):
        findings.add("language", "h5p.json", value)
        return ""
    return "" if value == "und" else value


def _main(value: Any, preloaded: tuple[LibraryName, ...], findings: Findings) -> LibraryName:
    """A name that is good for nothing where there is a finding."""
    nothing = LibraryName("", 0, 0)
    if not isinstance(value, str) or not MACHINE_NAME.fullmatch(value):
        findings.add("main-library", "h5p.json", value)
        return nothing
    named = [name for name in preloaded if name.machine_name == value]
    if not named:
        findings.add("main-library-unlisted", "h5p.json", value)
    return named[0] if named else nothing
