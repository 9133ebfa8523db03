"""Writing the audit trail."""

from typing import Any

from django.db import models

from lms.audit.models import AuditEvent
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.kept_queries import KeptInsert
from lms.shared.logs import request_id
from lms.shared.one_trip import Statement

ADD = KeptInsert(AuditEvent)


def record(kind: str, thing: models.Model | None, *, by: Actor, **details: Any) -> AuditEvent:
    """Note that `by` did `kind` to `thing`. Call inside the transaction of the write itself."""
    event = _event(kind, thing, by, details)
    ADD(event)
    return event


def recording(kind: str, thing: models.Model | None, *, by: Actor, **details: Any) -> Statement[bool]:
    """The same, not written yet: for `one_trip.together` with the write itself."""
    return ADD.adding(_event(kind, thing, by, details))


def _event(kind: str, thing: models.Model | None, by: Actor, details: dict[str, Any]) -> AuditEvent:
    return AuditEvent(
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
