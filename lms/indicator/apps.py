from importlib import import_module

from django.apps import AppConfig


class IndicatorConfig(AppConfig):
    """The national indicator: 70 % of staff trained."""

    name = "lms.indicator"
    verbose_name = "Indicator"

    def ready(self) -> None:
        import_module("lms.indicator.receivers")
