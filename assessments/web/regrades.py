"""Marking a question again: what was decided, whom it would change, the decision."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.actions.regrade import request_regrade, resume_regrade, reveal_changed, wish_for
from assessments.models import Question, Regrade, RegradeKind
from assessments.permissions import may_mark, may_reveal_names, may_see_marking
from assessments.queries.regrades import Preview, asked_versions, preview, regrades
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused
from lms.shared.languages import localised

ON_A_PAGE = 50


@login_required
@require_safe
def listed(request: SignedInRequest) -> HttpResponse:
    """Every decision and how far its job is; a question is found by its name."""
    _reader(request)
    name = request.GET.get("question", "").strip()[:120]
    if name:
        if Question.objects.filter(name=name).exists():
            return redirect("assessments:regrade", name)
        messages.error(request, _("There is no question with this name."))
    page = Paginator(regrades(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "typed": name, "may_mark": may_mark(request.user)}
    return render(request, "assessments/marking/regrades.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def regrade(request: SignedInRequest, name: str) -> HttpResponse:
    """One question: `?kind=full&upto=2` shows whom it would change; sent by the form it is decided."""
    _reader(request)
    question = get_object_or_404(Question.objects.select_related("current"), name=name)
    if request.method != "POST":
        return _page(request, question)
    sent = request.POST
    try:
        request_regrade(
            question=question,
            kind=sent.get("kind", ""),
            upto=_number(sent.get("upto", "")),
            reason=sent.get("reason", ""),
            by=request.user,
        )
    except Refused as refusal:
        return _page(request, question, problem=str(refusal.message), status=400)
    messages.success(request, _("Decided. The marks are being renewed; this list says how far it is."))
    return redirect("assessments:regrades")


@login_required
@require_POST
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on with one that stopped."""
    _reader(request)
    try:
        resume_regrade(regrade=get_object_or_404(Regrade, pk=pk), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("assessments:regrades")


@login_required
@require_POST
def reveal(request: SignedInRequest, name: str) -> HttpResponse:
    """The preview with names, this once."""
    _reader(request)
    question = get_object_or_404(Question.objects.select_related("current"), name=name)
    try:
        return _page(request, question, names_for=request.POST.get("reveal_reason", ""))
    except Refused as refusal:
        return _page(request, question, problem=str(refusal.message), status=400)


def _reader(request: SignedInRequest) -> None:
    if not may_see_marking(request.user):
        raise PermissionDenied


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0


def _page(
    request: SignedInRequest,
    question: Question,
    *,
    problem: str = "",
    names_for: str | None = None,
    status: int = 200,
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    versions = asked_versions(question)
    kind, newest = sent.get("kind", ""), versions[0][0] if versions else 0
    upto = _number(sent.get("upto", "")) or newest
    found: Preview | None = None
    if kind and versions:
        try:
            found = preview(wish_for(question=question, kind=kind, upto=upto, by=request.user))
        except Refused as refusal:
            problem, status = problem or str(refusal.message), 400
    names: dict[int, str] = {}
    if found is not None and names_for is not None:
        shown = [row.attempt_id for row in found.rows]
        names = reveal_changed(question=question, attempts=shown, reason=names_for, by=request.user)
    latest = question.current or question.versions.order_by("-number").first()
    context: dict[str, Any] = {
        "question": question,
        "stem": localised(latest.body["stem"]) if latest else "",
        "versions": versions,
        "kinds": RegradeKind.choices,
        "kind": kind,
        "upto": upto,
        "preview": found,
        "rows": [(row, names.get(row.attempt_id, "")) for row in found.rows] if found else [],
        "reason": sent.get("reason", ""),
        "problem": problem,
        "query": urlencode({"kind": kind, "upto": upto}),
        "may_mark": may_mark(request.user),
        "may_reveal": may_reveal_names(request.user) and not names,
    }
    return render(request, "assessments/marking/regrade.html", context, status=status)
