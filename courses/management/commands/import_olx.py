"""`manage.py import_olx content/c1 …`: bring courses in; run it as often as you like.

Each leaf of the file is counted once: leaves = imported + unchanged + unsupported + kept + refused.
"""

import json
import sys
from collections.abc import Set
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.actions.import_olx import DraftImport, ModuleImport, import_module
from courses.olx.parse import ParsedModule, parse_course
from courses.olx.problems import OlxRefused
from courses.queries.import_preview import preview_import
from courses.xblocks.reporting import kept_unsupported, shown_here
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused


class Command(BaseCommand):
    help = "Import OLX courses (folders, .tar.gz or .zip) and publish what changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
        parser.add_argument("--no-publish", action="store_true", help="leave the result as a draft")
        parser.add_argument("--report", metavar="FILE", help='one JSON line per course; "-" for stdout')

    def handle(self, *, paths: list[Path], dry_run: bool, no_publish: bool, **options: Any) -> None:
        read = self._read if dry_run else partial(self._import, publish=not no_publish)
        lines = [read(path) for path in paths]
        if not dry_run:
            # An exam draws from other courses' banks: what came too early gets a second go.
            lines = [read(Path(line["path"])) if "error" in line else line for line in lines]
        self._report(lines, options["report"])
        failed = [line["path"] for line in lines if "error" in line]
        if failed:
            raise CommandError(f"Not imported: {', '.join(failed)}")

    def _import(self, path: Path, *, publish: bool) -> dict[str, Any]:
        try:
            return {"path": str(path)} | _imported(import_module(path, by=SYSTEM, publish=publish))
        except Refused as refusal:
            return {"path": str(path), "error": refusal.code, "message": str(refusal.message)}

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            return {"path": str(path)} | _read(parse_course(path))
        except OlxRefused as refusal:
            return {"path": str(path), "error": refusal.problem.code, "message": str(refusal)}

    def _report(self, lines: list[dict[str, Any]], target: str | None) -> None:
        if target:
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            sys.stdout.write(text) if target == "-" else Path(target).write_text(text, encoding="utf-8")
            return
        for line in lines:
            if "error" in line:
                self.stderr.write(f"{line['path']}: {line['message']}")
                continue
            counts = [f"{line[name]} {name}" for name in ("leaves", "imported", "unchanged")]
            counts += [f"{len(line[name])} {name}" for name in ("unsupported", "kept", "refused")]
            self.stdout.write(f"{line['module']}: {', '.join(counts)}")
            if draft := line.get("draft"):
                self.stdout.write(f"  drafts: {draft['units']} units, {draft['leaves']} leaves")
            for problem in [*line["refused"], *line.get("draft", {}).get("refused", [])]:
                self.stderr.write(f"  {problem['code']}: {problem['path']} {problem['detail']}")


def _imported(result: ModuleImport) -> dict[str, Any]:
    shown, draft = shown_here(result.keys), result.draft
    return {
        "module": result.module.code,
        "course": result.module.course_key,
        "version": result.version.number,
        "leaves": result.leaves,
        "imported": len(shown & result.new_keys),
        "unchanged": len(shown - result.new_keys),
        "unsupported": kept_unsupported(result.keys),
        "kept": [problem.to_json() for problem in result.kept],
        "published": result.is_published,
        "refused": [problem.to_json() for problem in result.refused],
        "notes": [problem.to_json() for problem in result.notes],
    } | ({"draft": _draft_line(draft, draft.units, draft.new_keys)} if draft else {})


def _draft_line(draft: DraftImport | ParsedModule, units: int, new: Set[str]) -> dict[str, Any]:
    """What came out of `drafts/`, counted by the same rule."""
    shown = shown_here(draft.counted)
    return {
        "units": units,
        "leaves": draft.leaves,
        "imported": len(shown & new),
        "unchanged": len(shown - new),
        "unsupported": kept_unsupported(sorted(draft.counted)),
        "kept": [problem.to_json() for problem in draft.kept],
        "refused": [problem.to_json() for problem in draft.refused],
        "notes": [problem.to_json() for problem in draft.notes],
    }


def _read(parsed: ParsedModule) -> dict[str, Any]:
    """The same for a dry run: what an import would do."""
    preview, shown = preview_import(parsed), shown_here(parsed.bodies)
    return {
        "module": preview.code,
        "course": preview.course_key,
        "leaves": parsed.leaves,
        "imported": len(shown & {*preview.new, *preview.changed}),
        "unchanged": len(shown & {*preview.unchanged}),
        "unsupported": kept_unsupported(parsed.bodies),
        "kept": [problem.to_json() for problem in parsed.kept],
        "removed": preview.to_json()["removed"],
        "published": False,
        "refused": [problem.to_json() for problem in parsed.refused],
        "notes": [problem.to_json() for problem in parsed.notes],
    } | _draft_read(parsed)


def _draft_read(parsed: ParsedModule) -> dict[str, Any]:
    draft = parsed.draft
    if draft is None:
        return {}
    preview = preview_import(draft)
    new = {key for key in (*preview.new, *preview.changed) if parsed.bodies.get(key) != draft.bodies[key]}
    return {"draft": _draft_line(draft, parsed.draft_units, new)}
