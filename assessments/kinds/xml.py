"""Texts of a question in OLX, read and written. Plain text in one line, NFC; languages vi, en, de."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from lxml import etree

LANGUAGES = ("vi", "en", "de")
Readable = Any  # an element of xml.etree or of lxml: both are read alike
Texts = Mapping[str, str]


def line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_of(element: Any) -> str:
    return line("".join(element.itertext()))


def read_texts(element: Any, tag: str) -> dict[str, str]:
    """`<stem lang="vi">…</stem>` and its other languages."""
    return {child.get("lang", LANGUAGES[0]): text_of(child) for child in element.findall(tag)}


def read_words(element: Any) -> dict[str, str]:
    """`<vi>…</vi><en>…</en>` inside an option."""
    return {code: text_of(found) for code in LANGUAGES if (found := element.find(code)) is not None}


def write_texts(element: etree._Element, tag: str, texts: Texts) -> None:
    for code in LANGUAGES:
        if words := line(texts.get(code, "")):
            etree.SubElement(element, tag, lang=code).text = words


def write_words(element: etree._Element, texts: Texts) -> None:
    for code in LANGUAGES:
        if words := line(texts.get(code, "")):
            etree.SubElement(element, code).text = words


def read_option(element: Any) -> dict[str, Any]:
    """An option: its name, whether it is right, its words and why it is right or wrong."""
    option: dict[str, Any] = {
        "name": element.get("name", "").strip(),
        "correct": element.get("correct") == "true",
        "text": read_words(element),
        "why": read_texts(element, "why"),
    }
    if (weight := element.get("weight")) is not None:
        option["weight"] = weight.strip()
    return option


def write_option(element: etree._Element, option: Mapping[str, Any]) -> etree._Element:
    made = etree.SubElement(element, "option", name=option["name"])
    if option.get("correct"):
        made.set("correct", "true")
    if "weight" in option:
        made.set("weight", option["weight"])
    write_words(made, option["text"])
    write_texts(made, "why", option.get("why", {}))
    return made


def read_item(element: Any) -> dict[str, Any]:
    """Something to match or to put in order: a name and words."""
    return {"name": element.get("name", "").strip(), "text": read_words(element)}


def flag(element: Any, name: str, *, default: bool) -> bool:
    """An attribute that says "true" or "false"."""
    said = element.get(name)
    return default if said is None else said.strip() == "true"
