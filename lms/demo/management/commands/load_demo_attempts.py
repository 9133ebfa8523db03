"""Attempts of the synthetic staff at one quiz."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.demo.actions.attempts import make_synthetic_attempts
from lms.demo.queries import synthetic_staff
from lms.shared.actors import SYSTEM


class Command(BaseCommand):
    help = "Enter attempts of synthetic staff at the quiz of C1 (safe to repeat; refuses in production)"

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Synthetic attempts do not belong into a production database.")
        if not synthetic_staff().exists():
            raise CommandError("Make the synthetic staff first: manage.py load_demo_people")
        begin = monotonic()
        new = make_synthetic_attempts(by=SYSTEM)
        self.stdout.write(f"dữ liệu mẫu: {new} attempts added ({monotonic() - begin:.1f} s)")
