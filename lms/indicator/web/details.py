"""One organisation's figures, for those who may see them: its units, its people and their rules."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from lms.indicator.formula import Explanation, Moment, Reading
from lms.indicator.permissions import may_see_details_of, may_see_names_of
from lms.indicator.queries.persons import Line, lines_under, with_explanations
from lms.indicator.queries.report import Counts, moment, organisation_rows
from lms.indicator.queries.snapshots import pseudonym
from lms.indicator.web.forms import dates_asked_for
from lms.indicator.web.tables import checked_sort, entries, headings, ordered, words
from lms.indicator.web.words import FAILURES, READINGS
from lms.people.http import SignedInRequest
from lms.people.models import Organisation, Person

PEOPLE_ON_A_PAGE = 50
SHOWN = ("all", "counted", "missing", "outside")


@login_required
@require_safe
def organisation(request: SignedInRequest, code: str) -> HttpResponse:
    """A body with its units and its people. Small cells show: readers work with these people."""
    top = get_object_or_404(Organisation.objects.select_related("parent"), code=code)
    if not may_see_details_of(request.user, top):
        raise PermissionDenied
    form, as_of, known_on = dates_asked_for(request)
    at = moment(as_of, known_on)
    reading = Reading.STRICT if request.GET.get("reading") == Reading.STRICT else Reading.VI
    rows = organisation_rows(at, top.pk)
    counts = sum((row.counts for row in rows), Counts())
    sort = checked_sort(request.GET.get("sort"))
    children = [row for row in rows if row.pk != top.pk or row.counts.vi_concerned]
    context = {
        "organisation": top,
        "steps": _way_to(request, top),
        "form": form,
        "as_of": as_of,
        "reading": reading,
        "readings": [(key, words, counts.figure(key)) for key, words in READINGS.items()],
        "counts": counts,
        "figure": counts.figure(reading),
        "table": ordered(entries(children, reading, hide_small=False), sort),
        "headings": headings(sort),
        "row_words": words() | {"unsigned": "–", "overdue": ""},  # bodies sign, not their units
        "query": _query(request, "sort", "page"),
        "link_query": _query(request, "sort", "page", "show"),
        "linked": None,
        "shows_names": may_see_names_of(request.user, top),
    }
    return render(request, "indicator/organisation.html", context | _people(request, top, reading, at))


def _people(request: SignedInRequest, top: Organisation, reading: Reading, at: Moment) -> dict[str, Any]:
    """A page of the people who stand here, each with the rule that decides."""
    lines = lines_under(top, reading, at)
    parts: dict[str, list[Line]] = {
        "all": lines,
        "counted": [line for line in lines if line.is_trained],
        "missing": [line for line in lines if line.is_concerned and not line.is_trained],
        "outside": [line for line in lines if not line.is_concerned],
    }
    show = request.GET.get("show", "all")
    show = show if show in SHOWN else "all"
    page: Page[Line] = Paginator(parts[show], PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    told = with_explanations(list(page), reading, at)
    named = may_see_names_of(request.user, top)
    return {
        "show": show,
        "shares": [(name, len(parts[name])) for name in SHOWN],
        "page": page,
        "people": [(_label(person, named), line, _failure(why)) for line, person, why in told],
        "people_query": _query(request, "show", "page"),
    }


def _label(person: Person, named: bool) -> str:
    return person.full_name if named else pseudonym(person.pk)


def _failure(explanation: Explanation) -> str | Promise:
    return FAILURES[explanation.first_failure] if explanation.first_failure else ""


def _way_to(request: SignedInRequest, top: Organisation) -> list[Organisation]:
    """The organisations above, as far as the reader may open them, and this one."""
    ids = [int(pk) for pk in top.path.strip("/").split("/")]
    above = Organisation.objects.filter(pk__in=ids).exclude(kind="state").order_by("path")
    return [step for step in above if step.pk == top.pk or may_see_details_of(request.user, step)]


def _query(request: SignedInRequest, *without: str) -> str:
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    return query.urlencode()
