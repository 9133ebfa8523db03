"""Taking certificates back. The row stays, so that paper in circulation can be checked."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from certificates.actions.register import OpenBook
from certificates.models import Certificate, EntryKind
from certificates.permissions import may_revoke_certificates
from certificates.signals import certificate_revoked
from lms.audit.actions import record
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.fields import clean_line

REASON_LENGTH = 500


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, by: Actor, reason: str) -> Certificate:
    """Revoke a certificate for a reason that everybody who checks it will read. Safe to repeat."""
    if not may_revoke_certificates(by):
        raise Refused("not-allowed", _("Only the programme office revokes certificates."))
    reason = clean_line(reason)
    if not reason:
        raise Refused("reason-missing", _("Enter the reason."))
    if len(reason) > REASON_LENGTH:
        raise Refused("reason-too-long", _("The reason is longer than 500 characters. Shorten it."))
    row = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if row.revoked_at:
        return row
    if row.superseded_at:
        raise Refused("superseded", _("This certificate was replaced. Revoke the newer one."))
    return _take_back(row, reason, by)


def _take_back(certificate: Certificate, reason: str, by: Actor) -> Certificate:
    now = clock.now()
    certificate.revoked_at, certificate.revoked_by = now, by.audit_label[:200]
    certificate.revocation_reason = reason
    certificate.save(update_fields=["revoked_at", "revoked_by", "revocation_reason"])
    book = OpenBook(EntryKind.REVOKED, now)
    [number] = book.take()
    book.write([(number, certificate, now)], by=by, note=reason)
    record("certificate.revoked", certificate, by=by, reason=reason)
    certificate_revoked.send(sender=Certificate, certificate=certificate)
    return certificate
