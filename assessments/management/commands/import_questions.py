"""`manage.py import_questions PATH… --module C1`: questions of other systems into a module's bank.

Without `--module`, or with `--dry-run`, the files are read and reported and nothing is written.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.actions.exchange import import_questions
from assessments.exchange.formats import FORMATS, read
from assessments.exchange.model import LANGUAGES, Problem, ReadQuestion, Unreadable
from assessments.exchange.opening import read_limited
from assessments.queries.exchange import Candidate, State, candidates, drafted_questions
from assessments.queries.exchange_words import file_words, note_words, reason_words
from courses.models import Module
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused

Line = dict[str, Any]


class Command(BaseCommand):
    help = "Read questions (GIFT, Aiken, Moodle XML, QTI 2.1 to 3.0, CSV, XLSX, OLX) into a module's bank."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders of files")
        parser.add_argument(
            "--format", choices=sorted(FORMATS), default="", help="told by the content if not given"
        )
        parser.add_argument("--language", choices=LANGUAGES, default="vi", help="of texts that do not say")
        parser.add_argument("--module", metavar="CODE", help="the module whose bank takes the questions")
        parser.add_argument("--replace", action="store_true", help="write over questions that changed")
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
        parser.add_argument("--report", metavar="FILE", help='one JSON line per question; "-" for stdout')

    def handle(self, *, paths: list[Path], **options: Any) -> None:
        module = self._module(options["module"])
        writes = module is not None and not options["dry_run"]
        lines: list[Line] = []
        unread = []
        for path in _files(paths):
            try:
                found = read(
                    read_limited(path), name=path.name, format=options["format"], language=options["language"]
                )
            except Unreadable as unreadable:
                unread.append(str(path))
                lines.append(_file_line(path, unreadable.problem))
                continue
            lines += [_file_line(path, problem) for problem in found.problems]
            lines += self._taken(path, list(found.questions), module, writes, options["replace"])
        self._report(lines, options["report"])
        if not writes:
            self.stderr.write(
                "Read only: nothing was written. Give --module CODE, without --dry-run, to import."
            )
        if unread:
            raise CommandError(f"Not read: {', '.join(unread)}")

    def _module(self, code: str | None) -> Module | None:
        if not code:
            return None
        module = Module.objects.select_related("draft").filter(code__iexact=code, draft__isnull=False).first()
        if module is None:
            raise CommandError(f"There is no module {code} with content.")
        return module

    def _taken(
        self, path: Path, questions: list[ReadQuestion], module: Module | None, writes: bool, replaces: bool
    ) -> list[Line]:
        """The lines of one file, each with what became of its question."""
        if module is None:
            return [_line(path, question) for question in questions]
        found = candidates(drafted_questions(module), questions)
        if not writes:
            return [_line(path, one.read, one) for one in found]
        sound = [question for question in questions if question.is_sound]
        try:
            done = import_questions(
                module=module, questions=sound, by=SYSTEM, replacing=lambda _one: replaces
            )
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        module.refresh_from_db()
        return [_line(path, one.read, one, replaced=one.name in done.replaced) for one in found]

    def _report(self, lines: list[Line], target: str | None) -> None:
        if target:
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            sys.stdout.write(text) if target == "-" else Path(target).write_text(text, encoding="utf-8")
            return
        for line in lines:
            said = "ok" if line["ok"] else line["reason"]
            self.stdout.write(f"{line['file']}:{line['where']} {line['name']} {line['type']}: {said}")
        self.stdout.write(f"{sum(line['ok'] for line in lines)} of {len(lines)} read")


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                one for one in path.rglob("*") if one.is_file() and not one.name.startswith(".")
            )
        elif path.is_file():
            yield path
        else:
            raise CommandError(f"There is no file {path}.")


def _line(
    path: Path, question: ReadQuestion, one: Candidate | None = None, *, replaced: bool = False
) -> Line:
    stem = next((text for text in question.body.get("stem", {}).values() if text), "")
    line: Line = {
        "file": path.name,
        "where": question.where,
        "name": question.name or stem[:80],
        "type": question.kind or question.type,
        "from": question.type,
        "ok": question.is_sound,
    }
    if question.reason is not None:
        return line | {"code": question.reason.code, "reason": reason_words(question.reason)}
    if one is not None:
        line |= {"question": one.name, "state": "replaced" if replaced else str(State(one.state))}
    return line | ({"notes": [note_words(note) for note in question.notes]} if question.notes else {})


def _file_line(path: Path, problem: Problem) -> Line:
    return {
        "file": path.name,
        "where": problem.path,
        "name": path.name,
        "type": "file",
        "ok": False,
        "code": problem.code,
        "reason": file_words(problem),
    }
