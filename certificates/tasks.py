"""Background work of certificates."""

from django_tasks import task

from certificates.actions.files import keep_pdf
from certificates.models import Certificate
from lms.shared.actors import SYSTEM


@task()
def render_pdf(pk: int) -> None:
    """Draw a certificate before somebody asks for it. Safe to repeat."""
    keep_pdf(certificate=Certificate.objects.get(pk=pk), by=SYSTEM)
