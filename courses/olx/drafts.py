"""`drafts/` of a course: what its authors have changed and learners do not see yet.

Open edX writes there each unit (or block) whose draft differs, whole, with `parent_url` and
`index_in_children_list`; such a file is a *root*. A file there also stands for a course, chapter,
sequential or question bank of the same name; only we write those. Everything is read leniently: a
draft that cannot be placed is named and left among the files, the rest counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from courses.olx.draft_files import FileChanges, read_file_changes
from courses.olx.files import OlxFiles, is_pointer, pointer_path
from courses.olx.names import DRAFTS, IN_FILES
from courses.olx.package import Package
from courses.olx.problems import OlxRefused, Problem
from courses.olx.xml import parse_xml

PARENT, INDEX = "parent_url", "index_in_children_list"
PLACE = {PARENT, "parent_sequential_url", INDEX}
ABOVE_UNITS = {"course", "chapter", "sequential", "question_bank"}
Name = tuple[str, str]  # tag and url_name
_KEY = re.compile(
    r"(?:block-v1:.+\+type@(?P<tag>\w+)\+block@|i4x://[^/]+/[^/]+/(?P<old>\w+)/)(?P<name>[^/@]+)"
)


@dataclass(frozen=True)
class Root:
    """A draft that is not inside another one, and where its author put it."""

    tag: str
    name: str
    path: str
    parent: Name | None = None
    index: int | None = None
    said: str = ""  # what the file says of its place, for the report


@dataclass(frozen=True)
class Drafts:
    """Everything below `drafts/` that has a meaning."""

    roots: Mapping[Name, Root] = field(default_factory=dict)
    changes: FileChanges = field(default_factory=FileChanges)
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.roots or self.changes)


def read_drafts(package: Package) -> Drafts:
    """The drafts of a course."""
    roots: dict[Name, Root] = {}
    problems: list[Problem] = []
    for path in package.files_under(DRAFTS.rstrip("/")):
        tag, _, rest = path.removeprefix(DRAFTS).partition("/")
        if not rest.endswith(".xml"):
            continue
        name = rest.removesuffix(".xml").replace("/", ":")
        try:
            element = parse_xml(package.read(path) or b"", path)
        except OlxRefused as refusal:
            problems.append(refusal.problem)
            continue
        if element.tag == tag and (tag in ABOVE_UNITS or PLACE & set(element.attrib)):
            roots[tag, name] = _root(element, name, path)
    return Drafts(roots, read_file_changes(package), tuple(problems))


def _root(element: etree._Element, name: str, path: str) -> Root:
    parent = element.get(PARENT) or element.get("parent_sequential_url") or ""
    index = element.get(INDEX, "")
    found = _KEY.fullmatch(parent)
    is_number = index.isascii() and index.isdigit() and len(index) < 9
    return Root(
        tag=str(element.tag),
        name=name,
        path=path,
        parent=(found["tag"] or found["old"], found["name"]) if found else None,
        index=int(index) if is_number else None,
        said=f'{PARENT}="{parent[:200]}" {INDEX}="{index[:40]}"',
    )


class DraftFiles(OlxFiles):
    """Reads the course as its authors last had it: drafts instead of what is published, or beside it."""

    def __init__(self, published: OlxFiles, drafts: Drafts) -> None:
        super().__init__(published.package)
        self.drafts = drafts
        self.problems: list[Problem] = []
        # What stands in the published course keeps its place; it is only read from another file.
        self._new: dict[Name, list[Root]] = {}
        for root in drafts.roots.values():
            if root.parent and (root.tag, root.name) not in published.met:
                self._new.setdefault(root.parent, []).append(root)

    def resolve(self, element: etree._Element, path: str) -> tuple[etree._Element, str]:
        element, path = super().resolve(element, path)
        if not path.startswith(DRAFTS):  # a draft names its children itself
            self._insert_into(element)
        return element, path

    def is_counted(self, path: str) -> bool:
        """Only what comes out of `drafts/`; the rest is counted in the published course."""
        return path.startswith(DRAFTS)

    def lying_in(self, folder: str, package: Package) -> list[str]:
        drafts = [root.path for root in self.drafts.roots.values() if root.tag == folder]
        return [*super().lying_in(folder, package), *drafts]

    def unplaced(self) -> list[Problem]:
        """Drafts that came to stand nowhere; ask last."""
        lost = [root for root in self.drafts.roots.values() if root.path not in self.taken]
        return [Problem("draft-parent", root.path, root.said) for root in lost]

    def beside(self, path: str, where: str) -> tuple[str, bytes | None]:
        if where.startswith(DRAFTS) and (content := self.package.read(DRAFTS + path)) is not None:
            return DRAFTS + path, content
        return super().beside(path, where)

    def _place(self, element: etree._Element, name: str, where: str) -> str:
        tag = str(element.tag)
        if root := self.drafts.roots.get((tag, name)):
            return root.path
        plain = pointer_path(tag, name)
        if is_pointer(element) and _is_in_draft(where):
            is_only_here = tag in IN_FILES and self.package.file(plain) is None
            if is_only_here or self.package.file(DRAFTS + plain) is not None:
                return DRAFTS + plain
        return super()._place(element, name, where)

    def _pointed_to(self, element: etree._Element, name: str, path: str) -> tuple[etree._Element, str]:
        target, path = super()._pointed_to(element, name, path)
        if path.startswith(DRAFTS):
            for attribute in PLACE & set(target.attrib):
                del target.attrib[attribute]
        return target, path

    def _with_policy(self, element: etree._Element, where: str) -> etree._Element:
        """`policy.json` speaks of the published course."""
        return element if where.startswith(DRAFTS) else super()._with_policy(element, where)

    def _insert_into(self, parent: etree._Element) -> None:
        """Pointers to the drafts that the published parent does not know of, each at its place."""
        roots = self._new.get((str(parent.tag), parent.get("url_name", "")), [])
        for root in sorted(roots, key=lambda root: (root.index is None, root.index or 0, root.name)):
            children = [child for child in parent if isinstance(child.tag, str)]
            pointer = etree.Element(root.tag, url_name=root.name)
            if root.index is None or root.index > len(children):
                self.problems.append(Problem("draft-place", root.path, root.said))
            if root.index is None or root.index >= len(children):
                parent.append(pointer)
            else:
                children[root.index].addprevious(pointer)


def _is_in_draft(path: str) -> bool:
    """Is this the file of a drafted unit or block? Files beside it are then its own."""
    return path.startswith(DRAFTS) and path.removeprefix(DRAFTS).partition("/")[0] not in ABOVE_UNITS
