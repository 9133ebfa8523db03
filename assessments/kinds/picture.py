"""A picture beside a question: {"src", "alt": {language: text}, "width", "height"}, in pixels, 0: unknown."""

from typing import Any

from lxml import etree

from assessments.kinds import xml


def read_picture(element: Any) -> dict[str, Any]:
    """{"picture": …}, or nothing where the question has none."""
    found = element.find("picture")
    if found is None or not found.get("src", "").strip():
        return {}
    size = {side: _pixels(found.get(side, "")) for side in ("width", "height")}
    return {"picture": {"src": found.get("src").strip(), "alt": xml.read_texts(found, "alt"), **size}}


def write_picture(element: etree._Element, body: dict[str, Any]) -> None:
    picture = body.get("picture")
    if not picture:
        return
    made = etree.SubElement(element, "picture", src=picture["src"])
    for side in ("width", "height"):
        if picture.get(side):
            made.set(side, str(picture[side]))
    xml.write_texts(made, "alt", picture.get("alt", {}))


def _pixels(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 6 else 0
