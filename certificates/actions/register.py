"""Writing in the register: numbers without gaps, lines that stay."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from certificates.models import Certificate, EntryKind, Register, RegisterEntry
from certificates.queries.facts import day_of
from lms.shared.actors import Actor

# Revocations are numbered in a book of their own: else each would leave a gap between certificates.
BOOKS = {EntryKind.ISSUED: "{}", EntryKind.REVOKED: "{}-TH"}


class OpenBook:
    """The year's book, locked for this writer until the transaction ends.

    Because the number taken and the line written share the transaction, a number that was taken
    in vain is free again.
    """

    def __init__(self, kind: EntryKind, at: datetime) -> None:
        name = BOOKS[kind].format(settings.CERTIFICATE_ISSUER["register"])
        row, _new = Register.objects.get_or_create(book=name, year=day_of(at).year)
        self.kind = kind
        # SQLite has no row locks; there our transactions begin with the lock on the whole database.
        self.register = Register.objects.select_for_update().get(pk=row.pk)

    def take(self, count: int = 1) -> range:
        """The next numbers."""
        first = self.register.last_number + 1
        self.register.last_number += count
        self.register.save(update_fields=["last_number"])
        return range(first, first + count)

    def serial(self, number: int) -> str:
        """What is printed: LT-2026-000042."""
        return f"{self.register.book}-{self.register.year}-{number:06d}"

    def write(self, lines: Iterable[tuple[int, Certificate, datetime]], *, by: Actor, note: str = "") -> None:
        """Enter certificates under the numbers taken."""
        RegisterEntry.objects.bulk_create(
            [
                RegisterEntry(
                    register=self.register,
                    number=number,
                    kind=self.kind,
                    certificate=certificate,
                    at=at,
                    by=by.audit_label[:200],
                    note=note,
                )
                for number, certificate, at in lines
            ],
            batch_size=1000,
        )
