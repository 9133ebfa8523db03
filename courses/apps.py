from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Tracks, modules, units, blocks and the progress people make in them."""

    name = "courses"
    verbose_name = "Courses"
