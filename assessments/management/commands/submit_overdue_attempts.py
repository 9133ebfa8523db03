"""`manage.py submit_overdue_attempts`: submit what the clock has closed. The worker runs it each minute."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.actions.submit import submit_overdue
from lms.shared.actors import SYSTEM


class Command(BaseCommand):
    help = "Submit every attempt whose time is over."

    def handle(self, *args: Any, **options: Any) -> None:
        number = submit_overdue(by=SYSTEM)
        if number or options["verbosity"] > 1:
            self.stdout.write(f"{number} attempts submitted")
