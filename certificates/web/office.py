"""What the programme office does with certificates: revoke and reissue."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from certificates.actions.issue import reissue_certificate
from certificates.actions.revoke import revoke_certificate
from certificates.models import Certificate
from certificates.pdf import CertificateFacts
from certificates.permissions import may_issue_certificates, may_revoke_certificates
from certificates.queries.holdings import certificates_visible_to
from certificates.web.forms import RevokeForm
from certificates.web.mine import signed_in
from lms.shared import clock
from lms.shared.errors import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, serial: str) -> HttpResponse:
    """Show what will be revoked, ask for the reason, then do it."""
    certificate = _seen(request, serial)
    if not may_revoke_certificates(request.user):
        raise PermissionDenied
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            revoke_certificate(certificate=certificate, by=signed_in(request), reason=reason)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Certificate %s is revoked.") % certificate.serial)
            return redirect("certificates:verify", certificate.code)
    context = {
        "certificate": certificate,
        "facts": CertificateFacts.from_plain(certificate.facts),
        "status": certificate.status_at(clock.now()),
        "form": form,
    }
    return render(request, "certificates/revoke.html", context)


@login_required
@require_POST
def reissue(request: HttpRequest, serial: str) -> HttpResponse:
    """Issue the next certificate after a revocation or after expiry."""
    certificate = _seen(request, serial)
    if not may_issue_certificates(request.user):
        raise PermissionDenied
    try:
        newer = reissue_certificate(certificate=certificate, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("certificates:verify", certificate.code)
    messages.success(request, _("Certificate %s is issued.") % newer.serial)
    return redirect("certificates:verify", newer.code)


def _seen(request: HttpRequest, serial: str) -> Certificate:
    """A certificate this person may know of; for everybody else it does not exist."""
    return get_object_or_404(certificates_visible_to(request.user), serial=serial)
