import base64
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from lms.people.models import Person
from tests import make

pytestmark = pytest.mark.django_db

PASSWORD = "mat-khau-mau-12"  # what tests/make.py gives everybody
LOGIN = "/accounts/login/"


def sign_in(client: Client, login: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": login, "password": password} | extra)


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("login", ["lo.mau", "LO.MAU", "mau@example.vn"])
def test_sign_in_by_username_or_address(client: Client, login: str) -> None:
    make.person(username="lo.mau", email="mau@example.vn", language="de")
    response = sign_in(client, login)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.cookies[django_settings.LANGUAGE_COOKIE_NAME].value == "de"


def test_sign_in_leads_back_to_the_page(client: Client) -> None:
    make.person(username="lo.mau")
    assert sign_in(client, "lo.mau", next="/account/")["Location"] == "/account/"
    other = Client()
    assert sign_in(other, "lo.mau", next="https://example.com/")["Location"] == "/"


def test_wrong_password_and_unknown_name_get_the_same_answer(client: Client) -> None:
    make.person(username="lo.mau")
    answers = []
    for login in ("lo.mau", "khong.co", "khong@co.vn"):
        response = sign_in(client, login, "sai-mat-khau")
        assert response.status_code == 200
        answers.append(re.findall(r"<li>.*?</li>", text(response).split("err-sum")[1])[0])
    assert len(set(answers)) == 1


def test_sign_in_says_that_the_session_has_expired(client: Client) -> None:
    client.cookies["django_language"] = "en"
    assert "Your session has expired" not in text(client.get(LOGIN, {"next": "/account/"}))
    client.force_login(make.person())
    client.cookies["was_signed_in"] = "1"
    del client.cookies["sessionid"]
    response = client.get("/account/", follow=True)
    assert response.redirect_chain == [("/accounts/login/?next=/account/", 302)]
    assert "Your session has expired" in text(response)
    assert "Your session has expired" not in text(client.get(LOGIN))


def test_sign_out_asks_then_forgets_the_mark(client: Client) -> None:
    make.person(username="lo.mau")
    sign_in(client, "lo.mau")
    assert client.cookies["was_signed_in"].value == "1"
    assert "data-signs-out" in text(client.get("/accounts/logout/"))
    response = client.post("/accounts/logout/")
    assert response["Location"] == reverse("home:signed_out")
    assert client.cookies["was_signed_in"].value == ""
    assert client.get("/account/").status_code == 302


def test_five_wrong_passwords_lock_the_name_for_a_while(client: Client, settings: Any) -> None:
    settings.AXES_ENABLED = True
    client.cookies["django_language"] = "en"
    make.person(username="lo.mau")
    codes = [sign_in(client, "lo.mau", "sai-mat-khau").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 200, 429]
    response = sign_in(client, "lo.mau")
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "Wait 15 minutes" in text(response)
    assert reverse("account_reset_password") in text(response)
    make.person(username="khac")
    assert sign_in(Client(), "khac").status_code == 302


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/accounts/3rdparty/signup/", "/accounts/2fa/webauthn/signup/"]
)
def test_there_is_no_sign_up(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    assert response.status_code in (200, 404)
    assert "password1" not in text(response)
    client.post(path, {"username": "moi", "email": "a@b.vn", "password1": PASSWORD})
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "path", ["/accounts/email/", "/accounts/confirm-email/", "/accounts/confirm-email/abc/"]
)
def test_addresses_come_from_the_staff_list(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    client.force_login(make.person())
    assert client.post(path, {"email": "x@y.vn", "action_add": ""})["Location"] == "/account/"


def test_closed_accounts_cannot_sign_in(client: Client) -> None:
    make.person(username="lo.mau", is_active=False)
    response = sign_in(client, "lo.mau")
    assert response["Location"] == "/accounts/inactive/"
    assert client.get(response["Location"]).status_code == 200


def test_password_reset_by_letter(client: Client) -> None:
    make.person(username="lo.mau", email="mau@example.vn")
    assert client.get("/accounts/password/reset/").status_code == 200
    for address in ("mau@example.vn", "khong@example.vn"):
        response = client.post("/accounts/password/reset/", {"email": address}, follow=True)
        assert response.redirect_chain == [("/accounts/password/reset/done/", 302)]
    assert [letter.to for letter in mail.outbox] == [["mau@example.vn"]]
    found = re.search(r"http://[^/]+(/\S+)", str(mail.outbox[0].body))
    assert found is not None
    form = client.get(found[1], follow=True)
    address = form.redirect_chain[-1][0]
    new = {"password1": "xa-ban-moi-2026", "password2": "xa-ban-moi-2026"}
    assert client.post(address, new, follow=True).status_code == 200
    assert sign_in(Client(), "lo.mau", new["password1"]).status_code == 302
    assert "password1" not in text(Client().get(found[1], follow=True))


def test_password_change(client: Client) -> None:
    client.force_login(make.person(username="lo.mau"))
    wrong = {"oldpassword": "sai", "password1": "ngan", "password2": "khac"}
    assert "err-sum" in text(client.post("/accounts/password/change/", wrong))
    right = {"oldpassword": PASSWORD, "password1": "xa-ban-moi-2026", "password2": "xa-ban-moi-2026"}
    response = client.post("/accounts/password/change/", right)
    assert response["Location"] == "/account/"


@pytest.mark.slow
def test_second_step_by_app_and_recovery_code(client: Client) -> None:
    person = make.person(username="lo.mau")
    sign_in(client, "lo.mau")
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert "err-sum" in text(client.post(asked["Location"], {"password": "sai"}))
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert page.status_code == 200
    secret = page.context["form"].secret
    drawing = base64.b64decode(page.context["totp_svg_data_uri"].split(",")[1])
    assert b'xmlns="http://www.w3.org/2000/svg"' in drawing
    code = _code(secret)
    assert "err-sum" in text(client.post("/accounts/2fa/totp/activate/", {"code": "000000x"}))
    response = client.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    codes = re.findall(r"<code>(\w+)</code>", text(response))
    assert len(codes) == 10
    stored = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert secret not in stored

    other = Client()
    assert sign_in(other, "lo.mau")["Location"].startswith("/accounts/2fa/authenticate/")
    assert other.get("/account/").status_code == 302
    assert "err-sum" in text(other.post("/accounts/2fa/authenticate/", {"code": "999999"}))
    assert other.post("/accounts/2fa/authenticate/", {"code": codes[0]})["Location"] == "/"
    assert other.get("/account/").status_code == 200
    for path in ("reauthenticate/", "", "recovery-codes/", "totp/deactivate/"):
        assert other.get(f"/accounts/2fa/{path}", follow=True).status_code == 200
    assert other.post("/accounts/2fa/reauthenticate/", {"code": codes[1]}).status_code == 302
    for path in (
        "recovery-codes/",
        "recovery-codes/generate/",
        "recovery-codes/download/",
        "totp/deactivate/",
    ):
        assert other.get(f"/accounts/2fa/{path}").status_code == 200
    assert other.post("/accounts/2fa/recovery-codes/generate/", follow=True).status_code == 200
    assert other.post("/accounts/2fa/totp/deactivate/", follow=True).status_code == 200


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(hotp_value(secret, counter)).zfill(6)


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/accounts/3rdparty/",
        "/accounts/logout/",
    ],
)
def test_own_pages_need_a_person(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    make.person(username="lo.mau")
    sign_in(client, "lo.mau")
    response = client.get(path, follow=True)
    assert response.status_code == 200
    assert "<h1>" in text(response)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (LOGIN, 200),
        ("/accounts/inactive/", 200),
        ("/accounts/password/reset/", 200),
        ("/accounts/password/reset/done/", 200),
        ("/accounts/password/reset/key/done/", 200),
        ("/accounts/password/reset/key/1-abc-def/", 200),
        ("/accounts/3rdparty/login/cancelled/", 200),
        ("/accounts/3rdparty/login/error/", 401),
        ("/accounts/oidc/vneid/login/", 404),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en", "de"])
def test_pages_for_everybody(client: Client, path: str, code: int, language: str) -> None:
    client.cookies["django_language"] = language
    assert client.get(path).status_code == code


def test_passkey_options_for_the_sign_in_page(client: Client) -> None:
    response = client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert set(response.json()["request_options"]["publicKey"]) >= {"challenge", "rpId"}
    page = text(client.get(LOGIN))
    assert 'passkey-form ask="get" options="/accounts/2fa/webauthn/login/" hidden' in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)


def test_sign_in_offers_the_provider_of_the_settings(client: Client, settings: Any) -> None:
    app = {"provider_id": "vneid", "name": "VNeID", "client_id": "x", "secret": "y"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [app | {"settings": {"server_url": "https://id.example.vn"}}]}
    }
    page = text(client.get(LOGIN))
    assert 'action="/accounts/oidc/vneid/login/?process=login"' in page
    assert "VNeID" in page


def test_admin_is_behind_our_own_sign_in(client: Client) -> None:
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/")
