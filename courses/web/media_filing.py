"""A large file on its way into the library: how far it is, and the form again when it was not taken."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.actions.media_facts import ItemFacts
from courses.actions.media_filing import INTERRUPTED
from courses.models import MediaItem, MediaUpload, UploadState
from courses.queries.media import similar_to
from courses.queries.media_uploads import handed_in_by
from courses.web.media_forms import AddForm, initial_of
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused

LOOK_AGAIN_AFTER = "3"  # seconds


def is_large(form: AddForm) -> bool:
    """Has the form's file come in parts and is too large to be looked through while somebody waits?"""
    pk: UUID | None = form.cleaned_data.get("upload")
    if pk is None or form.cleaned_data.get("file"):
        return False
    return MediaUpload.objects.filter(pk=pk, size__gt=settings.MEDIA_AT_ONCE).exists()


@login_required
@require_safe
@never_cache
def filing(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Being checked (the browser looks again), in the library, or the form with what is wrong."""
    upload = get_object_or_404(handed_in_by(request.user), pk=pk)
    if upload.item is not None:
        say_filed(request, upload.item, is_new=not upload.was_known)
        return redirect("courses:media_item", upload.item.pk)
    if upload.state == UploadState.FAILED or upload.is_given_up:
        return _form_again(request, upload)
    response = render(request, "courses/media_filing.html", {"upload": upload})
    response["Refresh"] = LOOK_AGAIN_AFTER
    return response


def _form_again(request: SignedInRequest, upload: MediaUpload) -> HttpResponse:
    """What was said stands in the form; the file need not be sent again."""
    said = initial_of(ItemFacts.from_json(upload.said))
    day = said["made_on"]
    said |= {
        "upload": str(upload.pk),
        "declares_no_secret": "on",
        "made_on": f"{day:%d/%m/%Y}" if day else "",
    }
    form = AddForm(said)
    form.is_valid()
    form.explain(Refused(upload.error or "interrupted", upload.message or INTERRUPTED))
    return render(request, "courses/media_new.html", {"form": form, "upload": upload})


def say_filed(request: SignedInRequest, item: MediaItem, *, is_new: bool) -> None:
    """What became of the file, on the page that comes next."""
    if not is_new:
        messages.info(request, _("This very file is in the library already. Here it is."))
        return
    messages.success(request, _("The file is in the library."))
    if similar_to(item):
        messages.warning(request, _("It looks like a picture that is there already. Compare them below."))
