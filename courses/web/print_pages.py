"""Print packs for those who learn a module and for those who work on it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.models import Module, ModuleVersion
from courses.permissions import may_read_drafts
from courses.queries.outline import outline_of
from courses.queries.studio import authored_modules
from courses.web.access import module_to_learn
from courses.web.learn import learner_page
from courses.web.print_pack import KINDS, languages_of, print_file
from lms.people.http import SignedInRequest
from lms.shared.languages import LANGUAGE_NAMES


@require_safe
@learner_page
def print_pack(request: SignedInRequest, module_code: str) -> HttpResponse:
    """What can be printed of a module."""
    module, version = _learners(request, module_code)
    return _page(request, module, version, is_draft=False)


@require_safe
@learner_page
def print_pdf(request: SignedInRequest, module_code: str, kind: str, language: str) -> HttpResponse:
    """One file of what learners see."""
    module, version = _learners(request, module_code)
    return _pdf(module, version, kind, language)


@login_required
@require_safe
def draft_pack(request: SignedInRequest, module_code: str) -> HttpResponse:
    """What could be printed of the draft."""
    module, version = _authors(request, module_code)
    return _page(request, module, version, is_draft=True)


@login_required
@require_safe
def draft_pdf(request: SignedInRequest, module_code: str, kind: str, language: str) -> HttpResponse:
    """One file of the draft."""
    module, version = _authors(request, module_code)
    return _pdf(module, version, kind, language)


def _page(
    request: SignedInRequest, module: Module, version: ModuleVersion, *, is_draft: bool
) -> HttpResponse:
    languages = [(code, LANGUAGE_NAMES[code]) for code in languages_of(version)]
    context = {
        "module": module,
        "version": version,
        "outline": outline_of(version.pk),
        "languages": languages,
        "is_draft": is_draft,
    }
    return render(request, "courses/print_pack.html", context)


def _pdf(module: Module, version: ModuleVersion, kind: str, language: str) -> HttpResponse:
    if kind not in KINDS or language not in languages_of(version):
        raise Http404(kind)
    content = print_file(module, version, kind, language)
    response = HttpResponse(content, content_type="application/pdf")
    name = {"handout": "tai-lieu", "script": "loi-loa"}[kind]
    response["Content-Disposition"] = (
        f'inline; filename="{name}-{module.code}-{version.number}-{language}.pdf"'
    )
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _learners(request: SignedInRequest, code: str) -> tuple[Module, ModuleVersion]:
    found = module_to_learn(request.user, code)
    if found is None or found.module.published is None:
        raise Http404(code)
    return found.module, found.module.published


def _authors(request: SignedInRequest, code: str) -> tuple[Module, ModuleVersion]:
    if not may_read_drafts(request.user):
        raise PermissionDenied
    module = get_object_or_404(authored_modules(), code=code)
    assert module.draft is not None
    return module, module.draft
