"""Finds the built style sheets and scripts by the names they have in the sources."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NotRequired, TypedDict

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Chunk(TypedDict):
    """One entry of the manifest that the build writes."""

    file: str
    imports: NotRequired[list[str]]
    css: NotRequired[list[str]]


class NotBuilt(ImproperlyConfigured):
    """The front end has not been built, or an entry is missing from the build."""


def style_sheet(area: str) -> str | None:
    """Return the address of the one style sheet of an area; None when the build is off."""
    chunk = _chunk(f"styles/{area}.css")
    return chunk and _address(chunk["file"])


def script(area: str) -> tuple[str, list[str]] | None:
    """Return the address of an area's script and of all it imports; None when the build is off."""
    source = f"src/{area}.ts"
    chunk = _chunk(source)
    if chunk is None:
        return None
    return _address(chunk["file"]), [_address(file) for file in _imports(source)]


def asset(source: str) -> str | None:
    """Return the address of a built file such as a font; None when the build is off."""
    chunk = _chunk(source)
    return chunk and _address(chunk["file"])


def plain_script(name: str) -> str | None:
    """Return the address of a script for blocks' frames, which is no module; None when the build is off."""
    path: Path | None = getattr(settings, "VITE_MANIFEST_PATH", None)
    if path is None:
        return None
    try:
        return _address(_plain_scripts(str(path.with_name("plain.json")), _changed_at(path))[name])
    except FileNotFoundError:
        raise NotBuilt(f"The front end is not built: {path} is missing. Run `make build` once.") from None


def _address(file: str) -> str:
    return f"{settings.STATIC_URL}{file}"


def _imports(source: str) -> list[str]:
    files: dict[str, None] = {}
    waiting = [source]
    while waiting:
        importer = _chunk(waiting.pop())
        for name in importer.get("imports", []) if importer else []:
            chunk = _chunk(name)
            if chunk and chunk["file"] not in files:
                files[chunk["file"]] = None
                waiting.append(name)
    return list(files)


def _chunk(source: str) -> Chunk | None:
    path: Path | None = getattr(settings, "VITE_MANIFEST_PATH", None)
    if path is None:  # Python tests that look at pages do not need a build
        return None
    try:
        # A server is started after a build; only while developing may one follow the other.
        chunks = _manifest(str(path), _changed_at(path))
    except FileNotFoundError:
        raise NotBuilt(f"The front end is not built: {path} is missing. Run `make build` once.") from None
    if source not in chunks:
        known = ", ".join(sorted(chunks))
        raise NotBuilt(
            f"“{source}” is not part of the built front end, which has {known}. "
            "Add it to frontend/vite.config.ts, then run `make build`."
        )
    return chunks[source]


def _changed_at(path: Path) -> int:
    return Path(path).stat().st_mtime_ns if settings.DEBUG else 0


@lru_cache(maxsize=2)
def _plain_scripts(path: str, changed_at: int) -> dict[str, str]:  # noqa: ARG001
    names: dict[str, str] = json.loads(Path(path).read_text(encoding="utf-8"))
    return names


@lru_cache(maxsize=2)
def _manifest(path: str, changed_at: int) -> dict[str, Chunk]:  # noqa: ARG001
    """Read the manifest again only when a new build has replaced it."""
    manifest: dict[str, Chunk] = json.loads(Path(path).read_text(encoding="utf-8"))
    return manifest
