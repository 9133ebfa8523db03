"""Putting a file into the storage and into the library's list, wherever it comes from."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.actions.declarations import record_declaration
from courses.media_files.pictures import Picture, bands
from courses.models import MediaItem, PictureBand
from courses.permissions import may_author
from lms.audit.actions import record
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused

NOT_ALLOWED = _("Only trainers put files into the library.")
REASONS: dict[str, Promise] = {
    "empty-file": _("This file is empty."),
    "broken-file": _("This file is damaged. Open it on your device, save it again and upload that."),
    "type-not-taken": _(
        "The library does not take this type of file. Use JPEG, PNG, WebP or SVG, MP3, M4A or Ogg, MP4 or "
        "WebM, WebVTT, PDF or an office document."
    ),
    "picture-type": _("Save the picture as JPEG or PNG: many phones and browsers cannot show this type."),
    "macros": _("This document holds macros. Save it without them."),
    "unsafe-drawing": _(
        "This drawing holds scripts or links to other places. Save it as plain SVG or as PNG."
    ),
    "too-many-pixels": _("This picture has more than 50 million pixels. Make it smaller first."),
}
TOO_LARGE = _("This file is larger than the %(limit)s MB allowed for its kind.")


@dataclass(frozen=True)
class Filed:
    """The item of a file; `is_new` is False when the same file was in the library before."""

    item: MediaItem
    is_new: bool


def list_item(
    *,
    columns: Mapping[str, Any],
    picture: Picture | None,
    kind: str,
    by: Actor,
    content: IO[bytes] | None = None,
    declared: Mapping[str, str] | None = None,
    **details: Any,
) -> Filed:
    """List a file once, known by the hash of its bytes; the audit keeps `kind` and `details` of it.

    `columns` are those of the item that the caller knows; `content` is stored unless it lies there already.
    `declared` are the files (name → SHA-256) that `by` declared to hold no secret.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    # Writing files stays outside the transaction: on SQLite it would lock out every learner.
    if content is not None:
        _store(columns["file"], content)
    columns = {**columns, **_look(picture), "thumbnail": _thumbnail(picture)}
    with transaction.atomic():
        at = clock.this_second()
        columns |= {"uploaded_by_id": by.pk, "uploaded_at": at, "changed_at": at}
        if columns.get("is_public"):
            columns["first_public_at"] = at
        columns["search_text"] = MediaItem(**columns).words_to_find
        item, is_new = MediaItem.objects.get_or_create(sha256=columns["sha256"], defaults=columns)
        if is_new:
            PictureBand.objects.bulk_create(PictureBand(item=item, band=band) for band in _bands(item))
            record(kind, item, by=by, **details)
            if declared is not None:
                record_declaration(item, files=declared, declares_no_secret=True, by=by)
    return Filed(item, is_new)


def _look(picture: Picture | None) -> dict[str, Any]:
    if picture is None:
        return {}
    return {"width": picture.width or None, "height": picture.height or None, "look": picture.look}


def _bands(item: MediaItem) -> list[int]:
    return list(bands(item.look)) if item.look else []


def _thumbnail(picture: Picture | None) -> str:
    """The name of the small picture; empty when the picture needs none."""
    if picture is None or not picture.thumbnail:
        return ""
    digest = hashlib.sha256(picture.thumbnail).hexdigest()
    name = f"thumbnails/{digest[:2]}/{digest}.webp"
    _store(name, BytesIO(picture.thumbnail))
    return name


def _store(name: str, content: IO[bytes]) -> None:
    """Keep the bytes under a name that holds their hash; what is there is not written again."""
    if not default_storage.exists(name):
        content.seek(0)
        default_storage.save(name, File(content))
