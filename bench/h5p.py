"""`make bench NAME=h5p`: what judging an H5P package costs, and what a hostile one can make it cost.

The packages are a made one of 300 files and, where LANTOA_H5P_CORPUS names a folder, the real ones in it.
The floor is the least that any importer does: unpack every file and hash it. Ours and the floor take turns;
medians are compared: with libraries on the allow-list and not here yet ("fresh"), with all of them here
("present"), and with libraries nobody has seen ("unknown": every translation and drawing is looked into).
CPU seconds, not wall seconds.

Hostile packages are the samples of the tests with the real limits: each is judged in a process of its own,
which may use two seconds and 64 MB above what it began with, and must leave nothing on disk.
"""

import hashlib
import io
import json
import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, BinaryIO

from bench.h5p_player import can_measure, player_figures, too_often
from courses.h5p.engine.examine import Examined, MemoryInstalled, examine, libraries_in
from courses.h5p.engine.memory import forget_peak, peak_mb
from courses.h5p.engine.policy import Policy, allowed
from courses.h5p.engine.problems import Rejected

QUICK = bool(os.environ.get("BENCH_QUICK"))
TURNS = 5 if QUICK else 15
MOST_RATIO = 3.0
MOST_SECONDS, MOST_MB = 2.0, 64.0
CHUNK = 1 << 18
STRANGERS = Policy(allow=frozenset(), may_install_unknown=True)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lan-toa-bench-") as folder:
        scratch = Path(folder)
        # Made elsewhere: a process that has made large things has room for other large things.
        made = _in_child(lambda: _make_all(scratch))
        hostile = [{**facts, **_alone(scratch, facts["file"])} for facts in made["samples"]]
        peaks = {name: _alone(scratch, file)["mb"] for name, file in made["packages"].items()}
        figures = {name: _package(scratch / file, peaks[name]) for name, file in made["packages"].items()}
    corpus = os.environ.get("LANTOA_H5P_CORPUS")
    _report(figures, hostile, player_figures(corpus) if corpus and can_measure(corpus) else {})


def _make_all(scratch: Path) -> dict[str, Any]:
    """Every package as a file, and what is to be said of it."""
    samples = []
    for number, (name, says, make) in enumerate(_samples()):
        (scratch / f"{number}.h5p").write_bytes(make())
        samples.append({"name": name, "wanted": says.startswith("accepted"), "file": f"{number}.h5p"})
    packages = {}
    for name, content in _packages():
        (scratch / f"{name}.h5p").write_bytes(content)
        packages[name] = f"{name}.h5p"
    return {"samples": samples, "packages": packages}


def _packages() -> Iterator[tuple[str, bytes]]:
    from tests.make_h5p import CARD, make_h5p

    # Three megabytes of what libraries are made of; noise does not pack, repeated words do.
    noise = b"".join(hashlib.sha256(str(number).encode()).digest() for number in range(200))
    script = noise + b"var x = 1;\n" * 300
    yield "made", make_h5p(files={f"{CARD}/js/{n}.js": f"// {n}\n".encode() + script for n in range(300)})
    folder = os.environ.get("LANTOA_H5P_CORPUS")
    for path in sorted(Path(folder).glob("*.h5p")) if folder else ():
        yield path.stem, path.read_bytes()


def _samples() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    from tests.courses.h5p.engine.test_checks import SAMPLES
    from tests.make_h5p_heavy import HEAVY

    for heavy in HEAVY:
        yield heavy.name, heavy.says, heavy.make
    for sample in SAMPLES:
        if not sample.limits and not sample.trusted and sample.installed is None and sample.role != "trainer":
            yield sample.name, " ".join(sample.says), sample.make


def _package(path: Path, peak: float) -> dict[str, Any]:
    content = path.read_bytes()
    libraries = libraries_in(io.BytesIO(content))
    listed = Policy(allow=frozenset(allowed(facts) for facts in libraries))
    ways: dict[str, Callable[[], object]] = {
        "floor": lambda: _floor(content),
        "fresh": lambda: _judged(io.BytesIO(content), MemoryInstalled(), listed),
        "present": lambda: _judged(io.BytesIO(content), MemoryInstalled(libraries), listed),
        "unknown": lambda: _judged(io.BytesIO(content), MemoryInstalled(), STRANGERS),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _turn in range(TURNS):
        for name, work in ways.items():
            seconds[name].append(_cpu(work))
    medians = {name: median(times) for name, times in seconds.items()}
    return {
        "bytes": len(content),
        "accepted": isinstance(_judged(io.BytesIO(content), MemoryInstalled(), listed), Examined),
        **{f"{name}_ms": round(value * 1000, 2) for name, value in medians.items()},
        **{
            f"{name}_vs_floor": round(medians[name] / medians["floor"], 3) for name in ways if name != "floor"
        },
        "mb_above_idle": peak,
    }


def _floor(content: bytes) -> None:
    hashlib.sha256(content).hexdigest()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            digest = hashlib.sha256()
            with archive.open(member) as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)


def _judged(file: BinaryIO, installed: MemoryInstalled, policy: Policy) -> Examined | tuple[str, ...]:
    try:
        return examine(file, installed=installed, policy=policy)
    except Rejected as rejected:
        return tuple(sorted({problem.code for problem in rejected.problems}))


def _alone(scratch: Path, name: str) -> dict[str, Any]:
    """Judged in a process of its own: seconds, megabytes above its start, files left, what came of it."""
    left = len(list(scratch.iterdir()))
    found = _in_child(lambda: _watched(scratch, scratch / name))
    return {**found, "left": len(list(scratch.iterdir())) - left}


def _watched(scratch: Path, path: Path) -> dict[str, Any]:
    tempfile.tempdir = str(scratch)
    os.chdir(scratch)
    with path.open("rb") as file:
        forget_peak()
        idle = peak_mb()
        began = time.process_time()
        outcome = _judged(file, MemoryInstalled(), STRANGERS)
        seconds = time.process_time() - began
    return {
        "bytes": path.stat().st_size,
        "seconds": round(seconds, 3),
        "mb": round(peak_mb() - idle, 1),
        "accepted": isinstance(outcome, Examined),
    }


def _in_child(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a forked process answers; one that dies has crashed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            with os.fdopen(writer, "wb") as out:
                out.write(json.dumps(work()).encode())
        finally:
            os._exit(0)  # whatever happened: the rest of the program is the parent's
    os.close(writer)
    with os.fdopen(reader, "rb") as answers:
        answer = answers.read()
    os.waitpid(child, 0)
    return (
        dict(json.loads(answer)) if answer else {"crashed": True, "seconds": 0.0, "mb": 0.0, "accepted": True}
    )


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _report(
    figures: dict[str, dict[str, Any]], hostile: list[dict[str, Any]], player: dict[str, dict[str, Any]]
) -> None:
    for name, facts in figures.items():
        _say(
            f"{name}: floor {facts['floor_ms']:.1f} ms; fresh {facts['fresh_vs_floor']:.2f} x, present "
            f"{facts['present_vs_floor']:.2f} x, unknown {facts['unknown_vs_floor']:.2f} x; "
            f"{facts['mb_above_idle']} MB above idle"
        )
    for worst in sorted(hostile, key=lambda sample: -sample["seconds"])[:5]:
        _say(f"{worst['name']}: {worst['seconds']:.2f} s, {worst['mb']} MB above idle")
    # A package whose libraries are missing is refused early; that is no import.
    imported = [facts for facts in figures.values() if facts["accepted"]]
    ratios = {
        "import_vs_floor": max(facts["fresh_vs_floor"] for facts in imported),
        "import_present_vs_floor": max(facts["present_vs_floor"] for facts in imported),
        "import_unknown_vs_floor": max(facts["unknown_vs_floor"] for facts in imported),
    }
    violations = {
        "imports_over_3_x_the_floor": sum(ratio > MOST_RATIO for ratio in ratios.values()),
        "hostile_accepted": sum(not one["wanted"] and one["accepted"] for one in hostile),
        "legal_refused": sum(one["wanted"] and not one["accepted"] for one in hostile),
        "over_2_seconds": sum(one["seconds"] > MOST_SECONDS for one in hostile),
        "over_64_mb": sum(one["mb"] > MOST_MB for one in hostile),
        "left_on_disk": sum(one["left"] > 0 for one in hostile),
        "crashed": sum(one.get("crashed", False) for one in hostile),
        "player_asks_too_often": too_often(player),
    }
    last = {
        "bench": "h5p",
        "ratios": ratios,
        "violations": violations,
        "hostile": sum(not one["wanted"] for one in hostile),
        "legal": sum(one["wanted"] for one in hostile),
        "most_seconds": max(one["seconds"] for one in hostile),
        "most_mb_above_idle": max(one["mb"] for one in hostile),
        "packages": figures,
        "player": player,
        "quick": QUICK,
    }
    print(json.dumps(last))
    if any(violations.values()):
        sys.exit(1)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
