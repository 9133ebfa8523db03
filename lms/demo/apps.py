from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Synthetic staff and accounts for demonstrations; no tables."""

    name = "lms.demo"
    verbose_name = "Demo"
