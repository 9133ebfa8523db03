"""Write GIFT: what Moodle's text format can say, and a report of what it cannot."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from assessments.exchange import bodies
from assessments.exchange.left_out import LeftOut, parts_of, spoken
from assessments.exchange.model import Asked, Export, Written
from assessments.exchange.tags import as_comment

SAID = {"outcome", "difficulty", "cites", "explanation", "why", "weight"}
_MARKS = re.compile(r"[~=#{}:\\]")


def write(export: Export) -> Written:
    """The questions GIFT can hold, in the export's language where they have it."""
    left_out = LeftOut()
    blocks = [f"$CATEGORY: $course$/top/{export.category}\n"] if export.category else []
    for question in export.questions:
        said = _KINDS.get(question.kind)
        if said is None:
            left_out.not_written(question)
            continue
        language = spoken(question.body, export.language)
        blocks.append(_Writer(question, language).block(said))
        left_out.parts(question, sorted(parts_of(question, language) - SAID))
    return Written("\n".join(blocks).encode(), ".gift", "text/plain", left_out.problems)


class _Writer:
    def __init__(self, question: Asked, language: str) -> None:
        self.question, self.body, self.language = question, question.body, language

    def block(self, answers: Callable[["_Writer"], list[str]]) -> str:
        inside = answers(self)
        if explanation := self.words(self.body["explanation"]):
            inside = [*inside, f"####{explanation}"]
        # Plain: what looks like markup is not.
        head = f"::{_escaped(self.question.name)}::[plain]{self.words(self.body['stem'])}"
        lines = "\n".join(f"\t{line}" for line in inside)
        return f"{as_comment(self.question)}\n{head} {{" + (f"\n{lines}\n}}\n" if inside else "}\n")

    def words(self, texts: Mapping[str, str]) -> str:
        said = texts.get(self.language) or next((text for text in texts.values() if text), "")
        return _escaped(said)

    def why(self, texts: Mapping[str, str]) -> str:
        said = self.words(texts)
        return f"#{said}" if said else ""


def _choice(writer: _Writer) -> list[str]:
    options, kind = writer.body["options"], writer.question.kind
    lines = []
    for option, share in zip(options, bodies.shares_of(options, kind), strict=True):
        is_whole = kind == "single" and share == bodies.FULL
        mark = "=" if is_whole else f"~%{bodies.percent(share)}%" if share else "~"
        lines.append(f"{mark}{writer.words(option['text'])}{writer.why(option['why'])}")
    return lines


def _true_false(writer: _Writer) -> list[str]:
    options = {option["name"]: option for option in writer.body["options"]}
    right = "true" if options["true"]["correct"] else "false"
    wrong = "false" if right == "true" else "true"
    whys = [writer.words(options[name]["why"]) for name in (wrong, right)]
    return [right.upper() + (f"#{whys[0]}#{whys[1]}" if any(whys) else "")]


def _text(writer: _Writer) -> list[str]:
    return [
        f"={_share(answer['weight'])}{_escaped(answer['text'])}{writer.why(answer['why'])}"
        for answer in writer.body["answers"]
    ]


def _number(writer: _Writer) -> list[str]:
    answers = (
        f"={_share(answer['weight'])}{answer['value']}:{answer['tolerance']}{writer.why(answer['why'])}"
        for answer in writer.body["answers"]
    )
    return ["#", *answers]


def _matching(writer: _Writer) -> list[str]:
    texts = {option["name"]: _pairless(writer.words(option["text"])) for option in writer.body["options"]}
    used = {prompt["match"] for prompt in writer.body["prompts"]}
    pairs = [
        f"={_pairless(writer.words(prompt['text']))} -> {texts[prompt['match']]}"
        for prompt in writer.body["prompts"]
    ]
    return [*pairs, *(f"= -> {text}" for name, text in texts.items() if name not in used)]


def _essay(_writer: _Writer) -> list[str]:
    return []


def _share(weight: str) -> str:
    share = Decimal(weight)
    return "" if share == bodies.FULL else f"%{bodies.percent(share)}%"


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda found: "\\" + found[0], " ".join(text.split()))


def _pairless(text: str) -> str:
    """An arrow in the words would be taken for the one between the two halves."""
    return text.replace("->", "→")


_KINDS: dict[str, Callable[[_Writer], list[str]]] = {
    "single": _choice,
    "multiple": _choice,
    "truefalse": _true_false,
    "text": _text,
    "number": _number,
    "matching": _matching,
    "essay": _essay,
}
