from django.apps import AppConfig


class IndicatorConfig(AppConfig):
    """The national indicator: 70 % of staff trained."""

    name = "lms.indicator"
    verbose_name = "Indicator"
