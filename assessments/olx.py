"""Read `<quiz>` and `<question_bank>` OLX. Plain Python; every fault becomes a `Problem`, none a crash.

The format is described in docs/how-to/write-a-module.md. Texts are plain text, never HTML.
"""

import hashlib
import json
import unicodedata
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

LANGUAGES = ("vi", "en", "de")
QUIZ_KINDS = ("practice", "module", "final")
REVIEWS = ("after-pass", "after-close", "never-key")  # when the right answers are shown
QUESTION_KINDS = ("single", "multiple", "truefalse")
# What a draft may lack: it can be saved, and publishing says what is missing.
UNFINISHED = {"missing-language", "no-source", "no-questions"}


@dataclass(frozen=True)
class Problem:
    """One thing an author must put right. `where` is a question's name, or empty for the quiz itself."""

    code: str
    where: str = ""
    detail: str = ""


@dataclass(frozen=True)
class QuestionSource:
    """One `<question>`; `body` has the shape of `QuestionVersion.body`."""

    name: str
    kind: str
    outcome: str
    difficulty: int
    body: dict[str, Any]
    sha256: str


@dataclass(frozen=True)
class PoolSource:
    """One `<pool>`: draw `count` questions whose outcome lies under `outcome`; difficulty None: any."""

    outcome: str
    count: int
    difficulty: int | None = None


@dataclass(frozen=True)
class QuizSource:
    """A `<quiz>`, or a `<question_bank>` (kind "bank", questions only). `opens` and `closes` have a zone."""

    kind: str
    title: dict[str, str]
    pass_percent: int = 80
    attempts: int | None = None
    cooling_off_hours: int = 0
    time_limit_minutes: int | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    review: str = "after-pass"
    is_supervised: bool = False
    items: tuple[QuestionSource | PoolSource, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def questions(self) -> tuple[QuestionSource, ...]:
        return tuple(item for item in self.items if isinstance(item, QuestionSource))

    @property
    def pools(self) -> tuple[PoolSource, ...]:
        return tuple(item for item in self.items if isinstance(item, PoolSource))


def parse(olx: str) -> QuizSource:
    """What the OLX says and everything that is wrong with it."""
    try:
        element: Element = fromstring(olx)
    except (ParseError, ValueError) as error:
        return QuizSource("", {}, problems=(Problem("broken-xml", detail=str(error)),))
    problems: list[Problem] = []
    if element.tag == "question_bank":
        kind = "bank"
    else:
        kind = element.get("kind", "practice")
        if kind not in QUIZ_KINDS:
            problems.append(Problem("unknown-quiz-kind", detail=kind))
    items = tuple(_item(child, problems) for child in element if child.tag in ("question", "pool"))
    problems += _problems_of_the_whole(kind, items)
    opens, closes = _moment(element, "opens", problems), _moment(element, "closes", problems)
    review = element.get("review", "after-pass")
    problems += _problems_of_the_rules(opens, closes, review)
    return QuizSource(
        kind=kind,
        title=_title(element),
        pass_percent=_number(element, "pass_percent", 80, problems, most=100) or 80,
        attempts=_number(element, "attempts", None, problems),
        cooling_off_hours=_number(element, "cooling_off_hours", 0, problems, least=0) or 0,
        time_limit_minutes=_number(element, "time_limit_minutes", None, problems),
        opens=opens,
        closes=closes,
        review=review,
        is_supervised=element.get("supervised") == "true",
        items=items,
        problems=tuple(problems),
    )


def digest(content: Any) -> str:
    """SHA-256 of JSON content and moments, the same whatever order its keys came in."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _problems_of_the_whole(kind: str, items: tuple[QuestionSource | PoolSource, ...]) -> list[Problem]:
    problems = []
    if not items and kind != "bank":
        problems.append(Problem("no-questions"))
    if kind != "final" and any(isinstance(item, PoolSource) for item in items):
        problems.append(Problem("pool-outside-final"))
    names = Counter(item.name for item in items if isinstance(item, QuestionSource))
    problems += [Problem("duplicate-question", where=name) for name, times in names.items() if times > 1]
    return problems


def _problems_of_the_rules(opens: datetime | None, closes: datetime | None, review: str) -> list[Problem]:
    problems = []
    if opens and closes and closes <= opens:
        problems.append(Problem("closes-before-it-opens"))
    if review not in REVIEWS:
        problems.append(Problem("unknown-review", detail=review))
    if review == "after-close" and closes is None:
        problems.append(Problem("review-without-close"))
    return problems


def _item(element: Element, problems: list[Problem]) -> QuestionSource | PoolSource:
    if element.tag == "pool":
        outcome = element.get("outcome", "").strip()
        if not outcome:
            problems.append(Problem("pool-without-outcome"))
        difficulty = _number(element, "difficulty", None, problems, most=3)
        return PoolSource(outcome, _number(element, "count", 1, problems) or 1, difficulty)
    return _question(element, problems)


def _question(element: Element, problems: list[Problem]) -> QuestionSource:
    name = element.get("name", "").strip()
    kind = element.get("type", "single")
    body = {
        "stem": _texts(element, "stem"),
        "options": [_option(option) for option in element.findall("option")],
        "explanation": _texts(element, "explanation"),
        "cites": [
            {"source": cite.get("source", ""), "lines": cite.get("lines", "")}
            for cite in element.findall("cite")
        ],
    }
    outcome = element.get("outcome", "").strip()
    difficulty = _number(element, "difficulty", 2, problems, most=3, where=name) or 2
    problems += [Problem(code, where=name, detail=detail) for code, detail in _faults(name, kind, body)]
    sha256 = digest({"kind": kind, "outcome": outcome, "difficulty": difficulty, "body": body})
    return QuestionSource(name, kind, outcome, difficulty, body, sha256)


def _option(element: Element) -> dict[str, Any]:
    text = {language: _text(found) for language in LANGUAGES if (found := element.find(language)) is not None}
    return {
        "name": element.get("name", "").strip(),
        "correct": element.get("correct") == "true",
        "text": text,
        "why": _texts(element, "why"),
    }


def _faults(name: str, kind: str, body: dict[str, Any]) -> list[tuple[str, str]]:
    """(code, detail) of everything wrong with one question."""
    faults: list[tuple[str, str]] = []
    if not name:
        faults.append(("question-without-name", ""))
    if kind not in QUESTION_KINDS:
        faults.append(("unknown-question-type", kind))
    faults += _option_faults(kind, body["options"])
    faults += [("missing-language", detail) for detail in _untranslated(body)]
    if not body["cites"] or not all(cite["source"] for cite in body["cites"]):
        faults.append(("no-source", ""))
    return faults


def _option_faults(kind: str, options: list[dict[str, Any]]) -> list[tuple[str, str]]:
    faults: list[tuple[str, str]] = []
    names = Counter(option["name"] for option in options)
    faults += [("duplicate-option", name) for name, times in names.items() if times > 1]
    texts = Counter(option["text"].get("vi", "") for option in options)
    faults += [("duplicate-option", text) for text, times in texts.items() if text and times > 1]
    if "" in names:
        faults.append(("option-without-name", ""))
    right = sum(option["correct"] for option in options)
    if right == 0:
        faults.append(("no-right-answer", ""))
    if kind != "multiple" and right > 1:
        faults.append(("several-right-answers", ""))
    if len(options) < 2 or right == len(options):
        faults.append(("no-wrong-option", ""))
    if kind == "truefalse" and set(names) != {"true", "false"}:
        faults.append(("truefalse-options", ", ".join(names)))
    return faults


def _untranslated(body: dict[str, Any]) -> list[str]:
    """ "stem en", "a why vi": what lacks in a language the question is begun in. One language is enough."""
    parts = [("stem", body["stem"]), ("explanation", body["explanation"])]
    for option in body["options"]:
        parts += [(f"{option['name']} {part}", option[part]) for part in ("text", "why")]
    begun = {code for _name, texts in parts for code, text in texts.items() if text} or {LANGUAGES[0]}
    return [
        f"{name} {code}"
        for name, texts in parts
        for code in LANGUAGES
        if code in begun and not texts.get(code)
    ]


def _texts(element: Element, tag: str) -> dict[str, str]:
    return {child.get("lang", "vi"): _text(child) for child in element.findall(tag)}


def _text(element: Element) -> str:
    return " ".join(unicodedata.normalize("NFC", "".join(element.itertext())).split())


def _title(element: Element) -> dict[str, str]:
    named = {"vi": "display_name", "en": "display_name_en", "de": "display_name_de"}
    return {language: element.get(key, "") for language, key in named.items() if element.get(key)}


def _moment(element: Element, key: str, problems: list[Problem]) -> datetime | None:
    """ISO 8601 with its zone: without one, who reads it elsewhere would read another moment."""
    raw = element.get(key, "").strip()
    if not raw:
        return None
    with suppress(ValueError):
        moment = datetime.fromisoformat(raw)
        if moment.tzinfo is not None:
            return moment
    problems.append(Problem("bad-moment", detail=f'{key}="{raw}"'))
    return None


def _number(
    element: Element,
    key: str,
    default: int | None,
    problems: list[Problem],
    *,
    least: int = 1,
    most: int = 10_000,
    where: str = "",
) -> int | None:
    raw = element.get(key)
    if raw is None:
        return default
    if raw.isdecimal() and least <= int(raw) <= most:
        return int(raw)
    problems.append(Problem("bad-number", where=where, detail=f'{key}="{raw}"'))
    return default
