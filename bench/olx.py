"""`make bench NAME=olx`: what importing and exporting courses costs, and whether it grows with the blocks.

Courses of 500, 1000, 2000 and 4000 blocks are made (BENCH_QUICK=1: up to 1000) and imported into a scratch
SQLite database, next to our own modules and, where LANTOA_OLX_CORPUS names a folder, the real courses in
it. The floor is the least that gives the same rows: parse each file with bare lxml and write the texts
with one bulk_create. Ours and the floor take turns; medians are compared. CPU seconds, not wall seconds.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

QUICK = bool(os.environ.get("BENCH_QUICK"))
SIZES = (250, 500, 1000) if QUICK else (500, 1000, 2000, 4000)
TURNS = 3
MOST_QUERIES_PER_BLOCK = 2.0
MOST_GROWTH = 1.5  # CPU per block in the largest course against the smallest
CONTENT = Path(__file__).resolve().parent.parent / "content"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lan-toa-bench-") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["LANTOA_VAR_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.MEDIA_ROOT = Path(folder) / "media"
        call_command("migrate", verbosity=0)
        _report(_measure(Path(folder)))


def make_course(folder: Path, code: str, blocks: int) -> Path:
    """A course as Open edX exports it: ten blocks to a unit, two files to a page."""
    for name in ("course", "chapter", "sequential", "vertical", "html", "problem", "static"):
        (folder / name).mkdir(parents=True)
    (folder / "course.xml").write_text(f'<course url_name="r" org="Bench" course="{code}"/>')
    sequentials = []
    for unit in range(0, blocks, 10):
        pointers = []
        for block in range(unit, min(unit + 10, blocks)):
            tag = "problem" if block % 3 == 0 else "html"
            pointers.append(f'<{tag} url_name="b{block}"/>')
            _write_block(folder, tag, f"b{block}")
        inside = "".join(pointers)
        (folder / "vertical" / f"v{unit}.xml").write_text(f'<vertical display_name="U">{inside}</vertical>')
        if unit % 100 == 0:
            sequentials.append((unit, []))  # type: ignore[var-annotated]
        sequentials[-1][1].append(f'<vertical url_name="v{unit}"/>')
    for number, units in sequentials:
        (folder / "sequential" / f"s{number}.xml").write_text(f"<sequential>{''.join(units)}</sequential>")
    chapter = "".join(f'<sequential url_name="s{number}"/>' for number, _ in sequentials)
    (folder / "chapter" / "c.xml").write_text(f'<chapter display_name="C">{chapter}</chapter>')
    (folder / "course" / "r.xml").write_text('<course display_name="B"><chapter url_name="c"/></course>')
    return folder


def _write_block(folder: Path, tag: str, name: str) -> None:
    words = f"<p>{name} " + "những điều cần biết " * 40 + "</p>"
    if tag == "html":
        (folder / "html" / f"{name}.xml").write_text(f'<html filename="{name}" display_name="{name}"/>')
        (folder / "html" / f"{name}.html").write_text(words)
    else:
        (folder / "problem" / f"{name}.xml").write_text(f'<problem display_name="{name}">{words}</problem>')


def _measure(scratch: Path) -> dict[str, Any]:
    courses = {size: make_course(scratch / f"course-{size}", f"B{size}", size) for size in SIZES}
    figures: dict[str, Any] = {"sizes": {}, "courses": {}}
    for size, path in courses.items():
        figures["sizes"][size] = _one_size(path, size)
    for path in _real_courses():
        figures["courses"][path.name.partition(".")[0]] = _one_course(path)
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return figures


def _one_size(path: Path, size: int) -> dict[str, float]:
    """Ours and the floor in turns; what they write is rolled back, for block versions are append-only."""
    from django.db import transaction

    ours, floor, exports, queries = [], [], [], 0
    for _turn in range(TURNS):
        with transaction.atomic():
            floor.append(_cpu(lambda: _floor(path)))
            transaction.set_rollback(True)
        with transaction.atomic():
            seconds, queries = _import(path)
            ours.append(seconds)
            exports.append(_cpu(lambda: _export(f"B{size}")))
            transaction.set_rollback(True)
    return {
        "import_ms_per_block": median(ours) * 1000 / size,
        "floor_ms_per_block": median(floor) * 1000 / size,
        "import_vs_floor": median(ours) / median(floor),
        "export_ms_per_block": median(exports) * 1000 / size,
        "queries_per_block": queries / size,
    }


def _one_course(path: Path) -> dict[str, float]:
    from courses.models import Module
    from courses.olx.parse import parse_course

    parsed = parse_course(path)
    seconds, queries = _import(path)
    module = Module.objects.get(code=parsed.org_course_run[1])
    return {
        "blocks": parsed.leaves,
        "import_seconds": seconds,
        "queries_per_block": queries / parsed.leaves,
        "export_seconds": _cpu(lambda: _export(module.code)),
    }


def _import(path: Path) -> tuple[float, int]:
    from django.db import connection

    from courses.actions.import_olx import import_module
    from lms.shared.actors import SYSTEM

    counter = _Counter()
    with connection.execute_wrapper(counter):
        seconds = _cpu(lambda: import_module(path, by=SYSTEM))
    return seconds, counter.number


def _export(code: str) -> None:
    from courses.actions.export_olx import export_module
    from courses.models import Module
    from lms.shared.actors import SYSTEM

    with tempfile.TemporaryFile() as out:
        export_module(module=Module.objects.get(code=code), by=SYSTEM, to=out)


def _floor(path: Path) -> None:
    """Every XML file parsed, every text hashed and written in one go."""
    import hashlib

    from lxml import etree

    from courses.models import BlockVersion
    from lms.shared import clock

    rows = []
    for tag in ("course", "chapter", "sequential", "vertical"):
        for file in (path / tag).iterdir():
            etree.fromstring(file.read_bytes())
    for tag in ("html", "problem"):
        for file in (path / tag).glob("*.xml"):
            element = etree.fromstring(file.read_bytes())
            if tag == "html":
                element.text = etree.CDATA(file.with_suffix(".html").read_text())
            olx = etree.tostring(element, encoding="unicode")
            rows.append(
                BlockVersion(
                    usage_key=f"block-v1:Bench+F+r+type@{tag}+block@{file.stem}",
                    number=1,
                    block_type=tag,
                    olx=olx,
                    sha256=hashlib.sha256(olx.encode()).hexdigest(),
                    created_at=clock.now(),
                )
            )
    BlockVersion.objects.bulk_create(rows, batch_size=500)


class _Counter:
    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _real_courses() -> list[Path]:
    ours = sorted(path.parent for path in CONTENT.glob("*/course.xml") if path.parent.name != "g-exam")
    given = os.environ.get("LANTOA_OLX_CORPUS")
    return ours + (sorted(Path(given).glob("*.tar.gz")) if given else [])


def _report(figures: dict[str, Any]) -> None:
    sizes = figures["sizes"]
    for size, facts in sizes.items():
        _say(
            f"{size:>5} blocks: import {facts['import_ms_per_block']:.2f} ms a block "
            f"({facts['import_vs_floor']:.1f} x the floor), export {facts['export_ms_per_block']:.2f} ms, "
            f"{facts['queries_per_block']:.3f} queries"
        )
    for name, facts in figures["courses"].items():
        _say(
            f"{name}: {facts['blocks']} blocks, import {facts['import_seconds']:.2f} s CPU, "
            f"{facts['queries_per_block']:.2f} queries a block, export {facts['export_seconds']:.2f} s CPU"
        )
    _say(f"peak memory {figures['peak_mb']} MB")
    smallest, largest = sizes[SIZES[0]], sizes[SIZES[-1]]
    ratios = {
        "import_vs_floor": largest["import_vs_floor"],
        "import_growth": largest["import_ms_per_block"] / smallest["import_ms_per_block"],
        "export_growth": largest["export_ms_per_block"] / smallest["export_ms_per_block"],
    }
    queries = [f["queries_per_block"] for f in (*sizes.values(), *figures["courses"].values())]
    violations = {
        "queries_over_2_per_block": sum(number > MOST_QUERIES_PER_BLOCK for number in queries),
        "growth_over_1_5": sum(ratios[f"{name}_growth"] > MOST_GROWTH for name in ("import", "export")),
    }
    last = {
        "bench": "olx",
        "ratios": {name: round(value, 3) for name, value in ratios.items()},
        "violations": violations,
        "most_queries_per_block": round(max(queries), 3),
        "peak_mb": figures["peak_mb"],
        "sizes": sizes,
        "courses": figures["courses"],
        "quick": QUICK,
    }
    print(json.dumps(last))
    if any(violations.values()):
        sys.exit(1)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
