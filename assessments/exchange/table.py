"""Read a table of questions, CSV or XLSX: a row for each, a header in Vietnamese, English or German.

The columns stand in docs/how-to/move-questions.md. What an option column holds depends on the type:
an answer to choose, a pair "Việt Nam -> Hà Nội", a step in the right order, a right answer "%50%Ha Noi".
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from io import StringIO
from typing import Any

from assessments.exchange import bodies, gaps_in_text
from assessments.exchange.bodies import FULL, Choice
from assessments.exchange.columns import HEADERS, OPTIONS, TYPES, column_of
from assessments.exchange.model import (
    LANGUAGES,
    Body,
    Reading,
    ReadQuestion,
    Texts,
    Unfit,
    Unreadable,
    check_count,
    refused,
)
from assessments.exchange.opening import text_of
from assessments.exchange.xlsx import rows_of
from assessments.kinds.by_hand import FILE_KINDS

LONGEST_FIELD = 200_000
_SHARE = re.compile(r"\s*%(-?\d{1,3}(?:[.,]\d{1,10})?)%\s*")
_APOSTROPHE = re.compile(r"'(?=[=+\-@])")  # what spreadsheets put before a text that looks like a formula

Row = Mapping[str, str]


def read_csv(content: bytes, *, language: str = "vi") -> Reading:
    """A table with commas, semicolons or tabs between its cells."""
    text = text_of(content)
    csv.field_size_limit(LONGEST_FIELD)
    try:
        reader = csv.reader(StringIO(text), delimiter=_delimiter(text), strict=False)
        rows = [(reader.line_num, [_APOSTROPHE.sub("", cell, count=1) for cell in row]) for row in reader]
    except csv.Error as error:
        raise Unreadable("broken-table", str(error)) from error
    return _read("csv", rows, language)


def read_xlsx(content: bytes, *, language: str = "vi") -> Reading:
    """The first sheet of a book."""
    return _read("xlsx", rows_of(content), language)


def looks_so(head: str) -> bool:
    """Does a text begin with our header?"""
    first = head.partition("\n")[0]
    return {"type", "question"} <= {column_of(cell) for cell in re.split(r"[,;\t]", first)}


def _delimiter(text: str) -> str:
    first = text.lstrip("\n").partition("\n")[0]
    return max(",;\t", key=first.count)


def _read(format_: str, rows: Iterable[tuple[int, list[str]]], language: str) -> Reading:
    filled = iter([(number, row) for number, row in rows if any(cell.strip() for cell in row)])
    _number, header = next(filled, (0, []))
    columns = [column_of(cell) for cell in header]
    if not {"type", "question"} <= set(columns):
        raise Unreadable("no-header", ", ".join(cell.strip() for cell in header if cell)[:200])
    return Reading(format_, tuple(_questions(columns, filled, language)))


def _questions(
    columns: list[str], rows: Iterator[tuple[int, list[str]]], language: str
) -> Iterator[ReadQuestion]:
    for count, (number, cells) in enumerate(rows, start=1):
        check_count(count)
        source = _source(columns, cells)
        row = {
            name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name and cell.strip()
        }
        yield replace(_question(row, number, language), source=source)


def _source(columns: list[str], cells: list[str]) -> str:
    """The row with its header as a table of its own, empty columns left out."""
    filled = [(c, cell) for c, cell in zip(columns, cells, strict=False) if c and cell.strip()]
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [[HEADERS[c][0] for c, _cell in filled], [x for _c, x in filled]]
    )
    return text.getvalue()


def _question(row: Row, number: int, language: str) -> ReadQuestion:
    name, type_ = row.get("name", ""), row.get("type", "")
    where = str(number)
    try:
        kind = TYPES.get(type_.casefold())
        if kind is None:
            raise Unfit("type-not-taken", type_)
        reader = _Row(row, language)
        kind, body = _KINDS[kind](reader)
    except Unfit as unfit:
        return refused(name, type_, unfit, row=number, where=where)
    said = row.get("difficulty", "2")
    return ReadQuestion(
        name=name,
        type=type_,
        kind=kind,
        body=body,
        outcome=row.get("outcome", "")[:32],
        difficulty=int(said) if said in {"1", "2", "3"} else 2,
        category=row.get("category", ""),
        where=where,
    )


@dataclass(frozen=True)
class _Cell:
    """One option column: its text, share and reason."""

    letter: str
    text: str
    share: Decimal | None
    why: str


class _Row:
    def __init__(self, row: Row, language: str) -> None:
        said = row.get("language", language).lower()[:2]
        if said not in LANGUAGES:
            raise Unfit("unknown-language", row.get("language", ""))
        self.row, self.language = row, said

    def texts(self, text: str) -> Texts:
        return {self.language: text} if text else {}

    def begun(self) -> Body:
        source, lines = self.row.get("source", ""), self.row.get("lines", "")
        body = bodies.begun(
            self.texts(self.row.get("question", "")), self.texts(self.row.get("explanation", ""))
        )
        return body | {"cites": [{"source": source, "lines": lines}] if source else []}

    def cells(self) -> list[_Cell]:
        found = []
        for letter in OPTIONS:
            text = self.row.get(f"option {letter}", "")
            if text:
                share = _SHARE.match(text)
                kept = text[share.end() :] if share else text
                part = bodies.decimal(share[1]) if share else None
                found.append(_Cell(letter, kept, part, self.row.get(f"why {letter}", "")))
        return found

    def letters(self) -> list[str]:
        """ "A, C" as ["a", "c"]."""
        said = re.findall(r"[a-z]+", self.row.get("answer", "").casefold())
        return [letter for word in said for letter in ([word] if len(word) == 1 else list(word))]

    def number(self, name: str) -> int:
        said = self.row.get(name, "0")
        if not said.isdecimal() or len(said) > 6:
            raise Unfit("bad-number", said)
        return int(said)


def _choice(row: _Row) -> tuple[str, Body]:
    cells, right = row.cells(), row.letters()
    several = TYPES[row.row["type"].casefold()] == "multiple"
    if not right:
        raise Unfit("no-right-answer")
    if unknown := set(right) - {cell.letter for cell in cells}:
        raise Unfit("answer-not-there", ", ".join(sorted(unknown)).upper())
    if not several and len(set(right)) > 1:
        raise Unfit("several-right-answers", ", ".join(right).upper())
    wrong = -FULL / max(len(cells) - len(set(right)), 1) if several else Decimal(0)
    has_shares = any(cell.share is not None for cell in cells)
    choices = []
    for cell in cells:
        usual = FULL / len(set(right)) if cell.letter in right else Decimal(0) if has_shares else wrong
        share = usual if cell.share is None else cell.share
        choices.append(Choice(row.texts(cell.text), share, row.texts(cell.why), cell.letter))
    kind, options = bodies.choice_kind(choices, several)
    return kind, row.begun() | {"options": options}


def _true_false(row: _Row) -> tuple[str, Body]:
    said = row.row.get("answer", "").casefold()
    is_true = {"true": True, "đúng": True, "richtig": True, "t": True, "đ": True, "1": True, "a": True}
    is_false = {"false", "sai", "falsch", "f", "s", "0", "b"}
    if said not in is_true and said not in is_false:
        raise Unfit("answer-not-there", said)
    whys = [row.texts(row.row.get(f"why {letter}", "")) for letter in "ab"]
    body = row.begun()
    return "truefalse", body | {"options": bodies.true_false(said in is_true, body["stem"], whys[0], whys[1])}


def _matching(row: _Row) -> tuple[str, Body]:
    pairs, beside = [], []
    for cell in row.cells():
        prompt, arrow, match = cell.text.partition("->")
        if not arrow or not match.strip():
            raise Unfit("pair-without-answer", cell.text)
        if prompt.strip():
            pairs.append((row.texts(prompt.strip()), row.texts(match.strip())))
        else:
            beside.append(row.texts(match.strip()))
    prompts, options = bodies.matching(pairs, beside)
    return "matching", row.begun() | {"prompts": prompts, "options": options}


def _ordering(row: _Row) -> tuple[str, Body]:
    options = bodies.in_order([row.texts(cell.text) for cell in row.cells()])
    return "ordering", row.begun() | {"options": options, "partial": not _flag(row, "whole")}


def _text(row: _Row) -> tuple[str, Body]:
    choices = [
        Choice(row.texts(cell.text), FULL if cell.share is None else cell.share, row.texts(cell.why))
        for cell in _answers(row)
    ]
    answers = bodies.text_answers(choices, row.language)
    body = row.begun() | {"answers": answers, "case": _flag(row, "case")}
    return "text", body | {"accents": not _flag(row, "without accents")}


def _number(row: _Row) -> tuple[str, Body]:
    answers = [gaps_in_text.number(cell.text, cell.share, row.texts(cell.why)) for cell in _answers(row)]
    unit = row.texts(row.row.get("unit", ""))
    return "number", row.begun() | {"answers": answers} | ({"unit": unit} if unit else {})


def _answers(row: _Row) -> list[_Cell]:
    """The right answers in the option columns, or the one in the answer column."""
    cells = row.cells()
    if not cells and row.row.get("answer"):
        cells = [_Cell("a", row.row["answer"], None, "")]
    if not cells:
        raise Unfit("no-right-answer")
    return cells


def _cloze(row: _Row) -> tuple[str, Body]:
    body = row.begun()
    text, gaps = gaps_in_text.read(row.row.get("question", ""), row.language)
    return "cloze", body | {"stem": row.texts(row.row.get("task", "")), "text": row.texts(text), "gaps": gaps}


def _essay(row: _Row) -> tuple[str, Body]:
    counts = {name: row.number(name.replace("_", " ")) for name in ("least_words", "most_words")}
    return "essay", row.begun() | counts | {"rubric": []}


def _file(row: _Row) -> tuple[str, Body]:
    kinds = [
        kind for kind in re.split(r"[\s,;.]+", row.row.get("accepts", "pdf").lower()) if kind in FILE_KINDS
    ]
    most = row.number("most files") if "most files" in row.row else 1
    return "file", row.begun() | {"accepts": kinds or ["pdf"], "most_files": most, "rubric": []}


def _flag(row: _Row, name: str) -> bool:
    return row.row.get(name, "").casefold() in {"x", "1", "true", "yes", "có", "ja", "đúng"}


_KINDS: dict[str, Callable[[Any], tuple[str, Body]]] = {
    "single": _choice,
    "multiple": _choice,
    "truefalse": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "text": _text,
    "number": _number,
    "cloze": _cloze,
    "essay": _essay,
    "file": _file,
}
