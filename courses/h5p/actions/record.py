"""Keeping what somebody did in a package."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.h5p.models import Package, Statement, UserState
from courses.h5p.player.batch import Batch, State
from courses.h5p.player.statements import Claim, within
from courses.h5p.queries.state import first_maximum
from courses.h5p.signals import result_recorded, viewed

log = logging.getLogger(__name__)
MAX_STATES = 50  # of one person in one package at one place
MAX_STATEMENTS = 2_000  # likewise; results of the whole are kept beyond that


@dataclass(frozen=True)
class Recorded:
    """How many were new. What was here already is no mistake: browsers send again when in doubt."""

    states: int
    statements: int


@transaction.atomic
def record_batch(*, package: Package, context: str, batch: Batch, by: Any) -> Recorded:
    """Keep states and statements of `by`, and tell the host of results once they are safe.

    The host decides what a result is worth: it is what a browser claims, held within its maximum.
    """
    place = _Place(by, package, context)
    new = _keep_statements(place, batch.claims)
    states = sum(_keep_state(place, state) for state in batch.states)
    if batch.is_opening:
        transaction.on_commit(
            partial(viewed.send, Package, person_id=by.pk, package_id=package.pk, context=context)
        )
    return Recorded(states, new)


@dataclass(frozen=True)
class _Place:
    person: Any
    package: Package
    context: str

    @property
    def key(self) -> dict[str, Any]:
        return {"person": self.person, "package": self.package, "context": self.context}


def _keep_state(place: _Place, state: State) -> bool:
    """The newest wins, whichever device it comes from; what is forgotten stays forgotten for older ones."""
    rows = UserState.objects.select_for_update().filter(**place.key)
    name = {"sub_content_id": state.sub_content_id, "data_type": state.data_type}
    row = rows.filter(**name).first()
    if row is None:
        if state.data is None or UserState.objects.filter(**place.key).count() >= MAX_STATES:
            return False
        row, is_new = UserState.objects.get_or_create(
            **place.key, **name, defaults={"data": state.data, "updated_at": state.at}
        )
        if is_new:
            return True
    if state.at <= row.updated_at or (state.data or "") == row.data:
        return False
    row.data, row.updated_at, row.revision = state.data or "", state.at, row.revision + 1
    row.save(update_fields=["data", "updated_at", "revision"])
    return True


def _keep_statements(place: _Place, claims: Iterable[Claim]) -> int:
    """Each once, by its id."""
    sent = {claim.uuid: claim for claim in claims}
    if not sent:
        return 0
    known = Statement.objects.filter(person=place.person, uuid__in=sent).values_list("uuid", flat=True)
    for uuid in known:
        del sent[uuid]
    fresh = _within_bounds(place, list(sent.values()))
    fixed = _maximum(place, fresh)
    rows = [_row(place, claim, fixed) for claim in fresh]
    Statement.objects.bulk_create(rows, ignore_conflicts=True)
    for claim, row in zip(fresh, rows, strict=True):
        if claim.is_result:
            _announce(place, row)
    return len(rows)


def _within_bounds(place: _Place, claims: list[Claim]) -> list[Claim]:
    """A package that talks without end fills nobody's database."""
    if not claims or Statement.objects.filter(**place.key).count() + len(claims) <= MAX_STATEMENTS:
        return claims
    return [claim for claim in claims if claim.is_result]


def _maximum(place: _Place, claims: list[Claim]) -> Decimal | None:
    """How much the whole is out of: what the package says, else what this person's first result said.

    Not what anybody's first result said: one person could lower it for all others.
    """
    if place.package.max_score is not None:
        return place.package.max_score
    if not any(claim.is_result for claim in claims):
        return None
    known = first_maximum(place.person, place.package, place.context)
    if known is not None:
        return known
    return next((c.maximum for c in claims if c.is_result and c.maximum is not None), None)


def _row(place: _Place, claim: Claim, fixed: Decimal | None) -> Statement:
    raw, maximum = within(claim, fixed) if claim.is_result else (claim.raw, claim.maximum)
    if claim.is_result and (raw, maximum) != (claim.raw, claim.maximum) and claim.maximum is not None:
        log.warning(
            "H5P package %s: a result of %s out of %s was cut to %s out of %s",
            *(place.package.pk, claim.raw, claim.maximum, raw, maximum),
        )
    return Statement(
        **place.key,
        uuid=claim.uuid,
        verb=claim.verb,
        sub_content_id=claim.sub_content_id,
        raw=raw,
        maximum=maximum,
        success=claim.success,
        completion=claim.completion,
        duration=claim.duration,
        response=claim.response,
        description=claim.description,
        interaction=claim.interaction,
        happened_at=claim.happened_at,
        stored_at=timezone.now(),
    )


def _announce(place: _Place, row: Statement) -> None:
    tell = partial(
        result_recorded.send,
        Package,
        person_id=place.person.pk,
        package_id=place.package.pk,
        context=place.context,
        raw=row.raw,
        maximum=row.maximum,
        is_answered=True,
    )
    transaction.on_commit(tell)
