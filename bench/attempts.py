"""`make bench NAME=attempts`: 200 takers who save and hand in, and a server that is killed under them.

*Saturated*: all 200 save without a pause, ours and the floor in turn, several rounds, each on a server of
two workers. The floor is the same transaction in bare SQL behind the same server and HTTP: see
`bench.floor_attempts_wsgi` for exactly what it does. `answer_vs_floor` is the median of ours ÷ floor in
wall time of a round (aim ≤ 1.67, that is 60 % of the floor's rate); the client is the same for both and
shares the machine with the servers, so the CPU the servers used is given, too.

*Paced*: each saves once in ten seconds, 20 a second together; the time of an answer counts from when it was
due. First undisturbed (p50, p99); then with `kill -9` of a worker and of the whole server. Afterwards the
same saturated, and while all hand in, each twice at once. A supervisor starts what is dead again, as
systemd does. Takers repeat with the same UUID until they are told that it is stored. In the end every
acknowledged answer must stand there once, as it was acknowledged.

`BENCH_QUICK=1`: shorter. DATABASE_URL picks the engine.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench.journey import QUIZ, prepare
from bench.servers import Server, postgres_cpu_ms, quick, running
from bench.takers import Taker, paced, saturated, submitted_twice
from tests.operations.scratch import installation

TAKERS, EVERY = 200, 10.0  # seconds between two answers of a taker
PACED = 12.0 if quick() else 60.0  # seconds
ROUNDS, SAVES = (3, 4) if quick() else (7, 20)
HANDING_IN = 4.0  # seconds within which all hand in
MOST_RATIO = 1.67
FLOOR = "bench.floor_attempts_wsgi"


class Supervised:
    """A server that is started again when it is dead, on the same port."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.server = self._started(None)
        self.restarts = 0

    def _started(self, port: int | None) -> Server:
        server = Server(self.environment, 2, "lms.wsgi", port)
        server.wait("/healthz")
        return server

    async def watch(self) -> None:
        while True:
            await asyncio.sleep(0.2)
            if self.server.process.poll() is not None:
                self.restarts += 1
                self.server = await asyncio.to_thread(self._started, self.server.port)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder), "lantoa_bench_attempts") as site:
        prepare(site, 0)
        made = site.shell(f"from bench.attempts_data import make_takers; make_takers({TAKERS}, {QUIZ!r})")
        facts = json.loads(made.splitlines()[-1])
        ours = Supervised(site.environment)
        try:
            with running(site.environment, workers=2, ready="/ready", application=FLOOR) as floor:
                figures = asyncio.run(play(ours, floor, facts, Path(folder)))
        finally:
            if ours.server.process.poll() is None:
                ours.server.kill()
        checked = site.shell(
            f"from bench.attempts_data import check; check({str(Path(folder) / 'told.json')!r})"
        )
        violations = json.loads(checked.splitlines()[-1])
    report(figures, violations, "postgresql" if "DATABASE_URL" in site.environment else "sqlite")


async def play(ours: Supervised, floor: Server, facts: dict[str, Any], folder: Path) -> dict[str, Any]:
    takers = [Taker(one, ours.server.port, is_floor=False) for one in facts["ours"]]
    plain = [Taker(one, floor.port, is_floor=True) for one in facts["floor"]]
    for crowd in (takers, plain):
        await saturated(crowd, 2)  # warm
    figures = await compare(takers, ours.server, plain, floor)
    _say("→ paced, undisturbed")
    figures["paced"] = await timed(takers, lambda: paced(takers, PACED, EVERY))
    watching = asyncio.create_task(ours.watch())
    _say("→ paced, kill -9 of a worker and of the server")
    killing = asyncio.create_task(kill_both(ours, PACED))
    figures["paced_killed"] = await timed(takers, lambda: paced(takers, PACED, EVERY))
    await killing
    _say("→ saturated, kill -9 of the server")
    killing = asyncio.create_task(kill_after(ours, 1.0))
    figures["saturated_killed"] = await timed(takers, lambda: saturated(takers, SAVES))
    await killing
    _say("→ all hand in twice at once, kill -9 of the server")
    killing = asyncio.create_task(kill_after(ours, HANDING_IN / 2))
    figures["handing_in_killed"] = await timed(takers, lambda: submitted_twice(takers, HANDING_IN))
    await killing
    watching.cancel()
    told = {t.attempt: {"acknowledged": t.acknowledged, "submitted": t.is_submitted} for t in takers}
    (folder / "told.json").write_text(json.dumps(told))
    refused = [words for taker in [*takers, *plain] for words in taker.refused]
    return {
        **figures,
        "acknowledged": sum(len(taker.acknowledged) for taker in takers),
        "repeated": sum(taker.repeated for taker in takers),
        "refused": len(refused),
        "first_refusal": refused[0] if refused else "",
        "restarts": ours.restarts,
    }


async def compare(takers: list[Taker], ours: Server, plain: list[Taker], floor: Server) -> dict[str, Any]:
    """Rounds of ours and the floor in turn."""
    walls: dict[str, list[float]] = {"ours": [], "floor": []}
    cpus: dict[str, list[float]] = {"ours": [], "floor": []}
    sides = {"floor": (plain, floor), "ours": (takers, ours)}
    for number in range(ROUNDS):
        _say(f"→ saturated, round {number + 1} of {ROUNDS}")
        for name, (crowd, server) in sides.items():
            used = server.cpu_ms() + postgres_cpu_ms()
            walls[name].append(await saturated(crowd, SAVES))
            cpus[name].append((server.cpu_ms() + postgres_cpu_ms() - used) / (TAKERS * SAVES))
    ratios = [ours / floor for ours, floor in zip(walls["ours"], walls["floor"], strict=True)]
    return {
        "answer_vs_floor": round(median(ratios), 2),
        "cpu_vs_floor": round(median(cpus["ours"]) / median(cpus["floor"]), 2),
        **{f"{name}_per_second": round(TAKERS * SAVES / median(walls[name]), 1) for name in walls},
        **{f"{name}_cpu_ms": round(median(cpus[name]), 2) for name in cpus},
        "saturated": percentiles(takers),
        "saturated_floor": percentiles(plain),
    }


async def timed(takers: list[Taker], work: Callable[[], Awaitable[Any]]) -> dict[str, float]:
    percentiles(takers)  # forget what was before
    await work()
    return percentiles(takers)


def percentiles(takers: list[Taker]) -> dict[str, float]:
    found = sorted(second for taker in takers for second in taker.take_seconds())
    at = {"p50_ms": 0.5, "p99_ms": 0.99}
    places = {name: min(len(found) - 1, int(len(found) * part)) for name, part in at.items()}
    return {name: round(found[place] * 1000, 1) for name, place in places.items() if found}


async def kill_after(ours: Supervised, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await alive(ours)
    ours.server.kill()


async def kill_both(ours: Supervised, seconds: float) -> None:
    """A worker after a third of the time, the server after two thirds."""
    begin = time.perf_counter()
    await asyncio.sleep(seconds / 3)
    ours.server.kill_worker()
    await asyncio.sleep(max(0.0, begin + seconds * 2 / 3 - time.perf_counter()))
    await alive(ours)
    ours.server.kill()


async def alive(ours: Supervised) -> None:
    """Once the supervisor has brought the server back: what is dead already cannot be killed."""
    while ours.server.process.poll() is not None:
        await asyncio.sleep(0.1)


def report(figures: dict[str, Any], violations: dict[str, int], engine: str) -> None:
    _say(json.dumps(figures, indent=1))
    too_slow = int(figures["answer_vs_floor"] > MOST_RATIO)
    line = {
        "bench": "attempts",
        "ratios": {"answer_vs_floor": figures["answer_vs_floor"], "cpu_vs_floor": figures["cpu_vs_floor"]},
        "violations": {
            **violations,
            "below_60_percent_of_the_floor": too_slow,
            "refused": figures["refused"],
        },
        **figures,
        "takers": TAKERS,
        "engine": engine,
        "quick": quick(),
        "cores": os.cpu_count(),
    }
    print(json.dumps(line))
    if any(line["violations"].values()):
        sys.exit(1)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
