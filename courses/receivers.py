"""What courses does when something happens elsewhere."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from courses.actions.enrol import enrol_by_duty
from lms.people.models import Person
from lms.shared.actors import SYSTEM


@receiver(user_logged_in)
def enrol_on_sign_in(sender: Any, user: Person, **kwargs: Any) -> None:
    """The staff record may have changed since: the programmes of today's duties are there at sign-in."""
    enrol_by_duty(person=user, by=SYSTEM)
