"""Draw certificates. Plain Python: no Django, no database, no clock, no network.

`render_certificate` turns the frozen facts of one certificate into the bytes of one PDF page. The
same facts always give the same bytes, so a lost file can be made again and compared.
"""

from certificates.pdf.facts import CertificateFacts
from certificates.pdf.page import SIGNATURE_BOX, render_certificate
from certificates.pdf.unprintable import unprintable_characters
from lms.shared.pdf.qr import UrlTooLong

__all__ = [
    "SIGNATURE_BOX",
    "CertificateFacts",
    "UrlTooLong",
    "render_certificate",
    "unprintable_characters",
]
