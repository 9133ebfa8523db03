"""`manage.py import_h5p FILE…`: take packages in; one JSON line for each. Run it as often as you like."""

import json
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.h5p import host
from courses.h5p.actions.packages import import_package
from courses.h5p.engine.problems import Problem, Rejected
from courses.h5p.errors import Refused
from courses.h5p.models import Package


class Command(BaseCommand):
    help = "Check .h5p files and keep them. Exit status 1 when one is not taken in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", metavar="USERNAME", help="who brings them in; default: the operator")
        parser.add_argument(
            "--libraries", action="store_true", help="install libraries that are on no allow-list, too"
        )
        parser.add_argument(
            "--trust",
            action="append",
            default=[],
            metavar="SHA256",
            help="install this file set although its name is known with another hash",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = self._actor(options["by"])
        lines = [self._line(path, by, options) for path in options["files"]]
        if not all(line["accepted"] for line in lines):
            raise SystemExit(1)

    def _actor(self, username: str | None) -> Any:
        if username is None:
            return host.operator()
        model = get_user_model()
        try:
            return model._default_manager.get_by_natural_key(username)
        except model.DoesNotExist as error:
            raise CommandError(f"There is nobody with the name {username}.") from error

    def _line(self, path: Path, by: Any, options: dict[str, Any]) -> dict[str, Any]:
        line: dict[str, Any] = {"file": path.name, "accepted": False}
        try:
            with path.open("rb") as file:
                package = import_package(
                    file=file,
                    by=by,
                    trusted_anyway=frozenset(options["trust"]),
                    installs_unknown=options["libraries"],
                )
        except Rejected as rejected:
            line["problems"] = [_spoken(problem) for problem in rejected.problems]
        except Refused as refusal:
            line["problems"] = [{"code": refusal.code, "message": str(refusal.message)}]
        except OSError as error:
            line["problems"] = [{"code": "unreadable", "message": str(error)}]
        else:
            line |= {"accepted": True} | _told(package)
        self.stdout.write(json.dumps(line, ensure_ascii=False))
        return line


def _told(package: Package) -> dict[str, Any]:
    return {
        "sha256": package.sha256,
        "title": package.title,
        "main_library": str(package.main_library),
        "libraries": [str(load.library) for load in package.loads.select_related("library")],
        "warnings": [_spoken(Problem(**row)) for row in package.warnings],
    }


def _spoken(problem: Problem) -> dict[str, Any]:
    return {**problem.as_json(), "message": {"vi": problem.message("vi"), "en": problem.message("en")}}
