"""Author → expert → publisher. Nobody decides about what she wrote herself; every decision says why."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import (
    OPEN_STATES,
    ChangeClass,
    Module,
    ModuleVersion,
    ReviewRequest,
    ReviewState,
    ReviewStep,
)
from courses.permissions import may_author, may_publish, may_review
from courses.queries.outline import draft_outline, published_outline
from courses.queries.review import authors_of, is_current, is_wording_only
from courses.signals import module_sent
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused

OWN_WORK = _("You wrote part of this draft. Somebody else must decide about it.")
NOTHING = _("The draft holds no change that is not published.")
WHY = _("Say why. The author and those after you read it.")
NOT_OPEN = _("This request is closed: the draft was changed, decided about or published meanwhile.")


@transaction.atomic
def request_review(
    *, module: Module, change_class: str, note: str, by: Actor, summary: str = ""
) -> ReviewRequest:
    """Send the draft on its way to the learners. A newer request of the same draft is refused."""
    if not isinstance(by, Person) or not may_author(by):
        raise Refused("not-allowed", _("Only trainers send drafts for review."))
    module = Module.objects.select_for_update().get(pk=module.pk)
    version, outline = module.draft, draft_outline(module)
    if version is None or outline is None or version.pk == module.published_id:
        raise Refused("nothing-to-publish", NOTHING)
    if change_class not in ChangeClass.values:
        raise Refused("unknown-change", _("Choose what kind of change this is."))
    if not note.strip():
        raise Refused("no-note", _("Say in one sentence what changed."))
    if change_class == ChangeClass.LEGAL and not summary.strip():
        raise Refused("no-summary", _("Say for learners what the law changed: their top-up begins with it."))
    if change_class == ChangeClass.TYPO and not is_wording_only(published_outline(module), outline):
        raise Refused(
            "not-wording",
            _("This is more than wording: units, blocks or quiz questions changed. Send it as content."),
        )
    if version.reviews.filter(state__in=OPEN_STATES).exists():
        raise Refused("sent-already", _("This draft is under review already."))
    module_sent.send(sender=ModuleVersion, version=version)
    request = ReviewRequest.objects.create(
        version=version,
        base=module.published,
        change_class=change_class,
        note=note.strip()[:500],
        summary=summary.strip()[:1000] if change_class == ChangeClass.LEGAL else "",
        requested_by=by,
        requested_at=clock.now(),
    )
    record("review.requested", module, by=by, version=version.number, change_class=change_class)
    return request


@transaction.atomic
def approve(
    *, request: ReviewRequest, reason: str, by: Actor, comments: Mapping[str, str] | None = None
) -> ReviewStep:
    """The expert says yes; the publisher is next."""
    request = _locked(request)
    if not may_review(by):
        raise Refused("not-allowed", _("Only reviewers approve drafts."))
    if not request.awaits_expert:
        raise Refused("not-open", NOT_OPEN)
    _check(request, reason, by)
    return _step(request, ReviewStep.Kind.APPROVE, ReviewState.APPROVED, reason, by, comments)


@transaction.atomic
def return_draft(
    *, request: ReviewRequest, reason: str, by: Actor, comments: Mapping[str, str] | None = None
) -> ReviewStep:
    """Back to the author with what is to change: the expert may, and the publisher after her."""
    request = _locked(request)
    if not (may_review(by) if request.awaits_expert else may_publish(by)):
        raise Refused("not-allowed", _("Only who decides next may return a draft."))
    _check(request, reason, by)
    return _step(request, ReviewStep.Kind.RETURN, ReviewState.RETURNED, reason, by, comments)


@transaction.atomic
def withdraw(*, request: ReviewRequest, by: Actor) -> ReviewStep:
    """The author takes it back: whoever may write the module can."""
    request = _locked(request)
    if not may_author(by):
        raise Refused("not-allowed", _("Only trainers take a draft back."))
    if request.state not in OPEN_STATES:
        raise Refused("not-open", NOT_OPEN)
    return _step(request, ReviewStep.Kind.WITHDRAW, ReviewState.WITHDRAWN, "", by, None)


def check_publication(request: ReviewRequest | None, reason: str, by: Actor) -> ReviewRequest:
    """The request that lets `by` publish this draft now, or the refusal that says what is missing."""
    if request is None:
        raise Refused("not-approved", _("This draft was not sent for review. Its author sends it first."))
    if request.awaits_expert:
        raise Refused("not-approved", _("An expert has not approved this draft yet."))
    if request.base_id != request.version.module.published_id:
        raise Refused(
            "not-approved", _("What learners see has changed since the draft was sent. Have it sent again.")
        )
    if request.steps.filter(kind=ReviewStep.Kind.APPROVE, by_id=by.pk).exists():
        raise Refused("own-approval", _("You approved this draft. Somebody else must publish it."))
    _check(request, reason, by)
    return request


def note_publication(request: ReviewRequest, reason: str, by: Actor) -> ReviewStep:
    """Close the request as published; part of `publish_module`, which writes the audit line."""
    return _keep(request, ReviewStep.Kind.PUBLISH, ReviewState.PUBLISHED, reason, by, None)


def _locked(request: ReviewRequest) -> ReviewRequest:
    """The request as it is now; its module is locked first, as in every write of a version."""
    Module.objects.select_for_update().get(pk=request.version.module_id)
    rows = ReviewRequest.objects.select_related("version__module", "base")
    return rows.get(pk=request.pk)


def _check(request: ReviewRequest, reason: str, by: Actor) -> None:
    """Still open, not her own work, and a reason."""
    if request.state not in OPEN_STATES or not is_current(request):
        raise Refused("not-open", NOT_OPEN)
    if by.pk in authors_of(request.version, request.base) | {request.requested_by_id}:
        raise Refused("own-work", OWN_WORK)
    if not reason.strip():
        raise Refused("no-reason", WHY)


def _step(
    request: ReviewRequest,
    kind: str,
    state: str,
    reason: str,
    by: Actor,
    comments: Mapping[str, str] | None,
) -> ReviewStep:
    step = _keep(request, kind, state, reason, by, comments)
    version = request.version
    record(f"review.{state}", version.module, by=by, version=version.number, reason=step.reason)
    return step


def _keep(
    request: ReviewRequest,
    kind: str,
    state: str,
    reason: str,
    by: Actor,
    comments: Mapping[str, str] | None,
) -> ReviewStep:
    assert isinstance(by, Person)
    said = {key: words.strip()[:1000] for key, words in (comments or {}).items() if words.strip()}
    step = ReviewStep.objects.create(
        request=request, kind=kind, by=by, at=clock.now(), reason=reason.strip()[:2000], comments=said
    )
    request.state = state
    request.save(update_fields=["state"])
    return step
