"""How django-allauth sees our people: no open registration, our pages, our words."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from HR lists, never from a sign-up form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An outside identity may sign in somebody HR has listed; it never creates a person."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False
