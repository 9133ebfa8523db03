"""What the module page says of the draft's way to the learners."""

from typing import Any

from courses.models import Module, ReviewRequest
from courses.permissions import may_publish
from courses.queries.outline import draft_outline, published_outline
from courses.queries.review import is_current, last_request
from courses.queries.studio import changes
from courses.web.change_words import change_rows, outline_words
from lms.people.models import Person


def review_context(module: Module, person: Person) -> dict[str, Any]:
    """The last request with its steps; whether it still holds for today's draft."""
    request = last_request(module)
    before, after = published_outline(module), draft_outline(module)
    holds = request is not None and is_current(request)
    return {
        "review": request,
        "review_holds": holds,
        "review_steps": steps_of(request),
        "is_sent": holds and request is not None and (request.awaits_expert or request.awaits_publisher),
        "may_publish": may_publish(person),
        "has_changes": module.draft_id != module.published_id,
        "change_rows": change_rows(changes(module), comments_of(request) if holds else {}),
        "outline_words": outline_words(before, after),
    }


def steps_of(request: ReviewRequest | None) -> list[Any]:
    """The decisions, oldest first."""
    return sorted(request.steps.all(), key=lambda step: step.pk) if request is not None else []


def comments_of(request: ReviewRequest | None) -> dict[str, list[tuple[str, str]]]:
    """By usage key: who said what about the block."""
    found: dict[str, list[tuple[str, str]]] = {}
    for step in steps_of(request):
        for usage_key, words in step.comments.items():
            found.setdefault(usage_key, []).append((str(step.by), words))
    return found
