"""What is wrong with a content, told at its fields by their names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from courses.h5p.engine.leaves import bare, item_name, label_of
from courses.h5p.engine.problems import Language, Problem
from courses.h5p.queries.authoring import Descriptions
from lms.shared.languages import current_language

Fields = Sequence[dict[str, Any]]
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
# Of these the path is no field but a library.
_OF_LIBRARIES = {"missing-library", "library-not-allowed"}


@dataclass(frozen=True)
class FieldProblem:
    """One problem: `path` is where the form shows it."""

    path: str
    label: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {"path": self.path, "message": self.message}


def field_problems(
    problems: Iterable[Problem], params: Any, descriptions: Descriptions, library: str
) -> list[FieldProblem]:
    """Each problem with the name of its field instead of its path.

    What is wrong inside a content that our form cannot write is left to its own editor.
    """
    language: Language = "vi" if current_language() == "vi" else "en"
    found = []
    for problem in problems:
        path = problem.detail if problem.code == "missing-library" else problem.path
        place = place_of(path, params, descriptions, library)
        if place.is_written_here:
            told = problem if problem.code in _OF_LIBRARIES else replace(problem, path=f"“{place.label}”")
            found.append(FieldProblem(path, place.label, told.message(language)))
    return found


@dataclass(frozen=True)
class FieldPlace:
    """A place in the params: its last two names, which say enough, and whether our form writes it."""

    label: str
    is_written_here: bool


def place_of(path: str, params: Any, descriptions: Descriptions, library: str) -> FieldPlace:
    """ "Answers: Answer 2: Text" for "answers[1].text"; libraries on the way are looked up in the params."""
    names: list[str] = []
    here: Any = None
    value = params
    inside: Fields = descriptions.fields(library)
    steps = _STEP.findall(path)
    for done, (name, number) in enumerate(steps, start=1):
        if number and here is not None and here["kind"] == "list":
            names.append(item_name(here, int(number)))
            here, value = _unfolded(bare(here["item"])), _inner(value, int(number))
        else:
            here = next((field for field in inside if field["name"] == name), None)
            if here is None:
                break
            names += label_of(here)
            here, value = _unfolded(here), _inner(value, name)
        inside = here.get("fields", ()) if here["kind"] == "group" else ()
        if here["kind"] == "library" and isinstance(value, dict) and "library" in value:
            held, value = str(value["library"]), value.get("params")
            if done < len(steps) and not descriptions.is_writable(held):
                return FieldPlace("", is_written_here=False)
            inside = descriptions.fields(held)
    return FieldPlace(": ".join(names[-2:]) or _("Content"), is_written_here=True)


def _inner(value: Any, key: str | int) -> Any:
    try:
        return value[key]
    except (KeyError, IndexError, TypeError):
        return None


def _unfolded(field: Any) -> Any:
    """A group of one field is that field."""
    while field["kind"] == "group" and field.get("flat") and field.get("fields"):
        field = field["fields"][0]
    return field
