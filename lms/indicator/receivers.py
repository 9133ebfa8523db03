"""When facts behind the figures change, kept figures are out of date."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from certificates.models import Certificate
from certificates.signals import certificate_issued, certificate_revoked
from lms.indicator.actions import note_change
from lms.people.models import Assignment, Organisation, RosterSignOff
from lms.shared.actors import SYSTEM

FACTS = (Assignment, Certificate, Organisation, RosterSignOff)


def facts_changed(sender: Any, **_kwargs: Any) -> None:
    note_change(by=SYSTEM)


@receiver([certificate_issued, certificate_revoked], dispatch_uid="indicator-certificates")
def certificate_changed(sender: Any, **_kwargs: Any) -> None:
    note_change(by=SYSTEM)


for model in FACTS:
    post_save.connect(facts_changed, sender=model, dispatch_uid=f"indicator-{model.__name__}-saved")
    post_delete.connect(facts_changed, sender=model, dispatch_uid=f"indicator-{model.__name__}-deleted")
