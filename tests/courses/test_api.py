"""The JSON catalogue and one's own progress."""

from pathlib import Path

import pytest
from django.test import Client

from courses.actions.progress import finish_unit
from tests import make, make_courses

pytestmark = pytest.mark.django_db


def test_tracks_are_a_public_catalogue(client: Client, tmp_path: Path) -> None:
    make_courses.programme(make_courses.module(tmp_path), code="G", duty="GRASS")

    assert client.get("/api/v1/tracks/").json()["results"] == [
        {
            "code": "G",
            "track_title": {"vi": "Thông tin cơ sở", "en": "Grassroots"},
            "duty": "GRASS",
            "version": "2026-1",
            "title": {"vi": "Chương trình mẫu"},
            "level": "in_depth",
            "components": ["DC"],
            "hours": 6,
        }
    ]


def test_a_track_lists_its_modules(client: Client, tmp_path: Path) -> None:
    planned = make_courses.announced_module("G2")
    make_courses.programme(make_courses.module(tmp_path), announced=(planned,), code="G")

    answer = client.get("/api/v1/tracks/G/").json()

    places = [(p["module"]["code"], p["is_required"], p["module"]["is_published"]) for p in answer["modules"]]
    assert places == [("T1", True, True), ("G2", False, False)]
    assert answer["exam"] is None


def test_an_unknown_track_is_not_found(client: Client) -> None:
    assert client.get("/api/v1/tracks/NONE/").status_code == 404


def test_progress_is_ones_own(client: Client, tmp_path: Path) -> None:
    learner, other = make.person(), make.person()
    module = make_courses.module(tmp_path)
    programme = make_courses.programme(module, code="G")
    for person in (learner, other):
        make_courses.enrolment(person, programme)
    finish_unit(person=other, module=module, unit_key="u1", by=other)
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")

    (way,) = client.get("/api/v1/progress/").json()

    assert (way["track"], way["modules_done"], way["number_of_modules"]) == ("G", 0, 1)
    assert way["modules"][0]["units_done"] == 0
    assert (way["next"]["module_code"], way["next"]["unit_key"]) == ("T1", "u1")


def test_progress_asks_to_sign_in(client: Client) -> None:
    assert client.get("/api/v1/progress/").status_code == 401
