"""The studio's quiz editor: rules, questions, moving them; attempts that were made stay as they are."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments import olx
from assessments.actions.attempt import start_attempt
from assessments.actions.edit_quiz import add_bank, move_questions
from assessments.models import Question, QuestionVersion, Quiz
from assessments.queries.fixed import slots_of
from courses.models import Module
from courses.queries.editing import EditedBlock, edited_block
from courses.queries.outline import draft_outline
from lms.people.models import Person, Role
from lms.shared.errors import Refused
from tests import make, make_courses

pytestmark = pytest.mark.django_db


def question(name: str) -> str:
    texts = f'<stem lang="vi">Hỏi {name}?</stem><stem lang="en">Ask {name}?</stem>'
    why = '<why lang="vi">V</why><why lang="en">W</why>'
    right, wrong = (f"<vi>{letter} {name}</vi><en>{letter} {name}</en>{why}" for letter in "ab")
    options = f'<option name="a" correct="true">{right}</option><option name="b">{wrong}</option>'
    return (
        f'<question name="{name}" type="single" outcome="T1.1">{texts}{options}'
        '<explanation lang="vi">G</explanation><explanation lang="en">E</explanation>'
        '<cite source="S3" lines="8"/></question>'
    )


UNITS = {
    "u1": f'<quiz url_name="u1-try" kind="practice" display_name="Thử">{question("t1-p01")}</quiz>',
    "u2": '<quiz url_name="t1-quiz" kind="module" display_name="Kiểm tra" pass_percent="80" attempts="3">'
    f"{question('t1-q01')}{question('t1-q02')}</quiz>",
}


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_courses.module(tmp_path / "t1", UNITS)


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


def key(name: str = "t1-quiz", tag: str = "quiz") -> str:
    return f"block-v1:LanToa+T1+2026+type@{tag}+block@{name}"


def edited(name: str = "t1-quiz", tag: str = "quiz") -> EditedBlock:
    found = edited_block(Module.objects.get(code="T1"), key(name, tag))
    assert found is not None
    return found


def names(name: str = "t1-quiz", tag: str = "quiz") -> list[str]:
    return [q.name for q in olx.parse(edited(name, tag).olx).questions]


def url(view: str, name: str = "t1-quiz", tag: str = "quiz") -> str:
    return reverse(f"assessments:{view}", args=["T1", key(name, tag)])


def arrange(client: Client, **fields: Any) -> Any:
    return client.post(url("quiz_arrange"), {"base_version": edited().ref.version, **fields})


def filled(**changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "base_version": edited().ref.version,
        "kind": "single",
        "correct": ["0"],
        "difficulty": "2",
        "outcome": "",
        "stem_vi": "Loa phát mấy giờ?",
        "stem_en": "When does it speak?",
        "text0_vi": "Năm giờ",
        "text0_en": "At five",
        "text1_vi": "Mười giờ",
        "text1_en": "At ten",
        "cite0_source": "S3",
        "cite0_lines": "8",
    }
    return fields | changes


def test_studio_block_sends_authors_to_the_quiz_editor(client: Client, module: Module) -> None:
    answer = client.get(reverse("courses:studio_block", args=["T1", key()]))
    assert answer["Location"] == url("quiz_editor")
    shown = client.get(url("quiz_editor")).content.decode()
    assert "Hỏi t1-q01?" in shown
    assert "Hỏi t1-p01?" in shown  # of the other quiz, to choose from
    assert "80%" in shown


def test_rules_are_saved_as_a_draft(client: Client, module: Module) -> None:
    fields = {"base_version": edited().ref.version, "kind": "module", "attempts": "2", "title_vi": "Bài thi"}
    fields["double_marking"] = "on"
    assert client.post(url("quiz_editor"), fields).status_code == 302
    found = olx.parse(edited().olx)
    assert (found.attempts, found.title["vi"], found.pass_percent) == (2, "Bài thi", 80)
    assert found.double_marking
    assert re.search('name="double_marking"[^>]* checked', client.get(url("quiz_editor")).content.decode())
    assert names() == ["t1-q01", "t1-q02"]
    assert Quiz.objects.get(usage_key=key()).current.attempts_allowed == 3  # type: ignore[union-attr]


def test_a_new_question_gets_the_next_name_and_a_version(client: Client, module: Module) -> None:
    assert client.post(url("question_editor"), filled()).status_code == 302
    assert names() == ["t1-q01", "t1-q02", "t1-q03"]
    body = olx.parse(edited().olx).questions[2].body
    assert [option["name"] for option in body["options"]] == ["a", "b"]
    assert body["options"][0]["correct"]
    # it still lacks its reasons: a draft may, and the list says so
    assert not Question.objects.filter(name="t1-q03").exists()
    assert "t1-q03" in client.get(url("quiz_editor")).content.decode()


def test_editing_a_question_keeps_the_names_of_its_answers(client: Client, module: Module) -> None:
    fields = filled(text0_vi="", text0_en="", text2_vi="Ba", text2_en="Three", correct=["1"])
    assert client.post(url("question_editor") + "?question=t1-q01", fields).status_code == 302
    body = olx.parse(edited().olx).questions[0].body
    assert [(option["name"], option["correct"]) for option in body["options"]] == [("b", True), ("c", False)]


def test_true_or_false_fills_the_usual_words(client: Client, module: Module) -> None:
    empty = dict.fromkeys(("text0_vi", "text0_en", "text1_vi", "text1_en"), "")
    client.post(url("question_editor"), filled(kind="truefalse", correct=["1"], **empty))
    options = olx.parse(edited().olx).questions[2].body["options"]
    assert [(o["name"], o["text"]["vi"], o["correct"]) for o in options] == [
        ("true", "Đúng", False),
        ("false", "Sai", True),
    ]


def test_true_or_false_turned_into_a_choice_has_answers_of_different_names(
    client: Client, module: Module
) -> None:
    client.post(url("question_editor"), filled(kind="truefalse", correct=["1"]))
    fields = filled(base_version=edited().ref.version)
    assert client.post(url("question_editor") + "?question=t1-q03", fields).status_code == 302
    options = olx.parse(edited().olx).questions[2].body["options"]
    assert [option["name"] for option in options] == ["a", "b"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"correct": []}, "correct"),
        ({"correct": ["0", "1"]}, "correct"),
        ({"text1_vi": "", "text1_en": ""}, "text0_vi"),
        ({"text1_vi": "Năm giờ"}, "text0_vi"),
        ({"weight1": "viel"}, "weight1"),
        ({"cite0_source": "S99"}, "cite0_source"),
    ],
)
def test_question_editor_refuses_in_plain_words(
    client: Client, module: Module, changes: Any, field: str
) -> None:
    answer = client.post(url("question_editor"), filled(**changes))
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert names() == ["t1-q01", "t1-q02"]


def test_a_lost_race_is_refused_and_keeps_the_words(client: Client, module: Module) -> None:
    mine = filled()
    arrange(client, do="down", name="t1-q01")
    answer = client.post(url("question_editor"), mine)
    assert answer.status_code == 400
    assert "Loa phát mấy giờ?" in answer.content.decode()
    theirs = edited().ref.version
    assert client.post(url("question_editor"), mine | {"over": theirs}).status_code == 302
    assert names() == ["t1-q02", "t1-q01", "t1-q03"]


def test_questions_are_arranged_moved_and_deleted(client: Client, module: Module) -> None:
    arrange(client, do="down", name="t1-q01")
    assert names() == ["t1-q02", "t1-q01"]
    arrange(client, do="take", take=["t1-p01"], source=key("u1-try"))
    assert names() == ["t1-q02", "t1-q01", "t1-p01"]
    assert names("u1-try") == []
    arrange(client, do="bank", name="t1-q02")
    assert names("t1-bank", "question_bank") == ["t1-q02"]
    arrange(client, do="delete", name="t1-q01")
    assert names() == ["t1-p01"]
    assert client.get(url("quiz_editor", "t1-bank", "question_bank")).status_code == 200


def test_a_module_gets_one_bank_only(module: Module, trainer: Person) -> None:
    first = add_bank(module=module, by=trainer)
    assert add_bank(module=module, by=trainer) == first
    module.refresh_from_db()
    outline = draft_outline(module)
    assert outline is not None
    assert [bank.usage_key for bank in outline.banks] == [first]


def test_moving_is_refused_to_learners_and_after_a_change(module: Module, trainer: Person) -> None:
    facts = {"module": module, "names": ["t1-q01"], "source": key(), "target": key("u1-try")}
    with pytest.raises(Refused, match="not-allowed"):
        move_questions(**facts, base_version=edited().ref.version, by=make.person())  # type: ignore[arg-type]
    with pytest.raises(Refused, match="changed-meanwhile"):
        move_questions(**facts, base_version=0, by=trainer)  # type: ignore[arg-type]
    facts["names"] = ["gone"]
    with pytest.raises(Refused, match="question-gone"):
        move_questions(**facts, base_version=edited().ref.version, by=trainer)  # type: ignore[arg-type]
    assert names() == ["t1-q01", "t1-q02"]


def test_an_attempt_keeps_the_words_it_was_asked_with(client: Client, tmp_path: Path) -> None:
    made = make_courses.module(tmp_path / "t1", {"u2": UNITS["u2"]})
    learner = make.person()
    make_courses.enrolment(learner, make_courses.programme(made))
    attempt = start_attempt(quiz=Quiz.objects.get(usage_key=key()), by=learner)
    asked = [slot.question_version_id for slot in slots_of(attempt.pk)]
    full = {f"why{n}_{code}": "Vì thế" for n in range(2) for code in ("vi", "en")}
    full |= {"explanation_vi": "G", "explanation_en": "E"}
    assert client.post(url("question_editor") + "?question=t1-q01", filled(**full)).status_code == 302
    assert QuestionVersion.objects.filter(question__name="t1-q01").count() == 2
    assert [slot.question_version_id for slot in slots_of(attempt.pk)] == asked
    stems = QuestionVersion.objects.filter(pk__in=asked).values_list("body", flat=True)
    assert "Loa phát mấy giờ?" not in {body["stem"]["vi"] for body in stems}


def test_typing_in_a_question_is_kept_apart_from_the_quiz(client: Client, module: Module) -> None:
    body = {
        "uuid": "5f0c6a8e-3d1e-4b9f-8a52-0a3f1f1d2c10",
        "base_seq": 0,
        "base_version": 1,
        "part": "new",
        "fields": {"stem_vi": ["Đang nghĩ"], "correct": ["1"], "kind": ["multiple"]},
    }
    keep = reverse("courses:keep_typing", args=["T1", key()])
    assert client.post(keep, body, content_type="application/json").status_code == 200
    assert "continue=1" not in client.get(url("quiz_editor")).content.decode()
    shown = client.get(url("question_editor") + "?question=new&continue=1")
    assert "Đang nghĩ" in shown.content.decode()
    assert shown.context["form"]["correct"].value() == ["1"]
    refused = client.post(url("question_editor"), filled(kept_seq="1", base_version=""))
    assert (refused.status_code, refused.context["kept"]) == (400, None)
    assert 'name="kept_seq" value="1"' in refused.content.decode()
    assert client.post(url("question_editor"), filled(kept_seq="1")).status_code == 302
    assert "continue=1" not in client.get(url("question_editor")).content.decode()


def test_a_new_question_begins_with_its_kind(client: Client, module: Module) -> None:
    page = client.get(url("question_editor")).content.decode()
    assert page.count("&amp;kind=") == 11
    practice = client.get(url("question_editor", "u1-try")).content.decode()
    assert practice.count("&amp;kind=") == 9  # nobody waits for a person in practice
    form = client.get(url("question_editor"), {"question": "new", "kind": "ordering"}).content.decode()
    assert 'name="place0"' in form


def test_a_form_is_previewed_and_grows_without_scripts_and_without_saving(
    client: Client, module: Module
) -> None:
    sent = filled(kind="ordering", item0_vi="Viết", item1_vi="Phát", place0="1", place1="2")
    shown = client.post(url("question_editor"), sent | {"preview": "1"})
    assert shown.status_code == 200
    assert 'value="Viết"' in shown.content.decode()
    assert '<select class="in" name="preview"' in shown.content.decode()
    fragment = client.post(url("question_editor"), sent | {"fragment": "1"}).content.decode()
    assert fragment.lstrip().startswith('<div class="q-look')
    grown = client.post(url("question_editor"), sent | {"more": "item"}).content.decode()
    assert 'name="item2_vi"' in grown
    assert names() == ["t1-q01", "t1-q02"]
