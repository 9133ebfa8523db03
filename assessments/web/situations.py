"""The studio's page of a situation: what several questions of a quiz are about, written once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from assessments import olx
from assessments.actions import edit_quiz
from assessments.queries.quiz_editor import questions_of, situation_names
from assessments.web.editor_pages import (
    base_of,
    edited_quiz,
    editor_page,
    kept_of,
    kept_seq,
    refuse,
    saved,
)
from assessments.web.quiz_forms import KeptForm
from courses.actions.editor_drafts import discard_typing
from courses.queries.editing import EditedBlock
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused
from lms.shared.languages import LANGUAGE_NAMES, ORDER

NEW = "new-situation"


class SituationForm(KeptForm):
    """A title and a text in each language."""

    def __init__(self, edited: EditedBlock, found: dict[str, Any], data: Any = None) -> None:
        super().__init__(data, initial={"base_version": edited.ref.version})
        for code in ORDER:
            language = {"language": LANGUAGE_NAMES[code]}
            self.fields[f"title_{code}"] = forms.CharField(
                label=gettext_lazy("Title, %(language)s") % language,
                max_length=200,
                required=False,
                initial=found.get("title", {}).get(code, ""),
                widget=forms.TextInput(attrs={"lang": code}),
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=gettext_lazy("What happens, %(language)s") % language,
                max_length=4_000,
                required=False,
                initial=found.get("text", {}).get(code, ""),
                widget=forms.Textarea(attrs={"lang": code, "rows": 8}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for part, words in (
            ("title", _("Give it a title.")),
            ("text", _("Describe the situation.")),
        ):
            if not any(self.texts(part).values()):
                self.add_error(f"{part}_vi", words)
        return cleaned


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def situation(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Write one situation: `?situation=c1-s01`, without it a new one; `do=delete` takes it out."""
    edited = edited_quiz(request, module_code, usage_key)
    source = olx.parse(edited.olx)
    part = request.GET.get("situation", NEW)[:120]
    found = next((one for one in source.situations if one["name"] == part), None)
    if part != NEW and found is None:
        raise Http404(part)
    kept = kept_of(request, usage_key, part)
    goes_on = kept is not None and "continue" in request.GET
    form = SituationForm(edited, found or {}, request.POST if request.method == "POST" else None)
    if kept is not None and goes_on:
        form.take(kept.fields)
    if request.method == "POST" and (done := _write(request, edited, form, part, is_new=found is None)):
        return done
    more = {"part": part, "is_new": found is None, "kept": kept, "goes_on": goes_on}
    about = [q for q in questions_of(source) if q.body.get("stimulus", {}).get("name") == part]
    return editor_page(
        request,
        "assessments/studio/situation.html",
        edited,
        form,
        {**more, "about": about, "kept_query": "situation"},
    )


def _write(
    request: SignedInRequest, edited: EditedBlock, form: SituationForm, part: str, *, is_new: bool
) -> HttpResponse | None:
    """Save or take out; None when the form has to come back."""
    takes_out = request.POST.get("do") == "delete"
    valid = form.is_valid()
    if not valid and not (takes_out and "base_version" in form.cleaned_data):
        return None
    base, by = base_of(request, form), request.user
    try:
        if takes_out:
            edit_quiz.delete_situation(edited=edited, name=part, base_version=base, by=by)
            messages.success(request, _("The situation is out of the draft; its questions stand alone."))
            return redirect("assessments:quiz_editor", edited.module.code, edited.ref.usage_key)
        name = next(situation_names(edited)) if is_new else part
        texts = {"title": form.texts("title"), "text": form.texts("text")}
        written = edit_quiz.save_situation(edited=edited, name=name, base_version=base, by=by, **texts)
    except Refused as refusal:
        refuse(form, refusal)
        return None
    discard_typing(usage_key=edited.ref.usage_key, part=part, by=by, seq=kept_seq(request))
    return saved(request, written, edited)
