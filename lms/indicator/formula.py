"""The indicator B70 as rules and whole numbers. Plain Python, no database.

This is definition 1.0 read person by person: what it says about a few people, the SQL statement in
`queries` must say about a million. Tests hold the two together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

DEFINITION_VERSION = "1.0"
GOAL_NUMERATOR, GOAL_DENOMINATOR = 7, 10  # 70 %: met when 10·N ≥ 7·D
SMALLEST_CELL = 5  # a cell with fewer people is hidden outside HR of that body
SIGN_OFF_MONTHS = 6
NEW_DAYS = 90

BODY_KINDS = ("ministry", "ministerial", "government", "province")
KINDS_BELOW = ("commune", "unit", "press")
LEAVING_REASONS = ("retired", "deceased", "dismissed")
IDENTITY_CHECKED = ("hr", "eid")
EVIDENCE_CLASSES = ("platform", "external")


class Reading(StrEnum):
    """Who must be dedicated (chuyên trách): brief 1.3-b."""

    VI = "vi"  # communication staff only; the default
    STRICT = "strict"  # all three groups


@dataclass(frozen=True)
class Figure:
    """D people concerned and N of them trained."""

    number_concerned: int
    number_trained: int

    @property
    def is_empty(self) -> bool:
        return self.number_concerned == 0

    @property
    def is_met(self) -> bool:
        """In whole numbers, so that no rounding decides. Nobody concerned: neither met nor missed."""
        d, n = self.number_concerned, self.number_trained
        return d > 0 and GOAL_DENOMINATOR * n >= GOAL_NUMERATOR * d

    @property
    def tenths(self) -> int | None:
        """The rate in tenths of a percent, rounded down: 699 is the most a missed goal can show."""
        if self.is_empty:
            return None
        return 1000 * self.number_trained // self.number_concerned

    @property
    def percent(self) -> float | None:
        """The rate with one decimal, rounded down; None when nobody is concerned."""
        return None if self.tenths is None else self.tenths / 10

    @property
    def number_missing(self) -> int:
        """How many more people must be trained: ⌈0.7·D⌉ − N, never below zero."""
        needed = -(-GOAL_NUMERATOR * self.number_concerned // GOAL_DENOMINATOR)
        return max(0, needed - self.number_trained)

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(
            self.number_concerned + other.number_concerned, self.number_trained + other.number_trained
        )


def rows_to_hide(sizes: Sequence[int]) -> set[int]:
    """Which rows of a published table hide their figures.

    Those with 1 to 4 people, and, while the hidden ones could still be worked out from the total,
    the smallest of the others too.
    """
    hidden = {i for i, size in enumerate(sizes) if 0 < size < SMALLEST_CELL}
    others = sorted((size, i) for i, size in enumerate(sizes) if size >= SMALLEST_CELL)
    while hidden and others and (len(hidden) < 2 or sum(sizes[i] for i in hidden) < SMALLEST_CELL):
        hidden.add(others.pop(0)[1])
    return hidden


def is_recent(signed_on: date | None, day: date) -> bool:
    """Was the staff list signed off at most six months before `day`?"""
    return signed_on is not None and months_before(day, SIGN_OFF_MONTHS) <= signed_on <= day


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last one that month has."""
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


# One person ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """Both times of a figure: `day` with its last instant, and what was known at `known_at`."""

    day: date
    end_of_day: datetime
    known_at: datetime


@dataclass(frozen=True)
class OrganisationFact:
    """A body and what it belongs to."""

    kind: str
    valid_from: date
    valid_to: date | None = None
    counts: bool = True  # press agencies: brief 1.3-f
    parent: "OrganisationFact | None" = None

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    def belongs_on(self, day: date) -> bool:
        """A ministry, agency or province, or a commune, unit or counted press agency of one."""
        if not self.exists_on(day):
            return False
        step: OrganisationFact | None = self
        while step is not None and step.kind in KINDS_BELOW:
            if step.kind == "press" and not step.counts:
                return False
            step = step.parent
        return step is not None and step.kind in BODY_KINDS and step.exists_on(day)


@dataclass(frozen=True)
class DutyFact:
    organisation: OrganisationFact
    duty: str  # COMM | GRASS | FOREIGN
    duty_type: str  # dedicated | concurrent | propagandist
    valid_from: date
    recorded_at: datetime
    valid_to: date | None = None
    end_reason: str = ""
    retracted_at: datetime | None = None

    def is_known(self, at: Moment) -> bool:
        return self.recorded_at <= at.known_at and (
            self.retracted_at is None or self.retracted_at > at.known_at
        )

    def is_held(self, at: Moment) -> bool:
        return self.valid_from <= at.day and (self.valid_to is None or self.valid_to >= at.day)

    def counts(self, reading: Reading) -> bool:
        """Does the kind of duty make its holder part of the target group?"""
        if self.duty_type == "dedicated":
            return True
        return reading is Reading.VI and self.duty_type == "concurrent" and self.duty != "COMM"


@dataclass(frozen=True)
class CredentialFact:
    duty: str  # whom the track is for
    level: str  # in_depth | basic
    covers_st: bool
    covers_dc: bool
    evidence: str
    identity_level: str
    issued_at: datetime
    recorded_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    superseded_at: datetime | None = None

    def is_valid(self, at: Moment) -> bool:
        if self.issued_at > at.end_of_day or self.recorded_at > at.known_at:
            return False
        if self.expires_at is not None and self.expires_at <= at.end_of_day:
            return False
        # A revocation is recorded when it happens: what nobody knew yet does not count.
        told = min(at.end_of_day, at.known_at)
        ends = (self.revoked_at, self.superseded_at)
        return all(end is None or end > told for end in ends)


@dataclass(frozen=True)
class PersonFacts:
    duties: tuple[DutyFact, ...]
    credentials: tuple[CredentialFact, ...]


class Rule(StrEnum):
    """The rules of definition 1.0 in the order in which they are asked."""

    ORGANISATION = "organisation"
    IN_SERVICE = "in-service"
    DUTY = "duty"
    VALID = "valid"
    IDENTITY = "identity"
    LEVEL = "level"
    EVIDENCE = "evidence"
    TRACK = "track"
    SKILLS = "skills"
    SCIENCE = "science"


@dataclass(frozen=True)
class Explanation:
    """Each rule with its answer. A rule is None when an earlier one leaves nothing to ask about."""

    rules: tuple[tuple[Rule, bool | None], ...]

    @property
    def is_concerned(self) -> bool:
        """In D."""
        return all(answer for rule, answer in self.rules if rule in CONCERNED_RULES)

    @property
    def is_trained(self) -> bool:
        """In D and in N."""
        return all(answer for _rule, answer in self.rules)

    @property
    def first_failure(self) -> Rule | None:
        return next((rule for rule, answer in self.rules if not answer), None)


CONCERNED_RULES = (Rule.ORGANISATION, Rule.IN_SERVICE, Rule.DUTY)


def explain(person: PersonFacts, reading: Reading, at: Moment) -> Explanation:
    """Every rule for one person: "Vì sao tôi chưa được tính?"."""
    answers: dict[Rule, bool | None] = dict.fromkeys(Rule)
    known = [d for d in person.duties if d.is_known(at)]
    belonging = [d for d in known if d.is_held(at) and d.organisation.belongs_on(at.day)]
    answers[Rule.ORGANISATION] = bool(belonging)
    left_on = max(
        (d.valid_to for d in known if d.valid_to and d.valid_to < at.day and d.end_reason in LEAVING_REASONS),
        default=date.min,
    )
    in_service = [d for d in belonging if d.valid_from > left_on]
    if belonging:
        answers[Rule.IN_SERVICE] = bool(in_service)
    if in_service:
        answers[Rule.DUTY] = any(d.counts(reading) for d in in_service)
    answers.update(_credential_answers(person.credentials, {d.duty for d in in_service}, at))
    return Explanation(tuple(answers.items()))


def _credential_answers(
    credentials: Iterable[CredentialFact], duties: set[str], at: Moment
) -> dict[Rule, bool | None]:
    """Sieve the certificates rule by rule; what is left must carry both components together."""
    left = list(credentials)
    sieve = (
        (Rule.VALID, lambda c: c.is_valid(at)),
        (Rule.IDENTITY, lambda c: c.identity_level in IDENTITY_CHECKED),
        (Rule.LEVEL, lambda c: c.level == "in_depth"),
        (Rule.EVIDENCE, lambda c: c.evidence in EVIDENCE_CLASSES),
        (Rule.TRACK, lambda c: c.duty in duties),
    )
    answers: dict[Rule, bool | None] = {}
    for rule, passes in sieve:
        left = [c for c in left if passes(c)]
        answers[rule] = bool(left)
        if not left:
            return answers
    return answers | {
        Rule.SKILLS: any(c.covers_dc for c in left),
        Rule.SCIENCE: any(c.covers_st for c in left),
    }


def count(people: Iterable[PersonFacts], reading: Reading, at: Moment) -> Figure:
    """The figure counted person by person: slow and plain, to check the fast way against."""
    explanations = [explain(person, reading, at) for person in people]
    concerned = [e for e in explanations if e.is_concerned]
    return Figure(len(concerned), sum(e.is_trained for e in concerned))
