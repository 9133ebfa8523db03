"""Read Aiken: a question, options "A. …", and "ANSWER: B"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assessments.exchange import bodies
from assessments.exchange.bodies import FULL, Choice
from assessments.exchange.model import (
    Asked,
    Body,
    Export,
    Problem,
    Reading,
    ReadQuestion,
    Unfit,
    Written,
    check_count,
    refused,
)
from assessments.exchange.opening import text_of

_OPTION = re.compile(r"\s*([A-Z])\s?[.)]\s+(.*)")
_ANSWER = re.compile(r"\s*(?:ANSWER|ĐÁP ÁN)\s*:\s*(.*)", re.IGNORECASE)
MOST_LINES = 500  # of one question
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def read(content: bytes, *, language: str = "vi") -> Reading:
    """Every question of an Aiken file."""
    questions = []
    for row, lines in _groups(text_of(content)):
        questions.append(_question(row, lines, language))
        check_count(len(questions))
    return Reading("aiken", tuple(questions))


def _groups(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each question: up to its ANSWER, or up to the next question where it is missing."""
    group: list[str] = []
    begin = 1
    lines = text.split("\n")
    for row, line in enumerate(lines, start=1):
        if not line.strip():
            # A blank line after options ends a question that forgot its answer.
            if any(_OPTION.match(one) for one in group) and not _answer_follows(lines[row : row + 3]):
                yield begin, group
                group = []
            continue
        if not group:
            begin = row
        group.append(line)
        if _ANSWER.match(line):
            yield begin, group
            group = []
    if group:
        yield begin, group


def _answer_follows(lines: list[str]) -> bool:
    following = next((line for line in lines if line.strip()), "")
    return bool(_ANSWER.match(following) or _OPTION.match(following))


def _question(row: int, lines: list[str], language: str) -> ReadQuestion:
    source = "\n".join(lines)
    try:
        kind, body = _body(lines, language)
    except Unfit as unfit:
        return refused("", "aiken", unfit, row=row, where=str(row), source=source)
    return ReadQuestion(name="", type="multichoice", kind=kind, body=body, where=str(row), source=source)


def _body(lines: list[str], language: str) -> tuple[str, Body]:
    if len(lines) > MOST_LINES:
        raise Unfit("too-many-options", str(len(lines)))
    stem, options, right = _parts(lines)
    if not stem:
        raise Unfit("no-stem")
    if not options:
        raise Unfit("no-options", stem[0])
    letters = _letters(right, options)
    share = FULL / len(letters)
    several = len(letters) > 1
    wrong = -FULL / max(len(options) - len(letters), 1) if several else Decimal(0)
    choices = [
        Choice({language: text}, share if letter in letters else wrong) for letter, text in options.items()
    ]
    kind, made = bodies.choice_kind(choices, several)
    return kind, bodies.begun({language: "\n".join(stem)}) | {"options": made}


def _parts(lines: list[str]) -> tuple[list[str], dict[str, str], str]:
    """(lines of the question, answers by letter, what stands behind ANSWER)."""
    stem: list[str] = []
    options: dict[str, str] = {}
    right = ""
    for line in lines:
        if found := _ANSWER.match(line):
            right = found[1].strip().rstrip(".)").upper()
        elif (found := _OPTION.match(line)) and found[1] not in options and (options or found[1] == "A"):
            options[found[1]] = found[2].strip()
        elif options:
            options[next(reversed(options))] += f" {line.strip()}"
        else:
            stem.append(line.strip())
    return stem, options, right


def _letters(right: str, options: dict[str, str]) -> list[str]:
    letters = re.findall(r"[A-Z]", right) if re.fullmatch(r"[A-Z](\s*[,;]\s*[A-Z])*", right) else []
    if not letters or any(letter not in options for letter in letters):
        raise Unfit("answer-not-there" if right else "no-right-answer", right)
    return letters


def write(export: Export) -> Written:
    """Questions with one right answer; all else is reported as left out."""
    left_out: list[Problem] = []
    blocks = [
        block for question in export.questions if (block := _block(question, export.language, left_out))
    ]
    return Written("\n".join(blocks).encode(), ".txt", "text/plain", tuple(left_out))


def _block(question: Asked, language: str, left_out: list[Problem]) -> str:
    body, name = question.body, question.name
    if question.kind not in {"single", "truefalse"} or len(body["options"]) > len(LETTERS):
        left_out.append(Problem("kind-not-written", name, question.kind))
        return ""
    texts = [body["stem"], *(option["text"] for option in body["options"])]
    if not all(text.get(language) for text in texts):
        left_out.append(Problem("kind-not-written", name, f"language {language}"))
        return ""
    left_out += [Problem("left-out", name, part) for part in _beyond(question, language)]
    lines = [_line(body["stem"][language])]
    right = ""
    for letter, option in zip(LETTERS, body["options"], strict=False):
        lines.append(f"{letter}. {_line(option['text'][language])}")
        right = letter if option["correct"] else right
    return "\n".join([*lines, f"ANSWER: {right}", ""])


def _beyond(question: Asked, language: str) -> list[str]:
    """What this question has and Aiken cannot say."""
    body = question.body
    parts = {
        "name": True,
        "outcome": question.outcome,
        "difficulty": question.difficulty != 2,
        "explanation": any(body["explanation"].values()),
        "cites": body["cites"],
        "why": any(any(option["why"].values()) for option in body["options"]),
        "weight": any(option.get("weight") for option in body["options"]),
        "picture": body.get("picture"),
        "stimulus": body.get("stimulus"),
        "languages": set(body["stem"]) - {language},
    }
    return [part for part, is_there in parts.items() if is_there]


def _line(text: str) -> str:
    return " ".join(text.split())


def looks_so(head: str) -> bool:
    """Does a text begin as Aiken does?"""
    return bool(
        re.search(r"(?im)^(?:answer|đáp án)\s*:\s*[a-z]\b", head) and re.search(r"(?m)^A\s?[.)]\s", head)
    )
