"""The public pages: the figure, its table as a file, its definition."""

import csv
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.indicator import formula
from lms.indicator.formula import Reading, rows_to_hide
from lms.indicator.queries.persons import explanation_for
from lms.indicator.queries.report import CENTRAL_KINDS, IndicatorReport, indicator_at, moment
from lms.indicator.web.forms import dates_asked_for
from lms.indicator.web.tables import checked_sort, entries, headings, name_of, ordered, words
from lms.indicator.web.tiles import islands, tiles
from lms.indicator.web.words import READINGS, RULES
from lms.people.http import SignedInRequest
from lms.people.models import Duty, OrganisationKind
from lms.people.permissions import hr_scopes, may_see_all_figures
from lms.shared import clock


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """The national figure with everything it needs beside it."""
    form, as_of, known_on = dates_asked_for(request)
    report = indicator_at(as_of, known_on)
    sort = checked_sort(request.GET.get("sort"))
    shown = entries(report.rows)
    context = {
        "form": form,
        "query": _dates_query(as_of, known_on),
        "table": ordered(shown, sort),
        "headings": headings(sort),
        "row_words": words(),
        "tiles": tiles(shown),
        "islands": islands(),
        "linked": _linked(request, report),
    }
    return render(request, "indicator/public.html", context | _headline(report, as_of, known_on))


@require_safe
def table_csv(request: HttpRequest) -> HttpResponse:
    """The aggregate table, both readings, small cells left empty; readable by Excel."""
    _form, as_of, known_on = dates_asked_for(request)
    report = indicator_at(as_of, known_on)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="b70-{as_of.isoformat()}.csv"'
    writer = csv.writer(response)
    writer.writerow([
        _("Code"), _("Name"), _("Concerned"), _("Trained"), _("Rate, %"), _("Missing"),
        _("Concerned, strict"), _("Trained, strict"), _("Rate, strict, %"), _("List signed off"),
    ])  # fmt: skip
    for line in csv_lines(report):
        writer.writerow(line)
    return response


def csv_lines(report: IndicatorReport) -> list[list[Any]]:
    """A line per body; each reading hides its own small cells."""
    figures = {reading: [row.counts.figure(reading) for row in report.rows] for reading in Reading}
    hidden = {r: rows_to_hide([f.number_concerned for f in found]) for r, found in figures.items()}
    lines = []
    for i, row in enumerate(report.rows):
        line: list[Any] = [row.nso_code or row.code, name_of(row)]
        for reading in Reading:
            figure = figures[reading][i]
            numbers = [figure.number_concerned, figure.number_trained, figure.percent]
            if reading is Reading.VI:
                numbers.append(figure.number_missing)
            line += [""] * len(numbers) if i in hidden[reading] else numbers
        lines.append([*line, f"{row.signed_on:%d/%m/%Y}" if row.signed_on else ""])
    return lines


@require_safe
def definition(request: HttpRequest) -> HttpResponse:
    """Definition 1.0 in words, with its settings."""
    return render(request, "indicator/definition.html", {"formula": formula, "duties": Duty.labels})


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Why the person herself counts or does not, rule by rule, under both readings."""
    at = moment(clock.today())
    readings = []
    for reading in Reading:
        told = explanation_for(request.user, reading, at)
        rules = [(RULES[rule][0], RULES[rule][1], answer) for rule, answer in told.rules]
        next_step = RULES[told.first_failure][1] if told.first_failure else ""
        readings.append((READINGS[reading], told, rules, next_step))
    return render(request, "indicator/mine.html", {"readings": readings, "day": at.day})


def _headline(report: IndicatorReport, as_of: date, known_on: date | None) -> dict[str, Any]:
    vi, strict = report.figure(), report.figure(Reading.STRICT)
    apart = (
        abs(vi.tenths - strict.tenths) / 10 if vi.tenths is not None and strict.tenths is not None else None
    )
    counts = report.counts
    return {
        "report": report,
        "counts": counts,
        "figure": vi,
        "strict": strict,
        "apart": apart,
        "external": formula.Figure(vi.number_trained, counts.external),
        "as_of": as_of,
        "known_on": known_on or clock.today(),
        "signed": _signed(report),
        "duties": _duties(report),
    }


def _signed(report: IndicatorReport) -> dict[str, int]:
    """How many of which bodies have signed their staff list."""
    groups = {
        "provinces": report.provinces,
        "ministries": [row for row in report.rows if row.kind in CENTRAL_KINDS],
        "agencies": [row for row in report.rows if row.kind == OrganisationKind.GOVERNMENT],
    }
    numbers = {name: len(rows) for name, rows in groups.items()}
    return numbers | {f"{name}_signed": sum(r.is_signed for r in rows) for name, rows in groups.items()}


def _duties(report: IndicatorReport) -> list[tuple[str, Any]]:
    """The three groups of staff; a group of one to four people is hidden."""
    found = [(Duty(duty).label, counts.figure()) for duty, counts in report.duty_counts()]
    hidden = rows_to_hide([figure.number_concerned for _label, figure in found])
    return [(str(label), None if i in hidden else figure) for i, (label, figure) in enumerate(found)]


def _linked(request: HttpRequest, report: IndicatorReport) -> set[int]:
    """The bodies whose details this person may open."""
    if not request.user.is_authenticated:
        return set()
    if may_see_all_figures(request.user):
        return {row.pk for row in report.rows}
    return {scope.pk for scope in hr_scopes(request.user)}


def _dates_query(as_of: date, known_on: date | None) -> str:
    known = f"&known={known_on.isoformat()}" if known_on else ""
    return f"as_of={as_of.isoformat()}{known}"
