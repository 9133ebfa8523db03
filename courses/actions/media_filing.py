"""Filing a large upload: the page answers at once, a job looks the file through and says what became of it.

Each step changes the row only if it still is in the state the step begins from, so a second click or a
job that runs twice never files a thing twice.
"""

import logging
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from courses.actions.declarations import NOT_DECLARED
from courses.actions.media import add_item
from courses.actions.media_facts import ItemFacts
from courses.actions.media_files import NOT_ALLOWED
from courses.actions.media_uploads import GONE, assembled, delete_parts
from courses.models import MediaUpload, UploadState
from courses.permissions import may_author
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import Actor, System
from lms.shared.errors import Refused
from lms.shared.jobs import enqueue_on_commit

log = logging.getLogger(__name__)
INTERRUPTED = _("The work was interrupted. Send the form again; the file itself is here.")
UNEXPECTED = _("Something went wrong here. Send the form again; if it happens again, tell the office.")


@transaction.atomic
def request_filing(*, upload_id: UUID, facts: ItemFacts, declares_no_secret: bool, by: Person) -> MediaUpload:
    """Have a file that arrived completely looked through and put into the library in the background."""
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if not declares_no_secret:
        raise Refused("not-declared", NOT_DECLARED)
    upload = MediaUpload.objects.select_for_update().filter(pk=upload_id, person=by).first()
    if upload is None:
        raise Refused("upload-gone", GONE)
    if not upload.is_complete:
        raise Refused("upload-not-complete", _("The file has not arrived completely yet."))
    if upload.state == UploadState.DONE or (upload.state == UploadState.FILING and not upload.is_given_up):
        return upload
    facts.check("")  # what every file needs; the rest is known when its kind is
    upload.state, upload.said, upload.touched_at = UploadState.FILING, facts.to_json(), clock.now()
    upload.error = upload.message = ""
    upload.save(update_fields=["state", "said", "touched_at", "error", "message"])
    record("media.filing_requested", upload, by=by, size=upload.size)
    enqueue_on_commit("courses.tasks.file_upload", str(upload.pk))
    return upload


def file_upload(*, upload: MediaUpload, by: Actor) -> MediaUpload:
    """Look the file through and list it. What its owner may not do is refused though a job does it."""
    if not isinstance(by, System):
        raise Refused("not-allowed", NOT_ALLOWED)
    if not _move(upload, UploadState.FILING):
        return upload
    with translation.override(upload.person.language):
        try:
            with assembled(upload_id=upload.pk, by=upload.person) as (whole, file):
                filed = add_item(
                    file=file,
                    file_name=whole.file_name,
                    facts=ItemFacts.from_json(upload.said),
                    declares_no_secret=True,
                    by=upload.person,
                )
        except Refused as refusal:
            _move(upload, UploadState.FAILED, error=refusal.code[:64], message=str(refusal.message)[:600])
        except Exception:
            log.exception("Upload %s could not be filed", upload.pk)
            _move(upload, UploadState.FAILED, error="unexpected", message=str(UNEXPECTED))
        else:
            if _move(upload, UploadState.DONE, item=filed.item, was_known=not filed.is_new, said={}):
                delete_parts(upload=upload, by=upload.person)
    return upload


def _move(upload: MediaUpload, state: str, **facts: object) -> bool:
    """Change the state while it is being filed; its owner may have given it up meanwhile."""
    rows = MediaUpload.objects.filter(pk=upload.pk, state=UploadState.FILING)
    moved = rows.update(state=state, touched_at=clock.now(), **facts)
    if moved:
        upload.refresh_from_db()
    return bool(moved)
