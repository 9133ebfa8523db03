"""What certificates tells apps above it."""

from django.dispatch import Signal

# Sent inside the transaction. Arguments: certificate.
certificate_issued = Signal()
certificate_revoked = Signal()
