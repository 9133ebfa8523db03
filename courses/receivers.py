"""What courses does when something happens elsewhere."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from courses.actions.enrol import enrol_by_duty
from courses.actions.h5p_progress import record_h5p_result, record_h5p_view
from courses.h5p.signals import result_recorded, viewed
from lms.people.models import Person
from lms.shared.actors import SYSTEM


@receiver(user_logged_in)
def enrol_on_sign_in(sender: Any, user: Person, **kwargs: Any) -> None:
    """The staff record may have changed since: the programmes of today's duties are there at sign-in."""
    enrol_by_duty(person=user, by=SYSTEM)


@receiver(viewed)
def note_h5p_view(sender: Any, person_id: int, context: str, **kwargs: Any) -> None:
    """Somebody has opened H5P content in a block."""
    person = Person.objects.get(pk=person_id)
    record_h5p_view(person=person, usage_key=context, by=person)


@receiver(result_recorded)
def note_h5p_result(
    sender: Any,
    person_id: int,
    context: str,
    raw: Decimal | None,
    maximum: Decimal | None,
    is_answered: bool,
    **kwargs: Any,
) -> None:
    """H5P content in a block has a result."""
    person = Person.objects.get(pk=person_id)
    record_h5p_result(
        person=person, usage_key=context, raw=raw, maximum=maximum, answered=is_answered, by=person
    )
