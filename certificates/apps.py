from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Certificates, their register and their verification."""

    name = "certificates"
    verbose_name = "Certificates"
