from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Commands that run the platform: the schedule, the demo's account list."""

    name = "lms.operations"
