"""An exam's blueprint: so many questions of each outcome and difficulty, in the draw and in the studio."""

from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from assessments import olx
from assessments.actions.attempt import start_attempt
from assessments.models import QuizVersion
from assessments.olx import PoolSource
from assessments.queries.blueprint import bank_counts
from assessments.queries.fixed import question_version, slots_of
from courses.models import Module
from courses.queries.editing import EditedBlock, edited_block
from lms.people.models import Role
from lms.shared.errors import Refused
from tests import make, make_courses
from tests import make_assessments as make_quiz

pytestmark = pytest.mark.django_db

POOLS = (
    '<pool outcome="C1" count="2"/>',
    '<pool outcome="C1.2" difficulty="3" count="2"/>',
    '<pool outcome="C1.1" difficulty="1" count="1"/>',
)


def bank() -> None:
    """Of C1.1 three easy questions, of C1.2 three hard ones and a medium one."""
    easy = [make_quiz.question_olx(f"c1-e{n}", outcome="C1.1", difficulty=1) for n in range(3)]
    hard = [make_quiz.question_olx(f"c1-h{n}", outcome="C1.2", difficulty=3) for n in range(3)]
    medium = make_quiz.question_olx("c1-m0", outcome="C1.2")
    make_quiz.publish(make_quiz.quiz_olx(*easy, medium), make_quiz.bank_olx(*hard))


def test_an_exam_draws_what_its_blueprint_says() -> None:
    bank()
    person = make_quiz.learner()
    make_quiz.finish(person)

    attempt = start_attempt(quiz=make_quiz.exam(*POOLS), by=person)

    asked = [question_version(slot.question_version_id) for slot in slots_of(attempt.pk)]
    assert len({version.pk for version in asked}) == 5
    assert Counter((v.outcome, v.difficulty) for v in asked[2:]) == {("C1.2", 3): 2, ("C1.1", 1): 1}


def test_a_quiz_without_new_rules_stays_the_version_it_was() -> None:
    """What is as usual is not part of the content's digest: no quiz gets a new version by the update."""
    make_quiz.quiz()
    version = QuizVersion.objects.get()
    assert version.sha256 == olx.digest(
        {
            "kind": "module",
            "title": {"vi": "Kiểm tra C1", "en": "Quiz C1"},
            "pass_percent": 80,
            "attempts_allowed": 3,
            "cooling_off_hours": 24,
            "time_limit_minutes": 20,
            "slots": version.slots,
        }
    )


def test_publishing_names_the_difficulty_that_is_too_thin() -> None:
    bank()
    with pytest.raises(Refused) as refusal:
        make_quiz.exam('<pool outcome="C1.2" difficulty="1" count="1"/>')

    assert refusal.value.code == "thin-pool"
    assert "C1.2" in str(refusal.value.message)


def test_bank_counts_by_outcome_and_difficulty() -> None:
    bank()
    counts = bank_counts()
    assert [counts.available("C1", d) for d in (None, 1, 2, 3)] == [7, 3, 1, 3]
    assert counts.available("C1.2", None) == 4
    assert counts.outcomes_with(["C10.1", "C2"]) == ["C1", "C1.1", "C1.2", "C2", "C10", "C10.1"]


# The editor --------------------------------------------------------------------------------------

EXAM = '<quiz url_name="t1-exam" kind="final" display_name="Thi"><pool outcome="C1" count="2"/>{}</quiz>'
KEY = "block-v1:LanToa+T1+2026+type@quiz+block@t1-exam"


@pytest.fixture
def client() -> Client:
    trainer = make.person()
    make.grant(trainer, Role.TRAINER)
    client = Client()
    client.force_login(trainer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def edited() -> EditedBlock:
    found = edited_block(Module.objects.get(code="T1"), KEY)
    assert found is not None
    return found


def page() -> str:
    return reverse("assessments:quiz_editor", args=["T1", KEY])


def test_the_grid_shows_what_there_is_and_warns_of_thin_pools(client: Client, tmp_path: Path) -> None:
    bank()
    exam = EXAM.format('<pool outcome="C1.2" difficulty="3" count="2"/>')
    make_courses.module(tmp_path / "t1", {"u1": exam})

    shown = client.get(page())

    cells = {
        (row.outcome, place): (cell.available, bool(cell.warning))
        for row in shown.context["form"].grid_rows
        for place, cell in enumerate(row.cells)
    }
    assert cells["C1", 0] == (7, False)
    assert cells["C1.2", 3] == (3, True)
    assert cells["C1.1", 3] == (0, False)
    assert 'name="pool-C1.2-3" value="2"' in shown.content.decode()
    assert 'name="pool-C1.1-3"' not in shown.content.decode()  # there is nothing to draw


def test_the_grid_is_saved_as_pools_of_the_draft(client: Client, tmp_path: Path) -> None:
    bank()
    make_courses.module(tmp_path / "t1", {"u1": EXAM.format("")})
    fields = {"base_version": edited().ref.version, "kind": "final", "pool-C1-0": "3", "pool-C1.2-3": "1"}

    assert client.post(page(), fields).status_code == 302

    assert olx.parse(edited().olx).pools == (PoolSource("C1", 3), PoolSource("C1.2", 1, 3))


def test_the_editor_says_when_pools_cannot_all_be_filled(client: Client, tmp_path: Path) -> None:
    """Each pool alone has enough; together they would need a question twice."""
    bank()
    make_courses.module(tmp_path / "t1", {"u1": EXAM.format("")})
    fields = {"base_version": edited().ref.version, "kind": "final", "pool-C1-3": "2", "pool-C1.2-3": "2"}
    client.post(page(), fields)

    shown = client.get(page())

    assert "C1" in shown.context["at_odds"]
    assert shown.context["at_odds"] in shown.content.decode()


def test_the_window_and_the_rules_of_a_sitting_are_saved(client: Client, tmp_path: Path) -> None:
    bank()
    make_courses.module(tmp_path / "t1", {"u1": EXAM.format("")})
    fields = {
        "base_version": edited().ref.version,
        "kind": "final",
        "opens": "2026-12-01T08:00",
        "closes": "2026-12-01T11:00",
        "review": "after-close",
        "supervised": "on",
    }
    assert client.post(page(), fields).status_code == 302
    assert 'opens="2026-12-01T08:00:00+07:00" closes="2026-12-01T11:00:00+07:00"' in edited().olx
    assert 'value="2026-12-01T08:00"' in client.get(page()).content.decode()

    wrong = client.post(page(), fields | {"closes": "2026-12-01T07:00"})
    assert (wrong.status_code, "closes" in wrong.context["form"].errors) == (400, True)
    without = client.post(page(), fields | {"closes": ""})
    assert (without.status_code, "closes" in without.context["form"].errors) == (400, True)
