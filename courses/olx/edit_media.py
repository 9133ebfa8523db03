"""A recording's OLX as its author edits it, and back. Plain Python."""

from dataclasses import dataclass, field

from lxml import etree

from courses.olx.assets import media_type
from courses.olx.attributes import LANGUAGES, Attributes
from courses.olx.edit import write_titles
from courses.olx.outline import Texts
from courses.olx.xml import parse_xml, to_text

AI_CONTENT = ("none", "assisted", "generated")
LONGEST_TOOL = 120


@dataclass(frozen=True)
class MediaDraft:
    """What stands in the form. `files` and `captions` name one file for each language."""

    title: Texts = field(default_factory=dict)
    kind: str = "video"
    files: Texts = field(default_factory=dict)  # language -> "/static/…" or "https://…"
    captions: Texts = field(default_factory=dict)  # language -> "/static/…"
    seconds: dict[str, int] = field(default_factory=dict)  # how long each file is, where known
    ai_content: str = ""  # one of AI_CONTENT; "" means nobody has said yet
    ai_tool: str = ""
    synthetic_voice: bool = False


def read_media(olx: str, language: str = "vi") -> MediaDraft:
    """Take a `<video>` block apart; of several files in one language the first is edited."""
    element = parse_xml(olx.encode(), "video")
    files: Texts = {}
    seconds: dict[str, int] = {}
    for source in element.iterchildren("source"):
        code = source.get("lang") or language
        if files.setdefault(code, source.get("src", "")) == source.get("src", ""):
            seconds.setdefault(code, whole_seconds(source.get("duration", "")))
    captions: Texts = {}
    for said in element.iterchildren("transcript"):
        captions.setdefault(_spoken(said) or language, said.get("src", ""))
    return MediaDraft(
        title=Attributes(language, []).title(element),
        kind=element.get("kind", "video"),
        files={code: src for code, src in files.items() if src},
        captions={code: src for code, src in captions.items() if src},
        seconds={code: length for code, length in seconds.items() if length},
        ai_content=element.get("ai_content", ""),
        ai_tool=element.get("ai_tool", ""),
        synthetic_voice=element.get("synthetic_voice") == "true",
    )


def write_media(olx: str, draft: MediaDraft, language: str = "vi") -> str:
    """The block with the draft's files and labels; everything else in it stays as it was."""
    element = parse_xml(olx.encode(), "video")
    write_titles(element, draft.title, language)
    element.set("kind", draft.kind)
    for name, value in (
        ("ai_content", draft.ai_content if draft.ai_content in AI_CONTENT else ""),
        ("ai_tool", draft.ai_tool.strip()[:LONGEST_TOOL] if draft.ai_content != "none" else ""),
        ("synthetic_voice", "true" if draft.synthetic_voice else ""),
    ):
        if value:
            element.set(name, value)
        else:
            element.attrib.pop(name, "")
    for code in LANGUAGES:
        _write_file(element, code, draft, language)
        _write_captions(element, code, draft.captions.get(code, ""), language)
    return to_text(element)


def lacks_ai_label(element: etree._Element) -> bool:
    """Is this a recording of which nobody has said whether artificial intelligence made it?

    A voice marked as synthetic says it too: such blocks are older than the label.
    """
    if element.tag != "video" or element.find("source") is None:
        return False
    return element.get("ai_content") not in AI_CONTENT and element.get("synthetic_voice") != "true"


def whole_seconds(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 7 else 0


def _write_file(element: etree._Element, code: str, draft: MediaDraft, language: str) -> None:
    present = [s for s in element.iterchildren("source") if (s.get("lang") or language) == code]
    src = draft.files.get(code, "")
    if not src:
        for source in present:
            element.remove(source)
        return
    source = present[0] if present else _insert(element, "source", lang=code)
    if source.get("src") != src:
        source.set("src", src)
        source.set("type", media_type(src))
        source.attrib.pop("duration", "")
        for other in present[1:]:  # the same recording in other formats: not of the new file
            element.remove(other)
    if length := draft.seconds.get(code):
        source.set("duration", str(length))


def _write_captions(element: etree._Element, code: str, src: str, language: str) -> None:
    present = [s for s in element.iterchildren("transcript") if (_spoken(s) or language) == code]
    if not src:
        for said in present:
            element.remove(said)
    elif not present:
        etree.SubElement(element, "transcript", language=code, src=src)
    elif present[0].get("src") != src:
        present[0].set("src", src)


def _insert(element: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """Add a file before the captions, as modules write it."""
    made = etree.Element(tag, attributes)
    element.insert(len(element.findall(tag)), made)
    return made


def _spoken(transcript: etree._Element) -> str:
    return transcript.get("language") or transcript.get("lang") or ""
