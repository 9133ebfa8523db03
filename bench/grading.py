"""`make bench NAME=grading`: how fast answers are marked, and how long item analysis takes.

Marking: `grading.mark` on one body of every kind that a machine marks, with right, wrong and partly right
answers, in one process: answers a minute and core, per kind and over all kinds together (as many answers
of each). CPU seconds, the median of several turns. Aim: a million.

Item analysis: 100,000 attempts of ten questions each, drawn from thirty, with marks, answers and steps, in
a scratch database (`BENCH_QUICK=1`: 20,000). What is timed is `make_analysis`: all reading and all
computing, nothing kept. Aim: 5 seconds for 100,000, by the fastest round: the others say what else the
machine was doing. The floor reads the same rows without computing. The figures are checked against sums
over the made answers. DATABASE_URL picks the engine.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from assessments import grading
from assessments.kinds import KINDS
from bench.servers import quick
from tests.assessments.bodies import BODIES
from tests.operations.scratch import Installation, installation

ROUNDS = 5
ANSWERS = 4_000 if quick() else 20_000  # of each kind, in a round
ATTEMPTS = 20_000 if quick() else 100_000
LEAST_A_MINUTE, MOST_SECONDS = 1_000_000, 5.0
# What else learners send, besides the right answer: wrong, partly right, nothing.
WRONG: dict[str, list[tuple[str, ...]]] = {
    "single": [("b",), ("c",), ()],
    "multiple": [("a",), ("a", "c"), ("a", "b", "c", "d")],
    "truefalse": [("false",), ()],
    "matching": [("p1 a", "p2 c"), ("p1 b", "p2 a")],
    "ordering": [("a 2", "b 1", "c 3"), ("a 1",)],
    "text": [("Thăng Long",), ("ở Hà Nội",), ("Huế",)],
    "number": [("9,9",), ("9.7",), ("981",)],
    "cloze": [("g1 b", "g2 sáng", "g3 3"), ("g1 a",)],
    "hotspot": [("east",), ()],
}


def main() -> None:
    rates = marking_rates()
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder), "lantoa_bench_grading") as site:
        measured = analysis_times(site)
        engine = "postgresql" if "DATABASE_URL" in site.environment else "sqlite"
    report(rates, measured, engine)


def marking_rates() -> dict[str, float]:
    """Answers a minute and core, by kind; "all": the kinds in turn."""
    sent = {kind: list(answers(kind)) for kind, found in KINDS.items() if not found.is_marked_by_hand}
    assert sent.keys() == WRONG.keys(), "a kind without answers to mark"
    rates = {
        kind: ANSWERS / median(_mark(kind, found) for _ in range(ROUNDS)) for kind, found in sent.items()
    }
    together = sum(1 / rate for rate in rates.values()) / len(rates)
    return {kind: round(60 * rate) for kind, rate in {**rates, "all": 1 / together}.items()}


def answers(kind: str) -> Iterator[tuple[str, ...]]:
    """The right answer and others in turn, some thousand."""
    choices = [KINDS[kind].right(BODIES[kind]), *WRONG[kind]]
    yield from (choices[number % len(choices)] for number in range(ANSWERS))


def _mark(kind: str, sent: list[tuple[str, ...]]) -> float:
    body, mark = BODIES[kind], grading.mark
    began = time.process_time()
    for answer in sent:
        mark(kind, body, answer)
    return time.process_time() - began


def analysis_times(site: Installation) -> dict[str, Any]:
    _say(f"→ making {ATTEMPTS:,} attempts")
    site.manage("migrate", "--verbosity", "0")
    quiz = site.shell(f"from bench.grading_data import make_attempts; print(make_attempts({ATTEMPTS}))")
    _say("→ analysing them")
    rounds = 2 if quick() else 5
    found = site.shell(f"from bench.grading_data import time_analysis; time_analysis({quiz}, {rounds})")
    return dict(json.loads(found.splitlines()[-1]))


def report(rates: dict[str, float], measured: dict[str, Any], engine: str) -> None:
    for kind, rate in rates.items():
        _say(f"{kind:12}{rate:12,.0f} answers a minute and core")
    seconds, fastest = measured["analysis_seconds"], measured["fastest_seconds"]
    _say(
        f"analysis of {ATTEMPTS:,} attempts ({engine}): median {seconds:.2f} s, fastest {fastest:.2f} s; CPU "
        f"{measured['analysis_cpu']:.2f} s, of which {measured['floor_cpu']:.2f} s reading alone"
    )
    violations = {
        "below_a_million_a_minute": sum(rate < LEAST_A_MINUTE for rate in rates.values()),
        "analysis_too_slow": int(fastest > MOST_SECONDS * ATTEMPTS / 100_000),
        "figures_that_differ": measured["differ"],
    }
    line = {
        "bench": "grading",
        "ratios": {"analysis_vs_reading": round(measured["analysis_cpu"] / measured["floor_cpu"], 2)},
        "violations": violations,
        "answers_per_minute_and_core": rates,
        "attempts": ATTEMPTS,
        **{name: round(value, 2) for name, value in measured.items()},
        "engine": engine,
        "quick": quick(),
        "cores": os.cpu_count(),
    }
    print(json.dumps(line))
    if any(violations.values()):
        sys.exit(1)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
