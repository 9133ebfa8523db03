"""The address "/": one's own work, or what the platform is."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from courses.actions.enrol import enrol_by_duty
from lms.home.web.learner import learner
from lms.home.web.public import public
from lms.people.http import SignedInRequest
from lms.people.models import Person
from lms.shared.actors import SYSTEM


@require_safe
@cache_control(private=True, no_cache=True)
def start(request: HttpRequest) -> HttpResponse:
    """Who is signed in sees her next step, everybody else the public page."""
    if isinstance(request.user, Person):
        return learner(request, request.user)
    return public(request)


@require_POST
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    """The button of somebody who has a duty and no programme."""
    enrol_by_duty(person=request.user, by=SYSTEM)
    return redirect("home:start")
