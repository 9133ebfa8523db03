"""The studio's list of modules, beginning one, and the page of one module."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions.new_module import create_module
from courses.models import Module
from courses.permissions import may_author
from courses.queries.outline import published_outline
from courses.queries.sources import number_due
from courses.queries.studio_list import module_lines
from courses.web.draft_state import draft_state, latest_versions
from courses.web.outline_forms import NewModuleForm
from courses.web.outline_page import Typed, has_form, module_fields, outline_page
from courses.web.review_context import review_context
from courses.web.review_forms import SubmitForm
from courses.web.studio_access import authored, draft_of
from lms.people.http import SignedInRequest
from lms.shared import clock
from lms.shared.errors import Refused


@login_required
@require_safe
def modules(request: SignedInRequest) -> HttpResponse:
    """All modules: which have a draft that learners do not see yet, and who wrote last."""
    if not may_author(request.user):
        raise PermissionDenied
    text = request.GET.get("q", "").strip()[:100]
    lines = module_lines(text)
    context = {
        "lines": [line for line in lines if line.state != "announced"],
        "announced": [line for line in lines if line.state == "announced"],
        "text": text,
        "number_due": number_due(clock.today()),
    }
    return render(request, "courses/studio_modules.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_module(request: SignedInRequest) -> HttpResponse:
    """Begin a module and go straight to its outline."""
    if not may_author(request.user):
        raise PermissionDenied
    form = NewModuleForm(request.POST or None, initial=_announced(request.GET.get("code", "")))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        title = {"vi": typed["title_vi"], "en": typed["title_en"]}
        try:
            made = create_module(
                code=typed["code"], title=title, component=typed["component"], by=request.user
            )
        except Refused as refusal:
            form.add_error("code" if "code" in refusal.code else None, str(refusal.message))
        else:
            messages.success(request, _("The module %(code)s is begun. Add its first unit.") % {"code": made})
            return redirect("courses:studio_module", made.code)
    status = 400 if form.errors else 200
    return render(request, "courses/studio_new_module.html", {"form": form}, status=status)


@login_required
@require_safe
def module(request: SignedInRequest, module_code: str) -> HttpResponse:
    """The outline, what the draft changes, where it stands between author and learners, the history."""
    return module_page(request, authored(request, module_code), SubmitForm())


def module_page(
    request: SignedInRequest,
    module: Module,
    form: SubmitForm,
    *,
    status: int = 200,
    typed: Typed | None = None,
    refusal: str = "",
) -> HttpResponse:
    """The page of a module; `typed` and `refusal` bring back an outline form that was not saved."""
    outline = draft_of(module)
    rows = outline_page(outline, request.GET.get("unit", ""), typed)
    context: dict[str, Any] = {
        "module": module,
        "outline": outline,
        "rows": rows,
        "module_fields": module_fields(outline, typed),
        "words_left": typed.titles() if typed and not has_form(rows, typed.key) else [],
        "base": module.draft.number if module.draft else 0,
        "typed": typed,
        "refusal": refusal,
        "state": draft_state(module, request.user),
        "foreign_questions": sum(block.type == "problem" for block in outline.blocks.values()),
        "published": published_outline(module),
        "versions": latest_versions(module),
        "form": form,
        **review_context(module, request.user),
    }
    return render(request, "courses/studio_module.html", context, status=status)


def _announced(code: str) -> dict[str, str]:
    """What is known of a module that was only announced."""
    module = Module.objects.filter(code=code, draft=None).first()
    if module is None:
        return {}
    title = module.title
    known = {"code": code, "component": module.component}
    return known | {"title_vi": title.get("vi", ""), "title_en": title.get("en", "")}
