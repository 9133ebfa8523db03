import pytest
from django.test import Client
from django.utils import translation

from lms.home.queries.standing import keep_standing, standing_of
from lms.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db


def test_standing_comes_from_the_session_without_a_query(django_assert_num_queries: object) -> None:
    person = make.person()
    make.grant(person, Role.TRAINER)
    session: dict[str, object] = {}
    keep_standing(person, session)
    with django_assert_num_queries(0):  # type: ignore[operator]
        standing = standing_of(person, session)
    assert (standing.line, standing.roles) == ("Giảng viên", frozenset({"trainer"}))


def test_standing_in_another_language_is_made_anew() -> None:
    person = make.person()
    session: dict[str, object] = {}
    keep_standing(person, session)
    with translation.override("en"):
        assert standing_of(person, session).line == "Learner"


def test_sign_in_keeps_the_standing_in_the_session() -> None:
    person = make.person()
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.session["standing"]["line"] == "Học viên"
