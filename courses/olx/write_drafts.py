"""The difference between what is published and the draft, as the `drafts/` of an OLX course.

A unit that differs is written whole with its place, as Open edX does and reads it. What Open edX has
no drafts of (the order of units, titles above them) goes into files of the same name below `drafts/`;
Open edX passes over them, `courses/olx/drafts.py` reads both.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from courses.olx.draft_files import FileChanges
from courses.olx.drafts import ABOVE_UNITS, INDEX, PARENT
from courses.olx.files import is_pointer, pointer_path
from courses.olx.names import DRAFTS, STRUCTURE, usage_key
from courses.olx.outline import AssetRef, Outline
from courses.olx.write import CourseWriter
from courses.olx.xml import parse_xml


@dataclass(frozen=True)
class _Place:
    tag: str
    name: str
    index: int


def draft_xml(published: CourseWriter, draft: CourseWriter) -> dict[str, bytes]:
    """Path → content of the XML in `drafts/`; both courses are written already."""
    was, now = published.files, draft.files
    places = _places(now)
    changed = {own for own, paths in draft.units.items() if any(was.get(p) != now[p] for p in paths)}
    inside = {path for paths in draft.units.values() for path in paths}
    wanted = {path for own in changed for path in draft.units[own]}
    wanted |= {path for path in now if path not in inside and was.get(path) != now[path]}
    roots = {path for path in wanted if path in places and not _is_above_units(path)}
    new = {path for path in roots if not _is_known(path, published)}
    found = {}
    for path in wanted:
        if path in was and _is_above_units(path) and _without(now[path], new) == _without(was[path], set()):
            continue  # nothing but new units: they say their place themselves
        found[DRAFTS + path] = (
            _with_place(now[path], places[path], draft.outline.course_key) if path in roots else now[path]
        )
    return found


def file_changes(published: Outline, draft: Outline) -> FileChanges:
    """Which pictures and other files the draft has otherwise."""
    was, now = _all_files(published), _all_files(draft)
    return FileChanges(
        added=frozenset(now.keys() - was.keys()),
        changed=frozenset(path for path in now.keys() & was.keys() if now[path].sha256 != was[path].sha256),
        removed=frozenset(was.keys() - now.keys()) | (_banks(published) - _banks(draft)),
    )


def _all_files(outline: Outline) -> dict[str, AssetRef]:
    return {f"static/{path}": ref for path, ref in outline.assets.items()} | outline.files


def _banks(outline: Outline) -> set[str]:
    return {pointer_path(bank.type, bank.key) for bank in outline.banks}


def _places(files: Mapping[str, bytes]) -> dict[str, _Place]:
    """Where each file is pointed to from above the units: its parent and its place there."""
    found: dict[str, _Place] = {}

    def walk(parent: etree._Element, name: str) -> None:
        children = [child for child in parent if isinstance(child.tag, str)]
        for index, child in enumerate(children):
            key = child.get("url_name", "")
            if is_pointer(child) and (path := pointer_path(child.tag, key)) in files:
                found[path] = _Place(str(parent.tag), name, index)
            elif child.tag in STRUCTURE:
                walk(child, key)

    for path, content in files.items():
        if _is_above_units(path) and path != "course.xml":
            walk(parse_xml(content, path), _name_of(path))
    return found


def _is_above_units(path: str) -> bool:
    return path == "course.xml" or path.partition("/")[0] in ABOVE_UNITS


def _name_of(path: str) -> str:
    return path.partition("/")[2].removesuffix(".xml").replace("/", ":")


def _is_known(path: str, published: CourseWriter) -> bool:
    """Does anything of that name stand in the published course?"""
    return f"{path.partition('/')[0]}/{_name_of(path)}" in published.titles


def _without(content: bytes, paths: set[str]) -> tuple[str, dict[str, str], list[bytes]]:
    """The element without pointers to those files."""
    element = parse_xml(content, "")
    children = [
        etree.tostring(child, method="c14n2", with_tail=False)
        for child in element
        if pointer_path(child.tag, child.get("url_name", "")) not in paths
    ]
    return str(element.tag), {str(k): str(v) for k, v in element.attrib.items()}, children


def _with_place(content: bytes, place: _Place, course_key: str) -> bytes:
    element = parse_xml(content, "")
    element.set(PARENT, usage_key(course_key, place.tag, place.name))
    element.set(INDEX, str(place.index))
    return etree.tostring(element, encoding="utf-8") + b"\n"
