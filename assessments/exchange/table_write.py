"""Write the table of questions: CSV or XLSX, header and types in Vietnamese. Also the empty template."""

import csv
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO
from typing import Any

from assessments.exchange import gaps_in_text
from assessments.exchange.columns import HEADERS, KIND_NAMES, OPTIONS
from assessments.exchange.left_out import LeftOut, parts_of, spoken
from assessments.exchange.model import Asked, Export, Unfit, Written
from assessments.kinds.cloze import pieces

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAID = {"outcome", "difficulty", "explanation", "why", "weight", "unit", "case", "accents", "partial"}
SAID |= {"least_words", "most_words"}
LONGEST_CELL = 32_000
WIDE = 60
RUNS = ("=", "+", "-", "@")  # what a spreadsheet takes for a formula

Cells = dict[str, str]


def write_csv(export: Export) -> Written:
    """UTF-8 with its mark, commas: what Excel and LibreOffice open as it is."""
    rows, left_out = _rows(export)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([names[0] for names in HEADERS.values()])
    for row in rows:
        writer.writerow([_guarded(row.get(column, "")) for column in HEADERS])
    return Written(text.getvalue().encode("utf-8-sig"), ".csv", "text/csv", left_out.problems)


def write_xlsx(export: Export) -> Written:
    """One sheet; every cell is a text."""
    import xlsxwriter  # noqa: PLC0415 — 13 MB that page workers need not hold

    rows, left_out = _rows(export)
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, plain = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Câu hỏi")
        for place, (column, names) in enumerate(HEADERS.items()):
            sheet.set_column(place, place, WIDE if column == "question" else 18, plain)
            sheet.write_string(0, place, names[0], bold)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(HEADERS):
                if row.get(column):
                    sheet.write_string(number, place, row[column][:LONGEST_CELL], plain)
        sheet.freeze_panes(1, 2)
    return Written(file.getvalue(), ".xlsx", XLSX, left_out.problems)


def _rows(export: Export) -> tuple[list[Cells], LeftOut]:
    left_out, rows = LeftOut(), []
    for question in export.questions:
        try:
            rows.append(_Writer(question, export, left_out).row())
        except Unfit as unfit:
            left_out.not_written(question, unfit.detail or question.kind)
    return rows, left_out


class _Writer:
    def __init__(self, question: Asked, export: Export, left_out: LeftOut) -> None:
        self.question, self.body, self.left_out = question, question.body, left_out
        self.category = export.category
        self.language = spoken(question.body, export.language)

    def row(self) -> Cells:
        said = _KINDS.get(self.question.kind)
        if said is None:
            raise Unfit("kind-not-written", self.question.kind)
        if len(self.body.get("options", ())) > len(OPTIONS) or len(self.body.get("answers", ())) > len(
            OPTIONS
        ):
            raise Unfit("kind-not-written", f"{self.question.kind} > {len(OPTIONS)}")
        cites = self.body["cites"]
        row = {
            "name": self.question.name,
            "type": KIND_NAMES[self.question.kind][0],
            "outcome": self.question.outcome,
            "difficulty": str(self.question.difficulty),
            "language": self.language,
            "category": self.category,
            "question": self.words(self.body["stem"]),
            "explanation": self.words(self.body["explanation"]),
            "source": cites[0]["source"] if cites else "",
            "lines": cites[0]["lines"] if cites else "",
        } | said(self)
        parts = parts_of(self.question, self.language) - SAID - {"cites"}
        if len(cites) > 1:
            parts.add("cites")
        self.left_out.parts(self.question, sorted(parts))
        return row

    def words(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.language) or ""

    def options(self, items: Any, text: Callable[[Any], str]) -> Cells:
        cells = {f"option {letter}": text(item) for letter, item in zip(OPTIONS, items, strict=False)}
        whys = {
            f"why {letter}": self.words(i.get("why", {})) for letter, i in zip(OPTIONS, items, strict=False)
        }
        return cells | whys


def _choice(writer: _Writer) -> Cells:
    options = writer.body["options"]
    right = [letter.upper() for letter, o in zip(OPTIONS, options, strict=False) if o["correct"]]
    cells = writer.options(options, lambda o: _share(o.get("weight")) + writer.words(o["text"]))
    return cells | {"answer": ", ".join(right)}


def _true_false(writer: _Writer) -> Cells:
    options = {option["name"]: option for option in writer.body["options"]}
    return {
        "answer": "Đúng" if options["true"]["correct"] else "Sai",
        "why a": writer.words(options["true"]["why"]),
        "why b": writer.words(options["false"]["why"]),
    }


def _matching(writer: _Writer) -> Cells:
    texts = {
        option["name"]: writer.words(option["text"]).replace("->", "→") for option in writer.body["options"]
    }
    used = {prompt["match"] for prompt in writer.body["prompts"]}
    said = [
        f"{writer.words(p['text']).replace('->', '→')} -> {texts[p['match']]}" for p in writer.body["prompts"]
    ]
    said += [f"-> {text}" for name, text in texts.items() if name not in used]
    if len(said) > len(OPTIONS):
        raise Unfit("kind-not-written", f"matching > {len(OPTIONS)}")
    return {f"option {letter}": text for letter, text in zip(OPTIONS, said, strict=False)}


def _ordering(writer: _Writer) -> Cells:
    cells = writer.options(writer.body["options"], lambda option: writer.words(option["text"]))
    return cells | ({} if writer.body["partial"] else {"whole": "x"})


def _text(writer: _Writer) -> Cells:
    cells = writer.options(writer.body["answers"], lambda a: _share(a["weight"], "100") + a["text"])
    flags = {"case": writer.body["case"], "without accents": not writer.body["accents"]}
    return cells | {name: "x" for name, is_set in flags.items() if is_set}


def _number(writer: _Writer) -> Cells:
    cells = writer.options(
        writer.body["answers"], lambda a: _share(a["weight"], "100") + gaps_in_text.number_written(a)
    )
    return cells | {"unit": writer.words(writer.body.get("unit", {}))}


def _cloze(writer: _Writer) -> Cells:
    gaps = {gap["name"]: gaps_in_text.written(gap, writer.language) for gap in writer.body["gaps"]}
    if None in gaps.values():
        raise Unfit("kind-not-written", "cloze: weight, why")
    said = pieces(writer.words(writer.body["text"]))
    text = "".join(gaps[words] or "" if kind == "gap" else words for kind, words in said)
    return {"task": writer.words(writer.body["stem"]), "question": text}


def _essay(writer: _Writer) -> Cells:
    return {name.replace("_", " "): str(writer.body[name] or "") for name in ("least_words", "most_words")}


def _file(writer: _Writer) -> Cells:
    return {"accepts": " ".join(writer.body["accepts"]), "most files": str(writer.body["most_files"])}


def _share(weight: str | None, usual: str = "") -> str:
    return f"%{weight}%" if weight and weight != usual else ""


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(RUNS) else text


_KINDS: dict[str, Callable[[_Writer], Cells]] = {
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
