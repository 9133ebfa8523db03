"""Where to sign in, and as whom."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lms.demo.actions.accounts import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Print the demo accounts"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"\n{settings.SITE_URL}  (dữ liệu mẫu; every password: {PASSWORD})\n")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:<18} {account.full_name:<16} {account.shows}")
