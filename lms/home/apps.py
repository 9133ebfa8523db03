from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Pages that join several apps; no tables."""

    name = "lms.home"
    verbose_name = "Home"
