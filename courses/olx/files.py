"""Where OLX keeps things: inline, behind a pointer `<html url_name="x"/>`, or in two files."""

import json
import unicodedata
from copy import deepcopy
from typing import Any

from lxml import etree

from courses.olx.names import IN_FILES
from courses.olx.package import Package
from courses.olx.problems import OlxRefused
from courses.olx.xml import is_xml_name, parse_xml

POINTER = {"url_name", "org", "course", "slug"}


class OlxFiles:
    """Reads elements of one course wherever they are kept."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.policy: dict[str, dict[str, Any]] = {}
        self.taken: set[str] = set()  # files whose content stands in an element now
        self.met: set[tuple[str, str]] = set()  # tag and url_name of every element asked for

    def take(self, path: str) -> None:
        self.taken.add(unicodedata.normalize("NFC", path))

    def parse(self, content: bytes, path: str) -> etree._Element:
        return parse_xml(content, path)

    def load_policy(self, run: str) -> None:
        """`policies/<run>/policy.json` holds attributes that older exports keep out of the XML."""
        content = self.package.read(f"policies/{run}/policy.json") or b"{}"
        try:
            policy = json.loads(content)
        except (ValueError, RecursionError):
            return
        if isinstance(policy, dict):
            self.policy = {key: value for key, value in policy.items() if isinstance(value, dict)}

    def resolve(self, element: etree._Element, path: str) -> tuple[etree._Element, str]:
        """The element itself or what it points to, and the file it came from."""
        name = element.get("url_name", "")
        if name:
            self.met.add((str(element.tag), name))
            if place := self._place(element, name, path):
                element, path = self._pointed_to(element, name, place)
        if element.tag == "html" and element.get("filename"):
            element = self._with_html_file(element, path)
        return self._with_policy(element, path), path

    def is_counted(self, path: str) -> bool:  # noqa: ARG002
        """Does a leaf from that file count in this reading of the course?"""
        return True

    def lying_in(self, folder: str, package: Package) -> list[str]:
        """XML files in a folder that nothing needs to point to."""
        return [path for path in package.files_under(folder) if path.endswith(".xml")]

    def beside(self, path: str, where: str) -> tuple[str, bytes | None]:  # noqa: ARG002
        """A file that an element in the file `where` names: its path and its bytes."""
        return path, self.package.read(path)

    def _place(self, element: etree._Element, name: str, where: str) -> str:  # noqa: ARG002
        """The file that holds the element; "" when it stands here.

        Blocks that never have files of their own look like a pointer when all is as by default.
        """
        path = pointer_path(element.tag, name)
        if not is_pointer(element) or (element.tag not in IN_FILES and self.package.file(path) is None):
            return ""
        return path

    def _pointed_to(self, element: etree._Element, name: str, path: str) -> tuple[etree._Element, str]:
        tag = str(element.tag)
        if not is_xml_name(tag):
            raise OlxRefused("bad-name", path)
        content = self.package.read(path)
        if content is None:
            raise OlxRefused("missing-file", path)
        target = self.parse(content, path)
        if target.tag != element.tag:
            raise OlxRefused("wrong-element", path, f"<{target.tag}> instead of <{tag}>")
        target.set("url_name", name)
        self.take(path)
        return target, path

    def _with_html_file(self, element: etree._Element, path: str) -> etree._Element:
        """`x.xml` names `x.html`; here they become one element."""
        file, content = self.beside(f"html/{element.get('filename', '').replace(':', '/')}.html", path)
        if content is None:
            raise OlxRefused("missing-file", file, f"named by {path}")
        text = _without_control_characters(_decoded(content, file))
        self.take(file)
        whole = deepcopy(element)
        del whole.attrib["filename"]
        try:
            whole.text = etree.CDATA(text)
        except ValueError:  # the text holds "]]>" itself
            whole.text = text
        return whole

    def _with_policy(self, element: etree._Element, where: str) -> etree._Element:  # noqa: ARG002
        """What `policy.json` says of an element counts, whatever the element says itself."""
        extra = self.policy.get(f"{element.tag}/{element.get('url_name', '')}", {})
        for name in ("display_name", "language"):
            value = extra.get(name)
            if isinstance(value, str):
                element.set(name, _without_control_characters(value))
        return element


def pointer_path(tag: object, name: str) -> str:
    """Where an element is kept: "html", "a:b" → "html/a/b.xml"."""
    return f"{tag}/{name.replace(':', '/')}.xml"


def is_pointer(element: etree._Element) -> bool:
    """Nothing inside and no attribute but names: the content is in a file."""
    return len(element) == 0 and not (element.text or "").strip() and set(element.attrib) <= POINTER


def _decoded(content: bytes, path: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OlxRefused("not-utf-8", path) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_control_characters(text: str) -> str:
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
