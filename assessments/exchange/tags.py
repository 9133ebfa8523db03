"""What other systems have no field for, as tags they carry along: outcome, difficulty, sources.

Moodle keeps tags of a question through every export; GIFT has them in comments:
`// [id:c1-q01] [tag:outcome:C1]`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assessments.exchange.model import Asked

_IN_COMMENT = re.compile(r"\[(id|tag):((?:[^\]\\]|\\.){1,500})\]")


@dataclass(frozen=True)
class Tags:
    """Our facts among the tags of a question; tags of others stay where they are."""

    name: str = ""
    outcome: str = ""
    difficulty: int = 2
    cites: Sequence[dict[str, str]] = field(default_factory=tuple)

    @classmethod
    def among(cls, tags: Iterable[str], name: str = "") -> "Tags":
        outcome, difficulty, cites = "", 2, []
        for tag in tags:
            key, colon, value = tag.partition(":")
            key, value = key.strip().lower(), value.strip()
            if not colon:
                continue
            if key == "outcome":
                outcome = value[:32]
            elif key == "difficulty" and value in {"1", "2", "3"}:
                difficulty = int(value)
            elif key == "source" and value:
                source, _bar, lines = value.partition("|")
                cites.append({"source": source.strip(), "lines": lines.strip()})
        return cls(name, outcome, difficulty, tuple(cites))

    @classmethod
    def in_comments(cls, comments: Iterable[str]) -> "Tags":
        found = [
            (kind, re.sub(r"\\(.)", r"\1", value))
            for line in comments
            for kind, value in _IN_COMMENT.findall(line)
        ]
        name = next((value.strip() for kind, value in found if kind == "id"), "")
        return cls.among((value for kind, value in found if kind == "tag"), name)


def tags_of(question: Asked) -> list[str]:
    """The tags that say what other systems have no field for."""
    tags = [f"outcome:{question.outcome}"] if question.outcome else []
    if question.difficulty != 2:
        tags.append(f"difficulty:{question.difficulty}")
    for cite in question.body.get("cites", ()):
        tags.append(f"source:{cite['source']}" + (f"|{cite['lines']}" if cite.get("lines") else ""))
    return tags


def as_comment(question: Asked) -> str:
    """The same as the comment of a GIFT question."""
    parts = [f"[id:{_held(question.name)}]", *(f"[tag:{_held(tag)}]" for tag in tags_of(question))]
    return "// " + " ".join(parts)


def _held(text: str) -> str:
    return re.sub(r"([\]\\])", r"\\\1", " ".join(text.split()))
