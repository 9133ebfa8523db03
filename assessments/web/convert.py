"""The studio's page that turns Open edX problems into our own questions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.actions.convert import Done, convert_problems
from assessments.queries.convert import candidates
from assessments.web.convert_form import ConvertForm
from assessments.web.convert_words import reason_words
from courses.models import Module
from courses.olx.attributes import Attributes
from courses.permissions import may_author
from courses.queries.outline import draft_outline
from courses.queries.studio import authored_modules
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def convert(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Which problems of the draft can become questions, how they would look, and why others cannot."""
    module = _authored(request, module_code)
    outline = draft_outline(module)
    if outline is None or module.draft is None:
        raise Http404(module_code)
    language = Attributes(outline.language, []).language
    found = candidates(outline, language)
    able = [candidate for candidate in found if candidate.conversion.reason is None]
    data = request.POST if request.method == "POST" else None
    form = ConvertForm(able, language=language, base=module.draft.number, data=data)
    if data is not None and form.is_valid():
        try:
            done = _convert(request, module, form)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return _went_well(request, module, done)
    stay = [(one, reason_words(one.conversion.reason)) for one in found if one.conversion.reason]
    context = {"module": module, "form": form, "rows": list(form.rows), "stay": stay}
    status = 400 if form.errors else 200
    return render(request, "assessments/studio/convert.html", context, status=status)


def _convert(request: SignedInRequest, module: Module, form: ConvertForm) -> Done:
    return convert_problems(
        module=module,
        chosen=form.chosen(),
        language=form.cleaned_data["language"],
        to_bank=form.cleaned_data["place"] == "bank",
        base=form.cleaned_data["base"],
        by=request.user,
    )


def _went_well(request: SignedInRequest, module: Module, done: Done) -> HttpResponse:
    words = ngettext(
        "%(number)d question stands in the draft now. Write what it lacks before it is published.",
        "%(number)d questions stand in the draft now. Write what they lack before they are published.",
        done.questions,
    )
    messages.success(request, words % {"number": done.questions})
    return redirect("assessments:quiz_editor", module.code, done.places[0])


def _authored(request: SignedInRequest, module_code: str) -> Module:
    if not may_author(request.user):
        raise PermissionDenied
    return get_object_or_404(authored_modules(), code=module_code)
