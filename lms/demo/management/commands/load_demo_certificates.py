"""Certificates of the synthetic staff."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.models import Programme
from lms.demo.actions.certificates import VERSION, make_synthetic_certificates
from lms.demo.queries import synthetic_staff
from lms.shared.actors import SYSTEM


class Command(BaseCommand):
    help = "Enter certificates for a share of the synthetic staff (safe to repeat; refuses in production)"

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Synthetic certificates do not belong into a production database.")
        if not Programme.objects.filter(version=VERSION).exists():
            raise CommandError("Load the programmes first: manage.py load_programmes")
        if not synthetic_staff().exists():
            raise CommandError("Make the synthetic staff first: manage.py load_demo_people")
        begin = monotonic()
        new = make_synthetic_certificates(by=SYSTEM)
        self.stdout.write(f"dữ liệu mẫu: {new} certificates added ({monotonic() - begin:.1f} s)")
