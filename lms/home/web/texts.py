"""Pages that only explain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What to do when something does not work, and whom to ask."""
    return render(request, "home/help.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we aim at (WCAG 2.2 AA), what is not met, whom to tell."""
    return render(request, "home/accessibility.html")
