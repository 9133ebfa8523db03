"""What a frozen figure keeps, and how to check that it still follows from the facts."""

import hashlib
import hmac
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from lms.indicator import formula
from lms.indicator.formula import Moment
from lms.indicator.models import IndicatorSnapshot
from lms.indicator.queries import statement
from lms.indicator.queries.report import IndicatorReport, compute
from lms.shared import clock


def snapshots() -> QuerySet[IndicatorSnapshot]:
    """The newest first."""
    return IndicatorSnapshot.objects.select_related("restates").order_by("-as_of", "-taken_at", "-pk")


def parameters() -> dict[str, Any]:
    """The settings of the definition, kept beside every frozen figure."""
    return {
        "goal": [formula.GOAL_NUMERATOR, formula.GOAL_DENOMINATOR],
        "smallest_cell": formula.SMALLEST_CELL,
        "sign_off_months": formula.SIGN_OFF_MONTHS,
        "default_reading": formula.Reading.VI.value,
        "propagandists": "separate line",
    }


def figures_of(report: IndicatorReport) -> dict[str, Any]:
    """All counts, nationally and by body, as JSON values."""
    return {
        "national": asdict(report.counts),
        "bodies": {row.code: asdict(row.counts) for row in report.rows},
        "signed": [row.code for row in report.rows if row.is_signed],
        "unsigned": [row.code for row in report.unsigned],
    }


def pseudonym(person_id: int) -> str:
    """A person's name in manifests and for auditors: stable here, meaningless elsewhere."""
    key = settings.PERSONAL_ID_KEY.encode()
    return hmac.new(key, f"indicator:{person_id}".encode(), hashlib.sha256).hexdigest()[:16]


def manifest_sha256(at: Moment) -> str:
    """The hash of one line per person: pseudonym, where she stands, what she counts for and holds."""
    digest = hashlib.sha256()
    for person_id, organisation_id, *facts in statement.people_lines(at):
        line = [pseudonym(person_id), str(organisation_id), *(str(fact) for fact in facts)]
        digest.update((",".join(line) + "\n").encode())
    return digest.hexdigest()


def moment_of(snapshot: IndicatorSnapshot) -> Moment:
    return Moment(snapshot.as_of, clock.end_of(snapshot.as_of), snapshot.known_at)


def still_follows(snapshot: IndicatorSnapshot) -> bool:
    """Do today's tables, asked for what was known then, give the very same figures and people?"""
    at = moment_of(snapshot)
    same_figures = figures_of(compute(at)) == snapshot.figures
    return same_figures and manifest_sha256(at) == snapshot.manifest_sha256
