"""Who said that a file holds no secret: kept in the audit, beside the file's hash."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.audit.actions import record
from lms.shared.actors import Actor
from lms.shared.errors import Refused

NOT_DECLARED = _("Tick the declaration on secrets and personal data before you upload a file.")


def record_declaration(
    thing: models.Model, *, files: Mapping[str, str], declares_no_secret: bool, by: Actor
) -> None:
    """Note that `by` declared `files` (name → SHA-256) free of secrets; refuse who did not.

    Call it inside the transaction that stores the files.
    """
    if not declares_no_secret:
        raise Refused("not-declared", NOT_DECLARED)
    record("upload.declared", thing, by=by, files=dict(files))
