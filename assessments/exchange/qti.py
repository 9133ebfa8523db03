"""Read QTI: an item by itself, or a package of them (zip, tar.gz) with or without a manifest."""

import posixpath
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from assessments.exchange import kept
from assessments.exchange.model import (
    MEGA,
    Problem,
    Reading,
    ReadQuestion,
    Unfit,
    Unreadable,
    check_count,
    refused,
)
from assessments.exchange.opening import row_of
from assessments.exchange.qti_item import Item, OpenFile, named
from assessments.exchange.qti_kinds import question_of
from assessments.exchange.qti_tree import item_tree
from courses.olx.package import Limits, Package, open_archive
from courses.olx.problems import OlxRefused

LIMITS = Limits(entries=10_000, file_bytes=50 * MEGA, total_bytes=300 * MEGA)
MANIFEST = "imsmanifest.xml"
MOST_ITEM = 5 * MEGA
HEAD = 400
LONGEST_SOURCE = 40_000
ITEMS = {"assessmentItem"}
_ITEM_TYPES = ("imsqti_item_", "imsqti_apipitem_")
_OLD_TYPES = ("imsqti_xmlv1p", "imsqti_assessment_xmlv1p")


def read(content: bytes, *, language: str = "vi") -> Reading:
    """The items of a file, whichever of the forms it has."""
    is_xml = content[:HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<")
    return read_item(content, language=language) if is_xml else read_package(content, language=language)


def read_item(content: bytes, *, language: str = "vi", path: str = "") -> Reading:
    """One item without a package; its pictures are missing unless they stand inside."""
    root = item_tree(content, path)
    if root.tag not in ITEMS:
        raise Unreadable("other-root", str(root.tag)[:100], path)
    return Reading("qti", (_question(root, path, language, lambda _path: None),))


def read_package(content: bytes, *, language: str = "vi") -> Reading:
    """All items of a package, in the manifest's order, then those the manifest does not name."""
    with tempfile.NamedTemporaryFile(prefix="qti-", suffix=".archive") as file:
        file.write(content)
        file.flush()
        try:
            with open_archive(Path(file.name), LIMITS) as package:
                return _Opened(package, language).reading()
        except OlxRefused as refusal:
            problem = refusal.problem
            raise Unreadable(problem.code, problem.detail, problem.path) from refusal


class _Opened:
    def __init__(self, package: Package, language: str) -> None:
        self.package, self.language = package, language
        self.paths = package.files_under("")
        self.problems: list[Problem] = []
        self.ours: dict[str, tuple[str, str]] = {}  # path of an item → (its checksum, our own OLX)

    def reading(self) -> Reading:
        listed = self._listed()
        others = [path for path in self.paths if path.endswith(".xml") and path not in listed]
        found = [*self._items(listed), *self._items(others, is_listed=False)]
        if not found and not self.problems:
            raise Unreadable("no-items")
        return Reading("qti", tuple(found), tuple(self.problems))

    def _listed(self) -> list[str]:
        """The items that the manifest names, by their paths from the top of the archive."""
        manifests = sorted(
            (p for p in self.paths if posixpath.basename(p) == MANIFEST), key=lambda p: p.count("/")
        )
        if not manifests:
            return []
        folder = posixpath.dirname(manifests[0])
        root = item_tree(self.package.read(manifests[0], MOST_ITEM) or b"", manifests[0])
        found = []
        for resource in root.iter("resource"):
            type_ = resource.get("type", "")
            path = posixpath.normpath(posixpath.join(folder, resource.get("href", "")))
            if type_.startswith(_OLD_TYPES):
                self.problems.append(Problem("qti-1", path=path))
            elif type_.startswith(_ITEM_TYPES):
                found.append(path)
                if (olx := resource.find("metadata/olx")) is not None:
                    self.ours[path] = (olx.get("sha256", ""), olx.text or "")
        return list(dict.fromkeys(found))

    def _items(self, paths: list[str], *, is_listed: bool = True) -> Iterator[ReadQuestion]:
        for count, path in enumerate(paths, start=1):
            check_count(count)
            name = posixpath.splitext(posixpath.basename(path))[0]
            try:
                content = self._content(path)
                if content is None:
                    yield refused(name, "item", Unfit("file-missing", path), path=path, where=path)
                    continue
                root = item_tree(content, path)
            except Unreadable as broken:
                problem = broken.problem
                if is_listed:
                    yield refused(name, "item", Unfit(problem.code, problem.detail), path=path, where=path)
                continue
            if root.tag in ITEMS:
                read = _question(root, path, self.language, self._content)
                yield self._with_ours(path, content, read)

    def _with_ours(self, path: str, content: bytes, read: ReadQuestion) -> ReadQuestion:
        """What an export of ours says beyond QTI, if nobody changed the item since."""
        checksum, olx = self.ours.get(path, ("", ""))
        return kept.restored(read, olx) if checksum == kept.checksum(content) else read

    def _content(self, path: str) -> bytes | None:
        try:
            return self.package.read(path, 10 * MEGA)
        except OlxRefused:
            return None


def _question(root: etree._Element, path: str, language: str, open_file: OpenFile) -> ReadQuestion:
    """One item as a question, or why it is none. The interactions it has are its type."""
    name = root.get("identifier") or posixpath.splitext(posixpath.basename(path))[0]
    type_ = _types(root)
    source = etree.tostring(root, encoding="unicode", with_tail=False)
    more: dict[str, Any] = {
        "where": path or str(row_of(root)),
        "source": source if len(source) <= LONGEST_SOURCE else "",
    }
    try:
        item = Item(root, language, path, open_file)
        kind, body = question_of(item)
    except Unfit as unfit:
        return refused(name, type_, unfit, path=path, **more)
    return ReadQuestion(
        name=name,
        type=type_,
        kind=kind,
        body=body,
        files=item.pictures.files,
        notes=item.notes.of(name, path=path),
        **more,
    )


def _types(root: etree._Element) -> str:
    body = root.find("itemBody")
    found = (
        [e for e in body.iter(etree.Element) if str(e.tag).endswith("Interaction")]
        if body is not None
        else []
    )
    return named(found) or "item"
