"""`manage.py export_olx C1 --to c1.tar.gz`: take courses out as OLX."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.actions.export_olx import export_module
from courses.models import Module
from courses.olx.pack import FORMATS, Format
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused


class Command(BaseCommand):
    help = "Export modules as OLX courses: folders, .tar.gz or .zip. One JSON line per course."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="+", metavar="CODE", help="C1, or all")
        parser.add_argument("--to", required=True, type=Path, help="the file, or the folder for several")
        parser.add_argument("--version", default="draft", help="draft (default), published or a number")
        parser.add_argument("--format", choices=FORMATS, help="else by the name of the file; tar.gz")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # Django's own --version would stand in the way.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def handle(
        self, *, codes: list[str], to: Path, version: str, format: Format | None, **options: Any
    ) -> None:
        if codes == ["all"]:
            codes = list(
                Module.objects.filter(draft__isnull=False).order_by("code").values_list("code", flat=True)
            )
        chosen = format or _format_of(to, len(codes))
        lines = [self._export(code, _place(to, code, chosen, len(codes)), version, chosen) for code in codes]
        for line in lines:
            self.stdout.write(json.dumps(line, ensure_ascii=False))
        failed = [line["module"] for line in lines if "error" in line]
        if failed:
            raise CommandError(f"Not exported: {', '.join(failed)}")

    def _export(self, code: str, to: Path, version: str, format: Format) -> dict[str, Any]:
        module = Module.objects.filter(code=code).first()
        if module is None:
            return {"module": code, "error": "unknown-module", "message": "There is no such module."}
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            done = export_module(module=module, by=SYSTEM, to=to, version=version, format=format)
        except Refused as refusal:
            return {"module": code, "error": refusal.code, "message": str(refusal.message)}
        return {
            "module": code,
            "course": module.course_key,
            "version": done.version.number,
            "path": str(to),
            "blocks": done.blocks,
            "files": done.files,
            "lost": list(done.lost),
        }


def _format_of(to: Path, number: int) -> Format:
    if number == 1:
        if to.name.endswith(".zip"):
            return "zip"
        if not to.name.endswith((".tar.gz", ".tgz")):
            return "folder"
    return "tar.gz"


def _place(to: Path, code: str, format: Format, number: int) -> Path:
    """One course goes exactly to `to`, several into the folder `to`."""
    if number == 1:
        return to
    return to / (code if format == "folder" else f"{code}.{format}")
