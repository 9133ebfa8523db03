"""library.json: what a library says of itself, checked against the files beside it."""

from collections.abc import Collection
from typing import Any

from courses.h5p.engine.libraries import MACHINE_NAME, FileEntry, LibraryFacts, LibraryName
from courses.h5p.engine.manifest import parse_dependencies, parse_embed_types, whole_number
from courses.h5p.engine.problems import Findings

CORE_API = (1, 27)  # of the player's core; libraries that ask for more are refused
LONGEST = 255
MOST_SCRIPTS = 500


def parse_library(
    value: Any,
    folder: str,
    files: Collection[FileEntry],
    semantics: list[Any] | None,
    sha256: str,
    findings: Findings,
) -> LibraryFacts | None:
    """None when something is wrong, which `findings` then tells."""
    path = f"{folder}/library.json"
    if not isinstance(value, dict):
        findings.add("library-json", path, "{}")
        return None
    before = len(findings.problems)
    name, patch = _name(value, path, findings), whole_number(value.get("patchVersion"))
    if patch is None:
        findings.add("library-json", path, "patchVersion")
    title, runnable = value.get("title"), value.get("runnable")
    if not isinstance(title, str) or not 0 < len(title) <= LONGEST:
        findings.add("library-json", path, "title")
    if runnable not in (0, 1, "0", "1"):
        findings.add("library-json", path, "runnable")
    _check_folder(name, folder, findings)
    paths = {file.path for file in files}
    facts: dict[str, Any] = {
        "core_api": _core_api(value.get("coreApi"), path, findings),
        "embed_types": parse_embed_types(value.get("embedTypes", []), path, findings),
        "preloaded_js": _paths(value, "preloadedJs", ".js", folder, paths, findings),
        "preloaded_css": _paths(value, "preloadedCss", ".css", folder, paths, findings),
        "preloaded": parse_dependencies(value.get("preloadedDependencies"), path, findings),
        "dynamic": parse_dependencies(value.get("dynamicDependencies"), path, findings),
        "editor": parse_dependencies(value.get("editorDependencies"), path, findings),
    }
    if name is None or patch is None or len(findings.problems) > before:
        return None
    return LibraryFacts(
        name=name,
        patch=patch,
        title=str(title),
        runnable=runnable in (1, "1"),
        author=_text(value.get("author")),
        licence=_text(value.get("license")),
        languages=tuple(sorted(file.path[9:-5] for file in files if _is_language(file.path))),
        semantics=semantics,
        sha256=sha256,
        files=tuple(files),
        **facts,
    )


def name_and_patch(value: Any) -> tuple[LibraryName | None, int | None]:
    """The version a library.json speaks of, None for what is wrong in it."""
    if not isinstance(value, dict):
        return None, None
    return _name(value, "", Findings()), whole_number(value.get("patchVersion"))


def _is_language(path: str) -> bool:
    return path.startswith("language/") and path.endswith(".json") and path != "language/.en.json"


def _name(value: dict[str, Any], path: str, findings: Findings) -> LibraryName | None:
    machine_name = value.get("machineName")
    if not isinstance(machine_name, str) or not MACHINE_NAME.fullmatch(machine_name):
        findings.add("library-json", path, "machineName")
        return None
    major, minor = whole_number(value.get("majorVersion")), whole_number(value.get("minorVersion"))
    if major is None or minor is None:
        findings.add("library-json", path, "majorVersion, minorVersion")
        return None
    return LibraryName(machine_name, major, minor)


def _check_folder(name: LibraryName | None, folder: str, findings: Findings) -> None:
    if name is not None and folder not in (name.machine_name, name.folder):
        findings.add("library-folder", folder, name)


def _core_api(value: Any, path: str, findings: Findings) -> tuple[int, int] | None:
    if value is None:
        return None
    major = whole_number(value.get("majorVersion")) if isinstance(value, dict) else None
    minor = whole_number(value.get("minorVersion")) if isinstance(value, dict) else None
    if major is None or minor is None:
        findings.add("library-json", path, "coreApi")
        return None
    if (major, minor) > CORE_API:
        findings.add("core-api", path, f"{major}.{minor} > {CORE_API[0]}.{CORE_API[1]}")
    return major, minor


def _paths(
    value: dict[str, Any], key: str, suffix: str, folder: str, files: set[str], findings: Findings
) -> tuple[str, ...]:
    """Scripts or styles to load: plain paths to files of this library."""
    listed = [] if value.get(key) is None else value[key]
    if not isinstance(listed, list) or len(listed) > MOST_SCRIPTS:
        findings.add("library-json", f"{folder}/library.json", key)
        return ()
    paths = []
    for entry in listed:
        path = entry.get("path") if isinstance(entry, dict) else None
        if not isinstance(path, str) or not path:
            findings.add("library-json", f"{folder}/library.json", key)
        elif ".." in path.split("/") or path.startswith("/") or not path.endswith(suffix):
            findings.add("library-path", folder, path)
        elif path.removeprefix("./") not in files:
            findings.add("library-file", folder, path)
        else:
            paths.append(path.removeprefix("./"))
    return tuple(dict.fromkeys(paths))


def _text(value: Any) -> str:
    return value[:LONGEST] if isinstance(value, str) else ""
