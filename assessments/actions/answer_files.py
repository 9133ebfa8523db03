"""Files as answers: handing them up, taking them back before the attempt is handed in."""

from collections.abc import Mapping
from contextlib import suppress
from typing import IO
from uuid import UUID, uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.attempt import LOCKED, refuse_when_closed, save_files
from assessments.models import AnswerFile, Attempt, Slot
from assessments.queries.attempts import Answer
from assessments.queries.fixed import DrawnSlot, question_version, slot_at
from courses.actions.declarations import NOT_DECLARED, record_declaration
from courses.actions.media_files import REASONS, TOO_LARGE
from courses.media_files.examine import Examined, examine_file
from courses.media_files.names import name_with
from courses.media_files.problems import NotAccepted
from lms.people.models import Person
from lms.shared import clock
from lms.shared.errors import Refused

LARGEST = 20_000_000  # bytes
LIMITS: Mapping[str, int] = dict.fromkeys(("image", "audio", "video", "document", "captions"), LARGEST)


def add_file(
    *, attempt_id: int, position: int, file: IO[bytes], file_name: str, declares_no_secret: bool, by: Person
) -> AnswerFile:
    """Keep a file as (a part of) the answer to a question of one's own open attempt.

    What it is its content says, not its name. Places and devices are taken out of pictures. Raises
    `Attempt.DoesNotExist` for another person's attempt, `Slot.DoesNotExist` where no file is asked for.
    """
    slot = _file_slot(attempt_id, position, by)
    if not declares_no_secret:
        raise Refused("not-declared", NOT_DECLARED)
    examined, kept = _examined(file, slot)
    name = f"answers/{uuid4().hex}{examined.type.suffix}"
    # Writing files stays outside the transaction: on SQLite it would lock out every learner.
    kept.seek(0)
    stored = default_storage.save(name, File(kept))
    try:
        return _add(attempt_id, slot, examined, stored, name_with(file_name, examined.type.suffix), by)
    except BaseException:
        with suppress(OSError):
            default_storage.delete(stored)
        raise


@transaction.atomic
def delete_file(*, key: UUID, by: Person) -> AnswerFile:
    """Take a file back before handing in. Its bytes go; that it was there stays in the attempt's steps.

    Raises `AnswerFile.DoesNotExist` for another person's file.
    """
    found = AnswerFile.objects.get(key=key, attempt__person=by, deleted_at=None)
    attempt = _locked(found.attempt_id, by)
    slot = slot_at(attempt.pk, found.slot.position)
    assert slot is not None
    left = [one for one in Answer.of(attempt, slot.position).chosen if one != str(found.pk)]
    save_files(attempt=attempt, slot=slot, files=left, by=by)
    bytes_of, found.file, found.deleted_at = found.file, "", clock.now()
    found.save(update_fields=["file", "deleted_at"])
    transaction.on_commit(lambda: default_storage.delete(bytes_of))
    return found


@transaction.atomic
def _add(
    attempt_id: int, slot: DrawnSlot, examined: Examined, stored: str, name: str, by: Person
) -> AnswerFile:
    attempt = _locked(attempt_id, by)
    added = AnswerFile.objects.create(
        attempt=attempt,
        slot_id=slot.pk,
        name=name,
        size=examined.size,
        sha256=examined.sha256,
        media_type=examined.type.name,
        file=stored,
        at=clock.now(),
    )
    ids = [*Answer.of(attempt, slot.position).chosen, str(added.pk)]
    save_files(attempt=attempt, slot=slot, files=ids, by=by)
    record_declaration(added, files={name: examined.sha256}, declares_no_secret=True, by=by)
    return added


def _file_slot(attempt_id: int, position: int, by: Person) -> DrawnSlot:
    attempt = Attempt.objects.get(pk=attempt_id, person=by)
    refuse_when_closed(attempt, at=clock.now(), by=by)
    slot = slot_at(attempt.pk, position)
    if slot is None or slot.kind != "file":
        raise Slot.DoesNotExist
    return slot


def _locked(attempt_id: int, by: Person) -> Attempt:
    attempt = LOCKED.first(attempt_id, by.pk)
    if attempt is None:
        raise Attempt.DoesNotExist
    return attempt


def _examined(file: IO[bytes], slot: DrawnSlot) -> tuple[Examined, IO[bytes]]:
    accepts = question_version(slot.question_version_id).body["accepts"]
    if file.seek(0, 2) > LARGEST:
        raise Refused("too-large", TOO_LARGE % {"limit": LARGEST // 1_000_000})
    try:
        examined, kept = examine_file(file, LIMITS)
    except NotAccepted as problem:
        if problem.code in ("type-not-taken", "too-large"):
            raise _not_taken(accepts) from problem
        raise Refused(problem.code, REASONS.get(problem.code, REASONS["broken-file"])) from problem
    if examined.type.suffix.removeprefix(".") not in accepts:
        raise _not_taken(accepts)
    return examined, kept


def _not_taken(accepts: list[str]) -> Refused:
    words = _("This question takes: %(kinds)s. What a file is, its content says and not its name.")
    return Refused("type-not-taken", words % {"kinds": ", ".join(accepts)})
