"""Frozen figures: the list, one of them with its check, and taking another."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.indicator.actions import take_snapshot
from lms.indicator.formula import Figure
from lms.indicator.models import IndicatorSnapshot
from lms.indicator.permissions import may_see_snapshots, may_take_snapshots
from lms.indicator.queries.snapshots import snapshots, still_follows
from lms.indicator.web.forms import SnapshotForm
from lms.people.http import SignedInRequest
from lms.shared import clock
from lms.shared.errors import Refused


@login_required
@require_safe
def snapshot_list(request: SignedInRequest) -> HttpResponse:
    """All frozen figures, the newest day first."""
    if not may_see_snapshots(request.user):
        raise PermissionDenied
    found = [(snapshot, *_figures(snapshot)) for snapshot in snapshots()]
    context = {"snapshots": found, "may_take": may_take_snapshots(request.user)}
    return render(request, "indicator/snapshot_list.html", context)


@login_required
@require_safe
def snapshot_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One frozen figure; `?check=1` computes it again from the tables."""
    if not may_see_snapshots(request.user):
        raise PermissionDenied
    snapshot = get_object_or_404(snapshots(), pk=pk)
    vi, strict = _figures(snapshot)
    context = {
        "snapshot": snapshot,
        "vi": vi,
        "strict": strict,
        "restated_by": IndicatorSnapshot.objects.filter(restates=snapshot).order_by("pk"),
        "follows": still_follows(snapshot) if request.GET.get("check") else None,
        "may_take": may_take_snapshots(request.user),
    }
    return render(request, "indicator/snapshot_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def snapshot_take(request: SignedInRequest) -> HttpResponse:
    """Freeze the figures of a day, or restate those frozen before."""
    if not may_take_snapshots(request.user):
        raise PermissionDenied
    restates = None
    if earlier := request.GET.get("restates", ""):
        restates = get_object_or_404(IndicatorSnapshot, pk=int(earlier) if earlier.isdecimal() else 0)
    initial = {"as_of": restates.as_of if restates else clock.today(), "known": clock.today()}
    form = SnapshotForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        try:
            snapshot = take_snapshot(
                as_of=given["as_of"],
                known_on=given["known"],
                restates=restates,
                reason=given["reason"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The figures are frozen."))
            return redirect("indicator:snapshot", snapshot.pk)
    return render(request, "indicator/snapshot_take.html", {"form": form, "restates": restates})


def _figures(snapshot: IndicatorSnapshot) -> tuple[Figure, Figure]:
    counts = snapshot.figures["national"]
    return (
        Figure(counts["vi_concerned"], counts["vi_trained"]),
        Figure(counts["strict_concerned"], counts["strict_trained"]),
    )
