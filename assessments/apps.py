from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Questions, quizzes, attempts and marks."""

    name = "assessments"
    verbose_name = "Assessments"
