"""Attributes without a field of their own, and how fields go back into attributes.

An element that nobody edited comes back with the attributes it came with; one that was edited says
what the fields say.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from courses.olx.attributes import LANGUAGES, Attributes
from courses.olx.outline import Chapter, Outline, Section, Texts, Unit

# They name the element; they are no content.
NAMES = {"url_name", "org", "course"}


def course_attributes(outline: Outline) -> dict[str, str]:
    """The attributes of `<course>`, names left out."""
    title = {} if outline.title == {"vi": outline.course_key} else outline.title
    language = _language(outline.language)
    own = _texts("display_name", title, language) | _texts("summary", outline.summary, language)
    own |= {} if outline.language == "vi" else {"language": outline.language}
    own |= {} if outline.component == "ST" else {"component": outline.component}

    def read(element: etree._Element) -> Any:
        attributes = Attributes(element.get("language") or "vi", [])
        return (
            attributes.language,
            attributes.title(element),
            attributes.texts(element, "summary"),
            element.get("component", "ST"),
        )

    wanted = (language, title, outline.summary, outline.component)
    owned = {"language", "component", *_names("display_name"), *_names("summary")}
    return _together(own, outline.attributes, owned, lambda element: read(element) == wanted)


def titled_attributes(part: Chapter | Section, language: str) -> dict[str, str]:
    """The attributes of a chapter or a sequential."""
    own = _texts("display_name", part.title, language)
    return _together(
        own,
        part.attributes,
        _names("display_name"),
        lambda element: Attributes(language, []).title(element) == part.title,
    )


def unit_attributes(unit: Unit, language: str) -> dict[str, str]:
    """The attributes of a vertical."""
    title = {} if unit.title == {_language(language): unit.key} else unit.title
    own = _texts("display_name", title, language)
    own |= {"minutes": str(unit.minutes)} if unit.minutes else {}
    own |= {"review_by": unit.review_by.isoformat()} if unit.review_by else {}
    wanted = (title, unit.minutes, unit.review_by)

    def read(element: etree._Element) -> Any:
        attributes = Attributes(language, [])
        return (
            attributes.title(element),
            attributes.minutes(element, ""),
            attributes.day(element, "review_by", ""),
        )

    def says_it(element: etree._Element) -> bool:
        said = read(element)
        return said in (wanted, (unit.title, unit.minutes, unit.review_by))

    return _together(own, unit.attributes, {"minutes", "review_by", *_names("display_name")}, says_it)


def leftovers(element: etree._Element, written: Mapping[str, str]) -> dict[str, str]:
    """What of an element's attributes `written` does not give back."""
    return {
        str(name): str(value)
        for name, value in element.attrib.items()
        if name not in NAMES and written.get(str(name)) != value
    }


def _together(
    own: dict[str, str],
    kept: Mapping[str, str],
    owned: set[str],
    says_it: Callable[[etree._Element], bool],
) -> dict[str, str]:
    """Fields and kept attributes; where the two disagree the fields are right."""
    trial = etree.Element("trial")
    for name, value in {**own, **kept}.items():
        trial.set(name, value)
    if says_it(trial):
        return {**own, **kept}
    return {**{name: value for name, value in kept.items() if name not in owned}, **own}


def _texts(name: str, texts: Texts, language: str) -> dict[str, str]:
    first = _language(language)
    return {name if code == first else f"{name}_{code}": text for code, text in texts.items()}


def _names(name: str) -> set[str]:
    return {name, *(f"{name}_{code}" for code in LANGUAGES)}


def _language(code: str) -> str:
    return Attributes(code, []).language
