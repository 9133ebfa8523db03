"""The studio's doors to publishing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.actions.publish import publish_module, roll_back
from courses.models import ModuleVersion
from courses.web.studio import module_page
from courses.web.studio_access import authored
from courses.web.studio_forms import PublishForm
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@login_required
@require_POST
def publish(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Show learners the draft."""
    module = authored(request, module_code)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            version = publish_module(
                module=module,
                by=request.user,
                note=form.cleaned_data["note"],
                change_class=form.cleaned_data["change_class"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(
                request,
                _("Version %(number)s is published. Nobody lost any progress.") % {"number": version.number},
            )
            return redirect("courses:studio_module", module.code)
    return module_page(request, module, form, status=400)


@login_required
@require_POST
def restore(request: SignedInRequest, module_code: str, number: int) -> HttpResponse:
    """Show learners an earlier version again."""
    module = authored(request, module_code)
    version = get_object_or_404(ModuleVersion, module=module, number=number)
    try:
        roll_back(module=module, version=version, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Learners see version %(number)s again.") % {"number": number})
    return redirect("courses:studio_module", module.code)
