"""Entering certificates of the past in bulk: attested external ones, and synthetic ones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from certificates.actions.register import OpenBook
from certificates.codes import new_code
from certificates.models import Certificate, EntryKind
from certificates.permissions import may_issue_certificates
from certificates.queries.due import number_of_modules
from certificates.queries.facts import day_of, facts_of, last_day
from courses.models import Component, Programme
from lms.audit.actions import record
from lms.people.models import Organisation, Person
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused

BATCH = 500


@dataclass(frozen=True, slots=True)
class PastCertificate:
    """What is known of a certificate earned before or elsewhere."""

    person: Person
    programme: Programme
    organisation: Organisation | None
    issued_at: datetime
    result_percent: Decimal
    evidence: str
    identity_level: str
    expires_on: date | None = None  # None: as the programme says


@transaction.atomic
def enter_past_certificates(*, entries: Iterable[PastCertificate], by: Actor) -> int:
    """Enter certificates in the order of their dates; returns how many are new.

    Whoever holds one of the programme already is passed over, so it is safe to repeat. For
    thousands at once: one audit event in all, no signals, and no file before somebody asks.
    """
    if not may_issue_certificates(by):
        raise Refused("not-allowed", _("Only the programme office issues certificates."))
    held = set(Certificate.objects.values_list("person_id", "programme_id"))
    new: dict[tuple[int, int], PastCertificate] = {}
    for entry in sorted(entries, key=lambda entry: entry.issued_at):
        if (key := (entry.person.pk, entry.programme.pk)) not in held:
            new.setdefault(key, entry)
    for _year, of_year in groupby(new.values(), key=lambda entry: day_of(entry.issued_at).year):
        _enter_year(list(of_year), by)
    if new:
        record("certificate.past_entered", None, by=by, count=len(new))
    return len(new)


def _enter_year(entries: Sequence[PastCertificate], by: Actor) -> None:
    book = OpenBook(EntryKind.ISSUED, entries[0].issued_at)
    numbers = book.take(len(entries))
    certificates = list(_drawn_up(entries, [book.serial(number) for number in numbers]))
    Certificate.objects.bulk_create(certificates, batch_size=BATCH)
    lines = zip(numbers, certificates, (entry.issued_at for entry in entries), strict=True)
    book.write(lines, by=by)


def _drawn_up(entries: Sequence[PastCertificate], serials: Sequence[str]) -> Iterator[Certificate]:
    modules = {p.pk: number_of_modules(p) or p.places.count() for p in {e.programme for e in entries}}
    for entry, serial in zip(entries, serials, strict=True):
        programme, issued_on, code = entry.programme, day_of(entry.issued_at), new_code()
        expires_on = entry.expires_on or last_day(issued_on, programme.valid_months)
        facts = facts_of(
            entry.person,
            programme,
            organisation=entry.organisation,
            number_of_modules=modules[programme.pk],
            result_percent=entry.result_percent,
            issued_at=entry.issued_at,
            expires_on=expires_on,
            serial=serial,
            code=code,
        )
        yield Certificate(
            person=entry.person,
            programme=programme,
            serial=serial,
            code=code,
            level=programme.level,
            components=programme.components,
            covers_st=Component.ST in programme.components,
            covers_dc=Component.DC in programme.components,
            evidence=entry.evidence,
            identity_level=entry.identity_level,
            organisation=entry.organisation,
            facts=facts.to_plain(),
            issued_at=entry.issued_at,
            expires_at=clock.end_of(expires_on) if expires_on else None,
            # A real one becomes known only now; a synthetic past was always known.
            recorded_at=entry.issued_at if entry.person.is_synthetic else clock.now(),
        )
