"""Synthetic staff in every province, sign-offs of their lists, and the accounts to sign in with."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.demo.actions.accounts import make_demo_accounts
from lms.demo.actions.sign_offs import make_sign_offs
from lms.demo.actions.staff import make_synthetic_staff
from lms.people.models import Organisation
from lms.shared.actors import SYSTEM


class Command(BaseCommand):
    help = "Make synthetic staff and the demo accounts (safe to repeat; refuses in production)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--staff", type=int, default=4000, help="how many synthetic people (4000)")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Synthetic staff do not belong into a production database.")
        if not Organisation.objects.filter(kind="commune").exists():
            raise CommandError("Load the organisations first: manage.py load_organisations")
        begin = monotonic()
        staff = make_synthetic_staff(number=options["staff"], by=SYSTEM)
        accounts = make_demo_accounts(by=SYSTEM)
        sign_offs = make_sign_offs(by=SYSTEM)
        self.stdout.write(
            f"dữ liệu mẫu: {staff} synthetic staff and {sign_offs} sign-offs added, "
            f"{len(accounts)} demo accounts ({monotonic() - begin:.1f} s)"
        )
        call_command("show_demo_accounts", stdout=self.stdout)
