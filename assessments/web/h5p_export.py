"""The studio's page that gives a quiz out as H5P, for other platforms."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from assessments import olx
from assessments.actions.export_h5p import EXAM_ONLY, LibrariesMissing, export_h5p
from assessments.h5p import FORMS, GAPS, CannotExport, Wish, has_gap, is_complete
from assessments.queries.bank import BLOCK_TYPES
from assessments.queries.h5p import installed_types, is_exam_only
from courses.permissions import may_author
from courses.queries.editing import EditedBlock, edited_block
from courses.queries.studio import authored_modules
from courses.xblocks.labels import block_name
from lms.people.http import SignedInRequest
from lms.shared.languages import LANGUAGE_NAMES, ORDER, localised

FULL, CONTENT = "full", "content"
FORM_WORDS = {
    "set": gettext_lazy("One question set: all questions, a result at the end"),
    "choices": gettext_lazy("One single choice set: short, only questions with one right answer"),
    "singles": gettext_lazy("One file for each question, together in a zip"),
}
GAP_WORDS = {
    "choice": gettext_lazy("Choose the answer"),
    "typed": gettext_lazy("Type the answer into the gap"),
    "dragged": gettext_lazy("Drag the answer into the gap"),
}
REASONS = {
    "no-questions": gettext_lazy("There is no question to export."),
    "not-sound": gettext_lazy("The right and wrong answers of this question are not finished."),
    "missing-language": gettext_lazy("The question has no words in this language."),
    "several-right-answers": gettext_lazy(
        "A single choice set takes only questions with one right answer. This one has several."
    ),
    "too-many-answers": gettext_lazy("A single choice set takes at most four answers. This one has more."),
    "no-such-type": gettext_lazy("No H5P type here can hold this kind of question. Take it out first."),
    "not-in-set": gettext_lazy("The installed question set cannot hold this question."),
}


class ExportForm(forms.Form):
    """What to export, in which language, with or without the libraries."""

    form = forms.ChoiceField(
        label=gettext_lazy("What it becomes"),
        choices=[(name, FORM_WORDS[name]) for name in FORMS],
        initial="set",
        widget=forms.RadioSelect,
    )
    gaps = forms.ChoiceField(
        label=gettext_lazy("Questions with a gap (____)"),
        choices=[(name, GAP_WORDS[name]) for name in GAPS],
        initial="choice",
        required=False,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), widget=forms.RadioSelect)
    what = forms.ChoiceField(
        label=gettext_lazy("What the file holds"),
        choices=[
            (FULL, gettext_lazy("Everything: it plays wherever H5P plays")),
            (CONTENT, gettext_lazy("Content only: small; the other platform must have the libraries")),
        ],
        initial=FULL,
        widget=forms.RadioSelect,
    )

    def __init__(self, questions: Sequence[olx.QuestionSource], data: Any = None) -> None:
        super().__init__(data)
        whole = [code for code in ORDER if all(is_complete(question, code) for question in questions)]
        self.fields["language"].choices = [(code, LANGUAGE_NAMES[code]) for code in whole]  # type: ignore[attr-defined]
        self.initial["language"] = whole[0] if whole else ""
        if not any(has_gap(question, code) for question in questions for code in whole):
            del self.fields["gaps"]

    def wish(self, name: str, source: olx.QuizSource) -> Wish:
        data = self.cleaned_data
        title = source.title.get(data["language"]) or localised(source.title) or name
        return Wish(
            name=name,
            title=title,
            language=data["language"],
            pass_percent=source.pass_percent,
            form=data["form"],
            gaps=data.get("gaps") or "choice",
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def h5p_export(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse | FileResponse:
    """Choose the form, be warned that the answers are inside, download."""
    edited = _edited(request, module_code, usage_key)
    source = olx.parse(edited.olx)
    if is_exam_only(source):
        return _page(request, edited, None, refusal=str(EXAM_ONLY))
    form = ExportForm(source.questions, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _sent(request, edited, form.wish(edited.ref.key, source))
        except LibrariesMissing as missing:
            form.add_error("what", str(missing.message))
            form.add_error("what", _("Install them, or take the content only."))
        except CannotExport as reason:
            form.add_error("form", _said(reason))
    return _page(request, edited, form)


def _sent(request: SignedInRequest, edited: EditedBlock, wish: Wish) -> FileResponse:
    with_libraries = request.POST.get("what") == FULL
    export = export_h5p(edited=edited, wish=wish, with_libraries=with_libraries, by=request.user)
    return FileResponse(export.file, as_attachment=True, filename=export.name, content_type=export.media_type)


def _said(reason: CannotExport) -> str:
    words = REASONS.get(reason.code)
    said = str(words) if words else _("The library cannot take it (%(detail)s).") % {"detail": reason.detail}
    return f"{reason.where}: {said}" if reason.where else said


def _edited(request: SignedInRequest, module_code: str, usage_key: str) -> EditedBlock:
    if not may_author(request.user):
        raise PermissionDenied
    module = get_object_or_404(authored_modules(), code=module_code)
    edited = edited_block(module, usage_key)
    if edited is None or edited.ref.type not in BLOCK_TYPES:
        raise Http404(usage_key)
    return edited


def _page(
    request: SignedInRequest, edited: EditedBlock, form: ExportForm | None, *, refusal: str = ""
) -> HttpResponse:
    context = {
        "module": edited.module,
        "edited": edited.ref,
        "block_name": block_name(edited.ref),
        "form": form,
        "refusal": refusal,
        "can_export": form is not None and bool(form.initial["language"]),
        "types": installed_types() if form is not None else [],
    }
    status = 403 if refusal else 400 if form is not None and form.errors else 200
    return render(request, "assessments/studio/h5p_export.html", context, status=status)
