"""The studio's page of one question: choose its kind, write it, look at it as a learner does."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from assessments import olx
from assessments.actions import edit_quiz
from assessments.models import QuestionKind
from assessments.queries.kind_cards import CARDS
from assessments.queries.preview import Preview, previewed
from assessments.queries.quiz_editor import new_question_name
from assessments.web.editor_pages import (
    base_of,
    edited_quiz,
    editor_page,
    kept_of,
    kept_seq,
    refuse,
    saved,
)
from assessments.web.question_forms import FORMS, QuestionForm
from courses.actions.editor_drafts import discard_typing
from courses.models import EditorDraft
from courses.queries.editing import EditedBlock
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused
from lms.shared.languages import ORDER, current_language

NEW = "new"
Sent = dict[str, list[str]]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, module_code: str, usage_key: str) -> HttpResponse:
    """Write one question: `?question=c1-q01`, without it a new one; a new one begins with its kind."""
    edited = edited_quiz(request, module_code, usage_key)
    part = request.GET.get("question", NEW)[:120]
    found = {q.name: q for q in olx.parse(edited.olx).questions}.get(part)
    if part != NEW and found is None:
        raise Http404(part)
    kept = kept_of(request, usage_key, part)
    goes_on = kept is not None and "continue" in request.GET
    kind = _kind(request, found, kept if goes_on else None)
    if not kind:
        return _choose(request, edited, kept)
    name = new_question_name(edited) if found is None else part
    more = {"part": part, "name": name, "is_new": found is None, "kept": kept, "goes_on": goes_on}
    if request.method != "POST":
        form = _typed(edited, name, kind, found, kept.fields if kept and goes_on else None)
        return _page(request, edited, form, more)
    sent = _arranged(request, kind, found)
    if "fragment" in request.POST:
        return render(
            request, "assessments/studio/_preview.html", _preview(request, edited, name, kind, sent)
        )
    if "preview" in request.POST or "more" in request.POST:
        form = _typed(edited, name, kind, found, sent, request.POST.get("more", ""))
        return _page(request, edited, form, more, sent)
    return _save(request, edited, FORMS[kind](edited, name, kind, MultiValueDict(sent)), more, sent)


def _save(
    request: SignedInRequest, edited: EditedBlock, form: QuestionForm, more: dict[str, Any], sent: Sent
) -> HttpResponse:
    if form.is_valid():
        try:
            written = edit_quiz.save_question(
                edited=edited, question=form.draft(), base_version=base_of(request, form), by=request.user
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            discard_typing(
                usage_key=edited.ref.usage_key, part=more["part"], by=request.user, seq=kept_seq(request)
            )
            return saved(request, written, edited)
    return _page(request, edited, form, more, sent)


def _kind(request: SignedInRequest, found: olx.QuestionSource | None, kept: EditorDraft | None) -> str:
    """What the form says, or the address, or what was kept; a written question keeps its family."""
    if found is not None:
        return found.kind if found.kind in FORMS else "single"
    typed: Sequence[str] = kept.fields.get("kind", []) if kept else []
    said = request.POST.get("kind") or (typed[-1] if typed else "") or request.GET.get("kind", "")
    return said if said in FORMS else ""


def _choose(request: SignedInRequest, edited: EditedBlock, kept: EditorDraft | None) -> HttpResponse:
    context = {
        "module": edited.module,
        "edited": edited.ref,
        "version": edited.version,
        "cards": CARDS,
        "kept": kept,
        "is_practice": edited.ref.type == "quiz" and olx.parse(edited.olx).kind == "practice",
    }
    return render(request, "assessments/studio/question_kinds.html", context)


def _arranged(request: SignedInRequest, kind: str, found: olx.QuestionSource | None) -> Sent:
    sent = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    return FORMS[kind].arrange(sent, found.body if found else {})


def _typed(
    edited: EditedBlock,
    name: str,
    kind: str,
    found: olx.QuestionSource | None,
    typed: Any,
    more: str = "",
) -> QuestionForm:
    """The form with what was typed and not checked yet; with what is saved when nothing was."""
    if typed is not None:
        typed = FORMS[kind].arrange(typed, found.body if found else {})
    return FORMS[kind](edited, name, kind, typed=typed, more=more)


def _preview(
    request: SignedInRequest, edited: EditedBlock, name: str, kind: str, sent: Sent | None
) -> dict[str, Any]:
    """What the page shows beside the form; nothing of an empty form."""
    if sent is None:
        form = FORMS[kind](edited, name, kind)
        if form.question is None:
            return {"preview": None}
        source = form.source
    else:
        form = FORMS[kind](edited, name, kind, MultiValueDict(sent))
        form.full_clean()
        source = form.written()
    wanted = request.POST.get("preview_language", "")
    language = wanted if wanted in ORDER else current_language()
    shown: Preview = previewed(source, name, picture_url=form.picture_url, language=language)
    return {"preview": shown, "asked": shown.asked, "field": "preview", "preview_language": language}


def _page(
    request: SignedInRequest,
    edited: EditedBlock,
    form: QuestionForm,
    more: dict[str, Any],
    sent: Sent | None = None,
) -> HttpResponse:
    preview = _preview(request, edited, more["name"], form.asked_kind, sent)
    words = {"kind_label": QuestionKind(form.asked_kind).label}
    return editor_page(
        request, "assessments/studio/question.html", edited, form, {**more, **preview, **words}
    )
