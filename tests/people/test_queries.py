import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from lms.people.models import Duty, OrganisationKind, Role
from lms.people.queries import (
    assignments_of,
    organisation_line,
    person_line,
    primary_assignment,
    role_line,
)
from tests import make
from tests.make_people import commune, hr_officer, province

pytestmark = pytest.mark.django_db


def test_person_line_says_role_and_place() -> None:
    person, body = make.person(), commune()
    make.assignment(person, body)
    assert person_line(person) == f"{_('Learner')} · xã Mẫu, tỉnh Sơn La"
    assert person_line(make.person()) == _("Learner")
    assert person_line(hr_officer(body)) == f"{_('HR officer')} · xã Mẫu, tỉnh Sơn La"


def test_organisation_line_leaves_out_the_state_and_keeps_names_of_ministries() -> None:
    root = make.organisation("Việt Nam", OrganisationKind.STATE)
    ministry = make.organisation("Bộ Y tế", OrganisationKind.MINISTRY, root, name_en="Ministry of Health")
    assert organisation_line(ministry) == "Bộ Y tế"
    with translation.override("de"):
        assert organisation_line(ministry) == "Ministry of Health"


def test_role_line_lists_roles_in_a_fixed_order() -> None:
    person = make.person()
    make.grant(person, Role.AUDITOR)
    make.grant(person, Role.TRAINER)
    assert role_line(person) == f"{_('Trainer')}, {_('Auditor')}"


def test_primary_assignment_prefers_the_main_duty() -> None:
    person, body = make.person(), province()
    other = make.assignment(person, body, Duty.FOREIGN, is_primary=False)
    main = make.assignment(person, body)
    assert primary_assignment(person) == main
    assert list(assignments_of(person)) == [main, other]
