"""What a question asks and what is right in it, line by line, for its authors. Any body will do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.kinds.base import Pick
from assessments.kinds.number import written
from lms.shared.languages import localised

Body = Mapping[str, Any]


@dataclass(frozen=True)
class KeyLine:
    """One option, pair, place, gap or criterion."""

    words: str
    prompt: str = ""
    is_right: bool = False
    share: str = ""  # "50 %"
    why: str = ""


def key_of(kind: str, body: Body, pick: Pick = localised) -> list[KeyLine]:
    """The key; `pick` takes a text in the language wanted, the reader's own without it."""
    return LINES.get(kind, _options)(body, pick)


def _options(body: Body, pick: Pick) -> list[KeyLine]:
    return [
        KeyLine(
            pick(option["text"]),
            is_right=bool(option.get("correct")),
            share=_share(option.get("weight", "")),
            why=pick(option.get("why", {})),
        )
        for option in body.get("options", [])
    ]


def _pairs(body: Body, pick: Pick) -> list[KeyLine]:
    options = {option["name"]: pick(option["text"]) for option in body["options"]}
    pairs = [KeyLine(options.get(prompt["match"], ""), pick(prompt["text"])) for prompt in body["prompts"]]
    used = {prompt["match"] for prompt in body["prompts"]}
    return pairs + [KeyLine(words, "–") for name, words in options.items() if name not in used]


def _places(body: Body, pick: Pick) -> list[KeyLine]:
    return [KeyLine(pick(o["text"]), str(place)) for place, o in enumerate(body["options"], start=1)]


def _texts(body: Body, pick: Pick) -> list[KeyLine]:
    return [
        KeyLine(
            answer["text"],
            is_right=answer["weight"] == "100",
            share=_share(answer["weight"]),
            why=pick(answer["why"]),
        )
        for answer in body["answers"]
    ]


def _numbers(body: Body, pick: Pick) -> list[KeyLine]:
    unit = pick(body.get("unit", {}))
    return [
        KeyLine(
            f"{written(answer)} {unit}".strip(),
            is_right=answer["weight"] == "100",
            share=_share(answer["weight"]),
            why=pick(answer["why"]),
        )
        for answer in body["answers"]
    ]


def _gaps(body: Body, pick: Pick) -> list[KeyLine]:
    lines = [KeyLine(pick(body["text"]))]
    for gap in body["gaps"]:
        inside = {"select": _options, "text": _texts, "number": _numbers}.get(gap["kind"], _options)(
            gap, pick
        )
        right = [line.words for line in inside if line.is_right]
        wrong = [line.words for line in inside if not line.is_right]
        words = "; ".join(right) + (f" / {'; '.join(wrong)}" if wrong else "")
        lines.append(KeyLine(words, f"[[{gap['name']}]]"))
    return lines


def _rubric(body: Body, pick: Pick) -> list[KeyLine]:
    return [
        KeyLine(
            "; ".join(f"{pick(level['title'])} ({level['points']})" for level in criterion["levels"]),
            pick(criterion["title"]),
        )
        for criterion in body.get("rubric", [])
    ]


def _share(weight: str) -> str:
    return f"{weight} %" if weight and weight != "100" else ""


LINES: Mapping[str, Callable[[Body, Pick], list[KeyLine]]] = {
    "matching": _pairs,
    "ordering": _places,
    "text": _texts,
    "number": _numbers,
    "cloze": _gaps,
    "essay": _rubric,
    "file": _rubric,
}
