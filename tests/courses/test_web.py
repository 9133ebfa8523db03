"""Learner pages: the happy way, the ways that are closed, the number of queries."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions.import_olx import import_module
from courses.actions.progress import finish_unit
from courses.models import Asset, Enrolment, Module, ModuleCompletion, ReadingPlace, UnitCompletion
from courses.queries.outline import published_outline
from lms.people.models import Person
from lms.shared.actors import SYSTEM
from tests import make, make_courses
from tests.make_courses import olx, text_block, usage_key

pytestmark = pytest.mark.django_db
AUDIO = '<video url_name="v" kind="audio" display_name="Nghe"><source src="/static/a.mp3" lang="vi"/></video>'


@pytest.fixture
def learner() -> Person:
    return make.person()


@pytest.fixture
def signed_in(client: Client, learner: Person) -> Client:
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def module(tmp_path: Path, learner: Person) -> Module:
    made = make_courses.module(tmp_path, files={"a.mp3": bytes(range(256)) * 10})
    make_courses.enrolment(learner, make_courses.programme(made, code="G"))
    return made


def asset_url(module: Module, path: str = "a.mp3") -> str:
    asset = Asset.objects.get(module=module, path=path)
    return reverse("courses:asset", args=[module.code, asset.sha256[:16], path])


def test_tracks_are_open_to_everybody(client: Client, module: Module) -> None:
    response = client.get("/tracks/")

    assert (response.status_code, [row["reason"] for row in response.context["rows"]]) == (200, [""])


def test_track_shows_why_and_how_far(signed_in: Client, module: Module) -> None:
    response = signed_in.get("/tracks/G/")

    assert response.status_code == 200
    assert response.context["reason"] != ""
    assert "/learn/T1/" in response.content.decode()


def test_track_that_is_not_mine_can_be_chosen(signed_in: Client, module: Module, learner: Person) -> None:
    make_courses.programme(module, code="P")

    assert signed_in.get("/tracks/P/").context["enrolment"] is None
    assert signed_in.post("/tracks/P/enrol/")["Location"] == "/tracks/P/"
    assert Enrolment.objects.filter(person=learner, programme__track__code="P").count() == 1


def test_pages_for_signed_in_people_ask_to_sign_in(client: Client, module: Module) -> None:
    for url in ("/tracks/G/", "/learn/T1/", "/learn/T1/u1/", asset_url(module)):
        assert client.get(url)["Location"] == f"{reverse('account_login')}?next={url}"


def test_module_opens_the_first_unit_then_the_exact_place(signed_in: Client, module: Module) -> None:
    assert signed_in.get("/learn/T1/")["Location"] == "/learn/T1/u1/"
    place = {"block": usage_key(module, "u2-text"), "fraction": 0.4}
    signed_in.post("/learn/T1/u2/place/", json.dumps(place), content_type="application/json")

    assert signed_in.get("/learn/T1/")["Location"] == "/learn/T1/u2/#u2-text"


def test_another_device_gets_the_place_inside_the_unit(
    signed_in: Client, module: Module, learner: Person
) -> None:
    place = {"block": usage_key(module, "u2-text"), "fraction": 0.4}
    answer = signed_in.post("/learn/T1/u2/place/", json.dumps(place), content_type="application/json")
    other = Client()
    other.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")

    response = other.get("/learn/T1/u2/")

    assert list(answer.json()) == ["saved_at"]
    assert response.context["place"] == {"block": "u2-text", "fraction": "0.400"}


def test_unit_shows_its_text_and_remembers_the_visit(signed_in: Client, module: Module) -> None:
    response = signed_in.get("/learn/T1/u2/")

    page = response.content.decode()
    assert response.status_code == 200
    assert '<div class="prose"><p>Nội dung</p></div>' in page
    assert "30/06/2027" in response.context["meta"]
    assert ReadingPlace.objects.get().unit_key == "u2"


def test_done_without_script_finishes_and_goes_on(signed_in: Client, module: Module, learner: Person) -> None:
    page = signed_in.get("/learn/T1/u1/").content.decode()
    assert 'action="/learn/T1/u1/done/"' in page

    assert signed_in.post("/learn/T1/u1/done/")["Location"] == "/learn/T1/u2/"
    assert signed_in.post("/learn/T1/u1/done/")["Location"] == "/learn/T1/u2/"  # clicked twice
    assert signed_in.post("/learn/T1/u2/done/")["Location"] == "/tracks/G/"
    assert UnitCompletion.objects.count() == 2
    assert ModuleCompletion.objects.get().person == learner


def test_done_on_the_last_unit_leads_to_what_is_left(signed_in: Client, module: Module) -> None:
    assert signed_in.post("/learn/T1/u2/done/")["Location"] == "/learn/T1/u1/"


def test_a_unit_deleted_while_open_says_so(
    signed_in: Client, module: Module, learner: Person, tmp_path: Path
) -> None:
    finish_unit(person=learner, module=module, unit_key="u1", by=learner)
    units = {"u1": text_block("u1-text"), "u3": text_block("u3-text")}
    import_module(olx(tmp_path, units), by=SYSTEM)

    for response in (signed_in.get("/learn/T1/u2/"), signed_in.post("/learn/T1/u2/done/")):
        assert response.status_code == 404
        assert response.context["next_unit"].key == "u3"
        assert "/learn/T1/u3/" in response.content.decode()
    answer = signed_in.post("/learn/T1/u2/place/", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (404, "unit-gone")
    assert UnitCompletion.objects.get().unit_key == "u1"


def test_a_module_not_on_my_programme_shows_which_has_it(client: Client, module: Module) -> None:
    client.force_login(make.person(), backend="django.contrib.auth.backends.ModelBackend")

    for url in ("/learn/T1/", "/learn/T1/u1/"):
        response = client.get(url)
        assert response.status_code == 403
        assert "/tracks/G/" in response.content.decode()
    posted = client.post("/learn/T1/u1/place/", "{}", content_type="application/json")
    assert (posted.status_code, posted.json()["error"]) == (403, "not-enrolled")
    assert not ReadingPlace.objects.exists()


def test_an_ended_enrolment_closes_the_module(signed_in: Client, module: Module) -> None:
    from lms.shared import clock

    Enrolment.objects.update(ended_at=clock.now())

    assert signed_in.get("/learn/T1/u1/").status_code == 403


def test_an_exam_module_is_open_to_those_on_its_programme(
    signed_in: Client, learner: Person, tmp_path: Path
) -> None:
    exam = make_courses.module(tmp_path, code="GX")
    make_courses.enrolment(learner, make_courses.programme(exam=exam))

    assert signed_in.get("/learn/GX/u1/").status_code == 200


def test_an_unknown_module_is_not_found(signed_in: Client) -> None:
    assert signed_in.get("/learn/NONE/").status_code == 404


def test_an_announced_module_says_it_is_being_written(signed_in: Client, learner: Person) -> None:
    announced = make_courses.announced_module("G2")
    make_courses.enrolment(learner, make_courses.programme(announced))

    assert signed_in.get("/learn/G2/").status_code == 200
    assert signed_in.get("/learn/G2/u1/")["Location"] == "/learn/G2/"


@pytest.mark.parametrize(
    "body",
    ["{", "[]", '{"block": 3}', '{"fraction": "x"}', '{"fraction": NaN}', f'{{"block": "{"x" * 3000}"}}'],
)
def test_place_refuses_nonsense(signed_in: Client, module: Module, body: str) -> None:
    answer = signed_in.post("/learn/T1/u1/place/", body, content_type="application/json")

    assert (answer.status_code, answer.json()["error"]) == (400, "bad-place")


def test_place_in_a_block_that_is_gone_keeps_the_unit(signed_in: Client, module: Module) -> None:
    signed_in.post(
        "/learn/T1/u2/place/", '{"block": "gone", "fraction": 0.5}', content_type="application/json"
    )

    place = ReadingPlace.objects.get()
    assert (place.unit_key, place.block_key, place.fraction) == ("u2", "", 0.0)


def test_the_choice_of_sound_is_kept_on_the_device(
    signed_in: Client, learner: Person, tmp_path: Path
) -> None:
    made = make_courses.module(
        tmp_path, {"u1": text_block("t") + AUDIO}, code="A1", files={"a.mp3": b"m" * 3_140_000}
    )
    make_courses.enrolment(learner, make_courses.programme(made))

    options = signed_in.get("/learn/A1/u1/").context["media_options"]
    assert [(o.kind, o.weight, o.is_chosen) for o in options] == [
        ("text", "1 KB", True),
        ("audio", "3,1 MB", False),
    ]
    signed_in.get("/learn/A1/u1/?media=audio")

    options = signed_in.get("/learn/A1/u1/").context["media_options"]
    assert [option.is_chosen for option in options] == [False, True]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [2, 12])
def test_a_unit_takes_at_most_twelve_queries(client: Client, tmp_path: Path, size: int) -> None:
    learner = make.person()
    blocks = "".join(text_block(f"t{n}") for n in range(size)) + AUDIO
    units = {"u0": blocks} | {f"u{n}": text_block(f"x{n}") for n in range(1, size)}
    module = make_courses.module(tmp_path, units, files={"a.mp3": b"m"})
    for _programme in range(size // 2):
        make_courses.enrolment(learner, make_courses.programme(module))
    for number in range(1, size):
        finish_unit(person=learner, module=module, unit_key=f"u{number}", by=learner)
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    assert published_outline(module) is not None
    client.get("/learn/T1/u1/")  # outline and texts are read once per process

    counts = []
    for _visit in range(2):  # the first reads the texts and notes the place
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/learn/T1/u0/").status_code == 200
        counts.append(len(queries))

    assert counts[0] <= 11
    assert counts[1] <= 7


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_queries_of_a_unit_do_not_grow_with_its_blocks_of_all_our_types(
    client: Client, tmp_path: Path
) -> None:
    learner, counts = make.person(), []
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    for size in (10, 20):
        blocks = make_courses.native_blocks(size, f"u{size}-")
        code, files = f"N{size}", make_courses.NATIVE_FILES
        module = make_courses.module(tmp_path / code, {"u": blocks}, code=code, files=files)
        make_courses.enrolment(learner, make_courses.programme(module))
        for _visit in range(2):  # the first reads the texts and the captions
            with CaptureQueriesContext(connection) as queries:
                page = client.get(f"/learn/{code}/u/")
            counts.append(len(queries))
        assert page.content.count(b'class="block block-') == size

    assert max(counts) <= 12
    assert counts[:2] == counts[2:]


def test_asset_serves_the_file_for_ever(signed_in: Client, module: Module) -> None:
    response: Any = signed_in.get(asset_url(module))

    assert b"".join(response.streaming_content) == bytes(range(256)) * 10
    assert (response["Content-Type"], response["Cache-Control"]) == (
        "audio/mpeg",
        "private, max-age=31536000, immutable",
    )


@pytest.mark.parametrize(
    ("asked", "sent", "content_range"),
    [
        ("bytes=0-3", b"\x00\x01\x02\x03", "bytes 0-3/2560"),
        ("bytes=2558-", b"\xfe\xff", "bytes 2558-2559/2560"),
        ("bytes=-2", b"\xfe\xff", "bytes 2558-2559/2560"),
        ("bytes=2559-9999", b"\xff", "bytes 2559-2559/2560"),
    ],
)
def test_asset_serves_ranges(
    signed_in: Client, module: Module, asked: str, sent: bytes, content_range: str
) -> None:
    response: Any = signed_in.get(asset_url(module), headers={"Range": asked})

    assert (response.status_code, b"".join(response.streaming_content)) == (206, sent)
    assert (response["Content-Range"], response["Content-Length"]) == (content_range, str(len(sent)))


@pytest.mark.parametrize("asked", ["bytes=2560-", "bytes=5-2", "bytes=-0", "bytes=-", "lines=1-2"])
def test_asset_refuses_ranges_outside_the_file(signed_in: Client, module: Module, asked: str) -> None:
    response = signed_in.get(asset_url(module), headers={"Range": asked})

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */2560")


def test_asset_is_for_learners_and_authors_of_the_module(client: Client, module: Module) -> None:
    stranger = make.person()
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(asset_url(module)).status_code == 404
    make.grant(stranger, "trainer")

    response: Any = client.get(asset_url(module))
    assert (response.status_code, len(b"".join(response.streaming_content))) == (200, 2560)


def test_asset_needs_the_whole_hash_of_its_address(signed_in: Client, module: Module) -> None:
    short = reverse("courses:asset", args=["T1", Asset.objects.get().sha256[:1], "a.mp3"])

    assert signed_in.get(short).status_code == 404


def test_a_page_that_could_run_is_only_offered_for_download(
    signed_in: Client, learner: Person, tmp_path: Path
) -> None:
    made = make_courses.module(
        tmp_path, code="H1", files={"x.html": b"<script>x()</script>", "x.svg": b"<svg/>"}
    )
    make_courses.enrolment(learner, make_courses.programme(made))

    page, drawing = (signed_in.get(asset_url(made, path)) for path in ("x.html", "x.svg"))

    assert page["Content-Type"] == "application/octet-stream"
    assert page["Content-Disposition"].startswith("attachment")
    assert "sandbox" in drawing["Content-Security-Policy"]
    for response in (page, drawing):
        response.close()
