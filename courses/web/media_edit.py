"""Adding a file to the library and saying what it is."""

from tempfile import TemporaryFile
from typing import IO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions.media import add_item, edit_item
from courses.actions.media_files import Filed
from courses.actions.media_filing import request_filing
from courses.actions.media_uploads import assembled, finish_upload
from courses.models import MediaItem, MediaUpload
from courses.permissions import may_author
from courses.queries.media_uploads import filings_of
from courses.web.media_cards import Card
from courses.web.media_filing import is_large, say_filed
from courses.web.media_forms import AddForm, ItemForm, initial_of
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """A file, whole or sent in parts before, and what it is. A known file shows the one that is there."""
    if not may_author(request.user):
        raise PermissionDenied
    form = AddForm(request.POST, request.FILES) if request.method == "POST" else AddForm()
    if request.method == "POST" and form.is_valid():
        try:
            if is_large(form):
                return redirect("courses:media_filing", _file_later(request, form).pk)
            filed = _add(request, form)
        except Refused as refusal:
            form.explain(refusal)
        else:
            say_filed(request, filed.item, is_new=filed.is_new)
            return redirect("courses:media_item", filed.item.pk)
    context = {"form": form, "filings": filings_of(request.user)}
    return render(request, "courses/media_new.html", context, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say anew what a file is."""
    if not may_author(request.user):
        raise PermissionDenied
    item = get_object_or_404(MediaItem, pk=pk)
    form = ItemForm(request.POST or None, initial=initial_of(item))
    if request.method == "POST" and form.is_valid():
        try:
            edit_item(item=item, facts=form.facts(), by=request.user)
        except Refused as refusal:
            form.explain(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("courses:media_item", item.pk)
    context = {"form": form, "item": item, "card": Card(item)}
    return render(request, "courses/media_edit.html", context, status=400 if form.errors else 200)


def _add(request: SignedInRequest, form: AddForm) -> Filed:
    said, facts = form.cleaned_data, form.facts()
    declared = said["declares_no_secret"]
    if said.get("file"):
        with TemporaryFile() as copy:
            name = _copy(said["file"], copy)
            return add_item(
                file=copy, file_name=name, facts=facts, declares_no_secret=declared, by=request.user
            )
    with assembled(upload_id=said["upload"], by=request.user) as (upload, file):
        filed = add_item(
            file=file, file_name=upload.file_name, facts=facts, declares_no_secret=declared, by=request.user
        )
        finish_upload(upload=upload, by=request.user)
    return filed


def _copy(uploaded: File[bytes], copy: IO[bytes]) -> str:
    """Places and devices are taken out of the copy in place; what Django keeps stays as it came."""
    for chunk in uploaded.chunks():
        copy.write(chunk)
    return uploaded.name or ""


def _file_later(request: SignedInRequest, form: AddForm) -> MediaUpload:
    said = form.cleaned_data
    return request_filing(
        upload_id=said["upload"],
        facts=form.facts(),
        declares_no_secret=said["declares_no_secret"],
        by=request.user,
    )
