"""The public check of a code. Never indexed, never cached, limited per address."""

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates.actions.files import keep_pdf
from certificates.codes import normalise_code
from certificates.http import limited
from certificates.models import Certificate
from certificates.pdf import CertificateFacts
from certificates.permissions import may_revoke_certificates
from certificates.queries.holdings import certificates_visible_to
from certificates.queries.verification import Verification, is_name_of, verification
from certificates.web.forms import CodeForm, FileForm, NameForm
from courses.models import Component
from lms.people.models import IdentityLevel
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.languages import current_language, localised

LEVELS = {"in_depth": _("in depth"), "basic": _("basic level")}


@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """Type a code. It travels on to the address that the QR code names."""
    code_form = CodeForm(request.GET) if "code" in request.GET else CodeForm()
    if code_form.is_bound and code_form.is_valid():
        typed = code_form.cleaned_data["code"]
        code = normalise_code(typed) or typed.replace("/", "").strip(".") or "-"
        return redirect("certificates:verify", code)
    return _answer(request, "certificates/verify_form.html", {"code_form": code_form})


@require_safe
@limited("verify", 60)
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What anybody with the code may know."""
    return _page(request, verification(code, at=clock.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@limited("verify-name", 10)
def compare_name(request: HttpRequest, code: str) -> HttpResponse:
    """Show the full name to a visitor who can write it."""
    if request.method != "POST":
        return redirect("certificates:verify", code)
    result, name_form = verification(code, at=clock.now()), NameForm(request.POST)
    if not name_form.is_valid() or result.facts is None:
        return _page(request, result, name_form=name_form)
    matches = is_name_of(result.facts, name_form.cleaned_data["full_name"])
    return _page(request, result, name_form=name_form, name_matches=matches)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("verify-file", 20)
def compare_file(request: HttpRequest, code: str) -> HttpResponse:
    """Compare a PDF with ours by its SHA-256. The file is read once and not kept."""
    if request.method != "POST":
        return redirect("certificates:verify", code)
    result, file_form = verification(code, at=clock.now()), FileForm(request.POST, request.FILES)
    if not file_form.is_valid() or result.certificate is None:
        return _page(request, result, file_form=file_form)
    keep_pdf(certificate=result.certificate, by=SYSTEM)
    matches = _sha256(file_form.cleaned_data["file"]) == result.certificate.pdf_sha256
    return _page(request, result, file_form=file_form, file_matches=matches)


def _page(request: HttpRequest, result: Verification, **answers: Any) -> HttpResponse:
    context = {"result": result, "name_form": NameForm(), "file_form": FileForm(), **answers}
    if result.certificate is None or result.facts is None:
        context["code_form"] = CodeForm(initial={"code": result.typed})
        return _answer(request, "certificates/verify_unknown.html", context, status=404)
    context["labels"] = _labels(result.certificate, result.facts)
    if request.user.is_authenticated:
        visible = certificates_visible_to(request.user).filter(pk=result.certificate.pk)
        context["may_read"] = visible.exists()
        context["may_revoke"] = may_revoke_certificates(request.user)
    return _answer(request, "certificates/verify.html", context)


def _labels(certificate: Certificate, facts: CertificateFacts) -> dict[str, str]:
    """The frozen facts and codes in the reader's language."""
    components = [str(Component(name).label) for name in certificate.components]
    titles = {"vi": facts.track_title_vi, "en": facts.track_title_en}
    if current_language() not in titles:  # not printed in this language
        track = localised(certificate.programme.track.title)
        titles[current_language()] = f"{track}, {LEVELS.get(certificate.level, certificate.level)}"
    return {
        "title": localised(titles),
        "components": "; ".join(components),
        "issuer": localised({"vi": facts.issuer_vi, "en": facts.issuer_en}),
        "identity": str(IdentityLevel(certificate.identity_level).label),
    }


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    add_never_cache_headers(response)
    return response


def _sha256(file: UploadedFile[Any]) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
