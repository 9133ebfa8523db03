"""What an import would do to a module's draft: which questions are new, there already, or changed."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.core.files.storage import default_storage

from assessments import olx
from assessments.exchange.model import STIMULUS, ReadQuestion
from assessments.queries.bank import BLOCK_TYPES
from assessments.queries.quiz_editor import new_question_names
from courses.models import BlockVersion, Module
from courses.olx.assets import storage_name
from courses.olx.outline import Outline
from courses.queries.outline import draft_outline

LONGEST_NAME = 60
PICTURES = "/static/"


class State(StrEnum):
    """What becomes of a question that was read."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    FAULTY = "faulty"


@dataclass(frozen=True)
class Drafted:
    """A question of the draft and the block it stands in."""

    usage_key: str
    question: olx.QuestionSource


@dataclass(frozen=True)
class Candidate:
    """A question that was read, under the name it would have here. `place` counts from 0 in its file."""

    place: int
    read: ReadQuestion
    name: str
    state: State

    @property
    def is_stimulus(self) -> bool:
        return self.read.kind == STIMULUS


@dataclass(frozen=True)
class DraftedQuestions:
    """All questions in the quizzes and banks of a draft."""

    module: Module
    outline: Outline
    questions: Mapping[str, Drafted]  # by name
    stimuli: frozenset[str]  # names

    @cached_property
    def names_by_content(self) -> dict[str, str]:
        return {content_of(one.question): name for name, one in self.questions.items()}


def drafted_questions(module: Module, outline: Outline | None = None) -> DraftedQuestions:
    """The questions of a module's draft. One query, two without the outline."""
    outline = outline or draft_outline(module)
    if outline is None:
        raise LookupError(module.code)
    refs = [ref for ref in outline.blocks.values() if ref.type in BLOCK_TYPES]
    texts = dict(
        BlockVersion.objects.filter(pk__in=[r.version for r in refs]).values_list("usage_key", "olx")
    )
    found: dict[str, Drafted] = {}
    stimuli: set[str] = set()
    for ref in refs:
        text = texts[ref.usage_key]
        stimuli |= set(re.findall(r'<stimulus[^>]*\bname="([^"]*)"', text))
        for question in olx.parse(text).questions:
            found[question.name] = Drafted(ref.usage_key, question)
    return DraftedQuestions(module, outline, found, frozenset(stimuli))


def candidates(drafted: DraftedQuestions, read: Sequence[ReadQuestion]) -> list[Candidate]:
    """Each question that was read under its name here, and what an import would do with it.

    The same file gives the same names, so that a second import finds what the first one wrote.
    """
    free = new_question_names(drafted.module, drafted.outline)
    here = [_as_here(question, drafted) if question.is_sound else question for question in read]
    there = _there_already(here, drafted)
    used = set(there.values())
    made = []
    for place, question in enumerate(here):
        if not question.is_sound:
            made.append(Candidate(place, question, question.name, State.FAULTY))
            continue
        name = there.get(place) or _name_here(question, drafted, used) or next(free)
        used.add(name)
        made.append(Candidate(place, question, name, _state(question, name, drafted)))
    return made


def _as_here(question: ReadQuestion, drafted: DraftedQuestions) -> ReadQuestion:
    return _with_free_path(_with_own_stimulus(question, drafted.module.code), drafted.outline)


def _there_already(read: Sequence[ReadQuestion], drafted: DraftedQuestions) -> dict[int, str]:
    """Place in the file → name of the question in the draft that says just the same; each name once."""
    found: dict[int, str] = {}
    for place, question in enumerate(read):
        name = drafted.names_by_content.get(content_of(question), "") if question.is_sound else ""
        if name and name not in found.values():
            found[place] = name
    return found


def _state(question: ReadQuestion, name: str, drafted: DraftedQuestions) -> State:
    if question.kind == STIMULUS:
        return State.SAME if name in drafted.stimuli else State.NEW
    there = drafted.questions.get(name)
    if there is None:
        return State.NEW
    return State.SAME if content_of(there.question) == content_of(question) else State.CHANGED


def _name_here(question: ReadQuestion, drafted: DraftedQuestions, used: set[str]) -> str:
    """The name the question has or gets in this module; "" when the next free number will do."""
    code = drafted.module.code.lower()
    if question.kind == STIMULUS:
        return _stimulus_name(code, question.body)
    if not question.name:
        return ""
    stem = question.name if question.name.startswith(f"{code}-") else f"{code}-{question.name}"
    slug = _slug(stem)
    if slug == f"{code}":  # a name without one letter of ours
        slug = f"{code}-{olx.digest(question.name)[:8]}"
    name, number = slug, 2
    while name in used:
        name, number = f"{slug}-{number}", number + 1
    return name


def _slug(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    word = "".join(c for c in bare if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9._]+", "-", word).strip("-._")[:LONGEST_NAME].rstrip("-._")


def _stimulus_name(code: str, stimulus: Mapping[str, Any]) -> str:
    said = {part: stimulus[part] for part in ("title", "text")}
    return f"{code}-s-{olx.digest(said)[:8]}"


def _with_own_stimulus(question: ReadQuestion, code: str) -> ReadQuestion:
    """The same with its stimulus under a name that is free in every module."""
    stimulus = question.body.get("stimulus")
    if not stimulus:
        return question
    named = {**stimulus, "name": _stimulus_name(code.lower(), stimulus)}
    return replace(question, body=question.body | {"stimulus": named})


def _with_free_path(question: ReadQuestion, outline: Outline) -> ReadQuestion:
    """The same with its picture under a path where the draft has no other picture."""
    picture = question.body.get("picture")
    if not picture or picture["src"] not in question.files:
        return question
    content = question.files[picture["src"]]
    path, sha256 = str(picture["src"]).removeprefix(PICTURES), hashlib.sha256(content).hexdigest()
    there = outline.assets.get(path)
    if there is None or there.sha256 == sha256:
        return question
    stem, dot, suffix = path.rpartition(".")
    src = f"{PICTURES}{stem}-{sha256[:8]}{dot}{suffix}"
    body = question.body | {"picture": {**picture, "src": src}}
    return replace(question, body=body, files={src: content})


def content_of(question: olx.QuestionSource | ReadQuestion) -> str:
    """What a question says, as a digest; a stimulus counts by its words, not by its name."""
    body = dict(question.body)
    if stimulus := body.get("stimulus"):
        body["stimulus"] = {part: stimulus[part] for part in ("title", "text")}
    facts = {"kind": question.kind, "outcome": question.outcome, "difficulty": question.difficulty}
    return olx.digest(facts | {"body": body})


def picture_files(outline: Outline, questions: Iterable[olx.QuestionSource]) -> dict[str, bytes]:
    """The pictures that questions name: "/static/x.png" → bytes. What is missing is left out."""
    found: dict[str, bytes] = {}
    for question in questions:
        src = str(question.body.get("picture", {}).get("src", ""))
        asset = outline.assets.get(src.removeprefix(PICTURES))
        if asset is None or src in found:
            continue
        try:
            with default_storage.open(storage_name(src.removeprefix(PICTURES), asset.sha256)) as file:
                found[src] = file.read()
        except OSError:
            continue
    return found
