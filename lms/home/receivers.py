"""Signing in puts people on the programme of their duty: opening a page must not write."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import translation

from courses.actions.enrol import enrol_by_duty
from lms.home.queries.standing import keep_standing
from lms.people.models import Person
from lms.shared.actors import SYSTEM


@receiver(user_logged_in, dispatch_uid="home.enrol")
def enrol_at_sign_in(sender: Any, *, user: Any, request: Any = None, **_others: Any) -> None:
    """New duties begin their programmes, ended ones end theirs. Safe to repeat."""
    if isinstance(user, Person):
        enrol_by_duty(person=user, by=SYSTEM)
        if request is not None:
            with translation.override(user.language):
                keep_standing(user, request.session)
