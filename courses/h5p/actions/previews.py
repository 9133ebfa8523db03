"""What an author is writing, kept so that the player can show it. Nothing she does there is recorded."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.h5p.errors import Refused
from courses.h5p.models import Preview
from courses.h5p.permissions import may_upload
from courses.h5p.queries.libraries import rows_known
from courses.h5p.queries.written import Written


@transaction.atomic
def save_preview(*, written: Written, context: str, title: str, language: str, by: Any) -> Preview:
    """The one preview of this person at this place, renewed. Safe to repeat."""
    if not may_upload(by):
        raise Refused("not-allowed", _("Only authors write H5P content."))
    rows = rows_known(written.libraries)
    facts = {
        "main_library": rows[written.main.name],
        "libraries": [rows[library.name].pk for library in written.libraries],
        "params": written.params,
        "files": [{"path": f.path, "size": f.size, "sha256": f.sha256} for f in written.files],
        "title": title[:255],
        "language": language[:16],
        "updated_at": timezone.now(),
    }
    preview, _is_new = Preview.objects.update_or_create(person_id=by.pk, context=context, defaults=facts)
    return preview
