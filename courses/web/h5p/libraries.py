"""The H5P libraries that are here: the list, one of them, taking one out of use."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.h5p.actions.libraries import bring_back_library, withdraw_library
from courses.h5p.engine.libraries import LibraryName
from courses.h5p.errors import Refused
from courses.h5p.models import Library
from courses.h5p.queries.libraries import facts_of, library_list, packages_with, versions_of
from courses.permissions import may_manage_libraries, may_see_libraries
from courses.queries.h5p import library_managers, modules_with
from courses.web.h5p.forms import LibraryFilterForm, WithdrawLibraryForm
from lms.people.http import SignedInRequest

ON_A_PAGE = 40
PACKAGES_SHOWN = 50


@login_required
@require_safe
def libraries(request: SignedInRequest) -> HttpResponse:
    """All libraries with what decides about their use; authors look, library managers change."""
    _readers_only(request)
    form = LibraryFilterForm(request.GET)
    filters = form.filters()
    page = Paginator(library_list(filters), ON_A_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.has_vietnamese = "vi" in json.loads(row.languages or "[]")  # type: ignore[attr-defined]
    may_manage = may_manage_libraries(request.user)
    context = {
        "form": form,
        "page": page,
        "is_filtered": bool(filters.text or filters.state),
        "may_manage": may_manage,
        "managers": [] if may_manage else library_managers(),
    }
    return render(request, "courses/h5p/libraries.html", context)


@login_required
@require_safe
def library(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version of a library: what it says of itself, its files, what it needs, who uses it."""
    _readers_only(request)
    found = get_object_or_404(Library.objects.select_related("installed_by"), pk=pk)
    facts = facts_of(found)
    packages = list(packages_with(found)[: PACKAGES_SHOWN + 1])
    context: dict[str, Any] = {
        "library": found,
        "facts": facts,
        "has_vietnamese": "vi" in facts.languages,
        "dependencies": _dependencies([*facts.preloaded, *facts.dynamic]),
        "packages": packages[:PACKAGES_SHOWN],
        "has_more": len(packages) > PACKAGES_SHOWN,
        "modules": modules_with(package.sha256 for package in packages[:PACKAGES_SHOWN]),
        "may_manage": may_manage_libraries(request.user),
    }
    return render(request, "courses/h5p/library.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say why, and confirm."""
    if not may_manage_libraries(request.user):
        raise PermissionDenied
    found = get_object_or_404(Library, pk=pk, withdrawn_at=None)
    form = WithdrawLibraryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_library(library=found, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error("reason", str(refusal.message))
        else:
            messages.success(request, _("The library is out of use. What was made with it plays on."))
            return redirect("courses:h5p_library", found.pk)
    context = {"library": found, "form": form, "number_of_packages": packages_with(found).count()}
    return render(request, "courses/h5p/withdraw.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def bring_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo a withdrawal."""
    if not may_manage_libraries(request.user):
        raise PermissionDenied
    bring_back_library(library=get_object_or_404(Library, pk=pk), by=request.user)
    messages.success(request, _("The library can be used again."))
    return redirect("courses:h5p_library", pk)


def _readers_only(request: SignedInRequest) -> None:
    if not may_see_libraries(request.user):
        raise PermissionDenied


def _dependencies(names: list[LibraryName]) -> list[tuple[str, Library | None]]:
    """What a library needs, with the version of it that is here."""
    here = versions_of(names)
    return [(str(name), here.get(name)) for name in dict.fromkeys(names)]
