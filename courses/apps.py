from importlib import import_module

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Tracks, modules, units, blocks and the progress people make in them."""

    name = "courses"
    verbose_name = "Courses"

    def ready(self) -> None:
        import_module("courses.receivers")
