"""Read GIFT, the text format of Moodle: questions between blank lines, answers in braces.

Escapes are resolved once: `\\{` becomes a private character while the text is taken apart and a brace
again when it is shown, so that no mark that an author escaped is taken for one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.exchange import bodies
from assessments.exchange.bodies import FULL, Choice
from assessments.exchange.model import (
    LONGEST_QUESTION,
    STIMULUS,
    Body,
    Notes,
    Reading,
    ReadQuestion,
    Texts,
    Unfit,
    check_count,
    refused,
)
from assessments.exchange.opening import text_of
from assessments.exchange.plain import moodle_words
from assessments.exchange.tags import Tags

ESCAPED = "~=#{}:\\%>"
_HIDDEN = {mark: chr(0xE010 + place) for place, mark in enumerate(ESCAPED)}
_SHOWN = {ord(hidden): mark for mark, hidden in _HIDDEN.items()} | {0xE00F: "\n"}
_CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)", re.IGNORECASE)
_NAME = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_SHARE = re.compile(r"\s*%(-?\d{1,3}(?:[.,]\d{1,10})?)%")
_COMMENT_NAME = re.compile(r"//\s*question:\s*\d+\s+name:\s*(.*)")
_FORMATS = {"html": "html", "moodle": "moodle_auto_format", "plain": "plain_text", "markdown": "markdown"}
BLANK = "_____"  # where a question has its answers in the middle of a sentence


def read(content: bytes, *, language: str = "vi") -> Reading:
    """Every question of a GIFT file."""
    questions = tuple(_question(block, language) for block in _blocks(text_of(content)))
    return Reading("gift", questions)


@dataclass(frozen=True)
class _Block:
    """The lines of one question, without comments."""

    row: int
    text: str
    source: str
    category: str
    tags: Tags


def _blocks(text: str) -> Iterator[_Block]:
    category, count = "", 0
    for row, lines in _between_blank_lines(text):
        kept = [line for line in lines if not line.lstrip().startswith("//")]
        while kept and (found := _CATEGORY.match(kept[0].strip())):
            category = found[1].strip()
            kept.pop(0)
        if any(line.strip() for line in kept):
            count += 1
            check_count(count)
            comments = [line.strip() for line in lines if line.lstrip().startswith("//")]
            source = "\n".join(line for line in lines if not _CATEGORY.match(line.strip()))
            yield _Block(row, "\n".join(kept), source, category, Tags.in_comments(comments))


def _between_blank_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Groups of lines. A blank line inside braces ends no question: authors space out long answers."""
    group: list[str] = []
    begin, depth = 1, 0
    for row, line in enumerate(text.split("\n"), start=1):
        if not line.strip() and (depth <= 0 or _begins_anew(group)):
            if group:
                yield begin, group
            group, depth = [], 0
            continue
        if not line.strip() and depth > 0:
            continue
        if not group:
            begin = row
        group.append(line)
        if not line.lstrip().startswith("//"):
            bare = re.sub(r"\\.", "", line) if "\\" in line else line
            depth += bare.count("{") - bare.count("}")
    if group:
        yield begin, group


def _begins_anew(group: list[str]) -> bool:
    """An open brace that was never closed must not swallow the rest of the file."""
    return len(group) > 200


def _question(block: _Block, language: str) -> ReadQuestion:
    notes = Notes()
    if len(block.text) > LONGEST_QUESTION:
        unfit = Unfit("too-long", str(len(block.text)))
        return refused("", "gift", unfit, row=block.row, where=str(block.row))
    text = _hide(block.text.strip())
    name, text = _name(text, block)
    place = f"{block.row}"
    more: dict[str, Any] = {"where": place, "source": block.source, "category": block.category}
    try:
        made = _Reader(language, notes).read(text)
    except Unfit as unfit:
        return refused(name, "gift", unfit, row=block.row, **more)
    return ReadQuestion(
        name=name,
        type=made.type,
        kind=made.kind,
        body=made.body | ({"cites": list(block.tags.cites)} if "cites" in made.body else {}),
        outcome=block.tags.outcome,
        difficulty=block.tags.difficulty,
        notes=notes.of(name, block.row),
        **more,
    )


def _name(text: str, block: _Block) -> tuple[str, str]:
    found = _NAME.match(text)
    if found:
        return block.tags.name or _show(found[1]).strip(), text[found.end() :]
    said = next((m[1] for line in block.source.split("\n") if (m := _COMMENT_NAME.match(line.strip()))), "")
    return block.tags.name or said.partition("[")[0].strip(), text


@dataclass(frozen=True)
class _Made:
    type: str
    kind: str
    body: Body


@dataclass(frozen=True)
class _Answer:
    """One `=`, `~` or `->` piece of the braces."""

    mark: str
    share: Decimal | None
    text: str
    why: str


class _Reader:
    """One question without its name."""

    def __init__(self, language: str, notes: Notes) -> None:
        self.language, self.notes = language, notes
        self.format = "moodle_auto_format"

    def read(self, text: str) -> _Made:
        if found := _FORMAT.match(text):
            self.format = _FORMATS[found[1].lower()]
            text = text[found.end() :]
        before, braces, after = _braces(text)
        if braces is None:
            return _Made("description", STIMULUS, {"title": {}, "text": self.words(text)})
        braces, explanation = _explanation(braces)
        stem = self._stem(before, after)
        body = bodies.begun(stem, self.words(explanation))
        kind_of = _KINDS[_type(braces)]
        return kind_of(self, braces, body)

    def _stem(self, before: str, after: str) -> Texts:
        # What follows the braces is part of the sentence, unless it is a stray full stop or quote.
        tail = after.strip()
        return self.words(f"{before.rstrip()} {BLANK} {tail}" if re.search(r"\w", tail) else before)

    def words(self, text: str) -> Texts:
        """A piece of the question, in its own format where it names one."""
        format_ = self.format
        if found := _FORMAT.match(text):
            format_, text = _FORMATS[found[1].lower()], text[found.end() :]
        said = moodle_words(_show(text), format_, self.notes)
        said = (
            said
            if "\\n" in text or "\ue00f" in text
            else " ".join(said.split())
            if format_ != "html"
            else said
        )
        return {self.language: said} if said else {}

    def answers(self, braces: str) -> list[_Answer]:
        pieces = re.split(r"(?=[=~])", braces)
        if len(pieces) > bodies.MOST_OPTIONS:
            raise Unfit("too-many-options", str(len(pieces)))
        if pieces[0].strip():
            raise Unfit("answer-without-mark", _show(pieces[0]).strip())
        return [self._answer(piece) for piece in pieces[1:]]

    def _answer(self, piece: str) -> _Answer:
        mark, rest = piece[0], piece[1:]
        share = None
        if found := _SHARE.match(rest):
            share, rest = bodies.decimal(found[1]), rest[found.end() :]
        text, _hash, why = rest.partition("#")
        return _Answer(mark, share, text.strip(), why.strip())


def _choice(reader: _Reader, braces: str, body: Body) -> _Made:
    answers = reader.answers(braces)
    right = any(answer.mark == "=" for answer in answers)
    if sum(answer.mark == "=" for answer in answers) > 1:
        reader.notes.add("several-right")
    choices = [
        Choice(reader.words(a.text), _share(a, FULL if a.mark == "=" else Decimal(0)), reader.words(a.why))
        for a in answers
    ]
    kind, options = bodies.choice_kind(choices, several=not right)
    return _Made("multichoice", kind, body | {"options": options})


def _short(reader: _Reader, braces: str, body: Body) -> _Made:
    choices = [
        Choice(reader.words(a.text), _share(a, FULL), reader.words(a.why)) for a in reader.answers(braces)
    ]
    answers = bodies.text_answers(choices, reader.language)
    return _Made("shortanswer", "text", body | {"answers": answers, "case": False, "accents": True})


def _matching(reader: _Reader, braces: str, body: Body) -> _Made:
    pairs, beside = [], []
    for answer in reader.answers(braces):
        prompt, arrow, match = (answer.text + ("#" + answer.why if answer.why else "")).partition("->")
        if not arrow or not match.strip():
            raise Unfit("pair-without-answer", _show(answer.text))
        if words := reader.words(prompt.strip()):
            pairs.append((words, reader.words(match.strip())))
        else:
            beside.append(reader.words(match.strip()))
    prompts, options = bodies.matching(pairs, beside)
    return _Made("matching", "matching", body | {"prompts": prompts, "options": options})


def _number(reader: _Reader, braces: str, body: Body) -> _Made:
    inner = braces.strip()[1:].strip()
    if not inner.startswith(("=", "~")):
        inner = "=" + inner
    found = []
    for answer in reader.answers(inner):
        share = _share(answer, FULL if answer.mark == "=" else Decimal(0))
        if answer.text in {"", "*"}:
            if answer.why:  # what is said to everybody who is wrong: our numbers have no place for it
                reader.notes.add("feedback-left-out", _show(answer.why))
            continue
        found.append(_value(answer.text, share, reader.words(answer.why)))
    if not any(Decimal(answer["weight"]) >= FULL for answer in found):
        raise Unfit("no-right-answer")
    return _Made("numerical", "number", body | {"answers": found})


def _value(text: str, share: Decimal, why: Texts) -> dict[str, Any]:
    shown = _show(text)
    low, dots, high = shown.partition("..")
    value, _colon, tolerance = shown.partition(":")
    first, second = (low, high) if dots else (value, tolerance or "0")
    one, other = bodies.decimal(first), bodies.decimal(second)
    if one is None or other is None:
        raise Unfit("bad-number", shown.strip())
    return (
        bodies.range_answer(one, other, share, why) if dots else bodies.number_answer(one, other, share, why)
    )


def _true_false(reader: _Reader, braces: str, body: Body) -> _Made:
    said, *feedback = braces.split("#")
    is_true = said.strip().upper() in {"T", "TRUE"}
    wrong, right = ([reader.words(text.strip()) for text in feedback] + [{}, {}])[:2]  # in this order
    whys = (right, wrong) if is_true else (wrong, right)
    options = bodies.true_false(is_true, body["stem"], *whys)
    return _Made("truefalse", "truefalse", body | {"options": options})


def _essay(_reader: _Reader, _braces: str, body: Body) -> _Made:
    return _Made("essay", "essay", body | {"least_words": 0, "most_words": 0, "rubric": []})


_KINDS = {
    "essay": _essay,
    "number": _number,
    "truefalse": _true_false,
    "matching": _matching,
    "choice": _choice,
    "text": _short,
}


def _type(braces: str) -> str:
    """Which kind of question these answers make, in the order Moodle asks."""
    inner = braces.strip()
    if not inner:
        return "essay"
    if inner.startswith("#"):
        return "number"
    if "~" in inner:
        return "choice"
    if "=" in inner and "->" in inner:
        return "matching"
    if inner.partition("#")[0].strip().upper() in {"T", "TRUE", "F", "FALSE"}:
        return "truefalse"
    return "text"


def _braces(text: str) -> tuple[str, str | None, str]:
    """(before, inside, after); inside is None where the question has no answers."""
    begin, end = text.find("{"), text.find("}")
    if begin < 0 and end < 0:
        return text, None, ""
    if begin < 0 or end < begin:
        raise Unfit("open-brace")
    after = text[end + 1 :]
    if "{" in text[begin + 1 : end] or "{" in after or "}" in after:
        raise Unfit("second-braces")
    return text[:begin], text[begin + 1 : end], after


def _explanation(braces: str) -> tuple[str, str]:
    """What is said to everybody stands after ####."""
    before, _marks, said = braces.partition("####")
    return before, said.strip()


def _share(answer: _Answer, usual: Decimal) -> Decimal:
    return usual if answer.share is None else answer.share


def _hide(text: str) -> str:
    r"""Escaped marks as private characters; `\n` is a line break."""
    text = text.replace("\\\\", _HIDDEN["\\"]).replace("\\n", "\ue00f")
    return re.sub(r"\\([~=#{}:%>])", lambda found: _HIDDEN[found[1]], text)


def _show(text: str) -> str:
    return text.translate(_SHOWN)
