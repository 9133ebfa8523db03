"""`manage.py run_schedule`: puts recurring jobs in the queue when they are due."""

import logging
import signal
from threading import Event
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Put the jobs of settings.SCHEDULE in the queue, each at its interval, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        due = dict.fromkeys(settings.SCHEDULE, monotonic())
        while not stop.is_set():
            for path, seconds in settings.SCHEDULE.items():
                if monotonic() >= due[path]:
                    due[path] = monotonic() + seconds
                    self.enqueue(path)
            stop.wait(1)

    def enqueue(self, path: str) -> None:
        """A failure (database away for a moment) is logged; the next round tries again."""
        close_old_connections()
        try:
            import_string(path).enqueue()
        except Exception:
            logger.exception("could not queue %s", path)
