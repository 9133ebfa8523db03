"""The pages of marking, appeals and regrades, and what the learner sees of them."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.appeal import open_appeal
from assessments.actions.mark_by_hand import claim_answer
from assessments.models import Appeal, Attempt, HandMark, MarkingClaim, Regrade
from lms.people.models import Person, Role
from lms.shared import clock
from tests import make
from tests import make_assessments as quizzes
from tests import make_marking as marking

pytestmark = pytest.mark.django_db


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def waiting(name: str = "Lò Thị Kín") -> Attempt:
    learner = quizzes.learner()
    Person.objects.filter(pk=learner.pk).update(full_name=name)
    learner.refresh_from_db()
    return marking.handed_in(marking.quiz(), learner)


def office() -> Person:
    person = make.person()
    make.grant(person, Role.OFFICE)
    return person


def test_queue_names_no_names() -> None:
    attempt = waiting()
    slot = marking.essay_slot(attempt)

    page = text_of(as_(marking.trainer()).get(reverse("assessments:marking")))

    assert f"{slot.pk}" in page
    assert "Viết bài c1-e01" in page
    assert "Lò Thị Kín" not in page
    assert attempt.receipt not in page


def test_queue_can_be_narrowed_to_a_module() -> None:
    waiting()
    client = as_(marking.trainer())

    assert "Viết bài" in text_of(client.get(reverse("assessments:marking"), {"module": "C1"}))
    assert "Viết bài" not in text_of(client.get(reverse("assessments:marking"), {"module": "C2"}))


def test_queue_costs_the_same_for_many(django_assert_max_num_queries: Any) -> None:
    quiz = marking.quiz()
    for _ in range(6):
        marking.handed_in(quiz, quizzes.learner())
    client = as_(marking.trainer())
    client.get(reverse("assessments:marking"))

    with django_assert_max_num_queries(7):
        client.get(reverse("assessments:marking"))


def test_mark_one_and_go_on_with_the_next() -> None:
    quiz = marking.quiz()
    first, second = (marking.essay_slot(marking.handed_in(quiz, quizzes.learner())) for _ in range(2))
    trainer = marking.trainer()
    client = as_(trainer)
    page = reverse("assessments:mark", args=[first.pk])

    claim = reverse("assessments:marking_claim", args=[first.pk])
    assert claim in client.get(page).content.decode()
    assert client.post(claim).url == page  # type: ignore[attr-defined]
    form = client.get(page).content.decode()
    assert 'name="level-clear"' in form
    assert "Bài viết của tôi." in form

    sent = {"level-clear": "good", "level-right": "fair", "comment": "Tốt.", "go": "next"}
    following = client.post(page, sent)

    assert following.url == reverse("assessments:mark", args=[second.pk])  # type: ignore[attr-defined]
    assert MarkingClaim.objects.get().slot_id == second.pk
    mark = HandMark.objects.get()
    assert (int(mark.points), mark.levels, mark.comment) == (6, {"clear": "good", "right": "fair"}, "Tốt.")
    client.post(
        reverse("assessments:mark", args=[second.pk]),
        {"level-clear": "good", "level-right": "good", "go": "next"},
    )
    assert not MarkingClaim.objects.exists()


def test_what_was_typed_comes_back_when_a_level_is_missing() -> None:
    slot = marking.essay_slot(waiting())
    trainer = marking.trainer()
    claim_answer(slot_id=slot.pk, by=trainer)

    response = as_(trainer).post(
        reverse("assessments:mark", args=[slot.pk]), {"level-clear": "good", "comment": "Dở dang"}
    )

    page = response.content.decode()
    assert response.status_code == 400
    assert "Dở dang" in page
    assert re.search(r'value="good" required checked', page)


def test_an_answer_that_somebody_marks_is_left_alone() -> None:
    slot = marking.essay_slot(waiting())
    claim_answer(slot_id=slot.pk, by=marking.trainer())
    client = as_(marking.trainer())

    taken = client.post(reverse("assessments:marking_claim", args=[slot.pk]))

    assert taken.url == reverse("assessments:marking")  # type: ignore[attr-defined]
    assert "level-clear" not in client.get(reverse("assessments:mark", args=[slot.pk])).content.decode()
    assert client.post(reverse("assessments:marking_release", args=[slot.pk])).status_code == 302
    assert MarkingClaim.objects.count() == 1


def test_the_second_marker_does_not_see_the_first_mark() -> None:
    quiz = marking.quiz(rules='attempts="3" double_marking="true"')
    slot = marking.essay_slot(marking.handed_in(quiz, quizzes.learner()))
    marking.mark(slot, marking.trainer(), comment="Ý kiến thứ nhất", note="Ghi chú")
    client = as_(marking.trainer())

    assert "Ý kiến thứ nhất" not in text_of(client.get(reverse("assessments:mark", args=[slot.pk])))
    marking.mark(slot, marking.trainer())
    assert "Ý kiến thứ nhất" in text_of(client.get(reverse("assessments:mark", args=[slot.pk])))


def test_the_name_is_shown_once_to_the_office() -> None:
    slot = marking.essay_slot(waiting())
    client = as_(office())
    address = reverse("assessments:marking_reveal", args=[slot.pk])

    assert "Lò Thị Kín" in text_of(client.post(address, {"reason": "Đơn"}))
    assert "Lò Thị Kín" not in text_of(client.get(reverse("assessments:mark", args=[slot.pk])))
    text_of(client.post(address, {"reason": ""}), 400)


def test_ones_own_answer_is_not_found() -> None:
    attempt = waiting()
    make.grant(attempt.person, Role.TRAINER)

    response = as_(attempt.person).get(reverse("assessments:mark", args=[marking.essay_slot(attempt).pk]))

    assert response.status_code == 404


def test_learner_sees_that_it_waits() -> None:
    attempt = waiting()
    client = as_(attempt.person)
    result = reverse("assessments:result", args=[attempt.pk])

    for address in (
        result,
        reverse("assessments:quiz", args=[attempt.quiz.usage_key]),
        reverse("home:start"),
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert f"attempts/{attempt.pk}/result/" in response.content.decode() or address == result
    assert "Bài viết của tôi." in text_of(client.get(result))
    assert "None%" not in text_of(client.get(result))
    for name, arguments in (("review", [attempt.pk]), ("question", [attempt.pk, 1])):
        assert client.get(reverse(f"assessments:{name}", args=arguments)).url == result  # type: ignore[attr-defined]
    api = client.get(reverse("assessments:api_attempt", args=[attempt.pk])).json()
    assert (api["state"], api["score"], api["passed"], api["receipt"]) == (
        "marking",
        None,
        None,
        attempt.receipt,
    )
    assert [question["percent"] for question in api["questions"]] == [100, None]


def test_learner_reads_rubric_and_comment() -> None:
    attempt = waiting()
    slot, marker = marking.essay_slot(attempt), marking.trainer("Người Chấm")
    marking.mark(slot, marker, "good", "fair", comment="Hay.", note="Nháp riêng")

    page = text_of(as_(attempt.person).get(reverse("assessments:result", args=[attempt.pk]), {"show": "all"}))

    assert "Tiêu chí clear: good (4)" in page
    assert "Tiêu chí right: fair (2)" in page
    assert "Hay." in page
    assert "Nháp riêng" not in page
    assert "Người Chấm" not in page


def test_result_page_costs_the_same_for_many_questions(django_assert_max_num_queries: Any) -> None:
    attempt = waiting()
    marking.mark(marking.essay_slot(attempt), marking.trainer())
    client = as_(attempt.person)
    address = reverse("assessments:result", args=[attempt.pk])
    client.get(address)

    with django_assert_max_num_queries(16):
        client.get(address)


def appealed() -> Appeal:
    attempt = waiting()
    slot = marking.essay_slot(attempt)
    marking.mark(slot, marking.trainer(), "fair", "fair", note="Để ý")
    return open_appeal(slot_id=slot.pk, reason="Tôi có nguồn.", by=attempt.person)


def test_learner_appeals_from_her_result_page() -> None:
    attempt = waiting()
    slot = marking.essay_slot(attempt)
    marking.mark(slot, marking.trainer(), "weak", "weak")
    client = as_(attempt.person)
    new = reverse("assessments:appeal_new", args=[slot.pk])
    result = reverse("assessments:result", args=[attempt.pk])
    page = client.get(result, {"show": "all"}).content.decode()
    assert new in page
    full = reverse("assessments:appeal_new", args=[attempt.slots.get(position=1).pk])
    assert full not in page  # nothing to be won there

    text_of(client.post(new, {"reason": " "}), 400)
    sent = client.post(new, {"reason": "Tôi có nguồn."})

    assert sent.url == f"{result}?show=all#q2"  # type: ignore[attr-defined]
    assert Appeal.objects.get().reason == "Tôi có nguồn."
    assert new not in client.get(result).content.decode()
    assert as_(quizzes.learner()).get(new).status_code == 404


def test_appeal_shows_the_frozen_paper_without_a_name_and_is_decided() -> None:
    appeal = appealed()
    reviewer = make.person()
    make.grant(reviewer, Role.REVIEWER)
    client = as_(reviewer)
    address = reverse("assessments:appeal", args=[appeal.pk])
    assert address in client.get(reverse("assessments:appeals")).content.decode()

    page = text_of(client.get(address))
    assert "Tôi có nguồn." in page
    assert "Bài viết của tôi." in page
    assert "Câu hỏi c1-q01?" in page  # the whole paper
    assert "Để ý" in page  # the markers' note
    assert "Lò Thị Kín" not in page

    text_of(client.post(address, {"decision": "uphold", "answer": "Đúng.", "percent": "abc"}), 400)
    client.post(address, {"decision": "uphold", "answer": "Đúng.", "percent": "100"})

    appeal.refresh_from_db()
    assert appeal.is_upheld is True
    learner = as_(appeal.slot.attempt.person)
    result = learner.get(reverse("assessments:result", args=[appeal.slot.attempt_id]), {"show": "all"})
    assert "Đúng." in text_of(result)
    assert f"#q{appeal.slot.position}" in learner.get(reverse("home:start")).content.decode()
    assert address in client.get(reverse("assessments:appeals")).content.decode()


def test_regrade_from_the_preview_to_the_learner(django_capture_on_commit_callbacks: Any) -> None:
    attempt = quizzes.submitted_attempt(quizzes.quiz(), quizzes.learner(), right=3)
    missed = attempt.slots.get(position=5).question_version.question.name
    client = as_(marking.trainer())
    listed, page = reverse("assessments:regrades"), reverse("assessments:regrade", args=[missed])
    assert client.get(listed, {"question": missed}).url == page  # type: ignore[attr-defined]
    assert client.get(listed, {"question": "none"}).status_code == 200

    preview = client.get(page, {"kind": "full", "upto": "1"}).content.decode()
    assert "60%" in preview
    assert "80%" in preview
    assert attempt.person.full_name not in preview
    text_of(client.get(page, {"kind": "rekey", "upto": "1"}), 400)
    text_of(client.post(page, {"kind": "full", "upto": "1", "reason": ""}), 400)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"kind": "full", "upto": "1", "reason": "Đề sai"})

    attempt.refresh_from_db()
    assert (attempt.percent, attempt.passed) == (80, True)
    done = Regrade.objects.get()
    assert (done.raised, done.newly_passed, done.done_at is not None) == (1, 1, True)
    assert "Đề sai" in text_of(client.get(listed))
    own = as_(attempt.person).get(reverse("assessments:result", args=[attempt.pk]), {"show": "all"})
    assert "Đề sai" in text_of(own)
    assert client.post(reverse("assessments:regrade_resume", args=[done.pk])).status_code == 302


def test_regrade_names_are_for_the_office() -> None:
    learner = quizzes.learner()
    Person.objects.filter(pk=learner.pk).update(full_name="Vàng Thị Kín")
    attempt = quizzes.submitted_attempt(quizzes.quiz(), learner, right=3)
    missed = attempt.slots.get(position=5).question_version.question.name
    address = reverse("assessments:regrade_reveal", args=[missed])
    sent = {"kind": "full", "upto": "1", "reveal_reason": "Thư hỏi"}

    assert "Vàng Thị Kín" in text_of(as_(office()).post(address, sent))
    text_of(as_(office()).post(address, {**sent, "reveal_reason": ""}), 400)
    assert "Vàng Thị Kín" not in text_of(as_(marking.trainer()).post(address, sent), 400)


def test_nobody_was_asked_the_question_yet() -> None:
    quizzes.quiz()

    text_of(as_(marking.trainer()).get(reverse("assessments:regrade", args=["c1-q01"]), {"kind": "full"}))


def test_claims_run_out_in_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    slot = marking.essay_slot(waiting())
    claim = claim_answer(slot_id=slot.pk, by=marking.trainer())
    client = as_(marking.trainer())
    claim_address = reverse("assessments:marking_claim", args=[slot.pk])
    assert claim_address not in client.get(reverse("assessments:marking")).content.decode()

    late = claim.until
    monkeypatch.setattr(clock, "now", lambda: late)
    assert claim_address in client.get(reverse("assessments:marking")).content.decode()
