"""How django-allauth sees our people: no open registration, our pages, our words."""

import base64
import hashlib
from io import BytesIO
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from lms.people.http import remember_sign_in
from lms.people.models import Person
from lms.people.web import allauth_texts as texts
from lms.shared.kept_queries import KeptQuery


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from HR lists, never from a sign-up form."""

    error_messages = DefaultAccountAdapter.error_messages | texts.ACCOUNT_ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Carry the person's language into this browser."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_sign_in(response, user)
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or texts.MESSAGES.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:account")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [m | {"description": texts.METHODS.get(m["id"], m["description"])} for m in methods]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Password letters only: an address nobody has gets none, and no answer tells the two apart."""
        if template_prefix != "account/email/password_reset_key":
            return
        person: Person = context["user"]
        body = texts.RESET_BODY % {
            "name": person.full_name,
            "username": person.username,
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
            "address": context["password_reset_url"],
        }
        EmailMessage(str(texts.RESET_SUBJECT), body, self.get_from_email(), [email]).send()


STORED_APPS = KeptQuery(lambda: SocialApp.objects.values_list("pk", flat=True)[:1])


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An outside identity may sign in somebody who linked it; it never creates a person."""

    error_messages = DefaultSocialAccountAdapter.error_messages | texts.SOCIAL_ERRORS

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Most installations have none: the sign-in page then asks the database no more than that."""
        if not settings.SOCIALACCOUNT_PROVIDERS and not STORED_APPS.exists():
            return []
        found: list[SocialApp] = super().list_apps(request, provider, client_id)
        return found


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of authenticator apps and recovery codes encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | texts.MFA_ERRORS

    def build_totp_svg(self, url: str) -> str:
        """A QR code on white, so that it can be scanned from a dark page, too."""
        import segno  # noqa: PLC0415 — only for those who set up a second step

        drawing = BytesIO()
        segno.make(url, error="m").save(drawing, kind="svg", xmldecl=False, scale=4, light="#fff")
        return drawing.getvalue().decode()

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        """A name to start from; the person may write her own."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"mfa" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
