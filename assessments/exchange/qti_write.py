"""Write QTI packages, 2.2 and 3.0: one item for each question, their pictures, and a manifest.

Items are built with the names of 2.x; for 3.0 the tree is renamed at the end.
"""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from lxml import etree

from assessments.exchange import kept
from assessments.exchange.left_out import LeftOut, parts_of, spoken
from assessments.exchange.model import Asked, Export, Written
from assessments.exchange.qti_bodies import BODIES, SAID, SAID_BY
from assessments.exchange.qti_item_writer import ItemWriter
from assessments.exchange.qti_tree import QTI_3

QTI_2 = "http://www.imsglobal.org/xsd/imsqti_v2p2"
PACKAGE_2 = "http://www.imsglobal.org/xsd/imscp_v1p1"
PACKAGE_3 = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
OURS = "urn:lan-toa:question"
HTML = {"p", "div", "br", "img", "object", "span", "ul", "li"}
_CAMEL = re.compile(r"(?<=[a-z0-9])([A-Z])")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LONGEST_NAME = 60


def write_2(export: Export) -> Written:
    """A QTI 2.2 package."""
    return _write(export, version=2)


def write_3(export: Export) -> Written:
    """A QTI 3.0 package."""
    return _write(export, version=3)


def _write(export: Export, version: int) -> Written:
    left_out = LeftOut()
    items: list[tuple[str, bytes, Asked, list[str]]] = []
    pictures: dict[str, bytes] = {}
    for question in export.questions:
        if question.kind not in BODIES:
            left_out.not_written(question)
            continue
        writer = ItemWriter(question, export, left_out, is_three=version == 3)
        content = _item(writer, version)
        path = f"items/{_file_name(question.name, len(items))}.xml"
        items.append((path, content, question, list(writer.files)))
        pictures |= writer.files
        said = SAID | SAID_BY.get(question.kind, set())
        language = spoken(question.body, export.language)
        left_out.parts(question, sorted(parts_of(question, language) - said))
    content = _packed(
        {"imsmanifest.xml": _manifest(items, version), **{i[0]: i[1] for i in items}, **pictures}
    )
    return Written(content, ".zip", "application/zip", left_out.problems)


def _item(writer: ItemWriter, version: int) -> bytes:
    root = writer.item(BODIES[writer.question.kind])
    root.set(LANG, writer.language)
    if version == 3:
        for element in root.iter(etree.Element):
            _make_three(element)
    namespace = QTI_3 if version == 3 else QTI_2
    return _in_namespace(root, namespace)


def _make_three(element: etree._Element) -> None:
    """`choiceInteraction` → `qti-choice-interaction`, `maxChoices` → `max-choices`."""
    if element.tag in HTML:
        return
    element.tag = "qti-" + _kebab(str(element.tag))
    for key, value in list(element.attrib.items()):
        if _CAMEL.search(str(key)) and not str(key).startswith("{"):
            del element.attrib[key]
            element.set(_kebab(str(key)), str(value))


def _kebab(name: str) -> str:
    return _CAMEL.sub(r"-\1", name).lower()


def _in_namespace(root: etree._Element, namespace: str) -> bytes:
    """The tree as a file; its elements get the one namespace they all belong to."""
    moved = etree.Element(f"{{{namespace}}}{root.tag}", _said(root), nsmap=_default(namespace))
    moved.text = root.text
    for child in root:
        moved.append(child)
    for element in moved.iterdescendants(etree.Element):
        element.tag = f"{{{namespace}}}{element.tag}"
    etree.indent(moved) if not moved.xpath("boolean(.//text()[normalize-space()])") else None
    content: bytes = etree.tostring(moved, encoding="utf-8", xml_declaration=True)
    return content


def _manifest(items: Sequence[tuple[str, bytes, Asked, list[str]]], version: int) -> bytes:
    """Which items there are; beside each our own OLX, with the checksum of the item."""
    namespace = PACKAGE_3 if version == 3 else PACKAGE_2
    root = etree.Element(f"{{{namespace}}}manifest", {"identifier": "MANIFEST"}, nsmap=_default(namespace))

    def node(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
        made = etree.SubElement(parent, f"{{{namespace}}}{tag}", attributes)
        made.text = text or None
        return made

    about = node(root, "metadata")
    node(about, "schema", "QTI Package" if version == 3 else "QTIv2.2 Package")
    node(about, "schemaversion", "3.0.0" if version == 3 else "1.0.0")
    node(root, "organizations")
    resources = node(root, "resources")
    type_ = "imsqti_item_xmlv3p0" if version == 3 else "imsqti_item_xmlv2p2"
    for number, (path, content, question, files) in enumerate(items, start=1):
        resource = node(resources, "resource", identifier=f"R{number}", type=type_, href=path)
        metadata = node(resource, "metadata")
        ours = etree.SubElement(metadata, f"{{{OURS}}}olx", nsmap={"lantoa": OURS})
        ours.set("sha256", kept.checksum(content))
        ours.text = kept.olx_of(question)
        for file in [path, *files]:
            node(resource, "file", href=file)
    etree.indent(root)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _said(element: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.attrib.items()}


def _default(namespace: str) -> Any:
    """Names without a prefix; the stubs of lxml know only names with one."""
    return {None: namespace}


def _file_name(name: str, place: int) -> str:
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:LONGEST_NAME]
    return f"{safe or 'item'}-{place + 1}"


def _packed(files: dict[str, Any]) -> bytes:
    """A zip whose bytes depend on nothing but the files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
