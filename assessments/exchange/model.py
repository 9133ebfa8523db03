"""What every reader gives and every writer takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

LANGUAGES = ("vi", "en", "de")
MEGA = 1_000_000
MOST_BYTES = 20 * MEGA  # of one file with questions
MOST_QUESTIONS = 5_000  # of one file
LONGEST_QUESTION = 200_000  # characters of one question in a text format
STIMULUS = "stimulus"  # a text that questions stand on; it is written beside them and asks nothing itself

Body = dict[str, Any]
Texts = dict[str, str]


@dataclass(frozen=True)
class Problem:
    """One thing that could not be taken or written.

    `where` names the question, `row` its line or row (from 1), `path` the file in a package.
    """

    code: str
    where: str = ""
    detail: str = ""
    path: str = ""
    row: int = 0


class Unreadable(Exception):
    """Nothing of this file can be used; `problem` says why."""

    def __init__(self, code: str, detail: str = "", path: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.problem = Problem(code, detail=detail, path=path)


class Unfit(Exception):
    """This one question cannot become ours; the others can."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class ReadQuestion:
    """One question as it was read, or why it was not.

    `kind` and `body` have the shapes of `QuestionVersion`; `type` is what the other system calls it.
    `files` are the pictures that `body` names: "/static/x.png" → bytes. With a `reason` there is no
    body; `notes` say what was left out of a question that came in.
    """

    name: str
    type: str
    kind: str = ""
    body: Body = field(default_factory=dict)
    outcome: str = ""
    difficulty: int = 2
    category: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    where: str = ""
    source: str = ""  # its own text in a text format, to be put right by hand
    reason: Problem | None = None
    notes: tuple[Problem, ...] = ()

    @property
    def is_sound(self) -> bool:
        return self.reason is None


@dataclass(frozen=True)
class Reading:
    """All questions of a file in its order, and what concerns the file as a whole."""

    format: str
    questions: tuple[ReadQuestion, ...]
    problems: tuple[Problem, ...] = ()


class Asked(Protocol):
    """A question to be written; `assessments.olx.QuestionSource` and `ReadQuestion` are such."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def difficulty(self) -> int: ...
    @property
    def body(self) -> Body: ...


@dataclass(frozen=True)
class Export:
    """What shall be written: questions, the pictures they name, and the language for one-language formats."""

    questions: Sequence[Asked]
    files: Mapping[str, bytes] = field(default_factory=dict)
    language: str = "vi"
    category: str = ""


@dataclass(frozen=True)
class Written:
    """A written file. `left_out` says what the format could not hold, question by question."""

    content: bytes
    suffix: str
    media_type: str
    left_out: tuple[Problem, ...] = ()

    @property
    def not_written(self) -> frozenset[str]:
        """Names of the questions that are not in the file at all."""
        return frozenset(problem.where for problem in self.left_out if problem.code == "kind-not-written")


class Notes:
    """Collects what was left out while one question is read."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(self, code: str, detail: str = "") -> None:
        self._found[Problem(code, detail=detail[:200])] = None

    def of(self, name: str, row: int = 0, path: str = "") -> tuple[Problem, ...]:
        return tuple(replace(problem, where=name, row=row, path=path) for problem in self._found)


def refused(
    name: str, type_: str, unfit: Unfit, *, row: int = 0, path: str = "", **more: Any
) -> ReadQuestion:
    """The row of a question that cannot be ours."""
    reason = Problem(unfit.code, name, unfit.detail[:300], path, row)
    return ReadQuestion(name=name, type=type_, reason=reason, **more)


def check_count(count: int) -> None:
    """Refuses a file with more questions than anybody looks through."""
    if count > MOST_QUESTIONS:
        raise Unreadable("too-many-questions", str(count))
