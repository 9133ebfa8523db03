"""The studio's list of modules and the page of one module."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.models import Module
from courses.permissions import may_author
from courses.queries.outline import published_outline
from courses.queries.sources import number_due
from courses.queries.studio import authored_modules, history
from courses.web.review_context import review_context
from courses.web.review_forms import SubmitForm
from courses.web.studio_access import authored, draft_of
from lms.people.http import SignedInRequest
from lms.shared import clock


@login_required
@require_safe
def modules(request: SignedInRequest) -> HttpResponse:
    """All modules with content: which have a draft that learners do not see yet."""
    if not may_author(request.user):
        raise PermissionDenied
    context = {"modules": authored_modules(), "number_due": number_due(clock.today())}
    return render(request, "courses/studio_modules.html", context)


@login_required
@require_safe
def module(request: SignedInRequest, module_code: str) -> HttpResponse:
    """The outline, what the draft changes, where it stands between author and learners, the history."""
    return module_page(request, authored(request, module_code), SubmitForm())


def module_page(
    request: SignedInRequest, module: Module, form: SubmitForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "module": module,
        "outline": draft_of(module),
        "published": published_outline(module),
        "history": history(module)[:20],
        "form": form,
        **review_context(module, request.user),
    }
    return render(request, "courses/studio_module.html", context, status=status)
