"""The H5P libraries that an export of questions can use. One query for all."""

from collections.abc import Mapping
from functools import cached_property

from assessments import olx
from assessments.h5p.bare import VERSIONS
from assessments.models import Question, QuestionPlace
from courses.h5p.engine.libraries import LibraryFacts, LibraryName
from courses.h5p.engine.wording import Wording
from courses.h5p.models import Library
from courses.h5p.queries.libraries import facts_of
from courses.h5p.queries.wordings import dictionary, wording_of


class InstalledShelf:
    """What is installed and was not withdrawn: `assessments.h5p.Shelf` over the database."""

    @cached_property
    def _newest(self) -> dict[LibraryName, LibraryFacts]:
        """The newest patch of every version."""
        rows = Library.objects.filter(withdrawn_at=None).order_by("patch")
        return {facts.name: facts for facts in map(facts_of, rows)}

    def best(self, name: LibraryName) -> LibraryFacts | None:
        """The patch that new content gets."""
        return self._newest.get(name)

    def versions(self, machine_name: str) -> list[LibraryFacts]:
        """All versions, the newest first."""
        found = [facts for name, facts in self._newest.items() if name.machine_name == machine_name]
        return sorted(found, key=lambda facts: facts.name, reverse=True)

    def wording(self, facts: LibraryFacts, language: str) -> Wording:
        """What the library's own language file says, our dictionary behind it."""
        return wording_of(facts, language)

    def dictionary(self, language: str) -> Mapping[str, str]:
        """Our own words of players."""
        return dictionary(language)


def is_exam_only(source: olx.QuizSource) -> bool:
    """Does it hold what exams ask in secret: a bank, a final exam, a question that exams take from a bank?

    A draft that moved a question out of the bank does not change what the published module keeps there.
    """
    if source.kind in {"bank", "final"}:
        return True
    names = [question.name for question in source.questions]
    return Question.objects.filter(name__in=names, place=QuestionPlace.BANK).exists()


def installed_types() -> list[tuple[str, str]]:
    """(title, version) of the content types that questions can become and that are here; "" is not here."""
    rows = Library.objects.filter(machine_name__in=VERSIONS, withdrawn_at=None)
    found: dict[str, set[tuple[int, int]]] = {}
    for name, major, minor in rows.values_list("machine_name", "major", "minor"):
        found.setdefault(name, set()).add((major, minor))
    newest = {name: max(versions) for name, versions in found.items()}
    return [(name, ".".join(map(str, newest[name])) if name in newest else "") for name in VERSIONS]
