"""What can be wrong with a package: a code for programs, a place, and words for people."""

from dataclasses import dataclass, field
from typing import Literal, NoReturn

from courses.h5p.engine.messages import MESSAGES

Language = Literal["vi", "en"]
MOST = 50  # more problems than anybody reads are not collected


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `path` is a file, a library or a field; `detail` is what was found there."""

    code: str
    path: str = ""
    detail: str = ""

    def message(self, language: Language) -> str:
        """The sentence for the author; unknown languages get English."""
        words = MESSAGES[self.code]
        text = words.get(language, words["en"])
        return text.format(path=_shown(self.path), detail=_shown(self.detail))

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "path": self.path, "detail": self.detail}


class Rejected(Exception):
    """Nothing of this package is taken in."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.code}: {p.path} {p.detail}".rstrip() for p in problems))
        self.problems = problems


@dataclass(slots=True)
class Findings:
    """Collects what is wrong in one stage, so that the author learns all of it at once."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, path: str = "", detail: object = "") -> None:
        if len(self.problems) < MOST:
            problem = Problem(code, _shown(path), _shown(str(detail)))
            if problem not in self.problems:
                self.problems.append(problem)

    def stop(self) -> None:
        """The end of a stage: later ones may rely on what this one checked."""
        if self.problems:
            raise Rejected(*self.problems)


def refuse(code: str, path: str = "", detail: object = "") -> NoReturn:
    """One problem that makes reading on pointless or dangerous."""
    raise Rejected(Problem(code, _shown(path), _shown(str(detail))))


def _shown(text: str) -> str:
    """Names from strangers, cut and without characters that would disturb a log or a terminal."""
    text = text[:300]
    return text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)
