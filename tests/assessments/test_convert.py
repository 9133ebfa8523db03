"""Open edX problems become questions of the draft: the action, the page, and the way back."""

import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from assessments import olx
from assessments.actions.convert import Chosen, Done, convert_problems
from assessments.actions.edit_quiz import add_bank
from assessments.capa import convert
from assessments.models import Question
from courses.actions.drafts import undo_draft
from courses.actions.publish import publish_module
from courses.models import BlockVersion, Module
from courses.olx.outline import Outline
from courses.queries.outline import draft_outline
from lms.audit.models import AuditEvent
from lms.people.models import Person, Role
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses
from tests.make_courses import WITHOUT_CORPUS, corpus_olx, text_block, usage_key

pytestmark = pytest.mark.django_db


def problem(name: str, extra: str = "") -> str:
    return (
        f'<problem url_name="{name}" display_name="Câu {name}"><multiplechoiceresponse>'
        f"<label>Hỏi {name}?</label><choicegroup>"
        f'<choice correct="true">Một</choice><choice correct="false">Hai</choice></choicegroup>{extra}'
        "<solution><p>Vì thế.</p></solution></multiplechoiceresponse></problem>"
    )


NUMBER = (
    '<problem url_name="num" display_name="Số"><p>Mấy?</p><numericalresponse answer="10*i">'
    "<formulaequationinput/></numericalresponse></problem>"
)
CONDITIONAL = (
    f'<conditional url_name="if"><show sources="T1/p8"/>{problem("p9")}</conditional>{problem("p8")}'
)
UNITS = {
    "u1": text_block("u1-text") + problem("p1") + problem("p2") + text_block("u1-b") + problem("p3"),
    "u2": NUMBER + problem("p4"),
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
    client.force_login(trainer)
    return client


def key(module: Module, name: str) -> str:
    return usage_key(module, name, "problem")


def convert_these(
    module: Module, *names: str, by: Person, to_bank: bool = False, base: int | None = None
) -> Done:
    chosen = [Chosen(key(module, name), "S3", "8") for name in names]
    return convert_problems(module=module, chosen=chosen, language="vi", to_bank=to_bank, by=by, base=base)


def outline(module: Module) -> Outline:
    found = draft_outline(Module.objects.get(pk=module.pk))
    assert found is not None
    return found


def kinds(module: Module, unit: str) -> list[str]:
    found = outline(module).unit(unit)
    assert found is not None
    return [block.type for block in found.blocks]


def quiz(module: Module, usage: str) -> olx.QuizSource:
    return olx.parse(BlockVersion.objects.get(pk=outline(module).blocks[usage].version).olx)


def test_problems_that_follow_each_other_become_one_practice_quiz(module: Module, trainer: Person) -> None:
    done = convert_these(module, "p1", "p2", "p3", by=trainer)

    assert kinds(module, "u1") == ["text", "quiz", "text", "quiz"]
    assert done.questions == 3
    first, second = (quiz(module, place) for place in done.places)
    assert first.kind == "practice"
    assert [q.name for q in (*first.questions, *second.questions)] == ["t1-q01", "t1-q02", "t1-q03"]
    assert first.questions[0].body["stem"] == {"vi": "Hỏi p1?"}
    assert first.questions[0].body["cites"] == [{"source": "S3", "lines": "8"}]
    assert second.title == {"vi": "Câu p3"}


def test_a_problem_that_is_not_chosen_parts_two_quizzes(tmp_path: Path, trainer: Person) -> None:
    module = make_courses.module(tmp_path / "c", {"u1": problem("p1") + problem("p2") + problem("p3")})
    convert_these(module, "p1", "p3", by=trainer)

    assert kinds(module, "u1") == ["quiz", "problem", "quiz"]


def test_one_draft_one_event_and_undo_brings_the_problems_back(module: Module, trainer: Person) -> None:
    before = Module.objects.get(pk=module.pk).draft
    assert before is not None
    convert_these(module, "p1", "p4", by=trainer)

    after = Module.objects.get(pk=module.pk).draft
    assert after is not None
    assert after.number == before.number + 1
    event = AuditEvent.objects.get(kind="problems.converted")
    assert event.details["problems"] == [key(module, "p1"), key(module, "p4")]
    undo_draft(module=module, base=after.number, by=trainer)
    assert outline(module) == Outline.from_json(before.outline)


def test_into_a_new_bank_and_into_one_that_is_there(module: Module, trainer: Person) -> None:
    done = convert_these(module, "p1", by=trainer, to_bank=True)
    convert_these(module, "p4", by=trainer, to_bank=True)

    assert done.places == (outline(module).banks[0].usage_key,)
    assert add_bank(module=module, by=trainer) == done.places[0]
    assert [q.name for q in quiz(module, done.places[0]).questions] == ["t1-q01", "t1-q02"]
    assert kinds(module, "u2") == ["problem"]


def test_an_unfinished_question_is_never_asked_and_cannot_be_published(
    module: Module, trainer: Person
) -> None:
    convert_these(module, "p1", by=trainer)

    assert not Question.objects.exists()
    with pytest.raises(Refused) as refused:
        publish_module(module=module, by=SYSTEM)
    assert refused.value.code == "faulty-question"


def test_what_cannot_be_converted_is_refused_and_nothing_changes(module: Module, trainer: Person) -> None:
    before = outline(module)
    for names, code in (
        (["p1", "num"], "not-convertible"),
        (["nowhere"], "gone-meanwhile"),
        ([], "nothing-chosen"),
    ):
        with pytest.raises(Refused) as refused:
            convert_these(module, *names, by=trainer)
        assert refused.value.code == code
    assert outline(module) == before
    assert not AuditEvent.objects.filter(kind="problems.converted").exists()


def test_only_authors_convert(module: Module) -> None:
    with pytest.raises(Refused) as refused:
        convert_these(module, "p1", by=make.person())
    assert refused.value.code == "not-allowed"


def test_a_problem_others_depend_on_stays(tmp_path: Path, trainer: Person) -> None:
    module = make_courses.module(tmp_path / "c", {"u1": CONDITIONAL})
    for name in ("p8", "p9"):
        with pytest.raises(Refused) as refused:
            convert_these(module, name, by=trainer)
        assert refused.value.code == "not-convertible"


# The page


def test_page_shows_previews_reasons_and_what_is_lost(client: Client, module: Module) -> None:
    html = client.get(reverse("assessments:convert", args=["T1"])).content.decode()

    for name in ("p1", "p2", "p3", "p4"):
        assert f"Hỏi {name}?" in html
        assert f'value="{key(module, name)}"' in html
    assert f'value="{key(module, "num")}"' not in html
    assert "numericalresponse" not in html  # said in words
    assert "Số" in html


def form(module: Module, *names: str, **more: str) -> dict[str, object]:
    draft = Module.objects.get(pk=module.pk).draft
    assert draft is not None
    taken = [key(module, name) for name in names]
    return {"language": "vi", "place": "unit", "base": draft.number, "take": taken, **more}


def test_page_converts_the_ticked_ones_and_leads_to_the_quiz(client: Client, module: Module) -> None:
    url = reverse("assessments:convert", args=["T1"])
    response = client.post(url, form(module, "p4", source3="S3", lines3=" 8 "))

    place = next(block for block in outline(module).blocks.values() if block.type == "quiz").usage_key
    assert response.headers["Location"] == reverse("assessments:quiz_editor", args=["T1", place])
    assert quiz(module, place).questions[0].body["cites"] == [{"source": "S3", "lines": "8"}]
    assert client.get(response.headers["Location"]).status_code == 200


def test_page_without_a_tick_says_so(client: Client, module: Module) -> None:
    response = client.post(reverse("assessments:convert", args=["T1"]), form(module))

    assert response.status_code == 400
    assert b"err-sum" in response.content


def test_page_tells_when_a_colleague_changed_the_problem(
    client: Client, module: Module, trainer: Person
) -> None:
    sent = form(module, "p1")
    convert_these(module, "p1", by=trainer)
    response = client.post(reverse("assessments:convert", args=["T1"]), sent)

    assert response.status_code == 400


def test_module_page_links_here_only_when_there_are_problems(
    client: Client, module: Module, tmp_path: Path
) -> None:
    make_courses.module(tmp_path / "plain", code="T2")
    link = reverse("assessments:convert", args=["T1"])

    assert link in client.get(reverse("courses:studio_module", args=["T1"])).content.decode()
    assert (
        "/questions/convert/"
        not in client.get(reverse("courses:studio_module", args=["T2"])).content.decode()
    )
    assert client.get(reverse("assessments:convert", args=["T2"])).status_code == 200


@pytest.mark.parametrize("number", [2, 12])
def test_page_asks_the_database_the_same_whatever_the_number(
    client: Client, tmp_path: Path, number: int, django_assert_num_queries: object, settings: Any
) -> None:
    settings.SESSION_ENGINE = "lms.shared.sessions"  # with Redis one query less
    units = {"u1": "".join(problem(f"p{place}") for place in range(number))}
    make_courses.module(tmp_path / "many", units)
    url = reverse("assessments:convert", args=["T1"])
    client.get(url)
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        client.get(url)


QUERIES = 6


# Real courses


@pytest.mark.slow
def test_problems_of_real_courses_convert_or_say_why() -> None:
    archives = sorted(corpus_olx().glob("*.tar.gz"))
    if not archives:
        pytest.skip(WITHOUT_CORPUS)
    found = {archive.name: [convert(text, "en") for text in problems_in(archive)] for archive in archives}
    for name, conversions in found.items():
        able = [one for one in conversions if one.questions]
        print(f"{name}: {len(able)} of {len(conversions)} problems convert")
        assert all(bool(one.questions) != bool(one.reason) for one in conversions)
        assert able


def problems_in(archive: Path) -> list[str]:
    with tarfile.open(archive) as tar:
        names = [name for name in tar.getnames() if "/problem/" in name and "/drafts/" not in name]
        files = [tar.extractfile(name) for name in names if name.endswith(".xml")]
        return [etree.tostring(etree.fromstring(file.read()), encoding="unicode") for file in files if file]
