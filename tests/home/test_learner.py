import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificates.actions.revoke import revoke_certificate
from courses.actions.progress import finish_unit
from courses.actions.review import return_draft
from courses.models import Enrolment, Module, ModuleCompletion, Programme
from lms.home.queries.learner import learner_home
from lms.home.receivers import enrol_at_sign_in
from lms.indicator.queries.report import moment
from lms.people.models import Duty, DutyType, IdentityLevel, OrganisationKind, Person, Role
from lms.shared import clock
from tests import make, make_certificates, make_courses, make_home, make_reviews
from tests.make_people import commune, province

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    return make_home.programme(tmp_path)


def signed_in(client: Client, person: Person, language: str = "en") -> Client:
    client.force_login(person)
    client.cookies["django_language"] = language
    return client


def page(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def heading(shown: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", shown)
    assert found
    return found[1]


def button(shown: str) -> tuple[str, str]:
    """Where the one filled link leads, and its words."""
    found = re.findall(r'<a class="btn" href="([^"]+)">([^<]+)', shown)
    assert len(found) == 1
    return found[0][0], found[0][1].strip()


def finish(person: Person, code: str, *keys: str) -> None:
    for key in keys:
        finish_unit(person=person, module=Module.objects.get(code=code), unit_key=key, by=person)


def test_home_begins_with_the_first_unit(client: Client, programme: Programme) -> None:
    shown = page(signed_in(client, make_home.officer()))
    assert heading(shown) == "2 units left, about 10 minutes"
    assert button(shown) == ("/learn/C1/", "Start unit 1: Unit u1")
    assert re.findall(r'class="btn"', shown) == ['class="btn"']


def test_home_goes_on_where_the_person_was(client: Client, programme: Programme) -> None:
    person = make_home.officer()
    signed_in(client, person)
    client.get("/learn/C1/u2/")
    shown = page(client)
    assert button(shown) == ("/learn/C1/", "Continue with unit 2: Unit u2")
    assert "Saved " in shown
    assert "in unit 2" in shown


def test_home_completes_a_module_with_its_last_unit(client: Client, programme: Programme) -> None:
    person = make_home.officer()
    signed_in(client, person)
    finish(person, "C1", "u1")
    shown = page(client)
    assert heading(shown) == "1 unit left, about 5 minutes"
    assert button(shown) == ("/learn/C1/", "Complete unit 2: Unit u2")
    assert "Under way, 1/2 units" in shown


def test_home_leads_to_the_exam(client: Client, programme: Programme) -> None:
    person = make_home.officer()
    signed_in(client, person)
    make_home.completed(person, *Module.objects.filter(code__in=["C1", "G1"]))
    shown = page(client)
    assert heading(shown) == "The final exam is left, about 5 minutes"
    assert button(shown) == ("/learn/GX/", "Go to the final exam")


def test_home_says_when_the_rest_is_being_written(client: Client, tmp_path: Path) -> None:
    programme = make_home.programme(tmp_path, exam=False)
    person = make_home.officer()
    signed_in(client, person)
    programme.places.update(is_required=True)
    make_home.completed(person, *Module.objects.filter(code__in=["C1", "G1"]))
    shown = page(client)
    assert heading(shown) == "You have done everything that is open"
    assert "Still being written: G2." in shown
    assert button(shown) == ("/tracks/G/", "See the programme")
    assert "Its exam is still being written." in shown


def test_home_offers_the_certificate(client: Client, programme: Programme) -> None:
    person = make_home.officer()
    signed_in(client, person)
    certificate = make_certificates.certificate(person, programme)
    shown = page(client)
    assert heading(shown) == "You have finished the programme"
    assert button(shown) == (
        f"/certificates/{certificate.serial}/pdf/",
        "Download the certificate (PDF)",
    )
    assert "You are counted" in shown


def test_home_of_an_earlier_certificate_does_not_ask_to_begin_again(
    client: Client, programme: Programme
) -> None:
    person = make_home.officer()
    signed_in(client, person)
    make_certificates.certificate(person, programme)
    ModuleCompletion.objects.all().delete()  # it was earned elsewhere
    shown = page(client)
    assert heading(shown) == "You have finished the programme"
    assert "Its modules stay open to you" in shown


def test_home_after_a_revocation(client: Client, programme: Programme) -> None:
    person, office = make_home.officer(), make.person("Ngô Thị Điều Phối")
    make.grant(office, Role.OFFICE)
    signed_in(client, person)
    certificate = make_certificates.certificate(person, programme)
    revoke_certificate(certificate=certificate, by=office, reason="Cấp nhầm người")
    shown = page(client)
    assert heading(shown) == "Your certificate was revoked"
    assert button(shown) == ("/certificates/", "See my certificates")
    assert f"Certificate {certificate.serial} is no longer in force." in shown


def test_home_asks_for_a_certificate_that_was_not_issued(client: Client, programme: Programme) -> None:
    person = make_home.officer()
    signed_in(client, person)
    make_home.completed(person, *Module.objects.filter(published__isnull=False))
    shown = page(client)
    assert heading(shown) == "You have finished the programme"
    assert '<form class="mt-3" method="post" action="/certificates/claim/">' in shown


def test_home_says_why_this_programme(client: Client, programme: Programme) -> None:
    shown = page(signed_in(client, make_home.officer()))
    assert (
        "Chương trình mẫu is for you because the staff list of tỉnh Sơn La says: "
        "công chức văn hóa – xã hội, xã Mẫu, duty grassroots information (concurrent), since 01/07/2025."
    ) in shown.replace("thông tin cơ sở", "grassroots information").replace("kiêm nhiệm", "concurrent")
    assert 'href="/help/#record"' in shown


def test_home_says_that_she_chose_the_programme(client: Client, programme: Programme) -> None:
    person = make.person()
    make_courses.enrolment(person, programme)
    shown = page(signed_in(client, person))
    assert f"You chose Chương trình mẫu on {clock.today():%d/%m/%Y}." in shown


def test_home_without_a_duty_says_which_record_is_missing(client: Client, programme: Programme) -> None:
    shown = page(signed_in(client, make.person()))
    assert "No duty is recorded for you" in shown
    assert "ask the HR officer of your organisation" in shown
    assert Enrolment.objects.count() == 0


def test_home_shows_the_due_day(client: Client, programme: Programme) -> None:
    person = make_home.officer()
    make_courses.enrolment(person, programme, rule="duty", due_on=date(2026, 11, 30))
    assert "Due on 30/11/2026." in page(signed_in(client, person))


def test_sign_in_enrols_by_duty_and_looking_does_not(client: Client, programme: Programme) -> None:
    person = make_home.officer()
    signed_in(client, person)
    assert [e.rule for e in Enrolment.objects.all()] == ["duty"]
    Enrolment.objects.all().delete()
    shown = page(client)
    assert heading(shown) == "Your programme is ready"
    assert '<form class="mt-3" method="post" action="/begin/">' in shown
    assert Enrolment.objects.count() == 0


def test_begin_enrols_by_duty_once(client: Client, programme: Programme) -> None:
    person = make_home.officer()
    signed_in(client, person)
    Enrolment.objects.all().delete()
    for _again in range(2):
        assert client.post("/begin/")["Location"] == "/"
    assert Enrolment.objects.count() == 1


def test_begin_needs_a_post_and_a_person(client: Client) -> None:
    assert client.get("/begin/").status_code == 405
    assert client.post("/begin/")["Location"] == "/accounts/login/?next=/begin/"


def test_home_counts_rule_by_rule(client: Client, programme: Programme) -> None:
    place = commune(of=province())
    assert place.parent
    make_home.signed_off(place.parent, date(2026, 9, 15))
    shown = page(signed_in(client, make_home.officer(place)))
    assert "Why am I not counted?" in shown
    assert "You meet 4 of 10 conditions of the 70% indicator." in shown
    assert "Staff list signed off on 15/09/2026." in shown
    assert "Finish C1, G1 and pass the final exam." in shown
    assert "only dedicated staff belong to the target group" in shown


def test_home_asks_early_for_a_confirmed_identity(client: Client, programme: Programme) -> None:
    person = make_home.officer()
    person.identity_level = IdentityLevel.SELF
    person.save(update_fields=["identity_level"])
    shown = page(signed_in(client, person))
    assert "You meet 3 of 10 conditions" in shown
    assert "Ask your HR officer to confirm it before the final exam" in shown


def test_home_of_a_duty_outside_the_target_group(client: Client, tmp_path: Path) -> None:
    make_home.programme(tmp_path, duty=Duty.COMM)
    person = make_home.officer(duty=Duty.COMM, duty_type=DutyType.CONCURRENT)
    shown = page(signed_in(client, person))
    assert "not in the target group. You may learn and be certified all the same." in shown


def test_home_of_roles_lists_their_work(client: Client, programme: Programme) -> None:
    auditor = make.person("Đỗ Văn Kiểm Toán")
    make.grant(auditor, Role.AUDITOR)
    shown = page(signed_in(client, auditor))
    work = re.search(r'<nav class="sec pb-3".*?</nav>', shown)
    assert work
    assert re.findall(r'href="([^"]+)"', work[0]) == [
        "/audit/",
        "/indicator/",
        "/indicator/snapshots/",
        "/hr/records/",
        "/v/",
    ]


def test_home_counts_the_drafts_that_wait(client: Client, tmp_path: Path) -> None:
    module, crew = make_courses.module(tmp_path), make_reviews.crew()
    assert "Drafts under review" in page(signed_in(client, crew.expert))
    make_reviews.edit(module, crew.author)
    request = make_reviews.sent(module, crew)
    assert "1 draft waits for you" in page(client)
    return_draft(request=request, reason="Thiếu nguồn", by=crew.expert)
    assert "Drafts under review" in page(client)
    assert "Studio: 1 draft came back" in page(signed_in(client, crew.author))


def test_home_of_a_learner_has_no_role_work(client: Client, programme: Programme) -> None:
    assert "role-work" not in page(signed_in(client, make_home.officer()))


@pytest.mark.slow
def test_home_costs_the_same_for_many_rows(client: Client, tmp_path: Path) -> None:
    """At most 12 queries, session and person included, and as many for much as for little.

    A trainer pays one more: the drafts that came back to her. Who comes first in a process, or after a
    quarter of an hour, pays up to two more: the outlines and her masthead are not kept yet.
    """
    few = make_home.officer()
    make_home.programme(tmp_path, announced=1)
    costs = [queries(client, few)]
    with CaptureQueriesContext(connection) as captured:
        page(client)
    assert len(captured) <= 12

    many = make_home.officer()
    for number in range(6):
        make.assignment(
            many,
            commune(f"Xã Cũ {number}"),
            is_primary=False,
            valid_from=date(2020, 1, 1),
            valid_to=date(2024, 1, 1) + timedelta(days=number),
        )
    for duty in (Duty.COMM, Duty.FOREIGN):
        make.assignment(many, commune(f"Xã {duty}"), duty, DutyType.DEDICATED, is_primary=False)
        make_courses.programme(Module.objects.get(code="C1"), duty=duty)
        make.grant(many, Role.TRAINER if duty == Duty.COMM else Role.AUDITOR)
    for _number in range(4):
        make_certificates.certificate(many)
    for number in range(12):
        make_home.signed_off(province(f"Tỉnh {number}"), date(2026, 1, 1))
    costs.append(queries(client, many))
    assert costs == [costs[0], costs[0] + 1]
    assert costs[0] <= 13


def queries(client: Client, person: Person) -> int:
    signed_in(client, person)
    """The most it costs: nothing is kept yet about the person, and new modules not in a test at all."""
    page(client)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page(client)
    return len(captured)


def test_staff_record_of_a_unit_deep_in_the_tree(django_assert_max_num_queries: Any) -> None:
    """A unit of a commune of a province of the state: one query more, and the province is found."""
    state = make.organisation("Nước CHXHCN Việt Nam", OrganisationKind.STATE)
    top = make.organisation("Tỉnh Sơn La", OrganisationKind.PROVINCE, state)
    unit = make.organisation("Trung tâm", OrganisationKind.UNIT, commune(of=top))
    person = make_home.officer(make.organisation("Đài xã", OrganisationKind.UNIT, unit))
    with django_assert_max_num_queries(6):
        home = learner_home(person, moment(clock.today()))
    assert home.counted.is_concerned


def test_receiver_leaves_people_without_duty_alone() -> None:
    enrol_at_sign_in(sender=None, user=object())
    enrol_at_sign_in(sender=None, user=make.person())
    assert Enrolment.objects.count() == 0


def test_home_is_not_kept_by_shared_caches(client: Client, programme: Programme) -> None:
    response = signed_in(client, make_home.officer()).get("/")
    assert response["Cache-Control"] == "private, no-cache"
