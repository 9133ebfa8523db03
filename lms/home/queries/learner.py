"""What a learner's start page joins: staff record, programme, progress, certificates, the indicator's rules.

Eleven queries with session and person; thirteen where neither her masthead nor the modules are kept yet;
one more for a unit of a unit of a commune, and one for who meets drafts; however many duties, modules
and certificates there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.queries.start_page import QuizNews, quiz_news
from certificates.models import Certificate
from courses.models import Enrolment
from courses.queries.progress import ProgrammeProgress, programme_progress
from lms.home.queries.indicator_facts import facts_of
from lms.home.queries.rows import certificates_of, enrolments_of, records_of
from lms.indicator.formula import KINDS_BELOW, Explanation, Moment, Reading, explain
from lms.people.models import Assignment, Organisation, Person
from lms.shared import clock


@dataclass(frozen=True)
class LearnerHome:
    """One person's start page, as facts."""

    person: Person
    at: Moment
    duties: tuple[Assignment, ...]  # held today, the main one first
    enrolments: tuple[Enrolment, ...]  # the one for the main duty first
    progress: ProgrammeProgress | None  # on the first of them
    certificates: tuple[Certificate, ...]  # the newest first
    counted: Explanation
    counted_strictly: Explanation
    quizzes: QuizNews

    @property
    def enrolment(self) -> Enrolment | None:
        return self.enrolments[0] if self.enrolments else None

    @property
    def duty(self) -> Assignment | None:
        """The duty behind the programme that is shown, else the main one."""
        return next(iter(self._duties_behind), self.duties[0] if self.duties else None)

    @property
    def _duties_behind(self) -> list[Assignment]:
        track = self.enrolment.programme.track.duty if self.enrolment else ""
        return [duty for duty in self.duties if duty.duty == track]

    @property
    def certificate(self) -> Certificate | None:
        """The last one of the programme that is shown, whatever became of it."""
        wanted = self.enrolment.programme_id if self.enrolment else None
        return next((c for c in self.certificates if c.programme_id == wanted), None)

    @property
    def is_certified(self) -> bool:
        """Holds a certificate of that programme in force, also one earned elsewhere or before."""
        return self.certificate is not None and self.certificate.status_at(clock.now()) == "valid"


def learner_home(person: Person, at: Moment) -> LearnerHome:
    """Everything the page says about a person at a moment."""
    records = staff_records(person)
    duties = tuple(record for record in records if _is_held(record, at.day))
    enrolments = _main_first(enrolments_of(person), duties)
    certificates = tuple(certificates_of(person))
    facts = facts_of(records, certificates)
    return LearnerHome(
        person=person,
        at=at,
        duties=duties,
        enrolments=enrolments,
        progress=programme_progress(person, enrolments[0].programme) if enrolments else None,
        certificates=certificates,
        counted=explain(facts, Reading.VI, at),
        counted_strictly=explain(facts, Reading.STRICT, at),
        quizzes=quiz_news(person, at=clock.now()),
    )


def staff_records(person: Person) -> list[Assignment]:
    """Every duty on a person's record with all organisations above it."""
    return _with_all_above(records_of(person))


def _with_all_above(records: list[Assignment]) -> list[Assignment]:
    """Fetch, in one query, the body of an organisation that stands more than two steps below it."""
    tops = [top for record in records if (top := _third(record.organisation)) and top.kind in KINDS_BELOW]
    if tops:
        ids = {int(part) for top in tops for part in top.path.split("/") if part}
        above = Organisation.objects.in_bulk(ids)
        for organisation in (*above.values(), *tops):
            if organisation.parent_id:
                organisation.parent = above[organisation.parent_id]
    return records


def _third(organisation: Organisation) -> Organisation | None:
    return organisation.parent.parent if organisation.parent else None


def _is_held(record: Assignment, day: date) -> bool:
    return record.valid_from <= day and (record.valid_to is None or record.valid_to >= day)


def _main_first(enrolments: Iterable[Enrolment], duties: Sequence[Assignment]) -> tuple[Enrolment, ...]:
    """By duty before by choice, in the order of the person's duties."""
    order = {duty.duty: place for place, duty in reversed(list(enumerate(duties)))}
    last = len(order)
    return tuple(
        sorted(enrolments, key=lambda row: (row.rule != "duty", order.get(row.programme.track.duty, last)))
    )
