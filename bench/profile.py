"""`make bench NAME=profile`: where a page's CPU time goes, without a server in between.

The journey of `bench.journey`, played against the WSGI application in this process: CPU time by
`time.process_time`, so that what else the machine does hardly shows, statements per request, and the
one-read floor the same way. `PROFILE="unit"` adds the most expensive functions of one step.
`PROFILE_VAR` keeps the scratch installation in a folder, for the next run.
"""

import cProfile
import json
import os
import pstats
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from bench.journey import QUESTIONS, STEPS, prepare
from bench.learner import PASSWORD, Learner
from tests.operations.scratch import Installation, installation

LEARNERS, WARM = 24, 4
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Any]


class Direct(Learner):
    """A learner who calls the application herself; `cpu` collects milliseconds per request."""

    def __init__(self, application: Wsgi, username: str) -> None:
        super().__init__(1, username, PASSWORD)
        self.application = application
        self.cpu: list[float] = []

    def request(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> str:
        environ = environment(method, path, body or b"", kind, self.headers())
        answer: list[Any] = []
        begin = time.process_time()
        parts = self.application(environ, lambda status, headers, _e=None: answer.extend((status, headers)))
        page = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        self.cpu.append((time.process_time() - begin) * 1000)
        headers = answer[1]
        cookies = [value for name, value in headers if name == "Set-Cookie"]
        location = next((value for name, value in headers if name == "Location"), "")
        return self.take(int(answer[0][:3]), location, cookies, page.decode())


def environment(method: str, path: str, body: bytes, kind: str, headers: dict[str, str]) -> dict[str, Any]:
    from urllib.parse import unquote

    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote(path).encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
    }


def bare_application() -> Wsgi:
    """The floor of `bench.floor_wsgi` beside the real application in one process."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.test.utils import override_settings

    with override_settings(MIDDLEWARE=[]):
        handler = WSGIHandler()
    del settings

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        with override_urls("bench.floor_urls"):
            return handler(environ, start)

    return application


@contextmanager
def override_urls(name: str) -> Iterator[None]:
    from django.conf import settings

    usual, settings.ROOT_URLCONF = settings.ROOT_URLCONF, name
    try:
        yield
    finally:
        settings.ROOT_URLCONF = usual


def play(learner: Direct, record: Callable[[str, float, int], None], profiles: dict[str, Any]) -> None:
    from django.db import connection

    names = [name for name, _step in STEPS]
    both = names.index("question")
    order = [*STEPS[:both], *STEPS[both : both + 2] * QUESTIONS, *STEPS[both + 2 :]]
    for name, step in order:
        statements = Counter()
        with connection.execute_wrapper(statements), profiles.get(name, nullcontext()):
            step(learner)
        record(name, learner.cpu[-1], statements.number)


class Counter:
    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, *rest: Any) -> Any:
        self.number += 1
        return execute(*rest)


def measure(first: int) -> dict[str, dict[str, float]]:
    from django.db import connection

    from lms.people.models import Organisation
    from lms.wsgi import application

    bare, pk = bare_application(), Organisation.objects.order_by("pk")[0].pk
    cpu: dict[str, list[float]] = defaultdict(list)
    queries: dict[str, list[int]] = defaultdict(list)

    def record(name: str, spent: float, statements: int) -> None:
        cpu[name].append(spent)
        queries[name].append(statements)

    for number in range(first, first + WARM):
        play(Direct(application, f"do{number}"), lambda *_: None, {})
    for number in range(first + WARM, first + LEARNERS):
        play(Direct(application, f"do{number}"), record, {})
        plain = Direct(bare, "")
        for _ in range(20):
            plain.get(f"/one-read/{pk}")
            record("one read", plain.cpu[-1], 1)
    if wanted := os.environ.get("PROFILE"):
        profile = cProfile.Profile()
        for number in range(first + LEARNERS, first + LEARNERS + 12):
            play(Direct(application, f"do{number}"), lambda *_: None, {wanted: profile})
        pstats.Stats(profile).sort_stats(os.environ.get("PROFILE_SORT", "cumulative")).print_stats(
            int(os.environ.get("PROFILE_ROWS", "60"))
        )
    connection.close()
    return {name: {"cpu_ms": median(cpu[name]), "statements": max(queries[name])} for name in cpu}


def main() -> None:
    import django

    kept = os.environ.get("PROFILE_VAR", "")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(kept or scratch)
        counter = folder / "next"
        with installation(folder, "lantoa_bench_profile") as site:
            first = int(counter.read_text()) if counter.exists() else 0
            if not first:
                folder.mkdir(parents=True, exist_ok=True)
                prepare(site, 2000 if kept else 50)
            counter.write_text(str(first + LEARNERS + 12))
            os.environ.update(site.environment)
            os.environ["DJANGO_SETTINGS_MODULE"] = "lms.settings"
            django.setup()
            report(measure(first))
            _ = Installation


def report(figures: dict[str, dict[str, float]]) -> None:
    floor = figures["one read"]["cpu_ms"]
    for name, one in figures.items():
        print(
            f"{name:20}{one['cpu_ms']:8.2f} ms{one['cpu_ms'] / floor:7.1f} ×{one['statements']:5.0f} statements"
        )
    page = median(figures[name]["cpu_ms"] for name, _step in STEPS)
    print(f"median page {page:.2f} ms = {page / floor:.1f} × one read")
    print(json.dumps({"bench": "profile", "page_vs_one_read": round(page / floor, 2), "steps": figures}))


if __name__ == "__main__":
    main()
