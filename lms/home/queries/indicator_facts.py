"""One person's rows as the indicator's formula reads them."""

from collections.abc import Iterable

from certificates.models import Certificate
from lms.indicator.formula import CredentialFact, DutyFact, OrganisationFact, PersonFacts
from lms.people.models import Assignment, Organisation


def facts_of(records: Iterable[Assignment], certificates: Iterable[Certificate]) -> PersonFacts:
    """Duties and certificates, without another query: organisations must come with those above."""
    return PersonFacts(
        duties=tuple(_duty(record) for record in records),
        credentials=tuple(_credential(certificate) for certificate in certificates),
    )


def _duty(record: Assignment) -> DutyFact:
    return DutyFact(
        organisation=_organisation(record.organisation),
        duty=record.duty,
        duty_type=record.duty_type,
        valid_from=record.valid_from,
        valid_to=record.valid_to,
        end_reason=record.end_reason,
        recorded_at=record.recorded_at,
        retracted_at=record.retracted_at,
    )


def _organisation(row: Organisation) -> OrganisationFact:
    return OrganisationFact(
        kind=row.kind,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        counts=row.counts_for_b70,
        parent=_organisation(row.parent) if row.parent is not None else None,
    )


def _credential(row: Certificate) -> CredentialFact:
    return CredentialFact(
        duty=row.programme.track.duty,
        level=row.level,
        covers_st=row.covers_st,
        covers_dc=row.covers_dc,
        evidence=row.evidence,
        identity_level=row.identity_level,
        issued_at=row.issued_at,
        recorded_at=row.recorded_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        superseded_at=row.superseded_at,
    )
