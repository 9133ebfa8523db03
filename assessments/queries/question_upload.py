"""An uploaded file of questions as its owner has put it right."""

from dataclasses import replace

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from assessments.exchange.formats import FORMATS, detect, read
from assessments.exchange.model import Problem, ReadQuestion, Unreadable
from assessments.models import QuestionUpload
from lms.people.models import Person


def uploads_of(person: Person) -> QuerySet[QuestionUpload]:
    """The files a person uploaded, the newest first."""
    return QuestionUpload.objects.filter(person=person).select_related("module__draft").order_by("-pk")


def read_upload(upload: QuestionUpload) -> list[ReadQuestion]:
    """The questions of the file, those put right by hand as they are now. `Unreadable` if it is gone."""
    try:
        with default_storage.open(upload.file) as file:
            content = file.read()
    except (OSError, ValueError) as error:
        raise Unreadable("missing-file", path=upload.name) from error
    found = read(content, name=upload.name, format=upload.format, language=upload.language)
    return [
        rewritten(question, upload.fixes[str(place)], upload) if str(place) in upload.fixes else question
        for place, question in enumerate(found.questions)
    ]


def rewritten(before: ReadQuestion, text: str, upload: QuestionUpload) -> ReadQuestion:
    """The question that `text` holds, in the place of `before`; the reason where it holds none or several."""
    name, where = before.name, before.where
    try:
        found = read(
            text.encode(), format=_format_of(text, upload.format), language=upload.language
        ).questions
    except Unreadable as unreadable:
        return replace(before, kind="", body={}, files={}, source=text, reason=unreadable.problem, notes=())
    if len(found) != 1:
        reason = Problem("one-question", name, str(len(found)))
        return replace(before, kind="", body={}, files={}, source=text, reason=reason, notes=())
    one = found[0]
    is_numbered = one.name in {"", "?"}
    return replace(one, name=name if is_numbered else one.name, where=where, source=text)


def _format_of(text: str, usual: str) -> str:
    """What somebody typed may be in another format than her file: XML may be rewritten as GIFT."""
    try:
        return detect(text.encode())
    except Unreadable:
        return usual if FORMATS[usual].is_text else "gift"
