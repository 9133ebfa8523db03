"""Press agencies from the programme office's list: no public source names them all."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.people.actions.structure import Body, load_structure
from lms.people.models import Organisation, OrganisationKind
from lms.shared.actors import SYSTEM
from lms.shared.fields import clean_line

COLUMNS = ("code", "name", "name_en", "governing_body", "counts_for_b70", "valid_from")
YES_NO = {"yes": True, "có": True, "no": False, "không": False}


class Command(BaseCommand):
    help = f"Load press agencies from a UTF-8 CSV with the columns {', '.join(COLUMNS)} (safe to repeat)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            bodies = list(_bodies(file))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read as UTF-8 text.") from error
        result = load_structure(bodies=bodies, by=SYSTEM)
        self.stdout.write(
            f"{len(bodies)} press agencies: {result.added} added, {result.changed} changed, "
            f"{result.unchanged} unchanged"
        )


def _bodies(file: Path) -> Iterator[Body]:
    """Each row as a body; nothing is loaded when one row is wrong."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = csv.DictReader(opened)
        if set(COLUMNS) - set(rows.fieldnames or ()):
            raise CommandError(f"The first line must name the columns {', '.join(COLUMNS)}.")
        for row in rows:
            yield _body({name: clean_line(row[name] or "") for name in COLUMNS}, rows.line_num)


def _body(row: dict[str, str], line: int) -> Body:
    if not row["code"].startswith("press-") or len(row["code"]) > 32 or not row["name"]:
        raise CommandError(f"Line {line}: a code such as press-sonla and a name are needed.")
    if row["counts_for_b70"].lower() not in YES_NO:
        raise CommandError(f"Line {line}: counts_for_b70 is yes or no.")
    if not Organisation.objects.filter(code=row["governing_body"]).exists():
        raise CommandError(f"Line {line}: there is no governing body {row['governing_body']}.")
    try:
        valid_from = date.fromisoformat(row["valid_from"])
    except ValueError as error:
        raise CommandError(f"Line {line}: valid_from is a day such as 2025-07-01.") from error
    return Body(
        code=row["code"],
        kind=OrganisationKind.PRESS,
        parent=row["governing_body"],
        name=row["name"],
        name_en=row["name_en"],
        short_name=row["name"][:100],
        counts_for_b70=YES_NO[row["counts_for_b70"].lower()],
        valid_from=valid_from,
    )
