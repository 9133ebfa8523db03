"""What the synthetic staff achieved: certificates, and attempts at one quiz."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.models import Programme
from lms.demo.actions.attempts import make_synthetic_attempts
from lms.demo.actions.certificates import VERSION, make_synthetic_certificates
from lms.demo.queries import synthetic_staff
from lms.shared.actors import SYSTEM


class Command(BaseCommand):
    help = "Enter certificates and attempts of some synthetic staff (safe to repeat; refuses in production)"

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Synthetic certificates do not belong into a production database.")
        if not Programme.objects.filter(version=VERSION).exists():
            raise CommandError("Load the programmes first: manage.py load_programmes")
        if not synthetic_staff().exists():
            raise CommandError("Make the synthetic staff first: manage.py load_demo_people")
        begin = monotonic()
        new = make_synthetic_certificates(by=SYSTEM)
        attempts = make_synthetic_attempts(by=SYSTEM)
        self.stdout.write(
            f"dữ liệu mẫu: {new} certificates added, {attempts} quiz attempts ({monotonic() - begin:.1f} s)"
        )
