"""Files that learners handed up."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.models import AnswerFile, Attempt, AttemptState
from assessments.permissions import may_see_marking
from assessments.queries.fixed import slot_at
from lms.people.models import Person
from lms.shared.addresses import address
from lms.shared.kept_queries import KeptQuery


@dataclass(frozen=True)
class FileLink:
    """A file as a page offers it."""

    key: UUID
    label: str
    size: int
    url: str


FILES = KeptQuery(
    lambda attempt: AnswerFile.objects.filter(attempt=attempt, deleted_at=None).order_by("pk"), int
)


def files_of(attempt_id: int, *, with_names: bool) -> dict[int, list[FileLink]]:
    """The files of an attempt by slot. Without names for those who mark: a name may say whose it is."""
    found: dict[int, list[FileLink]] = {}
    for file in FILES.all(attempt_id):
        links = found.setdefault(file.slot_id, [])
        label = file.name if with_names else _plain_name(file, len(links) + 1)
        links.append(FileLink(file.key, label, file.size, address("assessments:file", file.key)))
    return found


def files_of_slot(attempt: Attempt, position: int) -> list[FileLink]:
    """The owner's files in one question."""
    slot = slot_at(attempt.pk, position)
    return files_of(attempt.pk, with_names=True).get(slot.pk, []) if slot else []


def file_for(reader: Person, key: UUID) -> tuple[AnswerFile, str] | None:
    """The file and what to call it: for its owner, and for those who mark once it is handed in."""
    file = AnswerFile.objects.select_related("attempt").filter(key=key, deleted_at=None).first()
    if file is None:
        return None
    if file.attempt.person_id == reader.pk:
        return file, file.name
    if may_see_marking(reader) and file.attempt.state != AttemptState.OPEN:
        return file, f"{file.slot_id}-{file.pk}.{_ending(file)}"
    return None


def _plain_name(file: AnswerFile, number: int) -> str:
    return _("File %(number)s (%(kind)s)") % {"number": number, "kind": _ending(file).upper()}


def _ending(file: AnswerFile) -> str:
    return file.name.rpartition(".")[2]
