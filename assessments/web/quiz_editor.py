"""The studio's pages of a quiz or question bank. `courses.web.studio_block` sends authors here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.actions import edit_quiz
from assessments.queries.blueprint import pools_at_odds
from assessments.queries.fault_words import fault_words
from assessments.queries.quiz_editor import other_blocks, questions_of
from assessments.queries.standing import published_quiz
from assessments.web.editor_pages import (
    base_of,
    edited_quiz,
    editor_page,
    kept_of,
    kept_seq,
    refuse,
    saved,
)
from assessments.web.quiz_forms import RulesForm
from courses.actions.editor_drafts import discard_typing
from courses.queries.editing import EditedBlock
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """The rules of a quiz and its questions; a bank has only questions."""
    edited = edited_quiz(request, module_code, usage_key)
    kept = kept_of(request, usage_key)
    goes_on = kept is not None and "continue" in request.GET
    form = RulesForm(edited, request.POST if request.method == "POST" else None)
    if kept is not None and goes_on:
        form.take(kept.fields)
    if request.method == "POST" and form.is_valid():
        base = base_of(request, form)
        try:
            written = edit_quiz.save_rules(
                edited=edited, rules=form.rules(), base_version=base, by=request.user
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            discard_typing(usage_key=usage_key, by=request.user, seq=kept_seq(request))
            return saved(request, written, edited)
    return _quiz_page(request, edited, form, kept=kept, goes_on=goes_on)


@login_required
@require_POST
def arrange(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Move questions up, down, here or elsewhere, or delete one; add the module's bank."""
    edited = edited_quiz(request, module_code, usage_key)
    try:
        said = _arrange(request, edited)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, said)
    return redirect("assessments:quiz_editor", module_code, usage_key)


def _arrange(request: SignedInRequest, edited: EditedBlock) -> str:
    do, name, by = request.POST.get("do", ""), request.POST.get("name", ""), request.user
    sent = request.POST.get("base_version", "")
    base = int(sent) if sent.isdecimal() and len(sent) < 19 else 0
    if do in {"up", "down"}:
        places = -1 if do == "up" else 1
        edit_quiz.shift_question(edited=edited, name=name, by_places=places, base_version=base, by=by)
        return _("The order has changed.")
    if do == "delete":
        edit_quiz.delete_question(edited=edited, name=name, base_version=base, by=by)
        return _("The question is out of the draft. It can be brought back from the history.")
    if do == "bank":
        bank = edit_quiz.add_bank(module=edited.module, by=by)
        edit_quiz.move_questions(
            module=edited.module,
            names=[name],
            source=edited.ref.usage_key,
            target=bank,
            base_version=base,
            by=by,
        )
        return _("The question stands in the bank now.")
    if do == "take" and (names := request.POST.getlist("take")):
        edit_quiz.move_questions(
            module=edited.module,
            names=names,
            source=request.POST.get("source", ""),
            target=edited.ref.usage_key,
            base_version=base,
            by=by,
        )
        return _("The questions stand here now.")
    if do == "add-bank":
        edit_quiz.add_bank(module=edited.module, by=by)
        return _("The module has a question bank now.")
    raise Refused("nothing-chosen", _("Tick the questions first."))


def _quiz_page(request: SignedInRequest, edited: EditedBlock, form: RulesForm, **more: Any) -> HttpResponse:
    facts = {
        "questions": [(q, q.faults) for q in questions_of(form.source)],
        "others": other_blocks(edited.outline, edited.ref.usage_key),
        "has_bank": bool(edited.outline.banks),
        "is_bank": edited.ref.type == "question_bank",
        "source": form.source,
        "is_published": published_quiz(edited.ref.usage_key) is not None,
        "at_odds": pools_at_odds(form.source.pools),
        "whole_faults": [fault_words(problem) for problem in form.source.problems if not problem.where],
        **more,
    }
    return editor_page(request, "assessments/studio/quiz.html", edited, form, facts)
