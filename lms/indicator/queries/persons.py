"""People one by one: the facts behind the figures, for explanations and lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certificates.models import Certificate
from lms.indicator.formula import (
    CredentialFact,
    DutyFact,
    Explanation,
    Moment,
    OrganisationFact,
    PersonFacts,
    Reading,
    explain,
)
from lms.indicator.queries import statement
from lms.people.models import Assignment, Organisation, Person

LEAST_WEIGHT = {Reading.VI: 2, Reading.STRICT: 3}


@dataclass(frozen=True)
class Line:
    """One person in an organisation's list, as the SQL statement counts her."""

    person_id: int
    organisation_id: int
    is_concerned: bool
    is_trained: bool


def lines_under(top: Organisation, reading: Reading, at: Moment) -> list[Line]:
    """Everybody who stands in an organisation or below it, counted or not, by name."""
    least = LEAST_WEIGHT[reading]
    return [
        Line(person, place, weight >= least, weight >= least and min(science, skills) >= 2)
        for person, place, weight, science, skills, _certificate in statement.people_lines_under(at, top.pk)
    ]


def with_explanations(
    lines: Sequence[Line], reading: Reading, at: Moment
) -> list[tuple[Line, Person, Explanation]]:
    """A few lines with the person and the rules that make her count or not; keeps their order."""
    people = Person.objects.in_bulk([line.person_id for line in lines])
    facts = facts_of(people)
    return [(line, people[line.person_id], explain(facts[line.person_id], reading, at)) for line in lines]


def facts_of(people: Iterable[int]) -> dict[int, PersonFacts]:
    """Duties and credentials of some people in three queries, as the formula wants them."""
    wanted = list(people)
    duties: dict[int, list[DutyFact]] = {pk: [] for pk in wanted}
    credentials: dict[int, list[CredentialFact]] = {pk: [] for pk in wanted}
    rows = Assignment.objects.filter(person__in=wanted).select_related("organisation")
    assignments = list(rows.order_by("pk"))
    organisations = _organisation_facts([row.organisation for row in assignments])
    for row in assignments:
        duties[row.person_id].append(_duty_fact(row, organisations[row.organisation_id]))
    held = Certificate.objects.filter(person__in=wanted).select_related("programme__track")
    for certificate in held.order_by("pk"):
        credentials[certificate.person_id].append(_credential_fact(certificate))
    return {pk: PersonFacts(tuple(duties[pk]), tuple(credentials[pk])) for pk in wanted}


def explanation_for(person: Person, reading: Reading, at: Moment) -> Explanation:
    """Why one person counts or does not."""
    return explain(facts_of([person.pk])[person.pk], reading, at)


def _organisation_facts(organisations: Sequence[Organisation]) -> dict[int, OrganisationFact]:
    """The organisations with all above them, each linked to its parent."""
    above = {int(pk) for row in organisations for pk in row.path.strip("/").split("/") if pk}
    facts: dict[int, OrganisationFact] = {}
    for row in Organisation.objects.filter(pk__in=above).order_by("path"):  # a parent's path comes first
        parent = facts.get(row.parent_id) if row.parent_id else None
        facts[row.pk] = OrganisationFact(row.kind, row.valid_from, row.valid_to, row.counts_for_b70, parent)
    return facts


def _duty_fact(row: Assignment, organisation: OrganisationFact) -> DutyFact:
    return DutyFact(
        organisation=organisation,
        duty=row.duty,
        duty_type=row.duty_type,
        valid_from=row.valid_from,
        recorded_at=row.recorded_at,
        valid_to=row.valid_to,
        end_reason=row.end_reason,
        retracted_at=row.retracted_at,
    )


def _credential_fact(row: Certificate) -> CredentialFact:
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
