"""Large files come in parts, so that a lost line costs one part and not the file."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from courses.actions.declarations import NOT_DECLARED
from courses.actions.media import check_quota
from courses.actions.media_files import NOT_ALLOWED, REASONS, TOO_LARGE
from courses.media_files.names import clean_name
from courses.media_files.types import looks_acceptable
from courses.models import MediaUpload, UploadState
from courses.permissions import may_author
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused

KEPT_FOR = timedelta(hours=24)
LARGEST_PART = 16_000_000
MOST_AT_A_TIME = 5
GONE = _("The upload is not known any more. Send the file again.")


@transaction.atomic
def begin_upload(*, file_name: str, size: int, declares_no_secret: bool, by: Person) -> MediaUpload:
    """Announce a file: its size and, before its first byte, that it holds no secret."""
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if not declares_no_secret:
        raise Refused("not-declared", NOT_DECLARED)
    largest = max(settings.MEDIA_LIMITS.values())
    if not 0 < size <= largest:
        raise Refused("too-large", TOO_LARGE % {"limit": largest // 1_000_000})
    check_quota(by)
    waiting = MediaUpload.objects.filter(person=by).exclude(state=UploadState.DONE)
    left = waiting.exclude(state=UploadState.FILING).order_by("touched_at")
    if waiting.count() >= MOST_AT_A_TIME and left:
        _delete(left[0])  # begun and left: the oldest makes room
    if (waiting.aggregate(all=Sum("size"))["all"] or 0) + size > settings.MEDIA_A_DAY["bytes"]:
        raise Refused("too-many", _("Finish your other uploads first."))
    at = clock.now()
    upload = MediaUpload.objects.create(
        person=by, file_name=clean_name(file_name), size=size, began_at=at, touched_at=at
    )
    record("media.upload_begun", upload, by=by, size=size, declares_no_secret=True)
    return upload


def append_part(*, upload: MediaUpload, offset: int, content: bytes, by: Actor) -> MediaUpload:
    """Keep the next part. Of two that arrive for the same place one wins and the other is refused."""
    if upload.person_id != by.pk:
        raise Refused("not-allowed", NOT_ALLOWED)
    if offset != upload.received:
        raise Refused("other-offset", GONE)
    if len(content) > LARGEST_PART or offset + len(content) > upload.size:
        raise Refused("too-large", _("The part is larger than announced."))
    if offset == 0 and content and not looks_acceptable(content[:8192]):
        raise Refused("type-not-taken", REASONS["type-not-taken"])
    if not content:
        return upload
    name = default_storage.save(f"uploads/{upload.pk}/{offset:012d}", ContentFile(content))
    kept = MediaUpload.objects.filter(pk=upload.pk, received=offset).update(
        received=offset + len(content),
        parts=[*upload.parts, [name, len(content)]],
        touched_at=clock.now(),
    )
    if not kept:
        default_storage.delete(name)
        raise Refused("other-offset", GONE)
    upload.refresh_from_db()
    return upload


@contextmanager
def assembled(*, upload_id: uuid.UUID, by: Person) -> Iterator[tuple[MediaUpload, IO[bytes]]]:
    """The whole file of a finished upload; it may be changed."""
    upload = MediaUpload.objects.filter(pk=upload_id, person=by).first()
    if upload is None:
        raise Refused("upload-gone", GONE)
    if not upload.is_complete:
        raise Refused("upload-not-complete", _("The file has not arrived completely yet."))
    with TemporaryFile() as whole:
        for name, _size in upload.parts:
            with default_storage.open(name) as part:
                for chunk in part.chunks():
                    whole.write(chunk)
        if whole.tell() != upload.size:
            raise Refused("upload-gone", GONE)
        yield upload, whole


def finish_upload(*, upload: MediaUpload, by: Actor) -> None:
    """Delete the parts: the file is filed, or its owner gave it up."""
    if upload.person_id != by.pk:
        raise Refused("not-allowed", NOT_ALLOWED)
    _delete(upload)


def delete_stale_uploads(*, by: Actor) -> int:
    """Delete what nobody went on with for a day. Returns how many uploads."""
    stale = list(MediaUpload.objects.filter(touched_at__lt=clock.now() - KEPT_FOR))
    for upload in stale:
        _delete(upload)
        if upload.state != UploadState.DONE:
            record("media.upload_expired", upload, by=by, received=upload.received, size=upload.size)
    return len(stale)


def delete_parts(*, upload: MediaUpload, by: Actor) -> None:
    """Delete the bytes of a file that is in the library now."""
    if upload.person_id != by.pk:
        raise Refused("not-allowed", NOT_ALLOWED)
    _delete_parts(upload)
    MediaUpload.objects.filter(pk=upload.pk).update(parts=[])


def _delete(upload: MediaUpload) -> None:
    _delete_parts(upload)
    MediaUpload.objects.filter(pk=upload.pk).delete()


def _delete_parts(upload: MediaUpload) -> None:
    for name, _size in upload.parts:
        default_storage.delete(name)
