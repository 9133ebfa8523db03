"""An H5P block, as its author edits it, and back. Plain Python."""

from dataclasses import dataclass, field

from courses.olx.attributes import LANGUAGES, Attributes
from courses.olx.edit import write_titles
from courses.olx.outline import Texts
from courses.olx.xml import parse_xml, to_text

VIEWED, ANSWERED, SCORE = RULES = ("viewed", "answered", "score")
THRESHOLD = 80  # percent, where the author names none
FACTS = ("package", "completion", "threshold")


@dataclass(frozen=True)
class H5PDraft:
    """What stands in the form."""

    title: Texts = field(default_factory=dict)
    package: str = ""  # "/static/ten-goi.h5p"
    completion: str = VIEWED  # one of RULES
    threshold: int = THRESHOLD  # percent, for the rule "score"
    variants: Texts = field(default_factory=dict)  # packages for readers of one language; only read here

    @property
    def path(self) -> str:
        """The package as a file of the module: "ten-goi.h5p"."""
        return self.package.removeprefix("/static/")

    def is_done_by(self, *, answered: bool, percent: float | None) -> bool:
        """Does a result like this complete the block? Without points, having answered is all there is."""
        if self.completion == SCORE and percent is not None:
            return percent >= self.threshold
        return answered or self.completion == VIEWED


def read_h5p(olx: str, language: str = "vi") -> H5PDraft:
    """Take an `<h5p>` block apart; what cannot be meant is what it is without the attribute."""
    element = parse_xml(olx.encode(), "h5p")
    rule = element.get("completion", "")
    return H5PDraft(
        title=Attributes(language, []).title(element),
        package=element.get("package", ""),
        completion=rule if rule in RULES else VIEWED,
        threshold=_percent(element.get("threshold", "")),
        variants={code: path for code in LANGUAGES if (path := element.get(f"package_{code}", ""))},
    )


def write_h5p(olx: str, draft: H5PDraft, language: str = "vi") -> str:
    """The block with the draft's facts; everything else in it stays as it was."""
    element = parse_xml(olx.encode(), "h5p")
    write_titles(element, draft.title, language)
    facts = {
        "package": draft.package,
        "completion": draft.completion,
        "threshold": str(draft.threshold) if draft.completion == SCORE else "",
    }
    for name, value in facts.items():
        if value:
            element.set(name, value)
        else:
            element.attrib.pop(name, "")
    return to_text(element)


def _percent(text: str) -> int:
    value = int(text[:4]) if text.isascii() and text.isdecimal() else 0
    return value if 0 < value <= 100 else THRESHOLD
