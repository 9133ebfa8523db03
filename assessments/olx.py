"""Read `<quiz>` and `<question_bank>` OLX. Plain Python; every fault becomes a `Problem`, none a crash.

The format is described in docs/how-to/write-a-module.md. Texts are plain text, never HTML.
"""

import hashlib
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from assessments.kinds import KINDS
from assessments.kinds.picture import read_picture
from assessments.kinds.xml import LANGUAGES, Readable, read_texts

QUIZ_KINDS = ("practice", "module", "final")
REVIEWS = ("after-pass", "after-close", "never-key")  # when the right answers are shown
ITEMS = ("question", "pool", "stimulus")  # what a quiz's children may be
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

    @cached_property
    def sha256(self) -> str:
        """Of everything a version holds."""
        return digest(
            {"kind": self.kind, "outcome": self.outcome, "difficulty": self.difficulty, "body": self.body}
        )


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
    double_marking: bool = False
    opens: datetime | None = None
    closes: datetime | None = None
    review: str = "after-pass"
    is_supervised: bool = False
    items: tuple[QuestionSource | PoolSource, ...] = ()
    situations: tuple[dict[str, Any], ...] = ()  # {"name", "title", "text"}: what several questions are about
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
    stimuli = {one["name"]: one for one in map(read_stimulus, element.findall("stimulus"))}
    items = tuple(_item(child, stimuli, problems) for child in element if child.tag in ("question", "pool"))
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
        double_marking=element.get("double_marking") == "true",
        opens=opens,
        closes=closes,
        review=review,
        is_supervised=element.get("supervised") == "true",
        items=items,
        situations=tuple(stimuli.values()),
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
    questions = [item for item in items if isinstance(item, QuestionSource)]
    if kind == "practice":
        # Practice explains at once, and nobody waits there for a person.
        by_hand = [q.name for q in questions if q.kind in KINDS and KINDS[q.kind].is_marked_by_hand]
        problems += [Problem("by-hand-in-practice", where=name) for name in by_hand]
    names = Counter(question.name for question in questions)
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


def _item(
    element: Element, stimuli: dict[str, dict[str, Any]], problems: list[Problem]
) -> QuestionSource | PoolSource:
    if element.tag == "pool":
        outcome = element.get("outcome", "").strip()
        if not outcome:
            problems.append(Problem("pool-without-outcome"))
        difficulty = _number(element, "difficulty", None, problems, most=3)
        return PoolSource(outcome, _number(element, "count", 1, problems) or 1, difficulty)
    return read_question(element, stimuli, problems)


def read_stimulus(element: Readable) -> dict[str, Any]:
    """What several questions are about: a title and a text."""
    return {
        "name": element.get("name", "").strip(),
        "title": read_texts(element, "title"),
        "text": read_texts(element, "text"),
    }


def read_question(
    element: Readable, stimuli: dict[str, dict[str, Any]], problems: list[Problem]
) -> QuestionSource:
    """One `<question>`; what is wrong with it is added to `problems`."""
    name = element.get("name", "").strip()
    kind = element.get("type", "single")
    body = {
        "stem": read_texts(element, "stem"),
        # An unknown kind is a fault; its words stay readable as those of a choice.
        **KINDS.get(kind, KINDS["single"]).read(element),
        **read_picture(element),
        "explanation": read_texts(element, "explanation"),
        "cites": [
            {"source": cite.get("source", ""), "lines": cite.get("lines", "")}
            for cite in element.findall("cite")
        ],
    }
    if about := element.get("stimulus", "").strip():
        if about in stimuli:
            body["stimulus"] = stimuli[about]
        else:
            problems.append(Problem("unknown-stimulus", where=name, detail=about))
    outcome = element.get("outcome", "").strip()
    difficulty = _number(element, "difficulty", 2, problems, most=3, where=name) or 2
    problems += [Problem(code, where=name, detail=detail) for code, detail in _faults(name, kind, body)]
    return QuestionSource(name, kind, outcome, difficulty, body)


def _faults(name: str, kind: str, body: dict[str, Any]) -> list[tuple[str, str]]:
    """(code, detail) of everything wrong with one question."""
    faults: list[tuple[str, str]] = []
    if not name:
        faults.append(("question-without-name", ""))
    known = KINDS.get(kind)
    if known is None:
        faults.append(("unknown-question-type", kind))
    else:
        faults += known.faults(body)
    faults += [("missing-language", detail) for detail in _untranslated(kind, body)]
    # What a person marks by a rubric has no one right answer to found.
    needs_source = known is None or not known.is_marked_by_hand
    if needs_source and not (body["cites"] and all(cite["source"] for cite in body["cites"])):
        faults.append(("no-source", ""))
    return faults


def translatable(kind: str, body: dict[str, Any]) -> list[tuple[str, Any]]:
    """(where, text in each language) of everything a reader sees or may need."""
    parts: list[tuple[str, Any]] = []
    # The text with its gaps may be all there is to say.
    if kind != "cloze" or any(body["stem"].values()):
        parts.append(("stem", body["stem"]))
    by_hand = kind in KINDS and KINDS[kind].is_marked_by_hand
    if not by_hand or any(body["explanation"].values()):
        parts.append(("explanation", body["explanation"]))
    if "picture" in body:
        parts.append(("picture", body["picture"]["alt"]))
    if "stimulus" in body:
        parts += [(f"stimulus {part}", body["stimulus"][part]) for part in ("title", "text")]
    return parts + KINDS.get(kind, KINDS["single"]).texts(body)


def missing_texts(kind: str, body: dict[str, Any]) -> dict[str, list[str] | None]:
    """What lacks in each language the question is begun in; None for a language nobody has begun."""
    parts = translatable(kind, body)
    begun = {code for _name, texts in parts for code, text in texts.items() if text}
    return {
        code: [name for name, texts in parts if not texts.get(code)] if code in begun else None
        for code in LANGUAGES
    }


def _untranslated(kind: str, body: dict[str, Any]) -> list[str]:
    """ "stem en", "a why vi": what lacks in a language the question is begun in. One language is enough."""
    parts = translatable(kind, body)
    begun = {code for _name, texts in parts for code, text in texts.items() if text} or {LANGUAGES[0]}
    return [
        f"{name} {code}"
        for name, texts in parts
        for code in LANGUAGES
        if code in begun and not texts.get(code)
    ]


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
    element: Readable,
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
