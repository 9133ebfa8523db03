"""What the app tells its host, after the transaction has committed."""

from django.dispatch import Signal

# person_id: int, package_id: int, context: str. Somebody has opened the content.
viewed = Signal()

# person_id: int, package_id: int, context: str, raw: Decimal | None, maximum: Decimal | None,
# is_answered: bool. A result of the whole content, not of a question inside: claimed by the browser and
# clamped to the maximum.
result_recorded = Signal()
