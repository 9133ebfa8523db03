"""Bringing in libraries: upload a package, see what it would install, say yes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses.actions.declarations import record_declaration
from courses.h5p.actions.offers import Offer, accept_offer, decline_offer, look_again, offer_package
from courses.h5p.engine.problems import Rejected
from courses.h5p.errors import Refused
from courses.permissions import may_manage_libraries
from courses.web.h5p.forms import PackageForm
from courses.web.h5p.words import ProblemLine, problem_lines
from lms.people.http import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """Upload a package; nothing is installed by that."""
    _managers_only(request)
    form = PackageForm(request.POST, request.FILES) if request.method == "POST" else PackageForm()
    problems: list[ProblemLine] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            offer = offer_package(file=file, name=file.name, by=request.user)
        except Rejected as rejected:
            problems = problem_lines(rejected.problems)
            form.add_error("file", _("This package was not taken in. What is wrong stands below."))
        else:
            return redirect("courses:h5p_offer", offer.token)
    context = {"form": form, "problems": problems}
    return render(request, "courses/h5p/add.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: SignedInRequest, token: str) -> HttpResponse:
    """What the package would install; by POST it does."""
    _managers_only(request)
    try:
        found = look_again(token=token, by=request.user)
        if request.method == "POST":
            return _accepted(request, found)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("courses:h5p_add")
    return _page(request, found)


@login_required
@require_POST
def decline(request: SignedInRequest, token: str) -> HttpResponse:
    """Install nothing and forget the file."""
    _managers_only(request)
    try:
        decline_offer(token=token, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Nothing was installed."))
    return redirect("courses:h5p_libraries")


def _accepted(request: SignedInRequest, found: Offer) -> HttpResponse:
    offered = {row.facts.sha256 for row in found.libraries if row.needs_tick}
    ticked = frozenset(request.POST.getlist("trust")) & offered
    try:
        package = accept_offer(token=found.token, ticked=ticked, by=request.user)
    except Rejected as rejected:
        return _page(request, found, problem_lines(rejected.problems), ticked, status=400)
    # Nobody comes here without the tick on the page before; her name stands with the file's hash.
    record_declaration(package, files={found.name: package.sha256}, declares_no_secret=True, by=request.user)
    messages.success(
        request,
        _("“%(title)s” was taken in with %(number)s libraries.")
        % {"title": package.title, "number": package.loads.count()},
    )
    return redirect("courses:h5p_libraries")


def _page(
    request: SignedInRequest,
    found: Offer,
    problems: list[ProblemLine] | None = None,
    ticked: frozenset[str] = frozenset(),
    status: int = 200,
) -> HttpResponse:
    new = [row for row in found.libraries if row.is_new]
    context = {"offer": found, "new": new, "problems": problems, "ticked": ticked}
    return render(request, "courses/h5p/offer.html", context, status=status)


def _managers_only(request: SignedInRequest) -> None:
    if not may_manage_libraries(request.user):
        raise PermissionDenied
