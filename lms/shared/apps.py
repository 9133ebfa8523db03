from django.apps import AppConfig


class SharedConfig(AppConfig):
    """The only common code; it knows no other app and has no tables."""

    name = "lms.shared"
