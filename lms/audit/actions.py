"""Writing the audit trail."""

from typing import Any

from django.db import models

from lms.audit.models import AuditEvent
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.kept_queries import KeptInsert
from lms.shared.logs import request_id

ADD = KeptInsert(AuditEvent)


def record(kind: str, thing: models.Model | None, *, by: Actor, **details: Any) -> AuditEvent:
    """Note that `by` did `kind` to `thing`. Call inside the transaction of the write itself."""
    event = AuditEvent(
        at=clock.now(),
        kind=kind,
        actor_id=by.pk,
        actor_label=by.audit_label[:200],
        thing_type=thing._meta.label_lower if thing is not None else "",
        thing_id=str(thing.pk) if thing is not None else "",
        thing_label=str(thing)[:300] if thing is not None else "",
        details=details,
        request_id=request_id.get(),
    )
    ADD(event)
    return event
