"""What stands in a block's first tag: its name, its title, whether it is required. Plain Python."""

from lxml import etree

from courses.olx.attributes import LANGUAGES, Attributes, line
from courses.olx.outline import Texts
from courses.olx.xml import parse_xml, to_text


def named(olx: str, name: str, suffix: str = "") -> str:
    """The block under another url_name; its questions get `suffix`, for they are known by name too."""
    element = parse_xml(olx.encode(), name)
    element.set("url_name", name)
    if suffix:
        for question in element.iter("question"):
            if known_as := question.get("name"):
                question.set("name", f"{known_as}-{suffix}")
    return to_text(element)


def titled(olx: str, title: Texts, language: str) -> str:
    """The block with these titles; a language left empty loses its title."""
    element = parse_xml(olx.encode(), "title")
    own = Attributes(language, []).language
    for code in LANGUAGES:
        names = ["display_name", f"display_name_{code}"] if code == own else [f"display_name_{code}"]
        for name in names:
            element.attrib.pop(name, "")
        if text := line(title.get(code, "")):
            element.set(names[0], text)
    return to_text(element)


def with_required(olx: str, is_required: bool) -> str:
    """The block with its author's word on whether the unit needs it."""
    element = parse_xml(olx.encode(), "required")
    element.set("required", "true" if is_required else "false")
    return to_text(element)


def root_tag(olx: str) -> str:
    """The tag of a well-formed block."""
    element: etree._Element = parse_xml(olx.encode(), "block")
    return str(element.tag)


def kind(olx: str) -> str:
    """What the block says of its kind."""
    return kind_of(parse_xml(olx.encode(), "block"))


def kind_of(element: etree._Element) -> str:
    """Of a quiz: practice, module or final; of a recording: audio or video; of H5P: what completes it."""
    return str(element.get("completion" if element.tag == "h5p" else "kind", ""))[:32]
