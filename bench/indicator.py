"""`make bench NAME=indicator`: the engine and its statement against hand-written SQL.

Loads 1,000,000 synthetic staff (BENCH_QUICK=1: 100,000) into a scratch database of its own: SQLite,
or a new database on the server of DATABASE_URL when that names PostgreSQL. The floor is the least SQL
that gives the two numbers of the Vietnamese reading, D and N, under the same rules. Ours is what a page
runs: every body and duty, both readings and all companions, made into a report. They take turns;
medians are compared.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit, urlunsplit

QUICK = bool(os.environ.get("BENCH_QUICK"))
NUMBER_OF_PEOPLE = 100_000 if QUICK else 1_000_000
TURNS = 7
DAY = date(2026, 11, 15)

FLOOR = """
WITH RECURSIVE scope (id) AS (
    SELECT id FROM people_organisation
     WHERE kind IN ('ministry', 'ministerial', 'government', 'province')
       AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s)
    UNION ALL
    SELECT o.id FROM scope s JOIN people_organisation o ON o.parent_id = s.id
     WHERE (o.kind IN ('commune', 'unit') OR (o.kind = 'press' AND o.counts_for_b70))
       AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
),
gone AS (
    SELECT person_id, MAX(valid_to) AS last_day FROM people_assignment
     WHERE end_reason IN ('retired', 'deceased', 'dismissed') AND valid_to < %(day)s
       AND recorded_at <= %(known)s AND (retracted_at IS NULL OR retracted_at > %(known)s)
     GROUP BY person_id
)
SELECT COUNT(*), SUM(CASE WHEN st = 1 AND dc = 1 THEN 1 ELSE 0 END)
  FROM (
    SELECT a.person_id,
           MAX(CASE WHEN t.duty = a.duty AND c.covers_st THEN 1 ELSE 0 END) AS st,
           MAX(CASE WHEN t.duty = a.duty AND c.covers_dc THEN 1 ELSE 0 END) AS dc
      FROM people_assignment a
      LEFT JOIN gone g ON g.person_id = a.person_id
      LEFT JOIN (
        SELECT person_id, programme_id, covers_st, covers_dc FROM certificates_certificate
         WHERE issued_at <= %(end)s AND recorded_at <= %(known)s
           AND (expires_at IS NULL OR expires_at > %(end)s)
           AND (revoked_at IS NULL OR revoked_at > %(end)s)
           AND (superseded_at IS NULL OR superseded_at > %(end)s)
           AND level = 'in_depth' AND identity_level IN ('hr', 'eid')
           AND evidence IN ('platform', 'external')
           ) AS c ON c.person_id = a.person_id
      LEFT JOIN courses_programme p ON p.id = c.programme_id
      LEFT JOIN courses_track t ON t.id = p.track_id
     WHERE a.organisation_id IN (SELECT id FROM scope)
       AND a.valid_from <= %(day)s AND (a.valid_to IS NULL OR a.valid_to >= %(day)s)
       AND a.recorded_at <= %(known)s AND (a.retracted_at IS NULL OR a.retracted_at > %(known)s)
       AND (g.last_day IS NULL OR a.valid_from > g.last_day)
     GROUP BY a.person_id
    HAVING MAX(CASE WHEN a.duty_type = 'dedicated'
                      OR (a.duty_type = 'concurrent' AND a.duty <> 'COMM') THEN 1 ELSE 0 END) = 1
       ) AS person
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lan-toa-bench-") as folder:
        given = os.environ.get("DATABASE_URL", "")
        if given.startswith("postgres"):
            with ScratchDatabase(given) as url:
                _run(url)
        else:
            _run(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")


class ScratchDatabase:
    """A PostgreSQL database that exists only while the bench runs."""

    def __init__(self, given: str) -> None:
        self.server = given
        self.name = f"lan_toa_bench_{os.getpid()}"

    def __enter__(self) -> str:
        self._execute(f"CREATE DATABASE {self.name}")
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{self.name}"))

    def __exit__(self, *_error: object) -> None:
        from django.db import connections

        connections.close_all()
        self._execute(f"DROP DATABASE IF EXISTS {self.name}")

    def _execute(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as server:
            server.execute(sql.encode())


def _run(url: str) -> None:
    os.environ |= {"DATABASE_URL": url, "LANTOA_ENV": "test", "DJANGO_SETTINGS_MODULE": "lms.settings"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.indicator_population import fill

    _say(f"Loading {NUMBER_OF_PEOPLE:,} people into a scratch database on {connection.vendor} …")
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    fill(NUMBER_OF_PEOPLE, say=_say)
    loaded = time.perf_counter() - started
    print(json.dumps(_compare() | {"load_s": round(loaded, 1)}))


def _compare() -> dict[str, Any]:
    from django.db import connection

    from lms.indicator.formula import Reading
    from lms.indicator.queries.report import IndicatorReport, compute, moment

    at = moment(DAY, DAY)
    end = connection.ops.adapt_datetimefield_value(at.end_of_day)
    values = {"day": DAY, "end": end, "known": connection.ops.adapt_datetimefield_value(at.known_at)}

    def floor() -> tuple[int, int]:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, values)
            concerned, trained = cursor.fetchone()
        return int(concerned), int(trained)

    def ours() -> IndicatorReport:
        report = compute(at)
        _ = report.counts, report.figure(Reading.STRICT).percent
        return report

    times: dict[str, list[float]] = {"floor": [], "ours": []}
    mismatches = 0
    for turn in range(TURNS + 1):  # the first turn warms the caches and does not count
        expected, floor_s = _timed(floor)
        report, ours_s = _timed(ours)
        figure = report.figure()
        mismatches += expected != (figure.number_concerned, figure.number_trained)
        if turn:
            times["floor"].append(floor_s)
            times["ours"].append(ours_s)
            _say(f"turn {turn}: floor {floor_s:.2f} s, ours {ours_s:.2f} s, ratio {ours_s / floor_s:.2f}")
    medians = {name: median(taken) for name, taken in times.items()}
    ratio = medians["ours"] / medians["floor"]
    _say(f"floor {medians['floor']:.2f} s, ours {medians['ours']:.2f} s, ratio {ratio:.2f} (aim ≤ 1.5)")
    _say(f"D {figure.number_concerned:,}  N {figure.number_trained:,}  {figure.percent} %")
    return {
        "bench": "indicator",
        "ratios": {"engine_vs_sql_floor": round(ratio, 3)},
        "violations": {"count_mismatch": mismatches},
        "engine": connection.vendor,
        "people": NUMBER_OF_PEOPLE,
        "floor_s": round(medians["floor"], 3),
        "ours_s": round(medians["ours"], 3),
        "concerned": figure.number_concerned,
        "trained": figure.number_trained,
        "quick": QUICK,
    }


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
