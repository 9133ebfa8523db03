"""`manage.py export_questions C1 --format qti-3.0 --to bank.zip`: a module's questions for other systems."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.actions.exchange import export_questions
from assessments.exchange.formats import WRITERS
from assessments.exchange.model import LANGUAGES
from assessments.queries.exchange_words import left_out_words
from courses.models import Module
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused


class Command(BaseCommand):
    help = "Write the questions of a module's draft as a file, and report what the format cannot say."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("module", metavar="CODE")
        parser.add_argument("--format", choices=sorted(WRITERS), required=True)
        parser.add_argument("--to", type=Path, metavar="FILE", required=True)
        parser.add_argument(
            "--language", choices=LANGUAGES, default="vi", help="for formats that hold only one"
        )
        parser.add_argument("--only", nargs="+", metavar="NAME", help="names of questions; all if not given")
        parser.add_argument("--report", metavar="FILE", help='one JSON line per question; "-" for stdout')

    def handle(self, *, module: str, to: Path, **options: Any) -> None:
        found = Module.objects.select_related("draft").filter(code__iexact=module).first()
        if found is None:
            raise CommandError(f"There is no module {module}.")
        try:
            written = export_questions(
                module=found,
                format=options["format"],
                language=options["language"],
                names=options["only"],
                by=SYSTEM,
            )
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        to.write_bytes(written.content)
        lines = [
            {"name": p.where, "ok": p.code != "kind-not-written", "left_out": left_out_words(p)}
            for p in written.left_out
        ]
        if target := options["report"]:
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            sys.stdout.write(text) if target == "-" else Path(target).write_text(text, encoding="utf-8")
        else:
            for line in lines:
                self.stderr.write(f"{line['name']}: {line['left_out']}")
