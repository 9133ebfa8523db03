"""What a first visit of H5P content asks of a learner's connection: requests and bytes until one can answer.

Chromium with an empty cache opens each package of LANTOA_H5P_CORPUS on a player host of its own, and
counts until the content stands and no request is under way. Beside it stands what the same libraries
would cost file by file. `python -m bench.h5p_player`; `bench.h5p` adds the figures to its own where
Chromium and packages are.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.servers import ROOT, Server, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MOST_REQUESTS = 12  # of MultiChoice, until one can answer
PREPARE = """
import json
from pathlib import Path
from courses.h5p.actions.packages import import_package
from courses.h5p.player.bundles import bundle_of
from courses.h5p.queries.libraries import facts_of
from courses.h5p.tokens import new_token
from lms.people.models import Role
from lms.shared.actors import SYSTEM
from tests import make
person = make.person("Người đo")
make.grant(person, Role.TRAINER)
found = {{}}
for path in sorted(Path({folder!r}).glob("*.h5p")):
    try:
        with path.open("rb") as file:
            package = import_package(file=file, by=SYSTEM)
    except Exception:
        continue  # its libraries are not here: nothing to play
    parts = [facts_of(load.library) for load in package.loads.select_related("library").order_by("position")]
    loaded = [(facts, {{*facts.preloaded_js, *facts.preloaded_css}}) for facts in parts]
    sizes = [file.size for facts, paths in loaded for file in facts.files if file.path in paths]
    token = new_token(person, package.pk, context="bench", mode="look", language="vi")
    found[path.stem] = {{"token": token, "files": len(sizes), "file_bytes": sum(sizes)}}
print(json.dumps(found))
"""


def player_figures(folder: str) -> dict[str, dict[str, Any]]:
    """Package → requests and bytes of its first visit, and the number and size of its libraries' files."""
    with _host(folder) as (server, packages):
        figures = {}
        for name, facts in packages.items():
            # Not by 127.0.0.1: the policy of the page names the host as the settings do.
            visit = _first_visit(f"http://localhost:{server.port}/h5p/{facts['token']}/")
            figures[name] = {**visit, "files": facts["files"], "file_bytes": facts["file_bytes"]}
    return figures


def too_often(figures: dict[str, dict[str, Any]]) -> int:
    """How many kinds of MultiChoice ask for more than they should."""
    return sum(
        name.startswith("multichoice") and facts["requests"] > MOST_REQUESTS
        for name, facts in figures.items()
    )


def can_measure(folder: str | None) -> bool:
    """Is there a browser, and is there something to play?"""
    return bool(CHROMIUM and folder and any(Path(folder).glob("*.h5p")))


@contextmanager
def _host(folder: str) -> Iterator[tuple[Server, dict[str, Any]]]:
    with tempfile.TemporaryDirectory(prefix="lan-toa-bench-") as var:
        environment = {
            **os.environ,
            "LANTOA_ENV": "development",
            "LANTOA_VAR_DIR": var,
            "LANTOA_LOG_LEVEL": "ERROR",
            "DATABASE_URL": f"sqlite:///{var}/bench.sqlite3",
        }
        _manage(environment, "migrate", "--verbosity", "0")
        packages = json.loads(
            _manage(environment, "shell", "--no-imports", "-c", PREPARE.format(folder=folder))
        )
        with _on_a_port_it_knows(environment) as server:
            yield server, packages


@contextmanager
def _on_a_port_it_knows(environment: dict[str, str]) -> Iterator[Server]:
    """The player host's own address is in its pages, so it must know its port before it has one."""
    from bench import servers

    port = servers.free_port()
    known = {**environment, "LANTOA_ROLE": "player", "LANTOA_PLAYER_URL": f"http://localhost:{port}"}
    original = servers.free_port
    servers.free_port = lambda: port
    try:
        with running(known, workers=1, ready="/healthz") as server:
            yield server
    finally:
        servers.free_port = original


def _first_visit(address: str) -> dict[str, int]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        finished: list[Any] = []
        page.on("requestfinished", lambda request: finished.append(request))
        page.goto(address)
        page.wait_for_selector("html.is-there .h5p-container")
        page.wait_for_load_state("networkidle")
        sizes = [request.sizes() for request in finished]
        scripts = [
            request.sizes()["responseBodySize"]
            for request in finished
            if request.resource_type in {"script", "stylesheet", "document"}
        ]
        browser.close()
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    return {"requests": len(finished), "bytes": total, "code_bytes": sum(scripts)}


def _manage(environment: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def main() -> None:
    folder = os.environ.get("LANTOA_H5P_CORPUS")
    if not folder or not can_measure(folder):
        sys.exit("Chromium and LANTOA_H5P_CORPUS, a folder with packages, are needed.")
    figures = player_figures(folder)
    print(json.dumps({"bench": "h5p_player", "packages": figures}))
    if too_often(figures):
        sys.exit(1)


if __name__ == "__main__":
    main()
