from django.apps import AppConfig


class H5PConfig(AppConfig):
    """H5P libraries, packages, and what people did in them."""

    name = "courses.h5p"
    label = "h5p"
    verbose_name = "H5P"
