"""`make bench NAME=journey`: what a page costs the server, against two floors in the same run.

Journey of one learner: sign in → home → unit → quiz → start → questions with autosaves → look back →
submit → result. Part one plays it step by step for groups of learners, the floors between the steps,
and reads each step's CPU time from /proc. Part two lets many learners run at once and counts.

Ratio `page_vs_one_read` = median CPU of a page of the journey ÷ CPU of a bare Django view with one
primary-key read (no middleware). `BENCH_QUICK=1` takes under two minutes. DATABASE_URL picks the
engine; a scratch folder or database is used and dropped.
"""

import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import quote
from uuid import uuid4

from bench.learner import PASSWORD, Learner
from bench.servers import ROOT, Server, postgres_cpu_ms, quick, running
from tests.operations.scratch import Installation, installation

MODULE, UNIT, QUIZ_UNIT = "C1", "c1-u1", "c1-quiz-unit"
QUIZ = "block-v1:LanToa+C1+2026+type@quiz+block@c1-quiz"
ATTEMPT = re.compile(r"/attempts/(\d+)/(\d+)/")
OPTION = re.compile(r'name="slot-\d+" value="([^"]+)"')
BASE_SEQ = re.compile(r'name="base_seq" value="(\d+)"')
FLOORS = ("static view", "one read")


@dataclass
class Costs:
    """CPU milliseconds per request, one figure per round."""

    server: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)


def prepare(site: Installation, learners: int) -> int:
    """Content, bodies and learners. Returns the primary key the one-read floor asks for."""
    print("→ preparing a scratch installation", flush=True)
    site.manage("migrate", "--verbosity", "0")
    site.manage("load_organisations")
    site.manage("import_olx", *(str(p.parent) for p in sorted((ROOT / "content").glob("*/course.xml"))))
    site.manage("load_programmes")
    site.shell(f"from bench.journey_data import make_learners; make_learners({learners})")
    return int(site.shell("from lms.people.models import Organisation as O; print(O.objects.first().pk)"))


# The journey ----------------------------------------------------------------------------------


def open_sign_in(learner: Learner) -> None:
    learner.get("/accounts/login/")


def sign_in(learner: Learner) -> None:
    learner.post("/accounts/login/", {"login": learner.username, "password": learner.password})
    assert learner.status == 302, learner.status


def home(learner: Learner) -> None:
    learner.get("/")


def unit(learner: Learner) -> None:
    learner.get(f"/learn/{MODULE}/{UNIT}/")


def quiz(learner: Learner) -> None:
    learner.get(f"/quiz/{quote(QUIZ)}/")


def start(learner: Learner) -> None:
    learner.post(f"/quiz/{quote(QUIZ)}/start/", {})
    found = ATTEMPT.search(learner.location)
    assert found, (learner.status, learner.location)
    learner.attempt, learner.position = int(found[1]), 1


def question(learner: Learner) -> None:
    page = learner.get(f"/attempts/{learner.attempt}/{learner.position}/")
    options = OPTION.findall(page)
    base = BASE_SEQ.search(page)
    assert options
    assert base
    learner.answer = {
        "uuid": str(uuid4()),
        "base_seq": int(base[1]),
        "slot": learner.position,
        "answer": {"chosen": [options[0]]},
    }


def autosave(learner: Learner) -> None:
    reply = learner.post_json(
        f"/attempts/{learner.attempt}/save/",
        json.dumps(learner.answer),
    )
    assert learner.status == 200, reply
    learner.position += 1


def look_back(learner: Learner) -> None:
    learner.get(f"/attempts/{learner.attempt}/review/")


def submit(learner: Learner) -> None:
    learner.post(f"/attempts/{learner.attempt}/submit/", {})
    assert learner.status == 302, learner.status


def result(learner: Learner) -> None:
    learner.get(f"/attempts/{learner.attempt}/result/")
    assert learner.status == 200, learner.status


STEPS: list[tuple[str, Callable[[Learner], None]]] = [
    ("sign-in form", open_sign_in),
    ("sign in (Argon2)", sign_in),
    ("home", home),
    ("unit", unit),
    ("quiz rules", quiz),
    ("start", start),
    ("question", question),
    ("autosave", autosave),
    ("look back", look_back),
    ("submit", submit),
    ("result", result),
]
QUESTIONS = 10


def whole_journey(learner: Learner) -> None:
    for name, step in STEPS:
        if name == "question":
            for _ in range(QUESTIONS):
                question(learner)
                autosave(learner)
        elif name != "autosave":
            step(learner)
    learner.close()


# Measuring ------------------------------------------------------------------------------------


def costs_by_step(pages: Server, floor: Server, pk: int, groups: list[list[Learner]]) -> dict[str, Costs]:
    """Play each group through the journey step by step; the floors in between, in the same minute."""
    costs: dict[str, Costs] = {name: Costs() for name in (*FLOORS, *(name for name, _step in STEPS))}
    plain = Learner(floor.port, "", "")
    for number, group in enumerate(groups):
        print(f"→ round {number + 1} of {len(groups)}", flush=True)
        for name, step in STEPS:
            measure(costs[name], pages, partial(play_all, step, group), len(group))
            if name in {"home", "autosave", "result"}:
                measure(costs[FLOORS[0]], floor, lambda: [plain.get("/static-view") for _ in range(60)], 60)
                measure(
                    costs[FLOORS[1]], floor, lambda: [plain.get(f"/one-read/{pk}") for _ in range(60)], 60
                )
    return costs


def play_all(step: Callable[[Learner], None], group: list[Learner]) -> None:
    for learner in group:
        step(learner)


def measure(into: Costs, server: Server, play: Callable[[], object], requests: int) -> None:
    before, database = server.cpu_ms(), postgres_cpu_ms()
    play()
    into.server.append((server.cpu_ms() - before) / requests)
    into.database.append((postgres_cpu_ms() - database) / requests)


def load(server: Server, learners: list[Learner]) -> dict[str, float]:
    """All learners at once: requests per second, latency, attempts per minute."""
    print(f"→ {len(learners)} learners at once", flush=True)
    begin, used = time.perf_counter(), server.cpu_ms()
    with ThreadPoolExecutor(len(learners)) as crowd:
        list(crowd.map(whole_journey, learners))
    seconds = time.perf_counter() - begin
    times = sorted(t for learner in learners for t in learner.times)
    return {
        "learners": len(learners),
        "requests_per_second": round(len(times) / seconds, 1),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
        "attempts_per_minute": round(len(learners) / seconds * 60, 1),
        "cpu_ms_per_request": round((server.cpu_ms() - used) / len(times), 2),
    }


def learners_from(port: int, first: int, number: int) -> list[Learner]:
    return [Learner(port, f"do{i}", PASSWORD) for i in range(first, first + number)]


def main() -> None:
    rounds, size, crowd = (3, 8, 8) if quick() else (7, 12, 32)
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder), "lantoa_bench_journey") as site:
        pk = prepare(site, rounds * size + crowd + 4)
        with (
            running(site.environment, workers=2, ready="/healthz") as pages,
            running(
                site.environment, workers=2, ready="/static-view", application="bench.floor_wsgi"
            ) as floor,
        ):
            for learner in learners_from(pages.port, rounds * size + crowd, 4):
                whole_journey(learner)  # warm templates, caches and connections of both workers
            groups = [learners_from(pages.port, r * size, size) for r in range(rounds)]
            costs = costs_by_step(pages, floor, pk, groups)
            alone = load(pages, learners_from(pages.port, rounds * size, 1))
            busy = load(pages, learners_from(pages.port, rounds * size + 1, crowd - 1))
            memory = pages.memory_mb()
        violations = check(site)
    report(costs, alone, busy, memory, violations, site)


def check(site: Installation) -> dict[str, int]:
    """What must not have happened: attempts left open, answers lost, two open attempts."""
    lost = site.shell(
        "from assessments.models import Attempt, Step; "
        "done = Attempt.objects.filter(state='submitted'); "
        "saved = [Step.objects.filter(attempt=a, kind='answer').count() for a in done]; "
        f"print(sum(n not in (1, {QUESTIONS}) for n in saved), "
        "Attempt.objects.filter(state='open').count())"
    ).split()
    return {"answers_lost": int(lost[0]), "attempts_left_open": int(lost[1])}


def rows(costs: dict[str, Costs]) -> Iterator[tuple[str, float, float]]:
    for name, cost in costs.items():
        yield name, median(cost.server), median(cost.database)


def report(
    costs: dict[str, Costs],
    alone: dict[str, float],
    busy: dict[str, float],
    memory: list[float],
    violations: dict[str, int],
    site: Installation,
) -> None:
    figures = {name: (server, database) for name, server, database in rows(costs)}
    one_read = figures["one read"][0]
    print(f"\n{'CPU ms per request':22}{'server':>9}{'database':>10}{'× one read':>12}")
    for name, (server, database) in figures.items():
        print(f"{name:22}{server:9.2f}{database:10.2f}{server / one_read:12.1f}")
    page = median(figures[name][0] for name, _step in STEPS)
    print(f"\nmedian page {page:.2f} ms = {page / one_read:.1f} × one read ({one_read:.2f} ms)")
    print("alone", alone, "\ntogether", busy, "\nmemory per worker, MB", memory)
    engine = "postgresql" if "DATABASE_URL" in site.environment else "sqlite"
    line = {
        "bench": "journey",
        "ratios": {
            "page_vs_one_read": round(page / one_read, 2),
            "page_vs_static": round(page / figures["static view"][0], 2),
            "busy_p95_vs_alone_p50": round(busy["p95_ms"] / alone["p50_ms"], 2),
        },
        "violations": violations,
        "engine": engine,
        "cpu_ms": {name: round(server, 2) for name, (server, _database) in figures.items()},
        "alone": alone,
        "together": busy,
        "memory_mb": memory,
        "quick": quick(),
        "cores": os.cpu_count(),
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
