"""The media library: the grid, one item, withdrawing and replacing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.media import StillUsed, bring_back_item, replace_item, withdraw_item
from courses.models import MediaItem
from courses.permissions import may_author, may_see_media, may_withdraw_media
from courses.queries.media import LibraryFilters, library, similar_to
from courses.queries.media_use import published_uses, used_contents, where_used
from courses.web.media_cards import Card, cards
from courses.web.media_forms import LibraryFilterForm, WithdrawForm
from courses.web.media_history import history_of
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused

ON_A_PAGE = 24


@login_required
@require_safe
def items(request: SignedInRequest) -> HttpResponse:
    """The grid with search and filters."""
    readers_only(request)
    form = LibraryFilterForm(request.GET)
    filters = form.filters()
    page = Paginator(library(filters), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": cards(page, used_contents()),
        "is_filtered": not filters.is_empty,
        "may_add": may_author(request.user),
    }
    return render(request, "courses/media_items.html", context)


@login_required
@require_safe
def item(request: SignedInRequest, pk: int) -> HttpResponse:
    """One item: what it is, where it is used, what looks like it, what happened to it."""
    readers_only(request)
    found = get_object_or_404(MediaItem.objects.select_related("uploaded_by", "replaced_by"), pk=pk)
    context: dict[str, Any] = {
        "item": found,
        "card": Card(found),
        "uses": where_used(found),
        "similar": [(Card(row), bits) for row, bits in similar_to(found)],
        "history": history_of(found),
        "may_edit": may_author(request.user),
        "may_withdraw": may_withdraw_media(request.user),
    }
    return render(request, "courses/media_item.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say why, see what stands against it, confirm."""
    if not may_withdraw_media(request.user):
        raise PermissionDenied
    found = get_object_or_404(MediaItem, pk=pk, withdrawn_at=None)
    form, uses = WithdrawForm(request.POST or None), published_uses(found)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_item(item=found, reason=form.cleaned_data["reason"], by=request.user)
        except StillUsed as refusal:
            uses = refusal.uses
            form.add_error(None, str(refusal.message))
        except Refused as refusal:
            form.add_error("reason", str(refusal.message))
        else:
            messages.success(request, _("The file is withdrawn. Nobody can place it any more."))
            return redirect("courses:media_item", found.pk)
    context = {"item": found, "card": Card(found), "form": form, "uses": uses}
    return render(request, "courses/media_withdraw.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def bring_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo a withdrawal."""
    if not may_withdraw_media(request.user):
        raise PermissionDenied
    bring_back_item(item=get_object_or_404(MediaItem, pk=pk), by=request.user)
    messages.success(request, _("The file can be used again."))
    return redirect("courses:media_item", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose the file that drafts get in place of this one."""
    if not may_author(request.user):
        raise PermissionDenied
    found = get_object_or_404(MediaItem, pk=pk)
    if request.method == "POST":
        newer = MediaItem.objects.filter(pk=_number(request.POST.get("newer"))).first()
        if newer is None:
            messages.error(request, _("Choose the file to put in its place."))
            return redirect("courses:media_replace", pk)
        return _replaced(request, found, newer)
    text = request.GET.get("text", "")[:100]
    rows = library(LibraryFilters(text=text, kinds=(found.kind,))).exclude(pk=pk)
    offered = [row for row in rows.filter(media_type=found.media_type)[:24] if row.suffix == found.suffix]
    context = {"item": found, "card": Card(found), "cards": cards(offered), "text": text}
    return render(request, "courses/media_replace.html", context | {"uses": where_used(found)})


def _replaced(request: SignedInRequest, item: MediaItem, newer: MediaItem) -> HttpResponse:
    try:
        changed = replace_item(item=item, newer=newer, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("courses:media_replace", item.pk)
    said = ngettext(
        "%(number)s draft has the newer file. Publish it to show learners.",
        "%(number)s drafts have the newer file. Publish them to show learners.",
        len(changed),
    )
    messages.success(request, said % {"number": len(changed)})
    return redirect("courses:media_item", newer.pk)


def readers_only(request: SignedInRequest) -> None:
    """403 says which roles see the library."""
    if not may_see_media(request.user):
        raise PermissionDenied


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0
