"""Moodle's gaps in a text: `{1:SHORTANSWER:=water~%50%H2O#Nearly}`. Read and written."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.exchange import bodies
from assessments.exchange.bodies import FULL, Choice
from assessments.exchange.model import Texts, Unfit

_BEGIN = re.compile(r"\{(\d{0,4}):([A-Z_]{2,16}):")
_SHARE = re.compile(r"%(-?\d{1,3}(?:[.,]\d{1,10})?)%")
_TYPES = {
    **dict.fromkeys(("NUMERICAL", "NM"), "number"),
    **dict.fromkeys(("SHORTANSWER", "SA", "MW"), "text"),
    **dict.fromkeys(("SHORTANSWER_C", "SAC", "MWC"), "text case"),
    **dict.fromkeys(("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH"), "select"),
    **dict.fromkeys(("MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"), "select"),
    **dict.fromkeys(("MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH"), "several"),
    **dict.fromkeys(("MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS"), "several"),
}
_SPECIAL = re.compile(r'[~#{}\\"/]')
MOST_GAPS = 200
GAP = re.compile(r"\[\[([A-Za-z][\w.-]{0,59})\]\]")

Words = Callable[[str], Texts]


@dataclass(frozen=True)
class Found:
    """The text with `[[g1]]` where a gap is, and the gaps as a body has them."""

    text: str
    gaps: list[dict[str, Any]]


def read(source: str, words: Words, language: str) -> Found:
    """Take the gaps out of a text; `words` makes plain text of an answer. `Unfit` for what we cannot ask."""
    pieces: list[str] = []
    gaps: list[dict[str, Any]] = []
    position = 0
    for begin, end, weight, type_, inner in _items(source):
        name = f"g{len(gaps) + 1}"
        gaps.append({"name": name, "weight": weight} | _gap(type_, inner, words, language))
        pieces += [source[position:begin], f"[[{name}]]"]
        position = end
        if len(gaps) > MOST_GAPS:
            raise Unfit("too-many-gaps", str(len(gaps)))
    if not gaps:
        raise Unfit("no-gaps")
    return Found("".join([*pieces, source[position:]]), gaps)


def _items(source: str) -> Iterator[tuple[int, int, str, str, str]]:
    position = 0
    while found := _BEGIN.search(source, position):
        end = _end_of(source, found.end())
        if end < 0:
            raise Unfit("open-brace")
        if found[2] not in _TYPES:
            raise Unfit("unknown-gap-type", found[2])
        yield found.start(), end + 1, str(int(found[1] or "1") or 1), found[2], source[found.end() : end]
        position = end + 1


def _end_of(source: str, position: int) -> int:
    """Where the braces close that were opened before; an escaped brace is a character."""
    while position < len(source):
        if source[position] == "\\":
            position += 1
        elif source[position] == "}":
            return position
        position += 1
    return -1


def _gap(type_: str, inner: str, words: Words, language: str) -> dict[str, Any]:
    kind = _TYPES[type_]
    if kind == "several":
        raise Unfit("gap-with-several-answers", type_)
    choices = [_choice(piece, words) for piece in re.split(r"(?<!\\)~", inner) if piece.strip()]
    if kind == "select":
        _kind, options = bodies.choice_kind([choice for choice, _raw in choices], several=False)
        return {"kind": "select", "options": options}
    if kind == "number":
        return {"kind": "number", "answers": [_number(choice, raw) for choice, raw in choices if raw != "*"]}
    answers = bodies.text_answers([choice for choice, _raw in choices], language)
    return {"kind": "text", "answers": answers, "case": kind == "text case", "accents": True}


def _choice(piece: str, words: Words) -> tuple[Choice, str]:
    """The answer, and its own characters."""
    piece, share = piece.strip(), Decimal(0)
    if found := _SHARE.match(piece):
        share, piece = bodies.decimal(found[1]) or share, piece[found.end() :]
    elif piece.startswith("="):
        share, piece = FULL, piece[1:]
    raw, _hash, why = _split(piece)
    return Choice(words(raw), share, words(why)), raw.strip()


def _split(piece: str) -> tuple[str, str, str]:
    parts = re.split(r"(?<!\\)#", piece, maxsplit=1)
    text, why = [*parts, ""][:2]
    return _unescaped(text), "#", _unescaped(why)


def _number(choice: Choice, raw: str) -> dict[str, Any]:
    value, _colon, tolerance = raw.partition(":")
    low, high = bodies.decimal(value), bodies.decimal(tolerance or "0")
    if low is None or high is None:
        raise Unfit("bad-number", raw)
    return bodies.number_answer(low, high, choice.share, choice.why)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def written(gap: dict[str, Any], words: Callable[[Texts], str]) -> str:
    """The gap in Moodle's syntax; `words` says a text in the language that is written."""
    weight = gap.get("weight") or "1"
    number = bodies.decimal(weight)
    whole = str(max(1, int(number))) if number is not None else "1"
    if gap["kind"] == "select":
        shares = bodies.shares_of(gap["options"], "single")
        answers = [
            _answer(words(o["text"]), s, words(o["why"])) for o, s in zip(gap["options"], shares, strict=True)
        ]
        return f"{{{whole}:MULTICHOICE:{'~'.join(answers)}}}"
    if gap["kind"] == "number":
        answers = [
            _answer(f"{a['value']}:{a['tolerance']}", Decimal(a["weight"]), words(a["why"]))
            for a in gap["answers"]
        ]
        return f"{{{whole}:NUMERICAL:{'~'.join(answers)}}}"
    answers = [_answer(a["text"], Decimal(a["weight"]), words(a["why"])) for a in gap["answers"]]
    return f"{{{whole}:{'SHORTANSWER_C' if gap.get('case') else 'SHORTANSWER'}:{'~'.join(answers)}}}"


def _answer(text: str, share: Decimal, why: str) -> str:
    mark = "=" if share == FULL else f"%{bodies.percent(share)}%" if share else ""
    return f"{mark}{_escaped(text)}" + (f"#{_escaped(why)}" if why else "")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def numbered(text: str, choices: Sequence[tuple[Texts, str]]) -> Found:
    """A text with `[[1]]`, `[[2]]` where the first and second of (words, group) belong, as gaps."""
    gaps: list[dict[str, Any]] = []

    def gap(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if not 0 <= place < len(choices):
            raise Unfit("gap-without-answer", found[0])
        name = f"g{len(gaps) + 1}"
        group = [(words, place == at) for at, (words, one) in enumerate(choices) if one == choices[place][1]]
        labels = bodies.names(len(group))
        options = [
            {"name": label, "correct": right, "text": words, "why": {}}
            for label, (words, right) in zip(labels, group, strict=True)
        ]
        gaps.append({"name": name, "kind": "select", "weight": "1", "options": options})
        return f"[[{name}]]"

    filled = re.sub(r"\[\[(\d{1,3})\]\]", gap, text)
    if not gaps:
        raise Unfit("no-gaps")
    return Found(filled, gaps)
