"""One reading of an OLX course: its tree, the text of every block, its files."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from courses.olx.assets import read_assets, read_other_files
from courses.olx.attributes import Attributes
from courses.olx.files import OlxFiles
from courses.olx.kept import course_attributes, leftovers, titled_attributes
from courses.olx.names import KEY_PART, NOT_CONTENT, name_from_content
from courses.olx.outline import BlockRef, Chapter, Outline, Section, Unit
from courses.olx.package import Package
from courses.olx.problems import OlxRefused, Problem
from courses.olx.units import Found, Placed, UnitReader
from courses.olx.xml import to_text

STATIC = re.compile(r"""/static/([^&"'\s<>)?#]+)""")


@dataclass(frozen=True)
class ParsedModule:
    """What one course holds. `bodies` is each block's OLX by usage key."""

    outline: Outline
    bodies: dict[str, str]
    leaves: int
    refused: tuple[Problem, ...]  # not shown: unreadable, or a program ("script", which is kept)
    notes: tuple[Problem, ...]  # read, but the author should look
    files: dict[str, Path]  # where each asset is, while the package is open
    kept: tuple[Problem, ...] = ()  # leaves kept for the export that no unit shows
    other_files: dict[str, Path] | None = None  # where each of `outline.files` is
    # The course as its authors last had it, where that is not what is published. Its leaves and
    # problems are those of the drafts alone; `counted` are the blocks among them.
    draft: "ParsedModule | None" = None
    counted: frozenset[str] = frozenset()

    @property
    def org_course_run(self) -> tuple[str, str, str]:
        org, course, run = self.outline.course_key.removeprefix("course-v1:").split("+")
        return org, course, run

    @property
    def draft_units(self) -> int:
        """How many units of the draft are not as they are published."""
        if self.draft is None:
            return 0
        return sum(self._differs(unit, self.draft) for unit in self.draft.outline.units)

    def _differs(self, unit: Unit, draft: "ParsedModule") -> bool:
        bodies = ((block.usage_key, draft.bodies[block.usage_key]) for block in unit.blocks)
        return self.outline.unit(unit.key) != unit or any(self.bodies[key] != body for key, body in bodies)


class CourseReader:
    """One reading of a course. `package` is asked for static and other files, `files` for all XML."""

    def __init__(self, files: OlxFiles, package: Package) -> None:
        self.package = package
        self.files = files
        self.found = Found()
        self.course_key = ""
        self.attributes = Attributes("vi", self.found.notes)

    def read(self) -> Outline:
        """The tree without its files."""
        course, path = self._course()
        self.units = UnitReader(self.files, self.course_key, self.attributes, self.found)
        chapters, sections = self._chapters(course, path)
        outline = Outline(
            course_key=self.course_key,
            title=self.attributes.title(course) or {"vi": self.course_key},
            sections=sections,
            component=course.get("component", "ST"),
            language=self.attributes.language,
            summary=self.attributes.texts(course, "summary"),
            outcomes=tuple(self.attributes.outcome(row) for row in course.iterchildren("outcome")),
            banks=tuple(self._banks(course, path)),
            chapters=chapters,
            extras=tuple(self._extras(course)),
        )
        return replace(outline, attributes=leftovers(course, course_attributes(outline)))

    def completed(self, outline: Outline, taken: set[str]) -> ParsedModule:
        """With its files; `taken` are those whose content stands in an element."""
        assets, paths = read_assets(self.package, self.found.notes)
        files, other_paths = read_other_files(self.package, taken)
        self._note_missing_static(set(assets))
        found = self.found
        return ParsedModule(
            outline=replace(outline, assets=assets, files=files),
            bodies=found.bodies,
            leaves=found.leaves,
            refused=tuple(found.refused),
            notes=tuple(found.notes),
            files=paths,
            kept=tuple(found.kept),
            other_files=other_paths,
            counted=frozenset(found.counted),
        )

    def _course(self) -> Placed:
        content = self.files.package.read("course.xml")
        if content is None:
            raise OlxRefused("no-course", "course.xml")
        pointer = self.files.parse(content, "course.xml")
        if pointer.tag != "course":
            raise OlxRefused("no-course", "course.xml", f"the root is <{pointer.tag}>")
        self.course_key = course_key(pointer)
        self.files.take("course.xml")
        self.files.load_policy(pointer.get("url_name", ""))
        course, path = self.files.resolve(pointer, "course.xml")
        self.attributes = Attributes(course.get("language") or "vi", self.found.notes)
        return course, path

    def _chapters(self, course: etree._Element, path: str) -> tuple[tuple[Chapter, ...], tuple[Section, ...]]:
        """Chapters and their sections in order. What stands straight in the course makes one of its own."""
        chapters: list[Chapter] = []
        sections: list[Section] = []
        for child in course:
            if not isinstance(child.tag, str) or child.tag in NOT_CONTENT or child.tag == "question_bank":
                continue
            for element, where in self.units.resolved(child, path):
                chapter = self._chapter(element, {known.key for known in chapters})
                chapters.append(chapter)
                inside = self.units.children(element, where) if chapter.tag else [(element, where)]
                sections += self._sections(inside, chapter)
        return tuple(chapters), tuple(sections)

    def _chapter(self, element: etree._Element, taken: set[str]) -> Chapter:
        name = element.get("url_name") or name_from_content(element)
        key = next(k for n in range(len(taken) + 1) if (k := f"{name}~{n}" if n else name) not in taken)
        title = self.attributes.title(element)
        if element.tag != "chapter":
            return Chapter(key, title, tag="")
        chapter = Chapter(key, title)
        written = titled_attributes(chapter, self.attributes.language)
        return replace(chapter, attributes=leftovers(element, written))

    def _sections(self, placed: list[Placed], chapter: Chapter) -> list[Section]:
        """Sequentials; what stands in the chapter beside them makes sections without an element."""
        sections: list[Section] = []
        loose: list[Placed] = []
        for element, path in placed:
            if element.tag != "sequential":
                loose.append((element, path))
                continue
            sections += self._loose(loose, chapter)
            loose = []
            title = self.attributes.title(element)
            units = self._units(self.units.children(element, path))
            key = element.get("url_name") or name_from_content(element)
            section = Section(key, title, units, chapter.key, chapter.title)
            written = titled_attributes(section, self.attributes.language)
            sections.append(replace(section, attributes=leftovers(element, written)))
        return sections + self._loose(loose, chapter)

    def _loose(self, placed: list[Placed], chapter: Chapter) -> list[Section]:
        units = self._units(placed)
        return [Section(chapter.key, {}, units, chapter.key, chapter.title, tag="")] if units else []

    def _units(self, placed: list[Placed]) -> tuple[Unit, ...]:
        units = (self.units.unit(element, path) for element, path in placed)
        return tuple(unit for unit in units if unit is not None)

    def _banks(self, course: etree._Element, path: str) -> list[BlockRef]:
        """Question banks: pointed to by the course, or only lying in `question_bank/`."""
        inside: list[Placed] = []
        for child in course.iterchildren("question_bank"):
            inside += self.units.resolved(child, path)
        named = {element.get("url_name") for element, _ in inside}
        lying = self.files.lying_in("question_bank", self.package)
        for name, file in {Path(file).stem: file for file in lying}.items():
            if name not in named:
                inside += self.units.resolved(etree.Element("question_bank", url_name=name), file)
        return [block for element, where in inside for block in self.units.leaf(element, where)]

    def _extras(self, course: etree._Element) -> list[str]:
        return [
            to_text(child)
            for child in course
            if isinstance(child.tag, str) and child.tag in NOT_CONTENT - {"outcome"}
        ]

    def _note_missing_static(self, assets: set[str]) -> None:
        for usage, body in self.found.bodies.items():
            for path in sorted(set(STATIC.findall(body)) - assets):
                self.found.notes.append(Problem("missing-static", usage.rpartition("@")[2], path))


def course_key(pointer: etree._Element) -> str:
    """The key that `course.xml` names."""
    parts = [pointer.get("org", ""), pointer.get("course", ""), pointer.get("url_name", "")]
    if not all(KEY_PART.fullmatch(part) for part in parts):
        raise OlxRefused("bad-name", "course.xml", "org, course and url_name name a course")
    key = "course-v1:" + "+".join(parts)
    if len(key) > 120 or len(parts[1]) > 16:
        raise OlxRefused("name-too-long", "course.xml")
    return key
