"""The question bank over all modules: finding, counting, comparing, changing many at once."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessments import olx
from assessments.actions.attempt import start_attempt
from assessments.actions.bulk_edit import BulkChange, change_questions
from assessments.models import Question, Quiz
from assessments.queries.question_bank import BankFilters, bank_question, bank_questions, drawing_blocks
from assessments.queries.question_use import _counted, exposures, uses
from assessments.queries.question_versions import changes_between, versions_of
from courses.actions.publish import save_block_draft
from courses.models import Module
from courses.queries.editing import edited_block
from lms.people.models import Person, Role
from lms.shared.errors import Refused
from tests import make, make_courses
from tests.assessments.test_quiz_editor import key, question

pytestmark = pytest.mark.django_db
SITUATION = '<stimulus name="t1-s01"><title lang="vi">Chuyện</title><text lang="vi">Ở xã</text></stimulus>'


@pytest.fixture
def module(tmp_path: Path) -> Module:
    units = {
        "u1": f'<quiz url_name="u1-try" kind="practice" display_name="Thử">{question("t1-p01")}</quiz>',
        "u2": '<quiz url_name="t1-quiz" kind="module" display_name="Kiểm tra" attempts="3">'
        f"{question('t1-q01')}{question('t1-q02')}</quiz>",
        "u3": '<quiz url_name="t1-exam" kind="final" display_name="Thi"><pool outcome="T1" count="1"/>'
        "</quiz>",
    }
    return make_courses.module(tmp_path / "t1", units)


@pytest.fixture
def other(tmp_path: Path) -> Module:
    units = {"u1": f'<quiz url_name="t2-quiz" kind="module" display_name="Hai">{question("t2-q01")}</quiz>'}
    return make_courses.module(tmp_path / "t2", units, code="T2")


@pytest.fixture
def trainer() -> Person:
    person = make.person()
    make.grant(person, Role.TRAINER)
    return person


@pytest.fixture
def client(trainer: Person) -> Client:
    client = Client()
    client.force_login(trainer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def names(**filters: str) -> list[str]:
    return [one.name for one in bank_questions(BankFilters(**filters))]


def body(name: str = "t1-quiz", tag: str = "quiz") -> str:
    found = edited_block(Module.objects.get(code="T1"), key(name, tag))
    assert found is not None
    return found.olx


def rewrite(text: str, by: Person, name: str = "t1-quiz") -> None:
    save_block_draft(module=Module.objects.get(code="T1"), usage_key=key(name), olx=text, by=by)


def test_questions_are_found_without_accents_and_by_filters(module: Module, other: Module) -> None:
    assert names() == ["t1-p01", "t1-q01", "t1-q02", "t2-q01"]
    assert names(text="hoi t1-q01") == ["t1-q01"]
    assert names(module="T2") == ["t2-q01"]
    assert names(place="practice") == ["t1-p01"]
    assert names(outcome="T1") == ["t1-p01", "t1-q01", "t1-q02", "t2-q01"]
    assert names(outcome="T1.1", kind="single", difficulty="2", text="ASK T1-Q02") == ["t1-q02"]
    assert names(kind="multiple") == []
    assert names(language="de") == ["t1-p01", "t1-q01", "t1-q02", "t2-q01"]
    assert names(language="en") == []


def test_states_say_how_draft_and_publication_differ(module: Module, trainer: Person) -> None:
    text = body().replace("Hỏi t1-q01?", "Hỏi khác?").replace(question("t1-q02"), question("t1-q09"))
    rewrite(text.replace("<vi>b t1-q09</vi>", ""), trainer)
    states = {one.name: one.state for one in bank_questions(BankFilters())}
    assert states == {"t1-p01": "published", "t1-q01": "changed", "t1-q09": "draft", "t1-q02": "leaving"}
    assert names(state="draft") == ["t1-q09"]
    [unsound] = bank_questions(BankFilters(state="draft"))
    assert {code: state for code, state, _n in unsound.languages} == {
        "vi": "missing",
        "en": "complete",
        "de": "none",
    }


def test_a_question_that_stands_nowhere_is_found_as_gone(module: Module, trainer: Person) -> None:
    rewrite(body().replace("Hỏi t1-q01?", "Đã bỏ?").replace("t1-q01", "t1-q08"), trainer)
    rewrite(body().replace("t1-q08", "t1-q07"), trainer)
    assert "t1-q08" not in names()
    assert names(state="gone", text="da bo") == ["t1-q08"]
    gone = bank_question("t1-q08")
    assert gone is not None
    assert (gone.state, gone.block, gone.in_draft) == ("gone", None, False)


def test_exposure_counts_attempts_and_quizzes_that_may_draw_it_are_named(module: Module) -> None:
    programme = make_courses.programme(module)
    quiz = Quiz.objects.get(usage_key=key())
    for _number in range(2):
        learner = make.person()
        make_courses.enrolment(learner, programme)
        attempt = start_attempt(quiz=quiz, by=learner)
    found = exposures(["t1-q01", "t1-p01"])
    assert found.keys() == {"t1-q01"}
    assert (found["t1-q01"].attempts, found["t1-q01"].asked_at) == (2, attempt.started_at)
    [use] = uses("t1-q01")
    assert (use.number, use.block_key, use.attempts) == (1, "t1-quiz", 2)
    asked = bank_question("t1-q01")
    practised = bank_question("t1-p01")
    assert asked is not None
    assert practised is not None
    assert [ref.key for _module, ref in drawing_blocks(asked)] == ["t1-exam"]
    assert drawing_blocks(practised) == []


def test_exposure_is_counted_from_the_index(module: Module) -> None:
    rows = _counted([1, 2])
    plan = str(rows.explain())  # type: ignore[attr-defined]
    if connection.vendor == "sqlite":
        assert "COVERING INDEX slot_question_and_attempt (question_version_id=?)" in plan


def test_versions_are_compared_in_words(module: Module, trainer: Person) -> None:
    text = body().replace("Hỏi t1-q01?", "Hỏi rõ t1-q01?").replace('outcome="T1.1"', 'outcome="T1.2"', 1)
    rewrite(text, trainer)
    newer, older = versions_of("t1-q01")
    changes = changes_between(older, newer)
    assert [change.code for change in changes] == ["", "vi"]
    [paragraph] = changes[1].paragraphs
    assert [(piece.change, piece.words.strip()) for piece in paragraph] == [
        ("same", "Hỏi"),
        ("new", "rõ"),
        ("same", "t1-q01?"),
    ]


def test_many_are_changed_with_one_draft_for_each_module(
    module: Module, other: Module, trainer: Person
) -> None:
    before = {m.code: m.versions.count() for m in (module, other)}
    changed = change_questions(
        names=["t1-p01", "t1-q02", "t2-q01"],
        change=BulkChange(outcome="T1.3", difficulty=3, target="bank"),
        by=trainer,
    )
    assert [m.code for m in changed] == ["T1", "T2"]
    assert {m.code: m.versions.count() - before[m.code] for m in (module, other)} == {"T1": 1, "T2": 1}
    found = {one.name: one for one in bank_questions(BankFilters())}
    moved = found["t1-p01"]
    assert moved.block is not None
    assert (moved.facts.outcome, moved.facts.difficulty, moved.block.type) == ("T1.3", 3, "question_bank")
    assert (found["t1-q01"].facts.outcome, found["t1-q01"].facts.difficulty) == ("T1.1", 2)
    # what was published stays as it was until it is published again
    assert Question.objects.get(name="t1-p01").current.outcome == "T1.1"  # type: ignore[union-attr]


def test_a_question_takes_its_situation_along(module: Module, trainer: Person) -> None:
    text = body().replace("<question", f"{SITUATION}<question", 1)
    rewrite(text.replace('name="t1-q01"', 'name="t1-q01" stimulus="t1-s01"'), trainer)
    change_questions(names=["t1-q01"], change=BulkChange(target=key("u1-try")), by=trainer)
    source = olx.parse(body("u1-try"))
    assert source.questions[-1].body["stimulus"]["title"] == {"vi": "Chuyện"}
    assert [problem for problem in source.problems if problem.code == "unknown-stimulus"] == []


def test_changing_many_is_refused_where_it_cannot_be(module: Module, other: Module, trainer: Person) -> None:
    def refused(code: str, names: list[str], change: BulkChange, by: Person = trainer) -> None:
        with pytest.raises(Refused, match=code):
            change_questions(names=names, change=change, by=by)

    refused("not-allowed", ["t1-q01"], BulkChange(difficulty=1), make.person())
    refused("nothing-chosen", [], BulkChange(difficulty=1))
    refused("nothing-chosen", ["t1-q01"], BulkChange())
    refused("question-gone", ["t1-q01", "t1-q99"], BulkChange(difficulty=1))
    refused("unknown-block", ["t1-q01", "t2-q01"], BulkChange(target=key()))
    essay = question("t1-q01").replace('type="single"', 'type="essay"')
    rewrite(body().replace(question("t1-q01"), essay), trainer)
    refused("by-hand-in-practice", ["t1-q01"], BulkChange(target=key("u1-try")))
    assert {one.facts.difficulty for one in bank_questions(BankFilters())} == {2}
    change_questions(names=["t1-q02"], change=BulkChange(difficulty=2), by=trainer)
    assert change_questions(names=["t1-q02"], change=BulkChange(difficulty=2), by=trainer) == []


def test_the_list_changes_many_after_a_confirmation(
    client: Client, module: Module, django_assert_max_num_queries: Any
) -> None:
    address = reverse("assessments:question_bank")
    client.get(address)
    # session, person, roles; modules twice (choices, list), outlines and blocks; versions and slots
    with django_assert_max_num_queries(12):
        shown = client.get(address, {"text": "hỏi"}).content.decode()
    assert "Hỏi t1-q01?" in shown
    assert "Hỏi" not in client.get(address, {"text": "nothing of this"}).content.decode()
    change = reverse("assessments:question_change")
    ticked = {"name": ["t1-q01", "t1-q02"]}
    asked = client.post(change, ticked).content.decode()
    assert "Hỏi t1-q02?" in asked
    assert 'value="keep" selected' in asked
    keep = {"outcome": "keep", "difficulty": "keep", "target": "", "confirmed": "1"}
    assert client.post(change, ticked | keep).status_code == 400
    done = client.post(change, ticked | keep | {"takes_out": "on"})
    assert done["Location"] == f"{address}?changed=T1"
    assert "/studio/T1/" in client.get(done["Location"]).content.decode()
    assert names(state="leaving") == ["t1-q01", "t1-q02"]
    assert client.post(change, ticked).status_code == 302


def test_the_page_of_a_question_shows_where_it_stands_and_its_versions(
    client: Client, module: Module, trainer: Person
) -> None:
    rewrite(body().replace("Hỏi t1-q01?", "Hỏi rõ hơn?"), trainer)
    page = client.get(reverse("assessments:question_page", args=["t1-q01"])).content.decode()
    assert "<ins>" in page
    assert "Kiểm tra" in page
    address = reverse("assessments:question_page", args=["t1-q01"])
    assert "<ins>" not in client.get(address, {"from": "1", "to": "1"}).content.decode()
    assert client.get(reverse("assessments:question_page", args=["t9-q01"])).status_code == 404


def test_a_situation_is_written_chosen_and_taken_out(client: Client, module: Module) -> None:
    address = reverse("assessments:situation", args=["T1", key()])

    def base() -> int:
        found = edited_block(Module.objects.get(code="T1"), key())
        assert found is not None
        return found.ref.version

    assert client.post(address, {"base_version": base()}).status_code == 400
    said = {"base_version": base(), "title_vi": "Chuyện ở xã", "text_vi": "Có mưa lớn."}
    assert client.post(address, said).status_code == 302
    assert [one["name"] for one in olx.parse(body()).situations] == ["t1-s01"]
    editor = reverse("assessments:question_editor", args=["T1", key()]) + "?question=t1-q01"
    assert "Chuyện ở xã" in client.get(editor).content.decode()
    own = f"{address}?situation=t1-s01"
    assert client.post(own, said | {"base_version": base(), "text_vi": "Có nắng."}).status_code == 302
    assert olx.parse(body()).situations[0]["text"] == {"vi": "Có nắng."}
    assert client.post(own, {"base_version": base(), "do": "delete"}).status_code == 302
    assert olx.parse(body()).situations == ()
    assert client.get(own).status_code == 404
