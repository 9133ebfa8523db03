"""What changed in a block, in words an author knows, whatever its type. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from courses.olx.compare import Piece, changed_paragraphs
from courses.olx.edit import read_text
from courses.olx.problems import OlxRefused
from courses.olx.xml import parse_xml

UNTOLD = {"url_name", "xblock-family"}
BREAK = "</p>"


@dataclass(frozen=True)
class BlockDiff:
    """Settings that differ (name, before, after) and changed paragraphs by language ("": no language)."""

    settings: tuple[tuple[str, str, str], ...]
    texts: dict[str, list[list[Piece]]]


def block_diff(block_type: str, before: str, after: str, language: str = "vi") -> BlockDiff:
    """Compare two versions of one block; "" stands for no block at all."""
    settings = tuple(_settings(_root(before), _root(after)))
    if block_type == "text":
        old = read_text(before, language).bodies if before else {}
        new = read_text(after, language).bodies if after else {}
        pairs = {code: (old.get(code, ""), new.get(code, "")) for code in (*new, *old)}
    else:
        pairs = {"": ("".join(_lines(_root(before))), "".join(_lines(_root(after))))}
    texts = {code: changed_paragraphs(*pair) for code, pair in pairs.items()}
    return BlockDiff(settings, {code: found for code, found in texts.items() if found})


def _root(olx: str) -> etree._Element:
    try:
        return parse_xml(olx.encode(), "block") if olx else etree.Element("none")
    except OlxRefused:
        return etree.Element("none")


def _settings(before: etree._Element, after: etree._Element) -> Iterable[tuple[str, str, str]]:
    names = [str(name) for name in (*after.attrib, *before.attrib)]
    for name in dict.fromkeys(names):
        was, now = before.get(name, ""), after.get(name, "")
        if was != now and name not in UNTOLD:
            yield name, was, now


def _lines(element: etree._Element) -> Iterable[str]:
    """Each child with words or settings as one paragraph: "option correct=true: Đài xã"."""
    if text := " ".join((element.text or "").split()):
        yield f"{_escaped(text)}{BREAK}"
    for child in element.iterdescendants(etree.Element):  # comments are not read by learners
        facts = [f"{name}={child.get(name)}" for name in map(str, child.attrib) if name not in UNTOLD]
        words = " ".join((child.text or "").split())
        line = " ".join([str(child.tag), *facts]) + (f": {words}" if words else "")
        yield f"{_escaped(line)}{BREAK}"
        if tail := " ".join((child.tail or "").split()):
            yield f"{_escaped(tail)}{BREAK}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
