"""The PDF of a certificate: made once from the frozen facts, then kept byte for byte."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from certificates.pdf import CertificateFacts, render_certificate
from certificates.queries.facts import day_of
from lms.audit.actions import record
from lms.shared.actors import Actor
from lms.shared.errors import Refused


def keep_pdf(*, certificate: Certificate, by: Actor) -> bytes:
    """The bytes of the PDF; draws and stores it when nobody did before. Safe to repeat.

    The row names a file only when the file is complete, so no reader meets half of it. Of two
    writers at once the first one's file counts.
    """
    if certificate.pdf:
        return _stored(certificate, by)
    content = render_certificate(CertificateFacts.from_plain(certificate.facts))
    name = default_storage.save(_name(certificate), ContentFile(content))
    facts_of_file = {"pdf": name, "pdf_sha256": _sha256(content), "pdf_size": len(content)}
    if not Certificate.objects.filter(pk=certificate.pk, pdf="").update(**facts_of_file):
        certificate.refresh_from_db(fields=list(facts_of_file))
        if name != certificate.pdf:
            default_storage.delete(name)
        return _stored(certificate, by)
    for field, value in facts_of_file.items():
        setattr(certificate, field, value)
    return content


def _stored(certificate: Certificate, by: Actor) -> bytes:
    """The file as it was issued. A lost or damaged one is drawn again, if it comes out the same."""
    try:
        with default_storage.open(certificate.pdf) as file:
            content: bytes = file.read()
    except OSError:
        content = b""
    if _sha256(content) == certificate.pdf_sha256:
        return content
    content = render_certificate(CertificateFacts.from_plain(certificate.facts))
    if _sha256(content) != certificate.pdf_sha256:
        raise Refused(
            "file-lost",
            _("The file of this certificate is damaged. The programme office must restore it from a backup."),
        )
    default_storage.delete(certificate.pdf)
    default_storage.save(certificate.pdf, ContentFile(content))
    record("certificate.file_restored", certificate, by=by)
    return content


def _name(certificate: Certificate) -> str:
    return f"certificates/{day_of(certificate.issued_at).year}/{certificate.code}.pdf"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
