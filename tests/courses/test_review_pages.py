"""The pages of the way to the learners: queue, request, decisions, earlier versions."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Module, ReviewRequest
from lms.people.models import Person
from tests import make_courses, make_reviews
from tests.make_reviews import Crew

pytestmark = pytest.mark.django_db
BLOCK = "block-v1:LanToa+T1+2026+type@text+block@u1-text"


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_courses.module(tmp_path / "t1")


@pytest.fixture
def crew() -> Crew:
    return make_reviews.crew()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def shown(client: Client, name: str, *arguments: object) -> str:
    response = client.get(reverse(name, args=arguments))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def send(module: Module, crew: Crew, **facts: str) -> ReviewRequest:
    make_reviews.edit(module, crew.author, "Câu đã sửa")
    form = {"change_class": "content", "note": "Sửa một câu"} | facts
    reply = signed_in(crew.author).post(reverse("courses:submit", args=["T1"]), form)
    assert reply.status_code == 302
    return ReviewRequest.objects.get()


def test_the_whole_road_by_pages(module: Module, crew: Crew) -> None:
    request = send(module, crew)
    author, expert, office = (signed_in(p) for p in (crew.author, crew.expert, crew.publisher))
    assert "Under review: an expert reads this draft." in shown(author, "courses:studio_module", "T1")

    assert "Waiting for you" in shown(expert, "courses:reviews")
    page = shown(expert, "courses:review", request.pk)
    assert "<ins>" in page
    assert f'name="comment-{BLOCK}"' in page
    decide = reverse("courses:review_decide", args=[request.pk])
    assert expert.post(decide, {"decision": "approve", "reason": ""}).status_code == 400
    approval = {"decision": "approve", "reason": "Đúng văn bản", f"comment-{BLOCK}": "Câu hay"}
    assert expert.post(decide, approval)["Location"] == reverse("courses:reviews")

    page = shown(office, "courses:review", request.pk)
    assert "Đúng văn bản" in page
    assert "Câu hay" in page
    publish = reverse("courses:review_publish", args=[request.pk])
    assert office.post(publish, {"reason": ""}).status_code == 400
    assert office.post(publish, {"reason": "Đủ ý kiến"}).status_code == 302
    module.refresh_from_db()
    assert module.published_id == module.draft_id
    assert "Nothing waits for you" in shown(office, "courses:reviews")


def test_a_returned_draft_shows_reason_and_comment_on_the_module_page(module: Module, crew: Crew) -> None:
    request = send(module, crew)
    form = {"decision": "return", "reason": "Thiếu nguồn", f"comment-{BLOCK}": "Câu này"}
    signed_in(crew.expert).post(reverse("courses:review_decide", args=[request.pk]), form)

    page = shown(signed_in(crew.author), "courses:studio_module", "T1")
    assert "The draft came back." in page
    assert "Thiếu nguồn" in page
    assert "Câu này" in page
    assert 'action="/studio/T1/submit/"' in page


def test_the_author_sees_no_form_of_decision_and_takes_the_draft_back(module: Module, crew: Crew) -> None:
    request = send(module, crew)
    client = signed_in(crew.author)
    page = shown(client, "courses:review", request.pk)
    assert "You wrote part of this draft." in page
    assert 'value="approve"' not in page
    assert client.post(reverse("courses:review_withdraw", args=[request.pk])).status_code == 302
    assert 'action="/studio/T1/submit/"' in shown(client, "courses:studio_module", "T1")


def test_an_edited_draft_has_nothing_left_to_decide(module: Module, crew: Crew) -> None:
    request = send(module, crew)
    make_reviews.edit(module, crew.author, "Sửa thêm")
    page = shown(signed_in(crew.expert), "courses:review", request.pk)
    assert "The draft was changed after it was sent." in page
    assert 'value="approve"' not in page
    reply = signed_in(crew.publisher).post(
        reverse("courses:review_publish", args=[request.pk]), {"reason": "Được"}
    )
    assert reply.status_code == 400


def test_submit_asks_for_the_words_of_a_change_of_law(module: Module, crew: Crew) -> None:
    make_reviews.edit(module, crew.author)
    client = signed_in(crew.author)
    form = {"change_class": "legal", "note": "Luật mới"}
    reply = client.post(reverse("courses:submit", args=["T1"]), form)
    assert reply.status_code == 400
    assert "Say for learners what the law changed." in reply.content.decode()
    summary = form | {"summary": "Luật mới từ 01/01/2027"}
    assert client.post(reverse("courses:submit", args=["T1"]), summary).status_code == 302
    page = shown(signed_in(crew.expert), "courses:review", ReviewRequest.objects.get().pk)
    assert "gets a top-up of 1 unit" in page


def test_the_office_brings_an_earlier_version_back_with_a_reason(module: Module, crew: Crew) -> None:
    make_reviews.edit(module, crew.author)
    make_reviews.published(module, crew)
    office = signed_in(crew.publisher)
    assert reverse("courses:restore", args=["T1", 1]) in shown(office, "courses:published_versions", "T1")
    url = reverse("courses:restore", args=["T1", 1])
    assert office.get(url).status_code == 200
    assert office.post(url, {"reason": ""}).status_code == 400
    assert office.post(url, {"reason": "Sai số liệu"}).status_code == 302
    module.refresh_from_db()
    assert module.published is not None
    assert module.published.number == 1
    assert signed_in(crew.author).post(url, {"reason": "Sai"}).status_code == 403
