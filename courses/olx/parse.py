"""Read one OLX course into an outline and the text of every block.

One bad leaf is reported and left out; it never stops the rest. What we have no block for is kept
whole as XML, so nothing an author wrote is lost.
"""

import hashlib
import re
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from courses.olx.assets import read_assets
from courses.olx.attributes import Attributes, required_blocks
from courses.olx.capa import program_in
from courses.olx.files import OlxFiles
from courses.olx.outline import BlockRef, Outline, Section, Texts, Unit
from courses.olx.package import Limits, Package, open_package
from courses.olx.problems import OlxRefused, Problem
from courses.olx.side_files import fold, wanted
from courses.olx.xml import to_text

KEY_PART = re.compile(r"[\w\-~.]+")
NAME = re.compile(r"[\w\-~.:%]+")
STATIC = re.compile(r"""/static/([^&"'\s<>)?#]+)""")
MAX_KEY = 255
MAX_DEPTH = 12
NOT_CONTENT = {"wiki", "textbook", "pdf_textbook", "html_textbook", "outcome", "static_tab"}
# Elements that only group: their blocks stand in the unit itself.
GROUPS = {"vertical", "wrapper", "problemset", "videosequence"}
# Elements that choose between their children: kept whole, with the children's own files inside.
CHOOSERS = {"split_test", "library_content", "itembank", "conditional", "randomize"}


@dataclass(frozen=True)
class ParsedModule:
    """What one course holds. `bodies` is each block's OLX by usage key."""

    outline: Outline
    bodies: dict[str, str]
    leaves: int
    refused: tuple[Problem, ...]  # left out
    notes: tuple[Problem, ...]  # read, but the author should look
    files: dict[str, Path]  # where each asset is, while the package is open

    @property
    def org_course_run(self) -> tuple[str, str, str]:
        org, course, run = self.outline.course_key.removeprefix("course-v1:").split("+")
        return org, course, run


def parse_course(path: Path, limits: Limits | None = None) -> ParsedModule:
    """The course at `path`, for looking only: its asset files may be gone afterwards."""
    with open_package(path, limits) as package:
        return parse_package(package)


def parse_package(package: Package) -> ParsedModule:
    """The course in an open package."""
    return _Reader(package).read()


def usage_key(course_key: str, block_type: str, name: str) -> str:
    """ "course-v1:LanToa+C1+2026", "text", "c1-u1-text" → the block's stable key."""
    return f"{course_key.replace('course-v1:', 'block-v1:', 1)}+type@{block_type}+block@{name}"


def course_key_of(usage: str) -> str:
    """The module a block belongs to, by its key."""
    return usage.partition("+type@")[0].replace("block-v1:", "course-v1:", 1)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.files = OlxFiles(package)
        self.refused: list[Problem] = []
        self.notes: list[Problem] = []
        self.bodies: dict[str, str] = {}
        self.unit_keys: set[str] = set()
        self.leaves = 0
        self.course_key = ""
        self.attributes = Attributes("vi", self.notes)

    def read(self) -> ParsedModule:
        course = self._course()
        sections = tuple(section for chapter in self._chapters(course) for section in chapter)
        banks = tuple(self._banks(course))
        assets, paths = read_assets(self.package)
        self._note_missing_static(set(assets))
        outline = Outline(
            course_key=self.course_key,
            title=self.attributes.title(course) or {"vi": self.course_key},
            sections=sections,
            component=course.get("component", "ST"),
            language=self.attributes.language,
            summary=self.attributes.texts(course, "summary"),
            outcomes=tuple(self.attributes.outcome(row) for row in course.iterchildren("outcome")),
            banks=banks,
            assets=assets,
        )
        return ParsedModule(outline, self.bodies, self.leaves, tuple(self.refused), tuple(self.notes), paths)

    def _course(self) -> etree._Element:
        content = self.package.read("course.xml")
        if content is None:
            raise OlxRefused("no-course", "course.xml")
        pointer = self.files.parse(content, "course.xml")
        if pointer.tag != "course":
            raise OlxRefused("no-course", "course.xml", f"the root is <{pointer.tag}>")
        parts = [pointer.get("org", ""), pointer.get("course", ""), pointer.get("url_name", "")]
        if not all(KEY_PART.fullmatch(part) for part in parts):
            raise OlxRefused("bad-name", "course.xml", "org, course and url_name name a course")
        self.course_key = "course-v1:" + "+".join(parts)
        if len(self.course_key) > 120 or len(parts[1]) > 16:
            raise OlxRefused("name-too-long", "course.xml")
        self.files.load_policy(parts[2])
        course = self.files.resolve(pointer, "course.xml")[0]
        self.attributes = Attributes(course.get("language") or "vi", self.notes)
        return course

    def _chapters(self, course: etree._Element) -> list[list[Section]]:
        found = []
        for chapter, path in self._children(course, "course.xml"):
            if chapter.tag in NOT_CONTENT or chapter.tag == "question_bank":
                continue
            title = self.attributes.title(chapter)
            key = chapter.get("url_name", "")
            found.append(
                [self._section(child, where, key, title) for child, where in self._sequentials(chapter, path)]
            )
        return found

    def _sequentials(self, chapter: etree._Element, path: str) -> list[tuple[etree._Element, str]]:
        """A chapter's sequentials; what stands in it directly counts as one of its own."""
        children = self._children(chapter, path) if chapter.tag == "chapter" else [(chapter, path)]
        loose = [child for child, _ in children if child.tag != "sequential"]
        if not loose:
            return children
        wrapper = etree.Element("sequential", url_name=chapter.get("url_name", ""))
        wrapper.extend(deepcopy(child) for child in loose)
        return [(child, where) for child, where in children if child.tag == "sequential"] + [(wrapper, path)]

    def _section(self, element: etree._Element, path: str, chapter: str, title: Texts) -> Section:
        units: list[Unit] = []
        for child, where in self._children(element, path):
            unit = self._unit(child, where)
            if unit is not None:
                units.append(unit)
        return Section(
            key=element.get("url_name", ""),
            title=self.attributes.title(element),
            units=tuple(units),
            chapter=chapter,
            chapter_title=title,
        )

    def _unit(self, element: etree._Element, path: str) -> Unit | None:
        key = element.get("url_name") or _name_from_content(element)
        if problem := self._name_problem(key, path, limit=120):
            self.refused.append(problem)
            return None
        if key in self.unit_keys:
            self.refused.append(
                Problem("duplicate", f"{path}#{key}", "this url_name is taken by another unit")
            )
            return None
        self.unit_keys.add(key)
        alone = element.tag not in GROUPS  # old courses put blocks straight into a sequential
        blocks = self._blocks(element, path) if not alone else self._leaf(element, path)
        return Unit(
            key=key,
            title=self.attributes.title(element) or {self.attributes.language: key},
            minutes=self.attributes.minutes(element, path),
            review_by=self.attributes.day(element, "review_by", path),
            blocks=required_blocks(blocks, self.bodies),
        )

    def _blocks(self, element: etree._Element, path: str, depth: int = 0) -> list[BlockRef]:
        blocks: list[BlockRef] = []
        for child, where in self._children(element, path):
            if child.tag in GROUPS and depth < MAX_DEPTH:
                blocks += self._blocks(child, where, depth + 1)
            elif child.tag in GROUPS:
                self.refused.append(Problem("too-deep", where))
            else:
                blocks += self._leaf(child, where)
        return blocks

    def _leaf(self, element: etree._Element, path: str) -> list[BlockRef]:
        """The block as a list of one, or of none when it was refused."""
        tag = str(element.tag)
        if tag in CHOOSERS:
            element = self._with_children_inside(element, path)
        else:
            self.leaves += 1
        name = element.get("url_name") or _name_from_content(element)
        usage = usage_key(self.course_key, tag, name)
        problem = self._name_problem(name, path, limit=MAX_KEY, whole=usage)
        if usage in self.bodies:
            problem = Problem("duplicate", f"{path}#{name}", "this url_name is taken by another block")
        if not problem and tag == "problem" and (program := program_in(element)):
            problem = Problem(
                "script-problem", f"{path}#{name}", f"<{program}> would run a program of the author"
            )
        if problem:
            self.refused.append(problem)
            return []
        self.bodies[usage] = to_text(self._with_side_file(element))
        return [BlockRef(usage, tag, self.attributes.title(element), kind=element.get("kind", "")[:32])]

    def _with_side_file(self, element: etree._Element) -> etree._Element:
        """The element with the file it points to inside it, where it has one."""
        beside = wanted(element)
        content = self.package.read(beside) if beside else None
        if content is None:
            return element
        whole = deepcopy(element)
        fold(whole, {beside: content.decode("utf-8", "replace")})
        return whole

    def _with_children_inside(self, element: etree._Element, path: str, depth: int = 0) -> etree._Element:
        whole = deepcopy(element)
        for child in list(whole):
            whole.remove(child)
        for child, where in self._children(element, path):
            if child.tag in CHOOSERS | GROUPS and depth < MAX_DEPTH:
                whole.append(self._with_children_inside(child, where, depth + 1))
            else:
                self.leaves += 1
                whole.append(deepcopy(child))
        return whole

    def _banks(self, course: etree._Element) -> list[BlockRef]:
        """Question banks: pointed to by the course, or only lying in `question_bank/`."""
        inside = self._children(course, "course.xml", "question_bank")
        named = {element.get("url_name") for element, _ in inside}
        blocks: list[BlockRef] = []
        for file in self.package.files_under("question_bank"):
            pointer = etree.Element("question_bank", url_name=Path(file).stem)
            if file.endswith(".xml") and pointer.get("url_name") not in named:
                inside += self._resolved(pointer, file)
        for element, path in inside:
            blocks += self._leaf(element, path)
        return blocks

    def _children(
        self, parent: etree._Element, path: str, only: str | None = None
    ) -> list[tuple[etree._Element, str]]:
        """Child elements, those kept in files of their own read from there."""
        found: list[tuple[etree._Element, str]] = []
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in NOT_CONTENT:
                continue
            if only is None or child.tag == only:
                found += self._resolved(child, path)
        return found

    def _resolved(self, element: etree._Element, path: str) -> list[tuple[etree._Element, str]]:
        try:
            return [self.files.resolve(element, path)]
        except OlxRefused as refusal:
            self.leaves += element.tag not in GROUPS | {"chapter", "sequential"}
            self.refused.append(refusal.problem)
            return []

    def _name_problem(self, name: str, path: str, limit: int, whole: str = "") -> Problem | None:
        if len(whole or name) > limit:
            return Problem("name-too-long", f"{path}#{name[:60]}…")
        if not NAME.fullmatch(name):
            return Problem("bad-name", f"{path}#{name}", "letters, digits, - _ . ~ : only")
        return None

    def _note_missing_static(self, assets: set[str]) -> None:
        for usage, body in self.bodies.items():
            for path in sorted(set(STATIC.findall(body)) - assets):
                self.notes.append(Problem("missing-static", usage.rpartition("@")[2], path))


def _name_from_content(element: etree._Element) -> str:
    """A name for what has none: the same content is the same block at the next import."""
    digest = hashlib.sha256(to_text(element).encode()).hexdigest()[:12]
    return f"{element.tag}_{digest}"
