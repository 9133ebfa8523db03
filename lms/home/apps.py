from importlib import import_module

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Pages that join several apps; no tables."""

    name = "lms.home"
    verbose_name = "Home"

    def ready(self) -> None:
        import_module("lms.home.receivers")
