"""Write an outline and its blocks as the files of an OLX course, laid out as Open edX has them.

The same outline and the same blocks always give the same bytes.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from courses.olx.files import pointer_path
from courses.olx.kept import course_attributes, titled_attributes, unit_attributes
from courses.olx.names import IN_FILES, STRUCTURE
from courses.olx.outline import BlockRef, Chapter, Group, Outline, Section, Unit
from courses.olx.side_files import unfold
from courses.olx.xml import parse_xml, to_text

LONGEST_PART = 240  # bytes of a file's name
# What `policy.json` says over an element's own attributes.
IN_POLICY = ("display_name", "language")


class CourseWriter:
    """The files of one course. `bodies` is each block's OLX by usage key."""

    def __init__(self, outline: Outline, bodies: Mapping[str, str]) -> None:
        self.outline, self.bodies = outline, bodies
        self.files: dict[str, bytes] = {}
        self.titles: dict[str, dict[str, str]] = {}  # "html/x" -> what a policy may say too
        self.units: dict[str, tuple[str, ...]] = {}  # a unit's own file -> all files of the unit

    def write(self) -> dict[str, bytes]:
        """Path → content of everything that is XML; static and other files are not among them."""
        org, course, run = self.outline.course_key.removeprefix("course-v1:").split("+")
        element = _element("course", course_attributes(self.outline))
        for outcome in self.outline.outcomes:
            element.append(_element("outcome", outcome))
        for chapter, sections in self._chapters():
            element.extend(self._chapter(chapter, sections))
        element.extend(parse_xml(extra.encode(), "extra") for extra in self.outline.extras)
        element.extend(self._banks())
        self.files["course.xml"] = _pretty(etree.Element("course", url_name=run, org=org, course=course))
        self.files[f"course/{run}.xml"] = _pretty(element)
        self._remember("course", run, element)
        return self.files

    def _chapters(self) -> list[tuple[Chapter, list[Section]]]:
        """Chapters in the order of their sections; those without sections after the one before them."""
        known = {chapter.key: chapter for chapter in self.outline.chapters}
        inside: dict[str, list[Section]] = {}
        for section in self.outline.sections:
            inside.setdefault(section.chapter, []).append(section)
        order = list(inside)
        place = 0
        for key in known:
            if key in inside:
                place = order.index(key) + 1
            else:
                order.insert(place, key)
                place += 1
        return [(_chapter_of(key, known.get(key), inside.get(key, [])), inside.get(key, [])) for key in order]

    def _chapter(self, chapter: Chapter, sections: list[Section]) -> list[etree._Element]:
        parts = [part for section in sections for part in self._section(section)]
        if not chapter.tag:
            return parts
        element = _element(chapter.tag, titled_attributes(chapter, self.outline.language))
        element.extend(parts)
        return [self._place(element, chapter.key)]

    def _section(self, section: Section) -> list[etree._Element]:
        parts = [part for unit in section.units for part in self._unit(unit)]
        if not section.tag:
            return parts
        element = _element(section.tag, titled_attributes(section, self.outline.language))
        element.extend(parts)
        return [self._place(element, section.key)]

    def _unit(self, unit: Unit) -> list[etree._Element]:
        before = len(self.files)
        parts = self._unit_parts(unit)
        written = tuple(self.files)[before:]
        for part in parts:
            if (own := pointer_path(part.tag, part.get("url_name", ""))) in written:
                self.units[own] = written
        return parts

    def _unit_parts(self, unit: Unit) -> list[etree._Element]:
        parts = self._grouped(unit)
        if not unit.tag:
            return parts
        element = _element(unit.tag, unit_attributes(unit, self.outline.language))
        element.extend(parts)
        return [self._place(element, unit.key)]

    def _grouped(self, unit: Unit) -> list[etree._Element]:
        """The unit's blocks, inside their groups where they have some."""
        groups = {group.key: group for group in unit.groups}
        inside: dict[str, list[BlockRef | Group]] = {}
        placed: set[str] = set()

        def place(part: BlockRef | Group) -> None:
            around = groups.get(part.group)
            inside.setdefault(around.key if around else "", []).append(part)
            if around and around.key not in placed:
                placed.add(around.key)
                place(around)

        for block in unit.blocks:
            place(block)
        for group in unit.groups:
            if group.key not in placed:
                placed.add(group.key)
                place(group)
        return self._parts(inside, "")

    def _parts(self, inside: dict[str, list[BlockRef | Group]], key: str) -> list[etree._Element]:
        parts = []
        for part in inside.get(key, []):
            if isinstance(part, BlockRef):
                parts.append(self._block(part))
                continue
            element = _element(part.tag, part.attributes)
            element.extend(self._raw(part.before))
            element.extend(self._parts(inside, part.key))
            element.extend(self._raw(part.after))
            parts.append(self._place(element, part.key))
        return parts

    def _block(self, block: BlockRef) -> etree._Element:
        element = parse_xml(self.bodies[block.usage_key].encode(), block.usage_key)
        self.files |= {path: text.encode() for path, text in unfold(element).items()}
        return self._leaf(element, block.key)

    def _leaf(self, element: etree._Element, key: str) -> etree._Element:
        if not element.get("url_name"):
            element.set("url_name", key)
        return self._place(element, key, is_leaf=True)

    def _raw(self, xml: str) -> list[etree._Element]:
        """Kept elements; what they hold goes into files of its own again."""
        return [self._raw_element(child) for child in parse_xml(f"<kept>{xml}</kept>".encode(), "kept")]

    def _raw_element(self, element: etree._Element) -> etree._Element:
        if not isinstance(element.tag, str) or element.tag not in STRUCTURE:
            key = element.get("url_name", "") if isinstance(element.tag, str) else ""
            return self._place(element, key, is_leaf=True) if key else element
        element[:] = [self._raw_element(child) for child in element]
        key = element.get("url_name", "")
        return self._place(element, key) if key else element

    def _banks(self) -> Iterable[etree._Element]:
        """Banks lie in their folder; only one whose name holds a folder needs to be pointed to."""
        for bank in self.outline.banks:
            placed = self._block(bank)
            if ":" in bank.key or len(placed) or placed.text:
                yield placed

    def _place(self, element: etree._Element, key: str, *, is_leaf: bool = False) -> etree._Element:
        """What stands in the parent: a pointer to the element's own file, or the element."""
        self._remember(str(element.tag), key, element)
        path = pointer_path(element.tag, key)
        is_free = path not in self.files and path not in self.outline.files
        if element.tag not in IN_FILES or not is_free or not _is_usable(path):
            element.set("url_name", key)
            return element
        if is_leaf:
            self._write_leaf(element, path, key)
        else:
            element.attrib.pop("url_name", "")
            self.files[path] = _pretty(element)
        return etree.Element(str(element.tag), url_name=key)

    def _write_leaf(self, element: etree._Element, path: str, key: str) -> None:
        if element.tag == "html" and not len(element):
            body = path.removesuffix(".xml") + ".html"
            self.files[body] = (element.text or "").encode()
            element.text = None
            element.set("filename", key)
        self.files[path] = (to_text(element) + "\n").encode()

    def _remember(self, tag: str, key: str, element: etree._Element) -> None:
        said = {name: str(element.get(name)) for name in IN_POLICY if element.get(name) is not None}
        self.titles[f"{tag}/{key}"] = said


def with_titles(policy: bytes, titles: Mapping[str, dict[str, str]]) -> bytes:
    """`policy.json` saying what the elements say; the same bytes when it does already."""
    try:
        content: Any = json.loads(policy)
    except (ValueError, RecursionError):
        return policy
    if not isinstance(content, dict):
        return policy
    changed = False
    for key, entry in content.items():
        for name, value in titles.get(key, {}).items():
            if isinstance(entry, dict) and name in entry and entry[name] != value:
                entry[name], changed = value, True
    return json.dumps(content, indent=4, ensure_ascii=False).encode() if changed else policy


def _chapter_of(key: str, known: Chapter | None, sections: list[Section]) -> Chapter:
    """A chapter's title stands in its sections too, where the studio changes it."""
    title = sections[0].chapter_title if sections else known.title if known else {}
    if known is None:
        return Chapter(key, title, tag="chapter" if key else "")
    return Chapter(key, title, known.tag, known.attributes)


def _element(tag: str, attributes: Mapping[str, str]) -> etree._Element:
    element = etree.Element(tag)
    for name in sorted(attributes):
        element.set(name, attributes[name])
    return element


def _pretty(element: etree._Element) -> bytes:
    """Structure is indented; what leaves and kept elements hold stays as it is."""
    _indent(element, 0)
    return etree.tostring(element, encoding="utf-8", with_tail=False) + b"\n"


def _indent(element: etree._Element, depth: int) -> None:
    if element.tag not in STRUCTURE or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for place, child in enumerate(element):
        if isinstance(child.tag, str):
            _indent(child, depth + 1)
        last = place == len(element) - 1
        child.tail = "\n" + "  " * (depth if last else depth + 1)


def _is_usable(path: str) -> bool:
    parts = path.removesuffix(".xml").split("/")
    return all(part not in {"", ".", ".."} and len(part.encode()) <= LONGEST_PART for part in parts)
