"""A real server on a database of its own, and Chromium in front of it.

The site is prepared by the same commands as `make demo`, so these tests also try those. Each run
uses a folder (SQLite) or a database (PostgreSQL) that is thrown away.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.operations.scratch import recreate_database

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PASSWORD = "LanToa-2026-demo"
# Two sites and two browsers share two cores: what is right after five seconds alone may take longer here.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium here; install it with: apt-get install chromium")
                )


@dataclass(frozen=True)
class Site:
    """The running server: its address and how to run a management command against it."""

    url: str
    environment: dict[str, str]

    @property
    def player_url(self) -> str:
        """The player host: another name, so that no cookie is shared."""
        host, _colon, port = self.url.rpartition(":")
        return f"{host.replace('127.0.0.1', 'localhost')}:{int(port) + 1}"

    def manage(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout


def free_ports(number: int) -> int:
    """The first of `number` neighbouring free ports; two runs side by side look in different places."""
    first: int = 18000 + os.getpid() % 4000 * 10
    for start in [*range(first, 60000, 10), *range(18000, first, 10)]:
        try:
            for offset in range(number):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", start + offset))
        except OSError:
            continue
        return int(start)
    raise RuntimeError("no free ports")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    port = free_ports(3)
    environment = {
        **os.environ,
        "LANTOA_ENV": "development",
        "LANTOA_DEMO": "1",
        "LANTOA_AXES": "1",
        "LANTOA_LOG_LEVEL": "ERROR",
        "LANTOA_VAR_DIR": str(folder),
        "PORT": str(port),
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if redis := os.environ.get("REDIS_URL", ""):
        environment["REDIS_URL"] = redis_of_this_site(redis)
    postgres = os.environ.get("DATABASE_URL", "")
    name = f"lantoa_browser_{port}"
    if postgres.startswith("postgres"):
        environment["DATABASE_URL"] = recreate_database(postgres, name)
    else:
        environment.pop("DATABASE_URL", None)
    site = Site(f"http://127.0.0.1:{port}", environment)
    for command in (
        ["migrate", "--verbosity", "0"],
        ["load_organisations"],
        ["import_olx", *(str(p.parent) for p in sorted((ROOT / "content").glob("*/course.xml")))],
        ["load_programmes"],
        ["adopt_assets"],
        ["load_demo_people", "--staff", "400"],
        ["load_demo_certificates"],
    ):
        site.manage(*command)
    processes = [
        subprocess.Popen(command, cwd=ROOT, env={**environment, **extra})
        for command, extra in (
            (granian(port), {}),
            (granian(port + 1), {"LANTOA_ROLE": "player"}),
            ([sys.executable, "manage.py", "db_worker", "--interval", "0.2"], {}),
        )
    ]
    try:
        wait_for(f"{site.url}/readyz")
        wait_for(f"{site.player_url}/healthz")
        yield site
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)
        if postgres.startswith("postgres"):
            recreate_database(postgres, name, create=False)


def redis_of_this_site(url: str) -> str:
    """One of Redis's 16 databases: two sites side by side must not share caches and limits."""
    head, _slash, tail = url.rpartition("/")
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return f"{head}/{(int(tail) + 2 + worker) % 16}" if tail.isdecimal() else f"{url}/{2 + worker}"


def granian(port: int) -> list[str]:
    return [
        str(Path(sys.executable).parent / "granian"),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "error"),
        # a keep-alive connection must not hold up stopping
        *("--workers-kill-timeout", "2"),
        "tests.browser.wsgi:application",  # with acid, which tries the runtime
    ]


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 120  # a player host loads every block first; CI machines are slow
    while True:
        try:
            with urlopen(url, timeout=30) as response:
                if response.status == 200:
                    return
        except OSError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.1)


@pytest.fixture(scope="session")
def playwright_() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright_: Playwright) -> Iterator[Browser]:
    assert CHROMIUM, "CI must have Chromium: apt-get install chromium"
    browser = playwright_.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def desktop(browser: Browser, site: Site) -> Iterator[Page]:
    yield from pages(
        browser.new_context(base_url=site.url, locale="vi-VN", viewport={"width": 1280, "height": 900})
    )


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    yield from pages(
        browser.new_context(
            base_url=site.url,
            locale="vi-VN",
            viewport={"width": 390, "height": 844},
            device_scale_factor=2,
            is_mobile=True,
            has_touch=True,
        )
    )


def pages(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test on any script error or any refusal by the CSP."""
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if "Content Security Policy" in m.text else None)
    page.set_default_timeout(15_000)
    yield page
    context.close()
    assert errors == []


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
