"""Messages live as long as Django keeps them, and a page without one derives no key."""

from typing import Any
from unittest.mock import patch

from django.contrib import messages
from django.contrib.messages import get_messages
from django.core import signing
from django.http import HttpResponse
from django.test import RequestFactory

from lms.shared.message_storage import MessageStorage


def request_with(cookie: str = "") -> Any:
    request: Any = RequestFactory().get("/")
    if cookie:
        request.COOKIES["messages"] = cookie
    request.session = {}
    request._messages = MessageStorage(request)
    return request


def test_a_message_is_shown_once_and_only_if_it_is_ours() -> None:
    request, response = request_with(), HttpResponse()
    messages.success(request, "Đã lưu")
    request._messages.update(response)
    cookie = response.cookies["messages"].value

    following, answer = request_with(cookie), HttpResponse()
    assert [str(one) for one in get_messages(following)] == ["Đã lưu"]
    following._messages.update(answer)
    assert answer.cookies["messages"]["max-age"] == 0

    assert list(get_messages(request_with(cookie[:-1] + "!"))) == []


def test_without_messages_no_key_is_derived() -> None:
    with patch.object(signing, "get_cookie_signer") as asked:
        request = request_with()
        assert len(request._messages) == 0
        request._messages.update(HttpResponse())
    asked.assert_not_called()
