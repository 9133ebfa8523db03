"""What is right in a question, line by line, as its author reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.kinds import KINDS
from assessments.kinds.base import percent
from assessments.kinds.number import written
from assessments.queries.asked import CHOICES
from lms.shared.languages import localised


@dataclass(frozen=True)
class KeyLine:
    """One option, accepted answer, pair, place, gap or criterion. `share`: percent of the mark if not all."""

    text: str
    is_right: bool
    why: str = ""
    share: int | None = None


def key_lines(kind: str, body: Mapping[str, Any], language: str | None = None) -> list[KeyLine]:
    """The key of a question in `language`; a draft's may be incomplete, of an unknown kind it is empty."""
    if kind in CHOICES:
        return [
            KeyLine(localised(o["text"], language), o["correct"], localised(o["why"], language))
            for o in body["options"]
        ]
    if kind in ("text", "number"):
        return list(_answers(kind, body, language))
    if "rubric" in body:
        return [KeyLine(localised(criterion["title"], language), False) for criterion in body["rubric"]]
    if kind not in KINDS or KINDS[kind].faults(dict(body)):
        return []
    one, whole = KINDS[kind], dict(body)
    said = one.said(whole, one.right(whole), lambda texts: localised(texts, language))
    return [KeyLine(line, True) for line in said]


def _answers(kind: str, body: Mapping[str, Any], language: str | None) -> Iterator[KeyLine]:
    for answer in body["answers"]:
        share = percent(answer["weight"]) or 0
        text = written(answer) if kind == "number" else answer["text"]
        is_partial = 0 < share < 1
        yield KeyLine(
            text, share == 1, localised(answer["why"], language), int(share * 100) if is_partial else None
        )
