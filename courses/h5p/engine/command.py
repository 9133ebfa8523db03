"""`python -m courses.h5p FILE…`: what an import would say to each package, one JSON line for one.

    python -m courses.h5p lesson.h5p                      judged as a library manager's upload
    python -m courses.h5p lesson.h5p --as trainer         as a trainer's: libraries by hash only
    python -m courses.h5p lesson.h5p --installed FOLDER   as if the libraries of FOLDER's packages were here
    python -m courses.h5p --hashes FILE…                  an allow-list of all libraries in the packages

Nothing is written anywhere. Exit status: 0 when every package is accepted, 1 when one is not, 2 when a
file cannot be opened or `--hashes` and `--installed` meet a broken one. `--hashes` writes the form of
engine/trusted.json: name, version and the checksum of the file set, facts without any of the files.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from courses.h5p.engine.examine import Examined, MemoryInstalled, examine, libraries_in
from courses.h5p.engine.libraries import LibraryFacts
from courses.h5p.engine.memory import forget_peak, peak_mb
from courses.h5p.engine.policy import Policy
from courses.h5p.engine.problems import Problem, Rejected

ROLES = {"trainer": False, "library-manager": True}


def run(arguments: Sequence[str], out: TextIO | None = None) -> int:
    """The exit status; one line for each package goes to `out`."""
    out = out or sys.stdout
    options = _parser().parse_args(arguments)
    try:
        return _run(options, out)
    except (OSError, Rejected) as error:  # a refused package where only its libraries were wanted
        print(f"python -m courses.h5p: {error}", file=sys.stderr)
        return 2


def _run(options: argparse.Namespace, out: TextIO) -> int:
    if options.hashes:
        _print(out, hashes(options.files), indent=1)
        return 0
    policy = Policy(may_install_unknown=ROLES[options.role])
    installed = (
        MemoryInstalled(_libraries_below(options.installed)) if options.installed else MemoryInstalled()
    )
    lines = [_judged(path, installed, policy, out) for path in options.files]
    return 0 if all(line["accepted"] for line in lines) else 1


def hashes(paths: Iterable[Path]) -> list[dict[str, str]]:
    """Name, version and checksum of every library in the packages, each once."""
    found: set[tuple[str, str, str]] = set()
    for path in paths:
        with path.open("rb") as file:
            found.update((f.name.machine_name, f.version, f.sha256) for f in libraries_in(file))
    return [{"name": name, "version": version, "sha256": sha256} for name, version, sha256 in sorted(found)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m courses.h5p",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--installed", type=Path, metavar="FOLDER", help="packages whose libraries are here")
    parser.add_argument("--as", dest="role", choices=sorted(ROLES), default="library-manager")
    parser.add_argument("--hashes", action="store_true", help="print an allow-list instead")
    return parser


def _libraries_below(folder: Path) -> list[LibraryFacts]:
    found: list[LibraryFacts] = []
    for path in sorted(folder.glob("*.h5p")):
        with path.open("rb") as file:
            found.extend(libraries_in(file))
    return found


def _judged(path: Path, installed: MemoryInstalled, policy: Policy, out: TextIO) -> dict[str, Any]:
    forget_peak()
    began = time.perf_counter()
    line: dict[str, Any] = {
        "file": path.name,
        "accepted": False,
        "problems": [],
        "warnings": [],
        "libraries": [],
    }
    with path.open("rb") as file:
        try:
            examined = examine(file, installed=installed, policy=policy)
        except Rejected as rejected:
            line["problems"] = [_spoken(problem) for problem in rejected.problems]
        else:
            line["accepted"] = True
            line["title"], line["max_score"] = examined.manifest.title, examined.max_score
            line["warnings"] = [_spoken(problem) for problem in examined.warnings]
            line["libraries"] = [_library(facts, examined, policy) for facts in examined.libraries]
    line["peak_memory_mb"] = peak_mb()
    line["seconds"] = round(time.perf_counter() - began, 3)
    _print(out, line)
    return line


def _spoken(problem: Problem) -> dict[str, Any]:
    return {**problem.as_json(), "message": {"vi": problem.message("vi"), "en": problem.message("en")}}


def _library(facts: LibraryFacts, examined: Examined, policy: Policy) -> dict[str, Any]:
    in_package = facts.sha256 in {packaged.sha256 for packaged in examined.packaged}
    trust = "allow-listed" if policy.allows(facts) else "unknown"
    if facts.name not in {new.name for new in examined.new_libraries}:
        trust = "installed"
    return {
        "name": facts.name.machine_name,
        "version": facts.version,
        "sha256": facts.sha256,
        "in_package": in_package,
        "trust": trust,
    }


def _print(out: TextIO, value: Any, indent: int | None = None) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent), file=out, flush=True)
