"""Who gets what at every address: role × route. A route that is not listed here fails the build.

One world, nine people. Each route is asked for with things that belong to the learner of Sơn La; the
table says what each person gets. `302` of the anonymous leads to sign-in (asserted), `404` hides that
a thing exists, `403` is a page that says which role is needed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assessments.actions.attempt import start_attempt
from assessments.models import Attempt, Quiz
from certificates.models import Certificate
from courses.actions.import_olx import import_module
from courses.models import Module
from lms.people.models import Organisation, Person, Role
from lms.shared.actors import SYSTEM
from tests import make, make_certificates, make_courses, make_people

ROLES = (
    "anonymous",
    "learner",  # whose attempt and certificate it is
    "colleague",  # enrolled in the same programme
    "trainer",
    "reviewer",
    "hr",  # of the learner's province
    "hr_other",  # of another province
    "office",
    "auditor",
    "administrator",
)
TEXT_BLOCK = "block-v1:LanToa+C1+2026+type@text+block@c1-u1-text"
QUIZ_BLOCK = "block-v1:LanToa+C1+2026+type@quiz+block@c1-quiz"


@dataclass(frozen=True)
class World:
    province: Organisation
    module: Module
    attempt: Attempt
    certificate: Certificate
    people: dict[str, Person | None]


@pytest.fixture
def world(settings: Any) -> World:
    settings.VITE_MANIFEST_PATH = None
    sonla, laichau = make_people.province(), make_people.province("Tỉnh Lai Châu")
    commune = make_people.commune(of=sonla)
    module = import_module(django_settings.CONTENT_DIR / "c1", by=SYSTEM).module
    programme = make_courses.programme(module)
    people: dict[str, Person | None] = {"anonymous": None}
    for role in ROLES[1:]:
        person = make.person(f"Lò Thị {role.title()}", username=role, is_staff=role == "administrator")
        people[role] = person
        make.assignment(person, commune)
        make_courses.enrolment(person, programme)
    grants = {"trainer": Role.TRAINER, "reviewer": Role.REVIEWER, "office": Role.OFFICE}
    grants |= {"auditor": Role.AUDITOR, "administrator": Role.ADMINISTRATOR}
    for role, granted in grants.items():
        make.grant(person_of(people, role), granted)
    make.grant(person_of(people, "hr"), Role.HR, sonla)
    make.grant(person_of(people, "hr_other"), Role.HR, laichau)
    learner = person_of(people, "learner")
    attempt = start_attempt(quiz=Quiz.objects.get(usage_key=QUIZ_BLOCK), by=learner)
    return World(sonla, module, attempt, make_certificates.certificate(learner), people)


def person_of(people: dict[str, Person | None], role: str) -> Person:
    person = people[role]
    assert person is not None
    return person


def everybody(status: int) -> dict[str, int]:
    return dict.fromkeys(ROLES, status)


def signed_in(status: int = 200, **others: int) -> dict[str, int]:
    return everybody(status) | {"anonymous": 302} | others


def only(*roles: str, status: int = 200, otherwise: int = 403) -> dict[str, int]:
    return signed_in(otherwise) | dict.fromkeys(roles, status)


@dataclass(frozen=True)
class Row:
    expected: dict[str, int]
    arguments: Callable[[World], list[Any]] = lambda _: []
    method: str = "get"


@dataclass(frozen=True)
class Outside:
    """A route of a library, with the test or the reason that covers it."""

    why: str


MATRIX: dict[str, Row | Outside] = {}


def routes(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            namespace = f"{entry.namespace}:" if entry.namespace else ""
            yield from routes(entry.url_patterns, prefix + namespace)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name or entry.pattern}"


def test_every_route_is_listed() -> None:
    listed = set(MATRIX)
    found = {name for name in routes() if not name.startswith("admin:")}
    assert found - listed == set()
    assert listed - found == set()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(role: str, world: World) -> None:
    client = Client(raise_request_exception=False)
    if (person := world.people[role]) is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    got, wanted = {}, {}
    for name, row in MATRIX.items():
        if isinstance(row, Outside):
            continue
        with transaction.atomic():
            response = getattr(client, row.method)(reverse(name, args=row.arguments(world)))
            transaction.set_rollback(True)
        got[name], wanted[name] = response.status_code, row.expected[role]
        if role == "anonymous" and response.status_code == 302:
            assert response["Location"].startswith(reverse(django_settings.LOGIN_URL)), name
    assert got == wanted
