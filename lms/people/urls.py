"""Pages of people. They stand before django-allauth's and shadow those we do not offer."""

from django.urls import path

from lms.people.api import me
from lms.people.web import account

app_name = "people"
urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/language/", account.language, name="language"),
    path("account/api-key/", account.token_create, name="token_create"),
    path("account/api-key/revoke/", account.token_revoke, name="token_revoke"),
    path("accounts/email/", account.not_offered, name="email"),
    path("accounts/confirm-email/", account.not_offered, name="email_sent"),
    path("accounts/confirm-email/<key>/", account.not_offered, name="email_confirm"),
    path("api/v1/me/", me.Me.as_view(), name="api_me"),
]
