"""A file to download, as its author edits it, and back. Plain Python."""

from dataclasses import dataclass, field

from courses.olx.attributes import Attributes
from courses.olx.edit import write_titles
from courses.olx.outline import Texts
from courses.olx.xml import parse_xml, to_text

LICENCES = ("own", "public", "permission", "cc-by", "cc-by-sa", "cc-by-nc")
FACTS = ("src", "licence", "source", "ai_content", "ai_tool")


@dataclass(frozen=True)
class FileDraft:
    """What stands in the form."""

    title: Texts = field(default_factory=dict)
    src: str = ""  # "/static/…"
    licence: str = ""  # one of LICENCES
    source: str = ""  # who made it, where it is from
    ai_content: str = ""  # as for recordings: none, assisted, generated
    ai_tool: str = ""


def read_file(olx: str, language: str = "vi") -> FileDraft:
    """Take a `<file>` block apart."""
    element = parse_xml(olx.encode(), "file")
    facts = {name: element.get(name, "") for name in FACTS}
    return FileDraft(title=Attributes(language, []).title(element), **facts)


def write_file(olx: str, draft: FileDraft, language: str = "vi") -> str:
    """The block with the draft's facts; everything else in it stays as it was."""
    element = parse_xml(olx.encode(), "file")
    write_titles(element, draft.title, language)
    for name in FACTS:
        if value := " ".join(str(getattr(draft, name)).split()):
            element.set(name, value)
        else:
            element.attrib.pop(name, "")
    return to_text(element)
