"""The studio's doors to learners: send the draft for review, bring an earlier version back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.actions.publish import roll_back
from courses.actions.review import request_review
from courses.models import ModuleVersion
from courses.permissions import may_publish, may_read_drafts
from courses.queries.studio import authored_modules, history
from courses.web.review_forms import RollBackForm, SubmitForm
from courses.web.studio import module_page
from courses.web.studio_access import authored
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@login_required
@require_POST
def submit(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Send the draft for review."""
    module = authored(request, module_code)
    form = SubmitForm(request.POST)
    if form.is_valid():
        try:
            sent = request_review(module=module, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            said = _("Sent to the programme office.") if sent.skips_expert else _("Sent for review.")
            messages.success(request, said)
            return redirect("courses:studio_module", module.code)
    return module_page(request, module, form, status=400)


@login_required
@require_safe
def published_versions(request: SignedInRequest, module_code: str) -> HttpResponse:
    """What learners saw when, for the office that may bring an earlier version back."""
    if not may_read_drafts(request.user):
        raise PermissionDenied
    module = get_object_or_404(authored_modules(), code=module_code)
    context = {"module": module, "history": history(module)[:50], "may_publish": may_publish(request.user)}
    return render(request, "courses/published_versions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: SignedInRequest, module_code: str, number: int) -> HttpResponse:
    """Ask for the reason, then show learners an earlier version again."""
    if not may_publish(request.user):
        raise PermissionDenied
    module = get_object_or_404(authored_modules(), code=module_code)
    version = get_object_or_404(ModuleVersion, module=module, number=number, published_at__isnull=False)
    form = RollBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            roll_back(module=module, version=version, by=request.user, reason=reason)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Learners see version %(number)s again.") % {"number": number})
            return redirect("courses:published_versions", module.code)
    context = {"module": module, "version": version, "form": form}
    return render(request, "courses/roll_back.html", context, status=400 if form.errors else 200)
