"""`manage.py load_programmes`: tracks, announced modules and programmes from the repository."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from courses.actions.programmes import load_programmes
from lms.shared.actors import SYSTEM


class Command(BaseCommand):
    help = "Make the tracks, modules and programmes of content/programmes.json; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        default = settings.BASE_DIR / "content" / "programmes.json"
        parser.add_argument("path", nargs="?", type=Path, default=default)

    def handle(self, *, path: Path, **options: Any) -> None:
        listed = json.loads(path.read_text(encoding="utf-8"))
        programmes = load_programmes(listed=listed, by=SYSTEM)
        self.stdout.write(f"{len(programmes)} programmes, {len(listed['modules'])} modules")
