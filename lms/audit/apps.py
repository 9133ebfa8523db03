from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, when: append-only."""

    name = "lms.audit"
    verbose_name = "Audit"
