"""What an author filled in, with one thing wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from tests.courses.h5p.engine.sample import Outcome
from tests.make_h5p import NOTE_SEMANTICS, PARAMS, SEMANTICS

PATTERN = {"name": "code", "type": "text", "regexp": {"pattern": "^[a-z]+$", "modifiers": "i"}}
CHOICES = {"name": "c", "type": "select", "multiple": True, "options": [{"value": "a"}, {"value": "b"}]}


@dataclass(frozen=True)
class FieldSample:
    """`says` are pairs of a code and a place."""

    name: str
    says: tuple[tuple[str, str], ...]
    changes: Mapping[str, Any]
    semantics: list[dict[str, Any]] | None = None

    def outcome(self, module: Callable[[str], ModuleType]) -> Outcome:
        semantics = module("semantics")
        note = semantics.parse(NOTE_SEMANTICS)

        def fields_of(name: Any) -> Any:
            return note if name.machine_name == "LanToa.Note" else None

        if self.semantics is None:
            fields, params = semantics.parse(SEMANTICS), {**PARAMS, **self.changes}
        else:
            fields, params = semantics.parse(self.semantics), dict(self.changes)
        return tuple(problem.code for problem in semantics.check(fields, params, fields_of))


def _one(name: str, says: str, **changes: Any) -> FieldSample:
    code, _, place = says.partition(" ")
    return FieldSample(name, ((code, place),) if code else (), changes)


def _with(name: str, says: str, field: dict[str, Any], value: Any) -> FieldSample:
    code, _, place = says.partition(" ")
    return FieldSample(name, ((code, place),) if code else (), {field["name"]: value}, [field])


def _note(library: str, **params: Any) -> dict[str, Any]:
    return {"library": library, "params": params}


LIST = {"name": "l", "type": "list", "min": 2, "field": {"name": "e", "type": "text"}}
ANY = {"name": "m", "type": "library", "options": ["LanToa.Note 1.0", "LanToa.Gone 1.0"]}

FIELDS: list[FieldSample] = [
    _one("all in order", ""),
    _one("nothing asked", "required question", question="<p>&nbsp;</p>"),
    _one("no text of an answer", "required answers[1].text", answers=[{"text": "a"}, {"text": ""}]),
    _one("number missing", "required points", points=None),
    _one("text is a list", "wrong-type hint", hint=["a"]),
    _one("long hint", "too-long hint", hint="ă" * 41),
    _one("hint of forty entities", "", hint="&amp;" * 40),
    _one("number is a text", "wrong-type points", points="2"),
    _one("number is a flag", "wrong-type points", points=True),
    _one("too small", "too-small points", points=-1),
    _one("too great", "too-great points", points=10.5),
    _one("flag is a text", "wrong-type shuffle", shuffle="yes"),
    _one("no such choice", "not-an-option mode", mode="both"),
    _one("answers are a text", "wrong-type answers", answers="Bốn"),
    _one("too many answers", "too-many answers", answers=[{"text": "a"}] * 6),
    _one("no answer", "too-few answers", answers=[]),
    _one("group is a list", "wrong-type labels", labels=["a"]),
    _one("library is a text", "wrong-type note", note="LanToa.Note 1.0"),
    _one("library not allowed", "library-not-allowed note", note=_note("LanToa.Base 1.0")),
    _one("nothing in the note", "required note.text", note=_note("LanToa.Note 1.0")),
    _one("hidden, so nobody's business", "", note=None, zoom="yes"),
    _one("shown, so somebody's business", "wrong-type zoom", zoom="yes"),
    _one("picture is a text", "wrong-type picture", picture="a.png"),
    _one("picture without a path", "wrong-type picture", picture={"path": 5}),
    _with("one of two", "too-few l", LIST, ["a"]),
    _with("pattern met", "", PATTERN, "ABC"),
    _with("pattern missed", "pattern code", PATTERN, "a1"),
    _with("several choices", "", CHOICES, ["a", "b"]),
    _with("one of several wrong", "not-an-option c", CHOICES, ["a", "z"]),
    _with("library not installed", "missing-library LanToa.Gone 1.0", ANY, _note("LanToa.Gone 1.0")),
]
