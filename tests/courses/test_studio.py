"""The studio's pages: who may, editing, what a lost race keeps, publishing, bringing back."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import BlockCompletion, Module
from lms.people.models import Person, Role
from tests import make, make_courses, make_reviews

pytestmark = pytest.mark.django_db
BLOCK = "block-v1:LanToa+T1+2026+type@text+block@u1-text"


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_courses.module(tmp_path / "t1")


def signed_in(role: str = Role.TRAINER) -> tuple[Client, Person]:
    person = make.person()
    if role:
        make.grant(person, role)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client, person


def form(module: Module, body: str) -> dict[str, str]:
    module.refresh_from_db()
    assert module.draft is not None
    blocks = [b for s in module.draft.outline["sections"] for u in s["units"] for b in u["blocks"]]
    version = next(b["version"] for b in blocks if b["usage_key"] == BLOCK)
    return {"base_version": str(version), "title_vi": "Chữ", "body_vi": body}


def edit_url() -> str:
    return reverse("courses:studio_block", args=["T1", BLOCK])


@pytest.mark.parametrize("role", ["", Role.REVIEWER, Role.AUDITOR, Role.OFFICE])
def test_studio_is_closed_to_who_does_not_author(module: Module, role: str) -> None:
    client, _person = signed_in(role)
    addresses = [
        reverse("courses:studio"),
        reverse("courses:studio_module", args=["T1"]),
        edit_url(),
    ]
    assert [client.get(url).status_code for url in addresses] == [403] * 3
    preview = client.get(reverse("courses:preview", args=["T1", "u1"])).status_code
    assert preview == (200 if role in (Role.REVIEWER, Role.OFFICE) else 403)
    assert client.post(edit_url(), form(module, "<p>Không</p>")).status_code == 403


def test_studio_block_saves_a_draft_that_learners_do_not_see(module: Module) -> None:
    client, _person = signed_in()
    response = client.post(edit_url(), form(module, "<p>Câu đã sửa.</p>"))
    assert response.status_code == 302
    module.refresh_from_db()
    assert module.draft_id != module.published_id
    page = client.get(reverse("courses:studio_module", args=["T1"])).content.decode()
    assert "<ins>" in page
    assert "Câu đã sửa." in client.get(reverse("courses:preview", args=["T1", "u1"])).content.decode()


def test_studio_block_takes_out_what_could_run(module: Module) -> None:
    client, _person = signed_in()
    client.post(edit_url(), form(module, "<p onclick='x()'>A</p><script>x()</script>"))
    page = client.get(edit_url()).content.decode()
    assert "onclick" not in page
    assert "x()" not in page


def test_studio_block_that_lost_a_race_keeps_the_words(module: Module) -> None:
    client, _person = signed_in()
    mine = form(module, "<p>Của tôi.</p>")
    client.post(edit_url(), form(module, "<p>Của đồng nghiệp.</p>"))
    response = client.post(edit_url(), mine)
    assert response.status_code == 400
    assert "Của tôi." in response.content.decode()
    assert "Của đồng nghiệp." in client.get(edit_url()).content.decode()


def test_studio_block_of_another_module_is_gone(module: Module) -> None:
    client, _person = signed_in()
    url = reverse("courses:studio_block", args=["T1", BLOCK.replace("u1-text", "u9-text")])
    assert client.get(url).status_code == 404


def test_publishing_keeps_the_progress_of_learners_in_the_middle(module: Module) -> None:
    learner = make.person()
    make_courses.enrolment(learner, make_courses.programme(module))
    client = Client()
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("courses:finish_unit", args=["T1", "u1"]))
    before = list(BlockCompletion.objects.values_list("person", "usage_key", "completion"))

    crew = make_reviews.crew()
    make_reviews.edit(module, crew.author, "Câu đã sửa.")
    make_reviews.published(module, crew)

    assert list(BlockCompletion.objects.values_list("person", "usage_key", "completion")) == before
    page = client.get(reverse("courses:unit", args=["T1", "u1"])).content.decode()
    assert "Câu đã sửa." in page
    assert client.get(reverse("courses:module", args=["T1"]))["Location"].startswith("/learn/T1/u2/")


def test_studio_module_costs_the_same_for_any_number_of_units(tmp_path: Path) -> None:
    client, _person = signed_in()
    counts = []
    for number in (2, 20):
        units = {f"u{n}": make_courses.text_block(f"u{n}-text") for n in range(number)}
        module = make_courses.module(tmp_path / str(number), units, code=f"S{number}")
        url = reverse("courses:studio_module", args=[module.code])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 16
