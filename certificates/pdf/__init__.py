"""Draw certificates. Plain Python: no Django, no database, no clock, no network.

`render_certificate` turns the frozen facts of one certificate into the bytes of one PDF page. The
same facts always give the same bytes, so a lost file can be made again and compared.
"""

from certificates.pdf.facts import CertificateFacts

__all__ = ["CertificateFacts", "render_certificate", "unprintable_characters"]

# Facts are read on many pages, PDFs are drawn by few processes: ReportLab comes with the first drawing.


def render_certificate(facts: CertificateFacts) -> bytes:
    """The PDF of one certificate."""
    from certificates.pdf.page import render_certificate as draw  # noqa: PLC0415

    return draw(facts)


def unprintable_characters(facts: CertificateFacts) -> str:
    """The characters that would print as boxes, each once; empty when all is well."""
    from certificates.pdf.unprintable import unprintable_characters as found  # noqa: PLC0415

    return found(facts)
