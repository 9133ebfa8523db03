"""Fill a scratch installation for the journey: run inside `manage.py shell` by bench.journey."""

from datetime import date

from django.contrib.auth.hashers import make_password

from bench.learner import PASSWORD
from courses.actions.enrol import enrol_by_duty
from lms.people.models import Assignment, Duty, DutyType, Organisation, OrganisationKind, Person
from lms.people.names import search_key, sort_key
from lms.shared import clock
from lms.shared.actors import SYSTEM


def make_learners(number: int) -> None:
    """`number` grassroots officers of one commune, enrolled in the grassroots programme."""
    commune = Organisation.objects.filter(kind=OrganisationKind.COMMUNE).order_by("pk")[0]
    hashed = make_password(PASSWORD)  # one real Argon2 hash: signing in costs what it costs
    people = [
        Person(
            username=f"do{i}",
            full_name=f"Lò Thị Đo {i}",
            sort_key=sort_key(f"Lò Thị Đo {i}"),
            search_key=search_key(f"Lò Thị Đo {i}"),
            password=hashed,
            is_synthetic=True,
        )
        for i in range(number)
    ]
    for person in Person.objects.bulk_create(people):
        Assignment.objects.create(
            person=person,
            organisation=commune,
            duty=Duty.GRASS,
            duty_type=DutyType.CONCURRENT,
            valid_from=date(2025, 7, 1),
            recorded_at=clock.now(),
        )
        enrol_by_duty(person=person, by=SYSTEM)
