"""`make bench NAME=blocks`: what it costs that a block answers through a door with checks.

Ours is one call as a browser makes it, through the whole WSGI application in this process: for our own
blocks with session and CSRF token on the site, for framed ones with the signed address on the player
host. Bare is the same work without the door: one transaction, a new runtime with person and module at
hand, the state read, the block's handler by `runtime.handle`, the state written; no HTTP, no middleware,
no permission. Both write the same rows and take turns; medians of CPU time are compared.

A unit of 10 and of 20 native blocks is asked for too, and its statements are counted: when nothing of it
was read before, and again. DATABASE_URL may name PostgreSQL; BENCH_QUICK=1: fewer turns.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.indicator import ScratchDatabase
from bench.profile import Counter, Wsgi, environment

QUICK = bool(os.environ.get("BENCH_QUICK"))
TURNS = 40 if QUICK else 200  # below the limit of calls a minute
WARM = 8
SIZES = (10, 20)
MOST_QUERIES = 12
MOST_TIMES_BARE = 3.0
BACKEND = "django.contrib.auth.backends.ModelBackend"
FRAMED = (
    '<poll url_name="p" private_results="true" max_submissions="0"/>'
    '<drag-and-drop-v2 url_name="d" mode="assessment"/>'
)
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Case:
    """A handler, and two bodies that take turns so that each call changes the learner's state."""

    name: str
    tag: str
    handler: str
    bodies: tuple[str, str]
    kind: str = "application/json"
    suffix: str = ""

    @property
    def is_framed(self) -> bool:
        return self.tag in {"poll", "drag-and-drop-v2"}


CASES = (
    Case("b1", "video", "keep_position", ('{"position": 1}', '{"position": 2}')),
    Case("b2", "quiz", "answer", ("choice=a", "choice=b"), kind=FORM, suffix="b2-1"),
    Case("p", "poll", "vote", ('{"choice": "R"}', '{"choice": "B"}')),
    Case("d", "drag-and-drop-v2", "drop_item", ('{"val": 0, "zone": "top"}', '{"val": 0, "zone": "bottom"}')),
)


class Caller:
    """A browser that sends one request; says the status and the CPU milliseconds."""

    def __init__(self, application: Wsgi, cookies: dict[str, str]) -> None:
        self.application = application
        self.headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        if token := cookies.get("csrftoken"):
            self.headers["X-CSRFToken"] = token

    def ask(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, float, bytes]:
        environ = environment(method, path, body.encode(), kind, self.headers)
        answer: list[str] = []
        began = time.process_time()
        parts = self.application(environ, lambda status, *_rest: answer.append(status))
        page = b"".join(parts)
        parts.close()
        return int(answer[0][:3]), (time.process_time() - began) * 1000, page


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lan-toa-bench-") as folder:
        given = os.environ.get("DATABASE_URL", "")
        if given.startswith("postgres"):
            with ScratchDatabase(given) as url:
                _run(url, Path(folder))
        else:
            _run(f"sqlite:///{Path(folder) / 'bench.sqlite3'}", Path(folder))


def _run(url: str, folder: Path) -> None:
    os.environ |= {
        "DATABASE_URL": url,
        "LANTOA_ENV": "development",
        "LANTOA_VAR_DIR": str(folder),
        "LANTOA_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "lms.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    _report(_measure(folder), connection.vendor)


def _measure(folder: Path) -> dict[str, Any]:
    from django.utils import translation

    from lms.wsgi import application

    with translation.override("vi"):
        pages, calls = _units(application, folder), _calls(application, folder)
    return {"units": pages, "handlers": calls}


def _units(application: Wsgi, folder: Path) -> dict[int, dict[str, int]]:
    """Statements of a unit's page, for each size: the first time in this process and the second."""
    from django.db import connection

    from tests import make, make_courses

    found = {}
    for size in SIZES:
        module = make_courses.module(
            folder / f"unit{size}",
            {"u": make_courses.native_blocks(size, f"u{size}-")},
            code=f"U{size}",
            files=make_courses.NATIVE_FILES,
        )
        learner = make.person(username=f"unit{size}")
        make_courses.enrolment(learner, make_courses.programme(module, code=f"U{size}"))
        caller = Caller(application, cookies_of(learner))
        numbers = []
        for _visit in range(2):
            counter = Counter()
            with connection.execute_wrapper(counter):
                status, _cpu, page = caller.ask("GET", f"/learn/U{size}/u/")
            shown = page.count(b'class="block block-')
            assert (status, shown) == (200, size), (status, shown)
            numbers.append(counter.number)
        found[size] = {"first": numbers[0], "again": numbers[1]}
    return found


def _calls(application: Wsgi, folder: Path) -> dict[str, dict[str, float]]:
    from tests import make, make_courses

    units = {"own": make_courses.native_blocks(10), "framed": FRAMED}
    module = make_courses.module(folder / "calls", units, code="B1", files=make_courses.NATIVE_FILES)
    programme = make_courses.programme(module, code="B1")
    hosts = {False: application, True: player_application()}
    found = {}
    for case in CASES:
        # Two learners: what one is asked for must not lie ready for the other.
        people = [make.person(username=f"{case.tag}{number}") for number in range(2)]
        for person in people:
            make_courses.enrolment(person, programme)
        caller = Caller(hosts[case.is_framed], {} if case.is_framed else cookies_of(people[0]))
        found[case.tag] = _compare(case, caller, module, people[0], people[1])
    return found


def _compare(case: Case, caller: Caller, module: Any, of_ours: Any, of_bare: Any) -> dict[str, float]:
    from courses.models import BlockState

    path = address_of(case, module, of_ours)
    bare = bare_call(case, module, of_bare)
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    for turn in range(TURNS + WARM):
        body = case.bodies[turn % 2]
        status, ours, page = caller.ask("POST", path, body, case.kind)
        assert status in {200, 303}, (case.tag, status, page[:300])
        spent = bare(body)
        if turn >= WARM:
            taken["ours"].append(ours)
            taken["bare"].append(spent)
    written = BlockState.objects.filter(person__in=[of_ours, of_bare], usage_key__endswith=f"@{case.name}")
    revisions = sorted(row.revision for row in written)
    assert revisions == [TURNS + WARM] * 2, revisions  # each call was real work, with and without the door
    return {
        "ours_ms": median(taken["ours"]),
        "bare_ms": median(taken["bare"]),
        "handler_vs_bare": median(taken["ours"]) / median(taken["bare"]),
    }


def address_of(case: Case, module: Any, person: Any) -> str:
    from django.urls import reverse

    from tests.make_courses import usage_key
    from tests.make_frames import token_of

    if case.is_framed:
        return f"/h/{token_of(module, person, case.name, case.tag)}/{case.handler}"
    parts = {"usage_key": usage_key(module, case.name, case.tag), "handler": case.handler}
    return reverse("courses:handler", kwargs=parts | ({"suffix": case.suffix} if case.suffix else {}))


def bare_call(case: Case, module: Any, person: Any) -> Callable[[str], float]:
    """The handler without its door; says the CPU milliseconds."""
    import webob
    from django.db import transaction

    from courses.xblocks.frame_runtime import FrameRuntime
    from courses.xblocks.runtime import PlatformRuntime
    from courses.xblocks.tokens import read_token
    from tests.make_courses import usage_key
    from tests.make_frames import token_of

    key = usage_key(module, case.name, case.tag)
    text = token_of(module, person, case.name, case.tag) if case.is_framed else ""
    token = read_token(text) if text else None

    def call(body: str) -> float:
        began = time.process_time()
        with transaction.atomic():
            runtime = (
                FrameRuntime(text, token, person=person, module=module, is_handling=True)
                if token
                else PlatformRuntime(person=person, module=module, is_handling=True)
            )
            request = webob.Request.blank("/", method="POST")
            request.content_type, request.body = case.kind, body.encode()
            said = runtime.handle(runtime.get_block(key), case.handler, request, case.suffix)
        spent = (time.process_time() - began) * 1000
        assert said.status_code in {200, 303}, said.body
        return spent

    return call


def player_application() -> Wsgi:
    """The player host beside the site in one process: its middleware, its addresses."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
    from django.test.utils import override_settings

    class PlayerRequest(WSGIRequest):
        urlconf = settings.PLAYER_URLCONF

    with override_settings(MIDDLEWARE=settings.PLAYER_MIDDLEWARE):
        handler = WSGIHandler()
    handler.request_class = PlayerRequest
    return handler


def cookies_of(person: Any) -> dict[str, str]:
    """A session of hers as sign-in makes it, and a token for forms."""
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    client = Client()
    client.force_login(person, backend=BACKEND)
    session = next(iter(client.cookies.values()))
    return {session.key: session.value, "csrftoken": _get_new_csrf_string()}


def _report(figures: dict[str, Any], engine: str) -> None:
    units, handlers = figures["units"], figures["handlers"]
    for size, numbers in units.items():
        _say(f"unit of {size} blocks: {numbers['first']} statements, again {numbers['again']}")
    for tag, facts in handlers.items():
        _say(
            f"{tag:18} ours {facts['ours_ms']:.2f} ms, bare {facts['bare_ms']:.2f} ms, "
            f"ratio {facts['handler_vs_bare']:.2f} (aim ≤ {MOST_TIMES_BARE:g})"
        )
    ratios = {f"handler_vs_bare_{tag}": facts["handler_vs_bare"] for tag, facts in handlers.items()}
    violations = {
        "unit_over_12_queries": sum(max(numbers.values()) > MOST_QUERIES for numbers in units.values()),
        "queries_grow_with_blocks": int(units[SIZES[0]] != units[SIZES[-1]]),
        "handler_over_3_times_bare": sum(ratio > MOST_TIMES_BARE for ratio in ratios.values()),
    }
    ratios = {"handler_vs_bare": max(ratios.values()), **ratios}
    last = {
        "bench": "blocks",
        "ratios": {name: round(value, 3) for name, value in ratios.items()},
        "violations": violations,
        "engine": engine,
        "units": units,
        "handlers": {tag: {k: round(v, 3) for k, v in facts.items()} for tag, facts in handlers.items()},
        "turns": TURNS,
        "quick": QUICK,
    }
    print(json.dumps(last))
    if any(violations.values()):
        sys.exit(1)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
