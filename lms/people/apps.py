from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Staff, organisations, duties, roles and sign-in."""

    name = "lms.people"
    verbose_name = "People"
