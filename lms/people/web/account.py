"""A person's own page: who we think she is, her language, her keys."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from rest_framework.authtoken.models import Token

from lms.people.actions.persons import change_language
from lms.people.actions.tokens import create_token, revoke_token
from lms.people.http import SignedInRequest, keep_language
from lms.people.models import Person
from lms.people.queries import assignments_of, role_line
from lms.people.web.forms import LanguageForm


@login_required
@never_cache
@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    return _account_page(request)


@login_required
@never_cache
@require_POST
def token_create(request: SignedInRequest) -> HttpResponse:
    """The key is shown on this answer only; the page never shows it again."""
    return _account_page(request, new_token=create_token(by=request.user).key)


@login_required
@require_POST
def token_revoke(request: SignedInRequest) -> HttpResponse:
    revoke_token(by=request.user)
    messages.success(request, _("The API key no longer works."))
    return redirect("people:account")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language, for this browser and, when signed in, for the account."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = redirect(target)
    form = LanguageForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        if isinstance(request.user, Person):
            change_language(person=request.user, language=chosen, by=request.user)
        keep_language(response, chosen)
    return response


@login_required
def not_offered(request: SignedInRequest, **_path: str) -> HttpResponse:
    """django-allauth's address pages: addresses come from the staff list."""
    messages.info(request, _("Your e-mail address comes from your organisation's staff list."))
    return redirect("people:account")


def _account_page(request: SignedInRequest, new_token: str = "") -> HttpResponse:
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    return render(
        request,
        "people/account.html",
        {
            "person": request.user,
            "role": role_line(request.user),
            "assignments": assignments_of(request.user),
            "has_password": request.user.has_usable_password(),
            "has_totp": Authenticator.Type.TOTP in kinds,
            "number_of_passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
            "has_token": bool(new_token) or Token.objects.filter(user=request.user).exists(),
            "new_token": new_token,
        },
    )
