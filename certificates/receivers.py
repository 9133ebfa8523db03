"""What certificates does when courses says something."""

from typing import Any

from django.dispatch import receiver

from certificates.actions.issue import issue_if_due
from courses.signals import module_completed
from lms.people.models import Person
from lms.shared.actors import SYSTEM


@receiver(module_completed, dispatch_uid="certificates.issue")
def issue_after_module(sender: Any, *, person: Person, **_others: Any) -> None:
    """The last module of a programme brings the certificate."""
    issue_if_due(person=person, by=SYSTEM)
