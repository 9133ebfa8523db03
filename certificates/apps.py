from importlib import import_module

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Certificates, their register and their verification."""

    name = "certificates"
    verbose_name = "Certificates"

    def ready(self) -> None:
        import_module("certificates.receivers")
