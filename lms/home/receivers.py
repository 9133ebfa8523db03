"""Signing in puts people on the programme of their duty: opening a page must not write."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from courses.actions.enrol import enrol_by_duty
from lms.people.models import Person
from lms.shared.actors import SYSTEM


@receiver(user_logged_in, dispatch_uid="home.enrol")
def enrol_at_sign_in(sender: Any, *, user: Any, **_others: Any) -> None:
    """New duties begin their programmes, ended ones end theirs. Safe to repeat."""
    if isinstance(user, Person):
        enrol_by_duty(person=user, by=SYSTEM)
