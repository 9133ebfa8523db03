"""Questions of a file through the studio: upload, look, put right, take. Only the last step writes."""

import secrets
from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime
from io import BytesIO
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessments.actions.exchange import Imported, import_questions
from assessments.exchange.formats import FORMATS, detect, read
from assessments.exchange.model import LANGUAGES, MEGA, MOST_BYTES, ReadQuestion, Unreadable
from assessments.models import QuestionUpload
from assessments.models.upload import KEPT_FOR
from assessments.queries.exchange import State, candidates, drafted_questions
from assessments.queries.exchange_words import FILES, file_words
from assessments.queries.question_upload import read_upload, rewritten
from courses.actions.publish import NOT_ALLOWED
from courses.models import Module
from courses.permissions import may_author
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import Actor, System
from lms.shared.errors import Refused
from lms.shared.fields import clean_line

LONGEST_FIX = 100_000  # characters
GONE = _("This import is over or was cancelled. Upload the file again.")


def upload_questions(
    *, module: Module, file: IO[bytes], name: str, size: int, format: str, language: str, by: Person
) -> QuestionUpload:
    """Keep a file whose questions can be read; a file that holds none is refused with the reason."""
    # Reading stays outside the transactions here: on SQLite it would lock out every learner.
    _check(by)
    if size > MOST_BYTES:
        raise Refused("too-large", str(FILES["too-large"]) % {"detail": MOST_BYTES // MEGA})
    if language not in LANGUAGES or (format and format not in FORMATS):
        raise Refused("unknown-format", _("Choose one of the formats."))
    content = file.read(MOST_BYTES + 1)
    name = clean_line(name)[:200]
    try:
        format = format or detect(content, name)
        found = read(content, name=name, format=format, language=language)
    except Unreadable as unreadable:
        raise Refused(unreadable.problem.code, file_words(unreadable.problem)) from unreadable
    if not found.questions:
        problem = found.problems[0]
        raise Refused(problem.code, file_words(problem))
    stored = default_storage.save(f"imports/questions-{secrets.token_urlsafe(24)}", File(BytesIO(content)))
    with transaction.atomic():
        upload = QuestionUpload.objects.create(
            person=by,
            module=module,
            name=name,
            file=stored,
            format=format,
            language=language,
            created_at=clock.now(),
        )
        record("questions.uploaded", module, by=by, name=name, questions=len(found.questions))
    return upload


def fix_question(*, upload: QuestionUpload, place: int, text: str, by: Person) -> ReadQuestion:
    """Put a question right: `text` stands for it from now on. Gives back how it reads."""
    if len(text) > LONGEST_FIX:
        raise Refused("too-large", _("This is too long for one question."))
    questions = _questions(upload, by)
    if not 0 <= place < len(questions):
        raise Refused("gone", GONE)
    with transaction.atomic():
        upload = _own(upload, by)
        upload.fixes = {**upload.fixes, str(place): text}
        upload.save(update_fields=["fixes"])
    return rewritten(questions[place], text, upload)


def take_questions(
    *, upload: QuestionUpload, places: Collection[int], replacing: Collection[int], by: Person
) -> Imported:
    """Put the chosen questions into the bank of the module's draft. `places` count from 0 in the file.

    Those in `replacing` are written over a question of that name which says something else.
    """
    questions = _questions(upload, by)
    found = candidates(drafted_questions(upload.module), questions)
    wanted = {*places, *replacing}
    chosen = [one for one in found if one.place in wanted and one.state != State.FAULTY]
    if not chosen:
        raise Refused("nothing-chosen", _("Tick the questions first."))
    over = {one.name for one in chosen if one.place in set(replacing)}
    # A name that was shown is the name it gets; a number may be taken by then.
    named = [replace(one.read, name=one.name if one.read.name else "") for one in chosen]
    with transaction.atomic():
        upload = _own(upload, by)
        done = import_questions(
            module=upload.module, questions=named, by=by, replacing=lambda one: one.name in over
        )
        upload.result = asdict(done)
        upload.save(update_fields=["result"])
        _forget_file(upload)
    return done


@transaction.atomic
def cancel_upload(*, upload: QuestionUpload, by: Person) -> None:
    """Forget the file; nothing was written."""
    upload = _own(upload, by)
    _forget_file(upload)
    upload.delete()


def delete_old_uploads(*, by: Actor, at: datetime | None = None) -> int:
    """Delete uploads after 30 days with their files. Returns how many went."""
    if not isinstance(by, System):
        raise Refused("not-allowed", NOT_ALLOWED)
    number = 0
    for upload in QuestionUpload.objects.filter(created_at__lte=(at or clock.now()) - KEPT_FOR):
        _forget_file(upload)
        upload.delete()
        number += 1
    return number


def _check(by: Actor) -> None:
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)


def _own(upload: QuestionUpload, by: Person) -> QuestionUpload:
    """The upload under lock, for whoever brought it and before it is over."""
    _check(by)
    found = QuestionUpload.objects.select_for_update().filter(pk=upload.pk, person=by).first()
    if found is None or found.is_done:
        raise Refused("gone", GONE)
    return found


def _questions(upload: QuestionUpload, by: Person) -> list[ReadQuestion]:
    """What the file holds, for whoever brought it."""
    _check(by)
    now = QuestionUpload.objects.filter(pk=upload.pk, person=by).first()
    if now is None or now.is_done:
        raise Refused("gone", GONE)
    try:
        return read_upload(now)
    except Unreadable as unreadable:
        raise Refused(unreadable.problem.code, file_words(unreadable.problem)) from unreadable


def _forget_file(upload: QuestionUpload) -> None:
    name = upload.file
    if name:
        QuestionUpload.objects.filter(pk=upload.pk).update(file="")
        transaction.on_commit(lambda: default_storage.delete(name))
