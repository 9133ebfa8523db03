"""The studio's pages for questions of other systems: upload, look, put right, take; and export."""

from dataclasses import dataclass
from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.exchange import Imported, export_questions
from assessments.actions.question_upload import cancel_upload, fix_question, take_questions, upload_questions
from assessments.exchange.formats import WRITERS
from assessments.exchange.model import Export, ReadQuestion, Unreadable
from assessments.exchange.template import template_questions
from assessments.models import QuestionKind, QuestionUpload
from assessments.queries.exchange import Candidate, State, candidates, drafted_questions
from assessments.queries.exchange_words import file_words, left_out_words, note_words, reason_words
from assessments.queries.question_upload import read_upload, uploads_of
from assessments.web.exchange_forms import PASTED, ExportForm, FixForm, UploadForm
from courses.models import Module
from courses.permissions import may_author
from courses.queries.studio import authored_modules
from lms.people.http import SignedInRequest
from lms.shared.errors import Refused
from lms.shared.languages import localised

SHOWN = 500  # questions on one page
STEM = 300  # characters of one


@dataclass(frozen=True)
class Row:
    """A question that was read, as the page shows it."""

    candidate: Candidate

    @property
    def stem(self) -> str:
        body = self.candidate.read.body
        texts = body.get("stem") or {}
        words = localised(texts) if any(texts.values()) else localised(body.get("text") or {})
        return words[:STEM] or self.candidate.read.name or self.candidate.read.source[:80]

    @property
    def kind(self) -> str:
        read = self.candidate.read
        if self.candidate.is_stimulus:
            return _("Text that questions belong to")
        return str(QuestionKind(read.kind).label) if read.kind in QuestionKind.values else read.type

    @property
    def reason(self) -> str:
        return reason_words(self.candidate.read.reason) if self.candidate.read.reason else ""

    @property
    def notes(self) -> list[str]:
        return [note_words(note) for note in self.candidate.read.notes]

    @property
    def is_new(self) -> bool:
        return self.candidate.state == State.NEW


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Choose a file or paste questions. They are read, and shown on the next page."""
    module = _authored(request, module_code)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm(initial={"language": "vi"})
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        pasted = form.cleaned_data["text"].encode()
        try:
            made = upload_questions(
                module=module,
                file=file or BytesIO(pasted),
                name=file.name if file else PASTED,
                size=file.size if file else len(pasted),
                format=form.cleaned_data["format"],
                language=form.cleaned_data["language"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error("file" if file else "text", str(refusal.message))
        else:
            return redirect("assessments:questions_look", module.code, made.pk)
    context = {"module": module, "form": form}
    template = "assessments/studio/questions_upload.html"
    return render(request, template, context, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: SignedInRequest, module_code: str, pk: int) -> HttpResponse:
    """What an import would do, question by question; afterwards, what it did."""
    module, found = _own(request, module_code, pk)
    if found.is_done:
        return render(request, "assessments/studio/questions_done.html", _done_context(module, found))
    if request.method == "POST" and request.POST.get("do") == "cancel":
        cancel_upload(upload=found, by=request.user)
        messages.success(request, _("The import is cancelled. Nothing was changed."))
        return redirect("assessments:questions_import", module.code)
    rows = _rows(found)
    refusal = ""
    if request.method == "POST":
        try:
            _take(request, found, rows)
        except Refused as refused:
            refusal = str(refused.message)
        else:
            return redirect("assessments:questions_look", module.code, pk)
    context = {"module": module, "upload": found, "refusal": refusal, **_counts(rows)}
    template = "assessments/studio/questions_look.html"
    return render(request, template, context, status=400 if refusal else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fix(request: SignedInRequest, module_code: str, pk: int, place: int) -> HttpResponse:
    """One question as text, to be put right and looked at again."""
    module, found = _own(request, module_code, pk)
    rows = _rows(found)
    if found.is_done or place >= len(rows):
        raise Http404(place)
    read = rows[place].candidate.read
    form = FixForm(request.POST if request.method == "POST" else None, initial={"text": read.source})
    if request.method == "POST" and form.is_valid():
        try:
            read = fix_question(upload=found, place=place, text=form.cleaned_data["text"], by=request.user)
        except Refused as refusal:
            form.add_error("text", str(refusal.message))
        else:
            if read.is_sound:
                messages.success(request, _("This question can be taken now."))
                return redirect("assessments:questions_look", module.code, pk)
            form.add_error("text", _reason(read))
    context = {"module": module, "upload": found, "row": rows[place], "number": place + 1, "form": form}
    template = "assessments/studio/questions_fix.html"
    return render(request, template, context, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest, module_code: str) -> HttpResponse:
    """Choose questions and a format; first what the format leaves out, then the file."""
    module = _authored(request, module_code)
    drafted = drafted_questions(module)
    names = [(n, (localised(one.question.body["stem"]) or n)[:STEM]) for n, one in drafted.questions.items()]
    language = drafted.outline.language if drafted.outline.language in ("vi", "en", "de") else "vi"
    form = ExportForm(names, request.POST if request.method == "POST" else None, language=language)
    left_out = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if request.POST.get("do") == "check":
            chosen = [drafted.questions[name].question for name in said["take"]]
            written = WRITERS[said["format"]](Export(chosen, {}, said["language"]))
            # The files of pictures are not opened for a look.
            left_out = [(p.where, left_out_words(p)) for p in written.left_out if p.detail != "picture-file"]
        else:
            return _file(request, module, said)
    context = {"module": module, "form": form, "left_out": left_out, "has_questions": bool(names)}
    template = "assessments/studio/questions_export.html"
    return render(request, template, context, status=400 if form.errors else 200)


@login_required
@require_safe
def template(request: SignedInRequest, module_code: str) -> HttpResponse:
    """The empty table to fill in, with one row of each type as an example."""
    module = _authored(request, module_code)
    written = WRITERS["xlsx"](Export(template_questions(), {}, "vi"))
    return _download(written.content, f"{module.code}-mau-cau-hoi.xlsx", written.media_type)


def _file(request: SignedInRequest, module: Module, said: dict[str, str]) -> HttpResponse:
    written = export_questions(
        module=module, format=said["format"], language=said["language"], names=said["take"], by=request.user
    )
    return _download(written.content, f"{module.code}-questions{written.suffix}", written.media_type)


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _take(request: SignedInRequest, found: QuestionUpload, rows: list[Row]) -> Imported:
    places = _places(request, "take")
    if request.POST.get("rest"):
        places |= {row.candidate.place for row in rows[SHOWN:] if row.is_new}
    return take_questions(upload=found, places=places, replacing=_places(request, "replace"), by=request.user)


def _places(request: SignedInRequest, field: str) -> set[int]:
    return {int(said) for said in request.POST.getlist(field) if said.isdecimal() and len(said) < 6}


def _rows(found: QuestionUpload) -> list[Row]:
    if found.is_done:
        return []
    try:
        read = read_upload(found)
    except Unreadable as unreadable:
        raise Http404(file_words(unreadable.problem)) from unreadable
    return [Row(candidate) for candidate in candidates(drafted_questions(found.module), read)]


def _counts(rows: list[Row]) -> dict[str, object]:
    states = [row.candidate.state for row in rows]
    return {
        "rows": rows[:SHOWN],
        "rest": sum(row.is_new for row in rows[SHOWN:]),
        "total": len(rows),
        "counts": {str(state): states.count(state) for state in State},
    }


def _done_context(module: Module, found: QuestionUpload) -> dict[str, object]:
    result = found.result
    words = ngettext(
        "%(number)d question stands in the draft's bank now.",
        "%(number)d questions stand in the draft's bank now.",
        len(result["new"]),
    ) % {"number": len(result["new"])}
    return {"module": module, "upload": found, "result": result, "words": words}


def _reason(read: ReadQuestion) -> str:
    return reason_words(read.reason) if read.reason else ""


def _own(request: SignedInRequest, module_code: str, pk: int) -> tuple[Module, QuestionUpload]:
    module = _authored(request, module_code)
    return module, get_object_or_404(uploads_of(request.user), pk=pk, module=module)


def _authored(request: SignedInRequest, module_code: str) -> Module:
    if not may_author(request.user):
        raise PermissionDenied
    return get_object_or_404(authored_modules(), code=module_code)
