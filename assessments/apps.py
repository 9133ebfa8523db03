from importlib import import_module

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Questions, quizzes, attempts and marks."""

    name = "assessments"
    verbose_name = "Assessments"

    def ready(self) -> None:
        import_module("assessments.receivers")
