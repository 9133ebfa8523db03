"""Which contents an export makes, with which libraries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any
from uuid import UUID, uuid5

from assessments.h5p.bare import IN_SET, VERSIONS
from assessments.h5p.questions import (
    NAMES,
    CannotExport,
    Params,
    choice,
    filled,
    is_sound,
    title_of,
    types_for,
)
from assessments.h5p.shelf import Shelf, begun, fields_of
from assessments.olx import QuestionSource
from courses.h5p.engine.libraries import LibraryFacts, LibraryName, closure
from courses.h5p.engine.semantics import Field, check, clean

FORMS = ("set", "singles", "choices")  # a question set, one file per question, a single choice set
GAPS = ("choice", "typed", "dragged")  # what "____" in a question becomes
Fields = tuple[Field, ...]
NAMESPACE = UUID("5f4b1a1c-6d0a-5a59-9a6c-3a9f3f4f5c1e")
SET, CHOICES = "H5P.QuestionSet", "H5P.SingleChoiceSet"


@dataclass(frozen=True)
class Wish:
    """What the author asks for. `name` begins the file's name: "c2-quiz"."""

    name: str
    title: str
    language: str
    pass_percent: int
    form: str = "set"
    gaps: str = "choice"


@dataclass(frozen=True)
class Content:
    """One H5P content. `libraries` play it, in load order; `missing` are those that are not installed."""

    name: str
    title: str
    language: str
    library: LibraryName
    params: Params
    libraries: tuple[LibraryFacts, ...] = field(default=(), repr=False)
    missing: tuple[LibraryName, ...] = ()
    used: tuple[LibraryName, ...] = ()  # by name in the params

    @property
    def manifest(self) -> dict[str, Any]:
        """h5p.json."""
        known = [facts.name for facts in self.libraries]
        names = list(dict.fromkeys([*known, *self.used, self.library]))
        return {
            "title": self.title,
            "language": self.language,
            "defaultLanguage": self.language,
            "mainLibrary": self.library.machine_name,
            "embedTypes": ["iframe"],
            "license": "U",
            "preloadedDependencies": [
                {"machineName": n.machine_name, "majorVersion": n.major, "minorVersion": n.minor}
                for n in names
            ],
        }


def make(questions: Sequence[QuestionSource], wish: Wish, shelf: Shelf) -> list[Content]:
    """The contents, each checked against its library's semantics. Raises `CannotExport`."""
    if not questions:
        raise CannotExport("no-questions")
    if faulty := next((question for question in questions if not is_sound(question)), None):
        raise CannotExport("not-sound", faulty.name)
    if wish.form == "choices":
        return [_choices(questions, wish, shelf)]
    if wish.form == "set":
        return [_question_set(questions, wish, shelf)]
    return [_single(question, wish, shelf) for question in questions]


def _single(question: QuestionSource, wish: Wish, shelf: Shelf) -> Content:
    wanted = [_newest(shelf, kind) for kind in types_for(question, wish.gaps, wish.language)]
    if not wanted:
        raise CannotExport("no-such-type", question.name)
    name = _first_that_plays(wanted, shelf) or wanted[0]
    base = begun(shelf, name, wish.language)
    params = filled(name.machine_name, question, wish.language, base, in_set=False)
    title = title_of(question, wish.language)
    return _content(question.name, title, name, params, wish, shelf)


def _choices(questions: Sequence[QuestionSource], wish: Wish, shelf: Shelf) -> Content:
    name = _newest(shelf, CHOICES)
    params = begun(shelf, name, wish.language)
    params["choices"] = [
        {"subContentId": sub_content_id(question, CHOICES), **choice(question, wish.language)}
        for question in questions
    ]
    params["behaviour"] = {**params.get("behaviour", {}), "passPercentage": wish.pass_percent}
    return _content(wish.name, wish.title, name, params, wish, shelf)


def _question_set(questions: Sequence[QuestionSource], wish: Wish, shelf: Shelf) -> Content:
    """In the newest version that can show every question with what is installed, else in the newest."""
    tried = [(facts.name, _allowed_in(facts)) for facts in shelf.versions(SET)]
    tried = tried or [(VERSIONS[SET], [VERSIONS[kind] for kind in IN_SET])]
    placed = [(name, [_place(q, allowed, wish, shelf) for q in questions]) for name, allowed in tried]
    name, kinds = next((one for one in placed if _first_that_plays([one[0]], shelf, one[1])), placed[0])
    bases = {kind: begun(shelf, kind, wish.language) for kind in set(kinds)}
    params = begun(shelf, name, wish.language)
    params["passPercentage"] = wish.pass_percent
    params["introPage"] = {**params.get("introPage", {}), "showIntroPage": True, "title": escape(wish.title)}
    params["questions"] = [
        _inside(question, kind, bases[kind], wish) for question, kind in zip(questions, kinds, strict=True)
    ]
    return _content(wish.name, wish.title, name, params, wish, shelf, tuple(dict.fromkeys(kinds)))


def _place(question: QuestionSource, allowed: list[LibraryName], wish: Wish, shelf: Shelf) -> LibraryName:
    """The best type that may stand in the set and is installed; else the best that may stand there."""
    kinds = types_for(question, wish.gaps, wish.language)
    if not kinds:
        raise CannotExport("no-such-type", question.name)
    able = [name for kind in kinds for name in allowed if name.machine_name == kind]
    if not able:
        raise CannotExport("not-in-set", question.name)
    return _first_that_plays(able, shelf) or able[0]


def _inside(question: QuestionSource, kind: LibraryName, base: Params, wish: Wish) -> Params:
    title = title_of(question, wish.language)
    return {
        "library": str(kind),
        "params": filled(kind.machine_name, question, wish.language, base, in_set=True),
        "subContentId": sub_content_id(question, kind.machine_name),
        "metadata": {"contentType": NAMES[kind.machine_name], "license": "U", "title": escape(title)},
    }


def _content(
    stem: str,
    title: str,
    name: LibraryName,
    params: Params,
    wish: Wish,
    shelf: Shelf,
    inside: tuple[LibraryName, ...] = (),
) -> Content:
    libraries, missing = closure([*inside, name], shelf.best)
    if (fields := fields_of(shelf, name)) is not None:
        known = {one: of for one in inside if (of := fields_of(shelf, one)) is not None}
        if len(known) == len(inside):
            params = _checked(fields, params, known)
    return Content(stem, title[:255], wish.language, name, params, tuple(libraries), tuple(missing), inside)


def _checked(
    fields: tuple[Field, ...], params: Params, known: dict[LibraryName, tuple[Field, ...]]
) -> Params:
    cleaned = clean(fields, params, known.get)
    if problems := check(fields, cleaned, known.get):
        raise CannotExport(problems[0].code, detail=f"{problems[0].path} {problems[0].detail}".strip())
    return cleaned


def _newest(shelf: Shelf, machine_name: str) -> LibraryName:
    found = shelf.versions(machine_name)
    return found[0].name if found else VERSIONS[machine_name]


def _first_that_plays(
    names: Iterable[LibraryName], shelf: Shelf, beside: Sequence[LibraryName] = ()
) -> LibraryName | None:
    return next((name for name in names if not closure([*beside, name], shelf.best)[1]), None)


def _allowed_in(facts: LibraryFacts) -> list[LibraryName]:
    """What may stand in a question set of this version, as its semantics say."""
    found: list[LibraryName] = []
    for one in facts.semantics or []:
        if one.get("name") == "questions":
            options = (one.get("field") or {}).get("options", [])
            names = (option.get("name") if isinstance(option, dict) else option for option in options)
            found += filter(None, map(LibraryName.spoken, names))
    return found


def sub_content_id(question: QuestionSource, machine_name: str) -> str:
    """The same for the same version of a question, so that results of two exports can be compared."""
    return str(uuid5(NAMESPACE, f"{question.name}:{question.sha256}:{machine_name}"))
