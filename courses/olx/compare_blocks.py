"""What changed in a block, in words an author knows, whatever its type. Plain Python."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree

from courses.olx.compare import Piece, changed_paragraphs
from courses.olx.edit import read_text
from courses.olx.problems import OlxRefused
from courses.olx.xml import parse_xml

# How one part of a block is told: its tag, its settings, its words.
Part = Callable[[str, list[tuple[str, str]], str], str]
UNTOLD = {"url_name", "xblock-family"}
BREAK = "</p>"


@dataclass(frozen=True)
class BlockDiff:
    """Settings that differ (name, before, after) and changed paragraphs by language ("": no language)."""

    settings: tuple[tuple[str, str, str], ...]
    texts: dict[str, list[list[Piece]]]


def plain_part(tag: str, settings: list[tuple[str, str]], words: str) -> str:
    """ "option correct=true: Đài xã": names as they are written."""
    said = " ".join([tag, *(f"{name}={value}" for name, value in settings)])
    return f"{said}: {words}" if words else said


def block_diff(
    block_type: str, before: str, after: str, language: str = "vi", part: Part = plain_part
) -> BlockDiff:
    """Compare two versions of one block; "" stands for no block at all. `part` tells what is in it."""
    settings = tuple(_settings(_root(before), _root(after)))
    if block_type == "text":
        old = read_text(before, language).bodies if before else {}
        new = read_text(after, language).bodies if after else {}
        pairs = {code: (old.get(code, ""), new.get(code, "")) for code in (*new, *old)}
    else:
        pairs = {"": ("".join(_lines(_root(before), part)), "".join(_lines(_root(after), part)))}
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


def _lines(element: etree._Element, part: Part) -> Iterable[str]:
    """Each child as one paragraph."""
    if text := " ".join((element.text or "").split()):
        yield f"{_escaped(text)}{BREAK}"
    for child in element.iterdescendants(etree.Element):  # comments are not read by learners
        settings = [(str(name), str(value)) for name, value in child.attrib.items() if name not in UNTOLD]
        words = " ".join((child.text or "").split())
        yield f"{_escaped(part(str(child.tag), settings, words))}{BREAK}"
        if tail := " ".join((child.tail or "").split()):
            yield f"{_escaped(tail)}{BREAK}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
