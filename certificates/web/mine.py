"""A person's own certificates, and the PDF for whoever may see it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from certificates.actions.files import keep_pdf
from certificates.actions.issue import issue_if_due
from certificates.queries.due import standings
from certificates.queries.holdings import certificates_visible_to, holdings_of
from lms.people.models import Person
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused


@login_required
@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """What I hold, and what is left where I am enrolled."""
    person = signed_in(request)
    context = {"holdings": holdings_of(person, at=clock.now()), "standings": standings(person)}
    return render(request, "certificates/mine.html", context)


@login_required
@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Ask the rules again, for somebody who has finished and sees no certificate."""
    if issue_if_due(person=signed_in(request), by=SYSTEM):
        messages.success(request, _("Your certificate has been issued."))
    else:
        messages.error(request, _("Nothing could be issued. Ask your HR officer to check your name."))
    return redirect("certificates:mine")


@login_required
@require_safe
def pdf(request: HttpRequest, serial: str) -> HttpResponse:
    """The file as it was issued; drawn now if the background job has not run yet."""
    certificate = get_object_or_404(certificates_visible_to(request.user), serial=serial)
    try:
        content = keep_pdf(certificate=certificate, by=SYSTEM)
    except Refused as refusal:
        return render(request, "certificates/file_lost.html", {"message": refusal.message}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="giay-chung-nhan-{certificate.serial}.pdf"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{certificate.pdf_sha256}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def signed_in(request: HttpRequest) -> Person:
    """The person behind a request that passed `login_required`."""
    person = request.user
    assert isinstance(person, Person)
    return person
