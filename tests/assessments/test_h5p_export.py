"""The studio's page that gives a quiz out as H5P, and the action behind it."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.edit_quiz import add_bank
from assessments.actions.export_h5p import LibrariesMissing, export_h5p
from assessments.h5p import Wish
from assessments.models import Question, QuestionPlace
from courses.actions.import_olx import import_module
from courses.h5p.actions.packages import import_package
from courses.models import Module
from courses.queries.editing import EditedBlock, edited_block
from lms.audit.models import AuditEvent
from lms.people.models import Person, Role
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses
from tests.assessments.test_quiz_editor import UNITS, question
from tests.make_h5p_shelf import H5P_CORPUS, WITHOUT_H5P, corpus_package

pytestmark = pytest.mark.django_db
needs_corpus = pytest.mark.skipif(not H5P_CORPUS.is_dir(), reason=WITHOUT_H5P)
PARAMS = "content/content.json"
SEND = {"form": "set", "language": "vi", "what": "content"}


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


def quiz(module: Module, name: str = "t1-quiz") -> EditedBlock:
    edited = edited_block(module, make_courses.usage_key(module, name, "quiz"))
    assert edited is not None
    return edited


def page(module: Module, name: str = "t1-quiz", block_type: str = "quiz") -> str:
    key = make_courses.usage_key(module, name, block_type)
    return reverse("assessments:h5p_export", args=[module.code, key])


def received(response: Any) -> zipfile.ZipFile:
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(response.getvalue()))


def install(name: str, by: Person) -> None:
    with corpus_package(name).open("rb") as file:
        import_package(file=file, by=by)


def wish(form: str = "set") -> Wish:
    return Wish("t1-quiz", "Kiểm tra", "vi", 80, form)


def test_page_warns_that_the_answers_are_inside(client: Client, module: Module) -> None:
    text = client.get(page(module)).content.decode()
    assert "Đáp án nằm trong tệp." in text
    assert "H5P.MultiChoice – " in text


def test_content_goes_out_without_libraries_and_is_audited(
    client: Client, module: Module, trainer: Person
) -> None:
    response = client.post(page(module), SEND)
    archive = received(response)
    assert response["Content-Disposition"] == 'attachment; filename="t1-quiz.vi.content-only.h5p"'
    assert sorted(archive.namelist()) == ["content/content.json", "h5p.json"]
    params = json.loads(archive.read("content/content.json"))
    assert [one["params"]["question"] for one in params["questions"]] == [
        "<p>Hỏi t1-q01?</p>",
        "<p>Hỏi t1-q02?</p>",
    ]
    event = AuditEvent.objects.get(kind="quiz.exported_h5p")
    assert event.actor_id == trainer.pk
    assert event.details["questions"] == ["t1-q01", "t1-q02"]
    assert event.details["with_libraries"] is False


def test_singles_come_as_a_zip_of_packages(client: Client, module: Module) -> None:
    archive = received(client.post(page(module), SEND | {"form": "singles", "language": "en"}))
    assert archive.namelist() == ["t1-q01.en.content-only.h5p", "t1-q02.en.content-only.h5p"]
    inside = zipfile.ZipFile(io.BytesIO(archive.read("t1-q01.en.content-only.h5p")))
    assert json.loads(inside.read("h5p.json"))["mainLibrary"] == "H5P.MultiChoice"


def test_full_package_without_libraries_here_says_which_and_offers_content_only(
    client: Client, module: Module
) -> None:
    response = client.post(page(module), SEND | {"what": "full"})
    assert response.status_code == 400
    assert "H5P.MultiChoice 1.16, H5P.QuestionSet 1.20" in response.content.decode()
    assert not AuditEvent.objects.filter(kind="quiz.exported_h5p").exists()


@needs_corpus
def test_full_package_has_every_library_that_plays_it(
    client: Client, module: Module, trainer: Person
) -> None:
    install("multichoice-1.16", trainer)
    archive = received(client.post(page(module), SEND | {"what": "full", "form": "singles"}))
    inside = zipfile.ZipFile(io.BytesIO(archive.read("t1-q01.vi.h5p")))
    folders = {path.partition("/")[0] for path in inside.namelist() if "/" in path}
    assert {"content", "H5P.MultiChoice-1.16", "H5P.Question-1.5", "H5P.JoubelUI-1.3"} <= folders
    content = json.loads(inside.read("content/content.json"))
    assert content["UI"]["checkAnswerButton"] == "Kiểm tra"


@needs_corpus
def test_export_comes_in_again(module: Module, trainer: Person) -> None:
    install("questionset-1.17", trainer)
    export = export_h5p(edited=quiz(module), wish=wish(), with_libraries=True, by=trainer)
    with export.file as file:
        package = import_package(file=file, by=trainer)
    assert (package.title, str(package.main_library)) == ("Kiểm tra", "H5P.QuestionSet 1.17.1")
    assert package.max_score == 2


def test_missing_libraries_are_named_once(module: Module, trainer: Person) -> None:
    with pytest.raises(LibrariesMissing) as refused:
        export_h5p(edited=quiz(module), wish=wish("singles"), with_libraries=True, by=trainer)
    assert [str(name) for name in refused.value.missing] == ["H5P.MultiChoice 1.16"]


def test_bank_is_never_exported(client: Client, module: Module, trainer: Person) -> None:
    bank = add_bank(module=module, by=trainer)
    module.refresh_from_db()
    name = bank.rpartition("@")[2]
    for response in (
        client.get(page(module, name, "question_bank")),
        client.post(page(module, name, "question_bank"), SEND),
    ):
        assert response.status_code == 403
        assert response.get("Content-Disposition") is None


def test_final_exam_is_never_exported(tmp_path: Path, trainer: Person) -> None:
    units = {"u1": UNITS["u2"].replace('kind="module"', 'kind="final"')}
    exam = import_module(make_courses.olx(tmp_path / "t2", units), by=SYSTEM, publish=False).module
    with pytest.raises(Refused) as refused:
        export_h5p(edited=quiz(exam), wish=wish(), with_libraries=False, by=trainer)
    assert refused.value.code == "exam-only"


def test_question_that_the_published_module_keeps_in_a_bank_is_never_exported(
    module: Module, trainer: Person
) -> None:
    """Moved out of the bank in a draft, it is still what exams ask today."""
    Question.objects.filter(name="t1-q02").update(place=QuestionPlace.BANK)
    with pytest.raises(Refused) as refused:
        export_h5p(edited=quiz(module), wish=wish(), with_libraries=False, by=trainer)
    assert refused.value.code == "exam-only"


def test_only_trainers_export(module: Module) -> None:
    with pytest.raises(Refused) as refused:
        export_h5p(edited=quiz(module), wish=wish(), with_libraries=False, by=make.person())
    assert refused.value.code == "not-allowed"


def test_languages_that_are_not_complete_are_not_offered(client: Client, module: Module) -> None:
    response = client.post(page(module), SEND | {"language": "de"})
    assert response.status_code == 400
    assert [code for code, _name in response.context["form"].fields["language"].choices] == ["vi", "en"]


@pytest.mark.parametrize("number", [2, 20])
def test_page_costs_as_many_queries_however_many_questions(
    number: int, client: Client, tmp_path: Path, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.SESSION_ENGINE = "lms.shared.sessions"
    asked = "".join(question(f"t3-q{place:02}") for place in range(number))
    quiz_olx = f'<quiz url_name="t3-quiz" kind="module" display_name="Kiểm tra">{asked}</quiz>'
    module = make_courses.module(tmp_path / "t3", {"u1": quiz_olx})
    client.get(page(module, "t3-quiz"))
    with django_assert_num_queries(8):
        assert client.get(page(module, "t3-quiz")).status_code == 200
    with django_assert_num_queries(10):
        assert received(client.post(page(module, "t3-quiz"), SEND)).namelist() == ["h5p.json", PARAMS]
