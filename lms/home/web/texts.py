"""Pages that only explain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.home.queries.contacts import hr_officers_for
from lms.people.models import Person
from lms.people.queries import primary_assignment


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What to do when something does not work, and whom to ask."""
    duty = primary_assignment(request.user) if isinstance(request.user, Person) else None
    officers = hr_officers_for(duty.organisation) if duty else ()
    return render(request, "home/help.html", {"officers": officers})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we aim at (WCAG 2.2 AA), what is not met, whom to tell."""
    return render(request, "home/accessibility.html")
