"""A database and a media folder of their own, for commands that touch the whole installation."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Installation:
    folder: Path
    environment: dict[str, str]

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=check,
            capture_output=True,
            text=True,
        )

    def shell(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "-c", code).stdout.strip()


@contextmanager
def installation(folder: Path, name: str) -> Iterator[Installation]:
    """An empty installation on the engine of this test run; dropped afterwards."""
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    environment |= {"LANTOA_ENV": "development", "LANTOA_VAR_DIR": str(folder), "LANTOA_LOG_LEVEL": "ERROR"}
    postgres = os.environ.get("DATABASE_URL", "")
    if not postgres.startswith("postgres"):
        environment.pop("DATABASE_URL", None)
        yield Installation(folder, environment)
        return
    environment["DATABASE_URL"] = recreate_database(postgres, name)
    try:
        yield Installation(folder, environment)
    finally:
        recreate_database(postgres, name, create=False)


def recreate_database(url: str, name: str, *, create: bool = True) -> str:
    """Drop the PostgreSQL database `name` beside the one in `url`, and make it empty unless told not to."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        if create:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return url.rsplit("/", 1)[0] + "/" + name
