"""SVG drawings: only those without anything that runs or calls home."""

import re

from lxml import etree

from courses.media_files.problems import NotAccepted

MOST_BYTES = 2_000_000
FORBIDDEN = {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "set"}
_ADDRESS = re.compile(r"url\(\s*['\"]?(?!#|data:image/(png|jpeg|webp|gif))", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([\d.]+)")


def size_of_drawing(content: bytes) -> tuple[int, int]:
    """Width and height; `NotAccepted` when the drawing holds scripts, handlers or outside addresses."""
    root = _parse(content)
    for element in root.iter(etree.Element):
        _check(element)
    return _size(root)


def _parse(content: bytes) -> etree._Element:
    if len(content) > MOST_BYTES or b"<!DOCTYPE" in content.upper() or b"<!ENTITY" in content.upper():
        raise NotAccepted("unsafe-drawing", "DOCTYPE")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAccepted("broken-file", "image/svg+xml") from error
    if etree.QName(root).localname != "svg":
        raise NotAccepted("type-not-taken", "xml")
    if any(isinstance(node, etree._ProcessingInstruction) for node in root.getroottree().iter()):
        raise NotAccepted("unsafe-drawing", "processing instruction")
    return root


def _check(element: etree._Element) -> None:
    tag = etree.QName(element).localname.lower()
    if tag in FORBIDDEN:
        raise NotAccepted("unsafe-drawing", tag)
    if tag == "style" and (_ADDRESS.search(element.text or "") or "@import" in (element.text or "").lower()):
        raise NotAccepted("unsafe-drawing", "style")
    for name, value in element.attrib.items():
        _check_attribute(etree.QName(str(name)).localname.lower(), str(value).strip())


def _check_attribute(name: str, value: str) -> None:
    bare = re.sub(r"[\x00-\x20]+", "", value).lower()
    if name.startswith("on"):
        raise NotAccepted("unsafe-drawing", name)
    if name in {"href", "src"} and not bare.startswith(("#", "data:image/png", "data:image/jpeg")):
        raise NotAccepted("unsafe-drawing", name)
    # animate may write into any attribute it names
    if name == "attributename" and (bare.startswith("on") or bare.endswith("href")):
        raise NotAccepted("unsafe-drawing", name)
    if _ADDRESS.search(value) or "javascript:" in bare:
        raise NotAccepted("unsafe-drawing", name)


def _size(root: etree._Element) -> tuple[int, int]:
    box = root.get("viewBox", "").replace(",", " ").split()
    sides = [root.get("width", ""), root.get("height", "")]
    found = [_NUMBER.match(side) for side in sides if not side.strip().endswith("%")]
    try:
        if len(found) == 2 and all(found):
            width, height = (round(float(match[1])) for match in found if match)
        else:
            width, height = (round(float(side)) for side in box[2:4])
    except (ValueError, OverflowError):
        return 0, 0
    return min(max(width, 0), 100_000), min(max(height, 0), 100_000)
