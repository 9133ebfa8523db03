"""The studio's pages of a quiz or question bank. `courses.web.studio_block` sends authors here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments import olx
from assessments.actions import edit_quiz
from assessments.queries.bank import BLOCK_TYPES
from assessments.queries.blueprint import pools_at_odds
from assessments.queries.fault_words import fault_words
from assessments.queries.quiz_editor import (
    new_question_name,
    other_blocks,
    questions_of,
)
from assessments.queries.standing import published_quiz
from assessments.web.quiz_forms import KeptForm, QuestionForm, RulesForm
from courses.actions.editor_drafts import discard_typing
from courses.actions.publish import CHANGED_MEANWHILE
from courses.actions.versions import WrittenVersion
from courses.models import EditorDraft
from courses.permissions import may_author
from courses.queries.editing import EditedBlock, edited_block, kept_typing
from courses.queries.studio import authored_modules
from courses.xblocks.labels import block_name
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused

NEW = "new"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """The rules of a quiz and its questions; a bank has only questions."""
    edited = _edited(request, module_code, usage_key)
    kept = _kept(request, usage_key)
    goes_on = kept is not None and "continue" in request.GET
    form = RulesForm(edited, request.POST if request.method == "POST" else None)
    if kept is not None and goes_on:
        form.take(kept.fields)
    if request.method == "POST" and form.is_valid():
        base = _base(request, form)
        try:
            written = edit_quiz.save_rules(
                edited=edited, rules=form.rules(), base_version=base, by=request.user
            )
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            discard_typing(usage_key=usage_key, by=request.user, seq=_kept_seq(request))
            return _saved(request, written, edited)
    return _quiz_page(request, edited, form, kept=kept, goes_on=goes_on)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Write one question: `?question=c1-q01`, without it a new one."""
    edited = _edited(request, module_code, usage_key)
    part = request.GET.get("question", NEW)[:120]
    name = new_question_name(edited) if part == NEW else part
    if part != NEW and name not in {q.name for q in olx.parse(edited.olx).questions}:
        raise Http404(name)
    kept = _kept(request, usage_key, part)
    goes_on = kept is not None and "continue" in request.GET
    form = QuestionForm(edited, name, request.POST if request.method == "POST" else None)
    if kept is not None and goes_on:
        form.take(kept.fields)
    if request.method == "POST" and form.is_valid():
        try:
            written = edit_quiz.save_question(
                edited=edited, question=form.draft(), base_version=_base(request, form), by=request.user
            )
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            discard_typing(usage_key=usage_key, part=part, by=request.user, seq=_kept_seq(request))
            return _saved(request, written, edited)
    more = {"part": part, "name": name, "is_new": part == NEW, "kept": kept, "goes_on": goes_on}
    return _page(request, "assessments/studio/question.html", edited, form, more)


@login_required
@require_POST
def arrange(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Move questions up, down, here or elsewhere, or delete one; add the module's bank."""
    edited = _edited(request, module_code, usage_key)
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


def _edited(request: SignedInRequest, module_code: str, usage_key: str) -> EditedBlock:
    if not may_author(request.user):
        raise PermissionDenied
    module = get_object_or_404(authored_modules(), code=module_code)
    edited = edited_block(module, usage_key)
    if edited is None or edited.ref.type not in BLOCK_TYPES:
        raise Http404(usage_key)
    return edited


def _base(request: SignedInRequest, form: KeptForm) -> int:
    """The version the author began from, or the one she says she writes over."""
    over = request.POST.get("over", "")
    return int(over) if over.isdecimal() and len(over) < 19 else int(form.cleaned_data["base_version"])


def _kept(request: SignedInRequest, usage_key: str, part: str = "") -> EditorDraft | None:
    """What was typed here earlier; a form that comes back with a fault holds it already."""
    return None if request.method == "POST" else kept_typing(request.user, usage_key, part)


def _kept_seq(request: SignedInRequest) -> int:
    sent = request.POST.get("kept_seq", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def _refuse(form: KeptForm, refusal: Refused) -> None:
    form.add_error(None, str(refusal.message))
    form.is_conflict = refusal.message is CHANGED_MEANWHILE


def _saved(request: SignedInRequest, written: WrittenVersion, edited: EditedBlock) -> HttpResponse:
    messages.success(request, _("Draft saved.") if written.is_new else _("Nothing has changed."))
    if "back" in request.POST and edited.ref.type == "quiz":
        return redirect("courses:studio_module", edited.module.code)
    return redirect("assessments:quiz_editor", edited.module.code, edited.ref.usage_key)


def _quiz_page(request: SignedInRequest, edited: EditedBlock, form: RulesForm, **more: Any) -> HttpResponse:
    facts = {
        "questions": [(q, [fault_words(f) for f in q.faults]) for q in questions_of(form.source)],
        "others": other_blocks(edited.outline, edited.ref.usage_key),
        "has_bank": bool(edited.outline.banks),
        "is_bank": edited.ref.type == "question_bank",
        "source": form.source,
        "is_published": published_quiz(edited.ref.usage_key) is not None,
        "at_odds": pools_at_odds(form.source.pools),
        "whole_faults": [fault_words(problem) for problem in form.source.problems if not problem.where],
        **more,
    }
    return _page(request, "assessments/studio/quiz.html", edited, form, facts)


def _page(
    request: SignedInRequest, template: str, edited: EditedBlock, form: KeptForm, more: dict[str, Any]
) -> HttpResponse:
    context = {
        "module": edited.module,
        "outline": edited.outline,
        "unit": edited.unit,
        "edited": edited.ref,
        "block_name": block_name(edited.ref),
        "version": edited.version,
        "form": form,
        "is_conflict": form.is_conflict,
        "kept_seq": _kept_seq(request),
        **more,
    }
    return render(request, template, context, status=400 if form.errors else 200)
