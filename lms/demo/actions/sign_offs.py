"""Staff lists signed off by most bodies: recently, too long ago, or never."""

from datetime import date, timedelta

from django.db import transaction

from lms.demo.actions.staff import CENTRAL
from lms.people.actions.organisations import sign_off_roster
from lms.people.actions.persons import create_person
from lms.people.actions.roles import grant_role
from lms.people.models import Organisation, OrganisationKind, Person, Role, RosterSignOff
from lms.people.queries import organisations_on
from lms.shared import clock
from lms.shared.actors import Actor

OFFICER_PREFIX = "nhansu-"
# By place in the list of provinces: Sơn La is not among them.
OLD, NEVER = {2, 11, 25}, {4, 30}
LATE_CENTRAL = {17}
FRESH = timedelta(days=150)


@transaction.atomic
def make_sign_offs(*, by: Actor) -> int:
    """Sign off the lists of 29 of 34 provinces and all but one central body; returns how many were added.

    Safe to repeat: a body whose sign-off is still fresh gets no other.
    """
    today = clock.today()
    bodies = list(organisations_on(today, kind=OrganisationKind.PROVINCE).order_by("code"))
    days = {body: _day(order, today, OLD, NEVER) for order, body in enumerate(bodies)}
    central = list(organisations_on(today).filter(kind__in=CENTRAL).order_by("code"))
    days |= {body: _day(order, today, LATE_CENTRAL, set()) for order, body in enumerate(central)}
    return sum(_sign(body, day, today, by) for body, day in days.items() if day is not None)


def _day(order: int, today: date, old: set[int], never: set[int]) -> date | None:
    if order in never:
        return None
    return today - timedelta(days=(200 if order in old else 5) + order * 3)


def _sign(body: Organisation, day: date, today: date, by: Actor) -> bool:
    earlier = RosterSignOff.objects.filter(organisation=body)
    is_old = day < today - FRESH
    if earlier.exists() if is_old else earlier.filter(signed_on__gte=today - FRESH).exists():
        return False
    sign_off_roster(organisation=body, by=_officer(body, by), signed_on=day)
    return True


def _officer(body: Organisation, by: Actor) -> Person:
    """Somebody of the body who signs; she cannot sign in."""
    username = f"{OFFICER_PREFIX}{body.code}"
    officer = Person.objects.filter(username=username).first() or create_person(
        username=username, full_name="Cán bộ nhân sự (dữ liệu mẫu)", is_synthetic=True, by=by
    )
    grant_role(person=officer, role=Role.HR, scope=body, by=by)
    return officer
