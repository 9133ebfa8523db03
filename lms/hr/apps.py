from django.apps import AppConfig


class HrConfig(AppConfig):
    """What human-resources officers do: certificate records and their exports."""

    name = "lms.hr"
    verbose_name = "Hr"
