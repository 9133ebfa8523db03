"""Gaps as an author types them into a text, turned into gaps of a cloze question. Plain Python.

`[[=sáng|trưa|chiều]]` is a gap to choose in, the right one behind the sign; `[[sáng|buổi sáng]]` a gap to
type into, with all that is accepted; `[[#3,5±0,1]]` a number. `[[g1]]` names a gap that is there already.
"""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from assessments.kinds.base import decimal
from assessments.kinds.cloze import GAP

WRITTEN = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
NAMED = re.compile(r"g\d{1,3}")


@dataclass
class WrittenGap:
    """A gap found in the text of one language or of several."""

    name: str
    kind: str  # "select", "text" or "number"
    options: dict[str, list[str]] = field(default_factory=dict)  # language → choices, or accepted words
    right: int = 0  # which choice
    value: str = ""
    tolerance: str = "0"


def expand(
    texts: Mapping[str, str], known: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, WrittenGap]]:
    """(the texts with `[[g1]]` in place of every shorthand, the gaps written there by name).

    `known` maps the gaps there are to their kinds. A shorthand of a further language fills the first gap
    of its kind that this language's text does not name yet: so both languages describe one gap.
    """
    gaps: dict[str, WrittenGap] = {}
    kinds = dict(known)
    written: dict[str, str] = {}
    for language, text in texts.items():
        named = {match[1] for match in GAP.finditer(text) if is_named(match[1], known)}
        # While the first language is read there is nothing to share.
        free = [name for name in kinds if name not in named] if written else []
        written[language] = WRITTEN.sub(_Place(language, known, kinds, free, gaps), text)
    return written, gaps


@dataclass
class _Place:
    """Puts a name in place of each shorthand of one language and notes the gap."""

    language: str
    known: Mapping[str, str]
    kinds: dict[str, str]
    free: list[str]  # gaps that this language's text does not name yet
    gaps: dict[str, WrittenGap]

    def __call__(self, match: re.Match[str]) -> str:
        said = match[1].strip()
        if not said or is_named(said, self.known):
            return match[0]
        gap = _read(said, self.language)
        gap.name = next((n for n in self.free if self.kinds[n] == gap.kind), "")
        if gap.name:
            self.free.remove(gap.name)
        else:
            gap.name = next(fresh_names(self.kinds))
        self.kinds[gap.name] = gap.kind
        _keep(self.gaps, gap)
        return f"[[{gap.name}]]"


def is_named(said: str, known: Container[str]) -> bool:
    """Does `[[said]]` name a gap, rather than say what belongs into one?"""
    return said in known or NAMED.fullmatch(said) is not None


def fresh_names(taken: Container[str]) -> Iterator[str]:
    """g1, g2 … without those that are taken while they are asked for."""
    return (name for number in range(1, 1000) if (name := f"g{number}") not in taken)


def _read(said: str, language: str) -> WrittenGap:
    if said.startswith("#"):
        value, _sign, tolerance = said[1:].replace("+-", "±").partition("±")
        return WrittenGap("", "number", {}, 0, plain_number(value), plain_number(tolerance) or "0")
    parts = [part.strip() for part in said.split("|") if part.strip().lstrip("=")]
    right = [place for place, part in enumerate(parts) if part.startswith("=")]
    words = [part.removeprefix("=").strip() for part in parts]
    if right:
        return WrittenGap("", "select", {language: words}, right[0])
    return WrittenGap("", "text", {language: words})


def _keep(gaps: dict[str, WrittenGap], gap: WrittenGap) -> None:
    before = gaps.get(gap.name)
    if before is None:
        gaps[gap.name] = gap
    else:
        before.options |= gap.options


def plain_number(said: str) -> str:
    """ "3,5" as "3.5"; what is no number stays as it is, for its author to see."""
    said = said.strip()
    if decimal(said) is None and said.count(",") == 1 and "." not in said:
        return said.replace(",", ".")
    return said
