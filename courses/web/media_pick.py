"""Choosing a file of the library for a module: a page of its own, and the inside of a dialog."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.actions.media import place_in_module
from courses.models import MediaItem, MediaKind, Module
from courses.queries.media import LibraryFilters, library
from courses.web.media_cards import Card, cards
from courses.web.studio_access import authored
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused

ON_A_PAGE = 12


@login_required
@require_safe
@never_cache
def pick(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Items of the asked kinds, newest first. `?inside=1` gives what a dialog shows."""
    module = authored(request, module_code)
    kinds = tuple(kind for kind in request.GET.get("kinds", "").split() if kind in MediaKind.values)
    text = request.GET.get("text", "")[:100]
    found = library(LibraryFilters(text=text, kinds=kinds))
    page = Paginator(found.exclude(licence="unknown"), ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "module": module,
        "kinds": " ".join(kinds),
        "text": text,
        "page": page,
        "cards": cards(page),
        # Files of imported courses: nobody has said yet who may use them, so nobody places them again.
        "lacking": found.filter(licence="unknown").count(),
    }
    inside = request.GET.get("inside") == "1"
    return render(request, f"courses/{'_media_pick' if inside else 'media_pick'}.html", context)


@login_required
@require_POST
def place(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Put an item into the module's draft: JSON for scripts, else back to the list with the path."""
    module = authored(request, module_code)
    number = request.POST.get("item", "")
    item = get_object_or_404(MediaItem, pk=int(number) if number.isascii() and number.isdigit() else 0)
    wants_json = "application/json" in request.headers.get("Accept", "")
    try:
        path = place_in_module(item=item, module=module, by=request.user)
    except Refused as refusal:
        if wants_json:
            return JsonResponse({"code": refusal.code, "message": str(refusal.message)}, status=409)
        messages.error(request, str(refusal.message))
    else:
        if wants_json:
            return JsonResponse(_picked(module, item, path))
        messages.success(request, _("The file is in the module. Its path: %(path)s") % {"path": path})
    query = {"kinds": request.POST.get("kinds", "")[:60]}
    return redirect(f"{reverse('courses:media_pick', args=[module.code])}?{urlencode(query)}")


def _picked(module: Module, item: MediaItem, path: str) -> dict[str, Any]:
    """What an editor fills its fields with, and where the page can show the file."""
    place = [module.code, item.sha256[:16], path.removeprefix("/static/")]
    return {
        "path": path,
        "url": reverse("courses:asset", args=place),
        "title": Card(item).title,
        "description": item.description,
        "kind": item.kind,
        "media_type": item.media_type,
        "language": item.language,
        "ai_label": item.ai_label,
        "duration": item.duration,
        "width": item.width,
        "height": item.height,
    }
