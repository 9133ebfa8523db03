"""`manage.py adopt_assets`: list the files of imported modules in the media library."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.actions.media_adopt import adopt_assets
from lms.shared.actors import SYSTEM


class Command(BaseCommand):
    help = "List files of modules in the media library; no byte is copied, safe to repeat."

    def handle(self, **options: Any) -> None:
        number = adopt_assets(by=SYSTEM)
        self.stdout.write(f"{number} files taken over from modules, with what the modules say of them")
