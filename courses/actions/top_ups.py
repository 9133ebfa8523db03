"""A change of law reaches those who are through: a few minutes to read, nothing to repeat."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import ModuleVersion, TopUp, TopUpReading
from courses.olx.outline import Texts
from courses.permissions import may_publish
from courses.queries.top_ups import changed_units, is_meant_for, reading_minutes
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused


@transaction.atomic
def offer_top_up(*, version: ModuleVersion, base: ModuleVersion, summary: Texts, by: Actor) -> TopUp | None:
    """Offer the units that `version` changes to all who finished the module before. Safe to repeat.

    None when no unit changed. Part of publishing a change of law.
    """
    if not may_publish(by):
        raise Refused("not-allowed", _("Only the programme office publishes modules."))
    units = changed_units(base.pk, version.pk)
    if not units:
        return None
    top_up, is_new = TopUp.objects.get_or_create(
        version=version,
        defaults={
            "module_id": version.module_id,
            "base": base,
            "unit_keys": [unit.unit.key for unit in units],
            "minutes": reading_minutes(units),
            "summary": summary,
            "created_at": clock.now(),
        },
    )
    if is_new:
        record("top_up.offered", version.module, by=by, version=version.number, units=top_up.unit_keys)
    return top_up


@transaction.atomic
def confirm_reading(*, top_up: TopUp, unit_key: str, by: Person) -> TopUpReading:
    """Note that the person read what changed in one unit. Safe to repeat."""
    if not is_meant_for(top_up, by):
        raise Refused("not-allowed", _("This is for those who finished the module before the change."))
    if unit_key not in top_up.unit_keys:
        raise Refused("unknown-unit", _("This unit is not among the changed ones."))
    reading, is_new = TopUpReading.objects.get_or_create(
        top_up=top_up, person=by, unit_key=unit_key, defaults={"read_at": clock.now()}
    )
    if is_new:
        record("top_up.read", top_up.module, by=by, version=top_up.version.number, unit=unit_key)
    return reading
