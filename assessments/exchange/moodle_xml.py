"""Read Moodle XML: categories, texts in several languages, pictures inside.

The types stand in `moodle_kinds`.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from assessments.exchange import kept
from assessments.exchange.images import Pictures, from_base64, from_data_address
from assessments.exchange.model import (
    LANGUAGES,
    Notes,
    Reading,
    ReadQuestion,
    Texts,
    Unfit,
    Unreadable,
    check_count,
    refused,
)
from assessments.exchange.moodle_kinds import KINDS, Made
from assessments.exchange.moodle_write import OURS
from assessments.exchange.opening import row_of, xml_of
from assessments.exchange.plain import by_language, element_words, html_tree, moodle_words
from assessments.exchange.tags import Tags

LONGEST_SOURCE = 20_000
PLUGIN = "@@PLUGINFILE@@"


def read(content: bytes, *, language: str = "vi") -> Reading:
    """Every question of a Moodle XML file."""
    root = xml_of(content)
    if root.tag != "quiz":
        raise Unreadable("other-root", str(root.tag)[:100])
    return Reading("moodle-xml", tuple(_questions(root, language)))


def _questions(root: etree._Element, language: str) -> Iterator[ReadQuestion]:
    category, count = "", 0
    for element in root.iterchildren("question"):
        type_ = element.get("type", "")
        if type_ == "category":
            category = (element.findtext("category/text") or "").strip()
            continue
        count += 1
        check_count(count)
        yield from _question(MoodleQuestion(element, type_, language), category)


def _question(asked: "MoodleQuestion", category: str) -> Iterator[ReadQuestion]:
    row = row_of(asked.element)
    more: dict[str, Any] = {"where": str(row), "category": category, "source": _source(asked.element)}
    try:
        kind = KINDS.get(asked.type)
        if kind is None:
            raise Unfit("type-not-taken", asked.type)
        made = kind(asked)
    except Unfit as unfit:
        yield refused(asked.name, asked.type, unfit, row=row, **more)
        return
    for one in made:
        yield _with_ours(asked.element, _read(asked, one, row, more))


def _source(element: etree._Element) -> str:
    """The question as a file of its own, without the bytes of its pictures; "" for a very long one."""
    copied = deepcopy(element)
    copied.tail = None
    for heavy in [*copied.iter("file"), *copied.iter(OURS)]:
        parent = heavy.getparent()
        if parent is not None:
            parent.remove(heavy)
    text = etree.tostring(copied, encoding="unicode")
    return f"<quiz>\n{text}\n</quiz>" if len(text) <= LONGEST_SOURCE else ""


def _with_ours(element: etree._Element, read: ReadQuestion) -> ReadQuestion:
    """What an export of ours says beyond Moodle, if nobody changed the question since."""
    ours = element.find(OURS)
    if ours is None or ours.get("sha256") != kept.checksum_of(element, OURS):
        return read
    return kept.restored(read, ours.text or "")


def _read(asked: "MoodleQuestion", made: Made, row: int, more: dict[str, Any]) -> ReadQuestion:
    body = made.body
    if asked.pictures.kept and "picture" not in body and made.kind != "stimulus":
        body = body | {"picture": asked.pictures.kept}
    return ReadQuestion(
        name=asked.name + made.suffix,
        type=asked.type,
        kind=made.kind,
        body=body | ({"cites": list(asked.tags.cites)} if "cites" in body else {}),
        outcome=asked.tags.outcome,
        difficulty=asked.tags.difficulty,
        files=asked.pictures.files,
        notes=asked.notes.of(asked.name, row),
        **more,
    )


@dataclass(frozen=True)
class _Text:
    """One `<text>` with what belongs to it."""

    source: str
    format: str
    files: dict[str, str]  # name → Base64


class MoodleQuestion:
    """One `<question>`, and how its texts become ours."""

    def __init__(self, element: etree._Element, type_: str, language: str) -> None:
        self.element, self.type, self.language = element, type_, language
        self.notes = Notes()
        self.pictures = Pictures(self.notes, language)
        tags = [tag.text or "" for tag in element.findall("tags/tag/text")]
        self.tags = Tags.among(tags, (element.findtext("idnumber") or "").strip())
        self.name = self.tags.name or " ".join((element.findtext("name/text") or "").split())

    def said(self, path: str) -> str:
        """The text of a plain child: `<single>true</single>`."""
        return (self.element.findtext(path) or "").strip()

    def flag(self, path: str) -> bool:
        return self.said(path).lower() in {"true", "1"}

    def stem(self) -> Texts:
        return self.texts(self.element.find("questiontext"), pictures=True)

    def explanation(self) -> Texts:
        return self.texts(self.element.find("generalfeedback"))

    def source(self, path: str) -> _Text:
        return _text_of(self.element.find(path))

    def texts(
        self,
        element: etree._Element | None,
        *,
        pictures: bool = False,
        change: Callable[[str], str] | None = None,
    ) -> Texts:
        """What an element says in each language it says it in; `change` comes before the markup goes."""
        text = _text_of(element)
        source = change(text.source) if change else text.source
        if not source.strip():
            return {}
        tree = html_tree(source) if "multilang" in source else None
        spoken = [code for code in LANGUAGES if tree is not None and code in by_language(tree)]
        if tree is None or not spoken:
            words = moodle_words(source, text.format, self.notes, self._shown(text, pictures))
            return {self.language: words} if words else {}
        said = {code: element_words(tree, self.notes, self._shown(text, pictures, code)) for code in spoken}
        return {code: words for code, words in said.items() if words}

    def words(self, source: str) -> Texts:
        """A piece of HTML inside a text, such as an answer of a gap."""
        words = moodle_words(source, "html", self.notes)
        return {self.language: words} if words else {}

    def _shown(
        self, text: _Text, pictures: bool, code: str = ""
    ) -> Callable[[etree._Element, str], str | None]:
        """How a picture is taken, and how the words of other languages are passed over."""

        def special(element: etree._Element, tag: str) -> str | None:
            if tag == "img":
                return self._image(element, text, pictures)
            is_other = (
                code and "multilang" in element.get("class", "") and element.get("lang", "")[:2] != code
            )
            return "" if is_other else None

        return special

    def _image(self, element: etree._Element, text: _Text, pictures: bool) -> str:
        address, alt = element.get("src", ""), element.get("alt", "").strip()
        name = address.removeprefix(PLUGIN).lstrip("/").partition("?")[0]
        held = text.files.get(name)
        content = from_base64(held) if held is not None else from_data_address(address)
        if not pictures:  # answers show words only
            self.notes.add("picture-left-out", alt or name[:80])
            return alt
        is_data = address.startswith("data:")
        self.pictures.take("picture" if is_data else name.rpartition("/")[2], content, alt)
        return ""

    def file(self) -> tuple[str, bytes | None]:
        """The question's own `<file>`: the ground of questions that are asked on a picture."""
        element = self.element.find("file")
        if element is None:
            return "", None
        return element.get("name", "picture"), from_base64(element.text or "")


def _text_of(element: etree._Element | None) -> _Text:
    if element is None:
        return _Text("", "", {})
    files = {
        (file.get("path", "/").strip("/") + "/" + file.get("name", "")).strip("/"): file.text or ""
        for file in element.findall("file")
    }
    return _Text(element.findtext("text") or "", element.get("format", "moodle_auto_format"), files)
