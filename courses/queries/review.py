"""Where drafts stand between author, expert and publisher."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from courses.models import OPEN_STATES, BlockVersion, Module, ModuleVersion, ReviewRequest, ReviewState
from courses.olx.outline import Outline
from courses.permissions import may_publish, may_review
from courses.queries.outline import outlines_of
from courses.queries.studio import differing_blocks
from lms.people.models import Person, Role


def requests() -> QuerySet[ReviewRequest]:
    """Review requests with what their pages name."""
    return ReviewRequest.objects.select_related("version__module", "base", "requested_by")


def open_requests() -> QuerySet[ReviewRequest]:
    """What waits for an expert or a publisher, the oldest first.

    Once the draft has moved on, a request has nothing left to decide and is not among them.
    """
    current = requests().filter(state__in=OPEN_STATES, version__module__draft=F("version"))
    return current.order_by("requested_at", "pk")


def open_request_of(version: ModuleVersion) -> ReviewRequest | None:
    """The request that is still open for this very version."""
    return requests().filter(version=version, state__in=OPEN_STATES).first()


def last_request(module: Module) -> ReviewRequest | None:
    """The newest request since the module was published last."""
    rows = requests().filter(version__module=module).exclude(state=ReviewState.PUBLISHED)
    if module.published is not None:
        rows = rows.filter(version__number__gt=module.published.number)
    return rows.prefetch_related("steps__by").order_by("-requested_at", "-pk").first()


def is_current(request: ReviewRequest) -> bool:
    """Is the version it was made for still the draft?"""
    return request.version.module.draft_id == request.version_id


def authors_of(version: ModuleVersion, base: ModuleVersion | None) -> frozenset[int]:
    """Ids of all who wrote something that `version` has and `base` has not. Up to three queries."""
    return _authors([(version, base)])[version.pk]


def authors_of_all(rows: Sequence[ReviewRequest]) -> dict[int, frozenset[int]]:
    """By request id; as many queries for many requests as for one."""
    by_version = _authors([(row.version, row.base) for row in rows])
    return {row.pk: by_version[row.version_id] | {row.requested_by_id} for row in rows}


def _authors(pairs: Sequence[tuple[ModuleVersion, ModuleVersion | None]]) -> dict[int, frozenset[int]]:
    """By version id: who wrote a draft since `base`, and who wrote a block that differs from it."""
    written = ModuleVersion.objects.filter(module__in={v.module_id for v, _base in pairs})
    drafts = list(written.values_list("module_id", "number", "created_by_id"))
    outlines = outlines_of(pk for v, base in pairs for pk in (v.pk, base.pk if base else None))
    blocks = {
        v.pk: [
            block.version
            for block in differing_blocks(outlines.get(base.pk) if base else None, outlines[v.pk])
        ]
        for v, base in pairs
    }
    wanted = {pk for versions in blocks.values() for pk in versions}
    writers = dict(BlockVersion.objects.filter(pk__in=wanted).values_list("pk", "created_by_id"))
    found: dict[int, frozenset[int]] = {}
    for v, base in pairs:
        since = base.number if base else 0
        by = {who for module, number, who in drafts if module == v.module_id and since < number <= v.number}
        of_blocks = {writers.get(pk) for pk in blocks[v.pk]}
        found[v.pk] = frozenset(pk for pk in by | of_blocks if pk is not None)
    return found


def is_wording_only(before: Outline | None, after: Outline) -> bool:
    """May this go as wording? Same units and blocks in the same order, and no quiz among the changes."""
    if before is None or _shape(before) != _shape(after):
        return False
    return not any(block.type == "quiz" for block in differing_blocks(before, after))


def _shape(outline: Outline) -> list[tuple[str, tuple[str, ...]]]:
    return [(unit.key, tuple(block.usage_key for block in unit.blocks)) for unit in outline.units]


@dataclass(frozen=True)
class WaitingReview:
    """A line of the queue. `obstacle` says why this reader cannot decide; "" when she can."""

    request: ReviewRequest
    is_yours: bool  # waits for a role the reader holds
    is_own_work: bool


def waiting(person: Person) -> list[WaitingReview]:
    """Everything that waits, with whether it waits for this person. Up to four queries."""
    rows = list(open_requests())
    authors = authors_of_all(rows) if rows else {}
    reviews, publishes = may_review(person), may_publish(person)
    found = []
    for row in rows:
        own = person.pk in authors[row.pk]
        wanted = reviews if row.awaits_expert else publishes
        found.append(WaitingReview(row, wanted and not own, own))
    return found


def number_of_drafts(person: Person, roles: frozenset[str]) -> tuple[int, int]:
    """How many drafts wait for one of these roles, and how many the person sent and got back. One query.

    Her own are not counted among the waiting; that she wrote a part of another's draft, only the queue
    itself knows.
    """
    states = [*OPEN_STATES, ReviewState.RETURNED]
    rows = ReviewRequest.objects.filter(state__in=states, version__module__draft=F("version"))
    waits = returned = 0
    for row in rows.only("state", "change_class", "requested_by"):
        is_own = row.requested_by_id == person.pk
        returned += is_own and row.state == ReviewState.RETURNED
        if not is_own:
            waits += (row.awaits_expert and Role.REVIEWER in roles) or (
                row.awaits_publisher and Role.OFFICE in roles
            )
    return waits, returned
