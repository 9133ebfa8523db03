"""Read units: their groups, and each leaf as a block."""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field, replace

from lxml import etree

from courses.olx.attributes import Attributes, required_blocks
from courses.olx.capa import program_in
from courses.olx.files import OlxFiles
from courses.olx.heading import kind_of
from courses.olx.kept import leftovers, unit_attributes
from courses.olx.names import (
    CHOOSERS,
    CONDITIONS,
    GROUPS,
    MAX_KEY,
    NAME,
    ONE_OF,
    SCRIPT_PROBLEM,
    STRUCTURE,
    name_from_content,
    usage_key,
)
from courses.olx.outline import BlockRef, Group, Unit
from courses.olx.problems import OlxRefused, Problem
from courses.olx.side_files import fold, wanted
from courses.olx.xml import to_text

MAX_DEPTH = 12
# Files may point to one another so that reading them never ends; real courses stay below 20,000.
MAX_ELEMENTS = 40_000
Placed = tuple[etree._Element, str]  # an element and the file it came from


@dataclass
class Found:
    """What reading a course brought so far."""

    bodies: dict[str, str] = field(default_factory=dict)
    refused: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    kept: list[Problem] = field(default_factory=list)  # leaves that are kept and not shown
    leaves: int = 0
    elements: int = 0
    unit_keys: set[str] = field(default_factory=set)
    counted: set[str] = field(default_factory=set)  # usage keys of the leaves among `leaves`


class UnitReader:
    """Reads the units of one course."""

    def __init__(self, files: OlxFiles, course_key: str, attributes: Attributes, found: Found) -> None:
        self.files, self.course_key, self.attributes, self.found = files, course_key, attributes, found
        self._groups: list[Group] = []
        self._times: Counter[str] = Counter()  # how often each name of a group was met in this unit

    def unit(self, element: etree._Element, path: str) -> Unit | None:
        """The unit, None when its name cannot be used. Old courses put blocks straight into a sequential."""
        key = element.get("url_name") or name_from_content(element)
        if problem := _name_problem(key, path, limit=120):
            self.found.refused.append(problem)
            return None
        if key in self.found.unit_keys:
            detail = "this url_name is taken by another unit"
            self.found.refused.append(Problem("duplicate", f"{path}#{key}", detail))
            return None
        self._groups, self._times = [], Counter()
        alone = element.tag not in GROUPS
        blocks = self._block(element, path) if alone else self._blocks(element, path)
        if alone and not blocks and not self._groups:
            return None
        self.found.unit_keys.add(key)
        unit = Unit(
            key=key,
            title=self.attributes.title(element) or {self.attributes.language: key},
            minutes=0 if alone else self.attributes.minutes(element, path),
            review_by=None if alone else self.attributes.day(element, "review_by", path),
            blocks=required_blocks(blocks, self.found.bodies),
            tag="" if alone else str(element.tag),
            groups=tuple(self._groups),
        )
        if alone:
            return unit
        written = unit_attributes(unit, self.attributes.language)
        return replace(unit, attributes=leftovers(element, written))

    def leaf(self, element: etree._Element, path: str, group: str = "") -> list[BlockRef]:
        """The block as a list of one, or of none when it was refused."""
        is_counted = self.files.is_counted(path)
        self.found.leaves += is_counted
        name = element.get("url_name") or name_from_content(element)
        program = program_in(element) if element.tag == "problem" else ""
        tag = SCRIPT_PROBLEM if program else str(element.tag)
        usage = usage_key(self.course_key, tag, name)
        problem = _name_problem(name, path, limit=MAX_KEY, whole=usage)
        if usage in self.found.bodies:
            problem = Problem("duplicate", f"{path}#{name}", "this url_name is taken by another block")
        if problem:
            self.found.refused.append(problem)
            return []
        if program:
            detail = f"<{program}>: programs in problems do not run here; kept for the export, not shown"
            self.found.refused.append(Problem("script", f"{path}#{name}", detail))
        self.found.bodies[usage] = to_text(self._with_side_file(element, path))
        if is_counted:
            self.found.counted.add(usage)
        title = self.attributes.title(element)
        return [BlockRef(usage, tag, title, kind=kind_of(element), group=group)]

    def _with_side_file(self, element: etree._Element, path: str) -> etree._Element:
        """The element with the file it points to inside it, where it has one."""
        beside = wanted(element)
        place, content = self.files.beside(beside, path) if beside else ("", None)
        if content is None:
            return element
        self.files.take(place)
        whole = deepcopy(element)
        fold(whole, {beside: content.decode("utf-8", "replace")})
        return whole

    def children(self, parent: etree._Element, path: str) -> list[Placed]:
        """Child elements, those kept in files of their own read from there."""
        placed: list[Placed] = []
        for child in parent:
            if isinstance(child.tag, str):
                placed += self.resolved(child, path)
        return placed

    def resolved(self, element: etree._Element, path: str) -> list[Placed]:
        self.found.elements += 1
        if self.found.elements > MAX_ELEMENTS:
            raise OlxRefused("too-large", path, f"more than {MAX_ELEMENTS} parts")
        try:
            return [self.files.resolve(element, path)]
        except OlxRefused as refusal:
            self.found.leaves += element.tag not in STRUCTURE and self.files.is_counted(path)
            self.found.refused.append(refusal.problem)
            return []

    def _blocks(
        self, element: etree._Element, path: str, group: str = "", above: tuple[str, ...] = ()
    ) -> list[BlockRef]:
        above = (*above, f"{element.tag}/{element.get('url_name')}")
        blocks: list[BlockRef] = []
        for child, where in self.children(element, path):
            blocks += self._block(child, where, group, above)
        return blocks

    def _block(
        self, element: etree._Element, path: str, group: str = "", above: tuple[str, ...] = ()
    ) -> list[BlockRef]:
        """A leaf, or the blocks of a group."""
        if element.tag not in GROUPS | CHOOSERS:
            return self.leaf(element, path, group)
        if element.get("url_name") and f"{element.tag}/{element.get('url_name')}" in above:
            self.found.refused.append(Problem("cycle", path, "it contains itself"))
            return []
        if len(above) > MAX_DEPTH:
            self.found.refused.append(Problem("too-deep", path))
            return []
        place = len(self._groups)
        key = self._group_key(element)
        self._groups.append(Group(key, str(element.tag), leftovers(element, {}), group))
        if element.tag in CHOOSERS:
            return self._chosen(element, path, place, above)
        return self._blocks(element, path, key, above)

    def _group_key(self, element: etree._Element) -> str:
        name = element.get("url_name") or name_from_content(element)
        times = self._times[name]
        self._times[name] += 1
        return f"{name}~{times}" if times else name

    def _chosen(
        self, element: etree._Element, path: str, place: int, above: tuple[str, ...]
    ) -> list[BlockRef]:
        """The blocks a learner sees of an element that chooses; other variants are kept as XML."""
        above = (*above, f"{element.tag}/{element.get('url_name')}")
        key = self._groups[place].key
        before, after, blocks = "", "", []
        shown = 0
        for child, where in self.children(element, path):
            if child.tag in CONDITIONS:
                before += to_text(child)
            elif element.tag in ONE_OF and shown:
                after += to_text(self._whole(child, where, above))
            else:
                shown += 1
                blocks += self._block(child, where, key, above)
        self._groups[place] = replace(self._groups[place], before=before, after=after)
        return blocks

    def _whole(self, element: etree._Element, path: str, above: tuple[str, ...]) -> etree._Element:
        """The element with the files of all it holds inside."""
        name = f"{element.tag}/{element.get('url_name')}"
        if element.tag not in STRUCTURE or name in above or len(above) > MAX_DEPTH:
            self.found.leaves += self.files.is_counted(path)
            detail = "one of several variants: kept for the export, not shown"
            self.found.kept.append(Problem("variant", f"{path}#{element.get('url_name', '')}", detail))
            return element
        whole = deepcopy(element)
        for child in list(whole):
            whole.remove(child)
        for child, where in self.children(element, path):
            whole.append(deepcopy(self._whole(child, where, (*above, name))))
        return whole


def _name_problem(name: str, path: str, limit: int, whole: str = "") -> Problem | None:
    if len(whole or name) > limit:
        return Problem("name-too-long", f"{path}#{name[:60]}…")
    if not NAME.fullmatch(name):
        return Problem("bad-name", f"{path}#{name}", "letters, digits, - _ . ~ : only")
    return None
