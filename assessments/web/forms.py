"""The shape of what pages and the autosave send; rules are in the actions."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest

from assessments.kinds.sent import MOST_PARTS, response_from

LONGEST_PART = 100_000  # characters; the kinds have limits of their own, and words for them


class Misshapen(Exception):
    """The request is not what our pages send."""


class TooLong(Misshapen):
    """An answer longer than any kind takes; the page keeps what was typed."""


@dataclass(frozen=True)
class SavedAnswer:
    """One answer or mark as it arrived. None leaves that part of the stored answer as it is."""

    position: int
    base_seq: int
    client_uuid: UUID
    chosen: tuple[str, ...] | None
    is_flagged: bool | None


def answer_from_json(body: bytes) -> SavedAnswer:
    """`{"uuid", "base_seq", "slot", "answer": {"chosen": [...]}}`, or `"flagged"` instead of an answer."""
    try:
        sent: Any = json.loads(body)
        answer = sent.get("answer")
        chosen = None if answer is None else tuple(answer["chosen"])
        flagged = sent.get("flagged")
        saved = SavedAnswer(
            position=sent["slot"],
            base_seq=sent.get("base_seq", 0),
            client_uuid=UUID(str(sent["uuid"])),
            chosen=chosen,
            is_flagged=flagged,
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Misshapen from error
    if not _is_sound(saved):
        raise Misshapen
    if any(len(part) > LONGEST_PART for part in saved.chosen or ()):
        raise TooLong
    return saved


def _is_sound(saved: SavedAnswer) -> bool:
    numbers = (saved.position, saved.base_seq)
    return (
        all(type(number) is int and 0 <= number < 2**31 for number in numbers)
        and saved.is_flagged in (None, True, False)
        and (saved.chosen is None or len(saved.chosen) <= MOST_PARTS)
        and all(isinstance(part, str) for part in saved.chosen or ())
    )


def answer_from_form(request: HttpRequest, position: int) -> SavedAnswer:
    """The whole form of a question page, sent by its button."""
    sent = request.POST
    try:
        uuid = UUID(sent.get("uuid", ""))
    except ValueError:
        uuid = uuid4()  # a page without the field cannot repeat itself, but it can save
    base_seq = sent.get("base_seq", "")
    return SavedAnswer(
        position=position,
        base_seq=int(base_seq) if base_seq.isdecimal() and len(base_seq) < 10 else 0,
        client_uuid=uuid,
        chosen=response_from(dict(sent.lists()), f"slot-{position}"),
        is_flagged="flag" in sent,
    )
