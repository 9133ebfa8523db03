from collections import Counter
from datetime import timedelta
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lms.demo.actions.accounts import ACCOUNTS, PASSWORD
from lms.demo.names import full_name
from lms.demo.queries import demo_accounts, synthetic_staff
from lms.people.models import Assignment, Duty, Organisation, Person, RosterSignOff
from lms.people.permissions import grants_of
from lms.people.queries import person_line, primary_assignment
from lms.shared import clock

STAFF = 300


def load(staff: int = STAFF) -> str:
    out = StringIO()
    call_command("load_demo_people", "--staff", str(staff), stdout=out)
    return out.getvalue()


def counts() -> tuple[int, int, int]:
    return Person.objects.count(), Assignment.objects.count(), RosterSignOff.objects.count()


@pytest.mark.slow
@pytest.mark.django_db
def test_load_demo_people_makes_staff_sign_offs_and_accounts(client: Client) -> None:
    call_command("load_organisations", stdout=StringIO())
    shown = load()
    assert "300 synthetic staff and 52 sign-offs added, 10 demo accounts" in shown
    assert all(f"{account.username} " in shown for account in ACCOUNTS)
    before = counts()
    assert "0 synthetic staff and 0 sign-offs added" in load()
    assert counts() == before
    _check_staff()
    _check_sign_offs()
    _check_accounts(client)
    names = list(synthetic_staff().values_list("full_name", flat=True))
    load(STAFF + 10)
    assert synthetic_staff().count() == STAFF + 10
    assert list(synthetic_staff().values_list("full_name", flat=True))[:STAFF] == names


def _check_staff() -> None:
    assert synthetic_staff().count() == STAFF
    assert set(synthetic_staff().values_list("is_synthetic", flat=True)) == {True}
    today = Assignment.objects.in_force_on(clock.today())
    assert set(today.values_list("duty", flat=True)) == set(Duty.values)
    assert set(today.values_list("duty_type", flat=True)) == {"dedicated", "concurrent", "propagandist"}
    assert 0 < Assignment.objects.exclude(end_reason="").count() < STAFF // 10
    assert not Assignment.objects.filter(recorded_at__gt=clock.now()).exists()
    provinces = Organisation.objects.filter(kind="province", valid_to=None)
    reached = [p for p in provinces if today.filter(organisation__path__startswith=p.path).exists()]
    assert len(reached) == 34


def _check_sign_offs() -> None:
    recent = clock.today() - timedelta(days=180)
    by_kind = Counter(
        RosterSignOff.objects.filter(signed_on__gte=recent).values_list("organisation__kind", flat=True)
    )
    assert by_kind["province"] == 29
    assert sum(by_kind.values()) == 48
    assert RosterSignOff.objects.filter(organisation__code="province-14", signed_on__gte=recent).exists()


def _check_accounts(client: Client) -> None:
    assert [person.username for person in demo_accounts()] == [account.username for account in ACCOUNTS]
    learner = Person.objects.get(username="hocvien.coso")
    assert learner.check_password(PASSWORD)
    duty = primary_assignment(learner)
    assert duty is not None
    assert duty.organisation.parent is not None
    assert (duty.duty, duty.duty_type, duty.organisation.parent.short_name) == (
        "GRASS",
        "concurrent",
        "Sơn La",
    )
    officer = Person.objects.get(username="nhansu.sonla")
    assert [grant.role for grant in grants_of(officer)] == ["hr"]
    assert person_line(officer).endswith(" · tỉnh Sơn La")
    client.force_login(Person.objects.get(username="quantri"))
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_load_demo_people_needs_organisations() -> None:
    with pytest.raises(CommandError, match="load_organisations"):
        load()


def test_load_demo_people_refuses_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        load()


def test_full_names_have_at_least_three_parts_and_repeat_with_the_seed() -> None:
    names = [full_name(Random(number)) for number in range(200)]
    assert min(len(name.split()) for name in names) == 3
    assert names == [full_name(Random(number)) for number in range(200)]
