"""What assessments tells apps above it."""

from django.dispatch import Signal

# An attempt was submitted and marked, inside the transaction. Arguments: attempt.
attempt_submitted = Signal()
