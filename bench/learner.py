"""A learner as the benchmark plays her: one keep-alive connection, cookies, forms with their token."""

import http.client
import re
import time
from typing import Any
from urllib.parse import urlencode

PASSWORD = "mat-khau-do-toc-do"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Learner:
    """Speaks plain HTTP to one server; `times` collects seconds per request."""

    def __init__(self, port: int, username: str, password: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.username, self.password = username, password
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.page = ""
        self.location = ""
        self.status = 0
        self.times: list[float] = []
        # where she is in her attempt, and the answer she is about to save
        self.attempt, self.position = 0, 0
        self.answer: dict[str, Any] = {}

    def request(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> str:
        headers = self.headers() | ({} if body is None else {"Content-Type": kind})
        begin = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        page = response.read().decode()
        self.times.append(time.perf_counter() - begin)
        cookies = response.headers.get_all("Set-Cookie") or []
        return self.take(response.status, response.headers.get("Location", ""), cookies, page)

    def headers(self) -> dict[str, str]:
        """What she sends with every request."""
        cookies = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        return {"Cookie": cookies, "Accept-Language": "vi", "X-CSRFToken": self.token}

    def take(self, status: int, location: str, cookies: list[str], page: str) -> str:
        """Remember an answer as a browser would."""
        self.status, self.location, self.page = status, location, page
        for header in cookies:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        if found := TOKEN.search(page):
            self.token = found[1]
        return page

    def get(self, path: str) -> str:
        return self.request("GET", path)

    def post(self, path: str, fields: dict[str, str] | list[tuple[str, str]]) -> str:
        pairs = list(fields.items()) if isinstance(fields, dict) else fields
        body = urlencode([("csrfmiddlewaretoken", self.token), *pairs]).encode()
        return self.request("POST", path, body, "application/x-www-form-urlencoded")

    def post_json(self, path: str, body: str) -> str:
        return self.request("POST", path, body.encode(), "application/json")

    def close(self) -> None:
        self.connection.close()
