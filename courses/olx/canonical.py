"""A course as one tree that does not depend on how its files are laid out.

Two courses with the same tree hold the same content: pointers are followed, attributes are sorted, html
is one element, files count by their bytes. It reads the files itself and knows nothing of outlines, so
that it can tell whether an export gives back what an import took.
"""

from pathlib import Path
from typing import Any

from lxml import etree

from courses.olx.assets import asset_ref
from courses.olx.drafts import DraftFiles, read_drafts
from courses.olx.files import OlxFiles
from courses.olx.names import NOT_CONTENT, STRUCTURE, name_from_content
from courses.olx.package import Limits, Package, open_package
from courses.olx.problems import OlxRefused

DEEPEST = 20


def canonical_tree(path: Path, limits: Limits | None = None) -> dict[str, Any]:
    """The course at `path` (folder or archive) as plain JSON values; `draft` is its draft, if any."""
    with open_package(path, limits) as package:
        drafts = read_drafts(package)
        trees = [_Tree(OlxFiles(package), drafts.changes.published(package))]
        found = [trees[0].course()]
        if drafts:
            trees.append(_Tree(DraftFiles(trees[0].files, drafts), drafts.changes.draft(package)))
            found.append(trees[1].course())
        taken = {path for tree in trees for path in tree.files.taken}
        wholes = [
            whole | {"files": tree.other_files(taken)} for whole, tree in zip(found, trees, strict=True)
        ]
        return wholes[0] | {"draft": next((whole for whole in wholes[1:] if whole != wholes[0]), None)}


class _Tree:
    """One reading of a course. `package` is asked for static and other files, `files` for all XML."""

    def __init__(self, files: OlxFiles, package: Package) -> None:
        self.files, self.package = files, package

    def course(self) -> dict[str, Any]:
        pointer = self.files.parse(self.files.package.read("course.xml") or b"", "course.xml")
        self.files.take("course.xml")
        names = {name: pointer.get(name) for name in ("org", "course", "url_name")}
        self.files.load_policy(pointer.get("url_name", ""))
        course, path = self.files.resolve(pointer, "course.xml")
        tree = self._node(course, path, 0)
        content = [node for node in tree["inside"] if not _is_beside(node)]
        beside = [node for node in tree["inside"] if _is_beside(node) and _tag(node) != "question_bank"]
        attributes = {k: v for k, v in tree["attributes"].items() if k not in names}
        return {
            "names": names,
            "attributes": attributes,
            "inside": content,
            "beside": sorted(beside, key=_tag),
            "banks": self._banks(course, path),
            "static": self._bytes_of("static"),
        }

    def _node(self, element: etree._Element, path: str, depth: int) -> Any:
        """A group as a dict, a leaf as canonical XML."""
        name = element.get("url_name") or name_from_content(element)
        element.set("url_name", name)
        if element.tag not in STRUCTURE or depth > DEEPEST:
            element.tail = None
            return etree.tostring(element, method="c14n2").decode()
        inside = []
        for child in element:
            if isinstance(child.tag, str):
                inside += self._child(child, path, depth)
        attributes = {str(name): str(value) for name, value in sorted(element.attrib.items())}
        empty = [node for node in inside if isinstance(node, dict) and not node["inside"]]
        full = [node for node in inside if node not in empty]
        return {"tag": element.tag, "attributes": attributes, "inside": full + empty}

    def _child(self, child: etree._Element, path: str, depth: int) -> list[Any]:
        if depth == 0 and child.tag in NOT_CONTENT:
            child.tail = None
            return [etree.tostring(child, method="c14n2").decode()]
        try:
            element, path = self.files.resolve(child, path)
        except OlxRefused:
            return []  # a pointer to nothing holds nothing
        return [self._node(element, path, depth + 1)]

    def _banks(self, course: etree._Element, path: str) -> list[str]:
        found = {}
        pointers = list(course.iterchildren("question_bank"))
        for file in self.files.lying_in("question_bank", self.package):
            pointers.append(etree.Element("question_bank", url_name=Path(file).stem))
        for pointer in pointers:
            name = pointer.get("url_name", "")
            for node in self._child(pointer, path, 1) if name not in found else []:
                found[name] = node
        return [found[name] for name in sorted(found)]

    def _bytes_of(self, folder: str) -> dict[str, str]:
        paths = {path: self.package.file(path) for path in self.package.files_under(folder)}
        return {path: asset_ref(file, path, self.package).sha256 for path, file in paths.items() if file}

    def other_files(self, taken: set[str]) -> dict[str, str]:
        """Files that stand in no element."""
        return {
            path: digest
            for path, digest in self._bytes_of("").items()
            if not path.startswith("static/") and path not in taken
        }


def _tag(node: Any) -> str:
    return str(node["tag"]) if isinstance(node, dict) else node[1:].partition(" ")[0].partition(">")[0]


def _is_beside(node: Any) -> bool:
    return _tag(node) in NOT_CONTENT | {"question_bank"}
