"""What learners do in H5P content as progress. It is practice: no graded quiz is ever passed by it."""

from decimal import Decimal

from django.db import transaction

from courses.actions.progress import record_completion, record_score
from courses.olx.edit_h5p import VIEWED
from courses.queries.h5p import published_block
from lms.people.models import Person
from lms.shared.actors import Actor


@transaction.atomic
def record_h5p_view(*, person: Person, usage_key: str, by: Actor) -> None:
    """Opening completes a block whose author asks for no more."""
    block = published_block(usage_key)
    if block is not None and block.completion == VIEWED:
        record_completion(person=person, usage_key=usage_key, completion=1.0, by=by)


@transaction.atomic
def record_h5p_result(
    *, person: Person, usage_key: str, raw: Decimal | None, maximum: Decimal | None, answered: bool, by: Actor
) -> None:
    """Keep the best points, and complete the block when its author's rule is met.

    The points are what a browser claims. They count for this block alone, and only while the published
    module has an H5P block there. Safe to repeat: everything only ever goes up.
    """
    block = published_block(usage_key)
    if block is None:
        return
    has_points = raw is not None and maximum is not None and maximum > 0
    percent = float(raw / maximum * 100) if raw is not None and maximum else None
    done = block.is_done_by(answered=answered, percent=percent)
    if has_points and raw is not None and maximum is not None:
        record_score(person=person, usage_key=usage_key, earned=raw, possible=maximum, passed=done, by=by)
    elif done:
        record_completion(person=person, usage_key=usage_key, completion=1.0, by=by)
