"""Questions of a file come into a module's bank: by the action, in the studio, by command."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from assessments import olx
from assessments.actions.exchange import export_questions, import_questions
from assessments.actions.question_upload import (
    delete_old_uploads,
    fix_question,
    take_questions,
    upload_questions,
)
from assessments.exchange import formats
from assessments.exchange.model import Export, ReadQuestion
from assessments.models import Question, QuestionUpload
from assessments.queries.exchange import State, candidates, drafted_questions
from courses.models import BlockVersion, Module
from courses.queries.outline import draft_outline
from lms.audit.models import AuditEvent
from lms.people.models import Person, Role
from lms.shared import clock
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses
from tests.make_courses import text_block
from tests.make_exchange import BODIES, FILES, moodle, question

pytestmark = pytest.mark.django_db

GIFT = "::Thủ đô::Thủ đô?{=Hà Nội ~Huế}\n\n::Hỏng::Hai {#không số}\n\nTrời xanh {T}\n"
FIXED = "::Hỏng::Hai {#2}"


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_courses.module(tmp_path / "t1", {"u1": text_block("u1-text")})


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


def bank(module: Module) -> olx.QuizSource:
    outline = draft_outline(Module.objects.select_related("draft").get(pk=module.pk))
    assert outline is not None
    return olx.parse(BlockVersion.objects.get(pk=outline.banks[0].version).olx)


def gift(text: str) -> list[ReadQuestion]:
    return [one for one in formats.read(text.encode(), format="gift").questions if one.is_sound]


def version(module: Module) -> int:
    module.refresh_from_db()
    assert module.draft is not None
    return module.draft.number


# The action


def test_import_makes_the_bank_and_one_new_draft(module: Module, trainer: Person) -> None:
    before = version(module)
    done = import_questions(module=module, questions=[question(name) for name in BODIES], by=trainer)
    assert (len(done.new), done.same, done.kept) == (len(BODIES), (), ())
    assert version(module) == before + 1
    found = {one.name: one for one in bank(module).questions}
    assert {name.removeprefix("t1-c1-") for name in found} == set(BODIES)
    assert {one.kind for one in found.values()} == {kind for kind, _body in BODIES.values()}
    # Only what a draft may lack is open: no question is broken.
    assert {problem.code for problem in bank(module).problems} <= olx.UNFINISHED
    assert AuditEvent.objects.filter(kind="questions.imported").count() == 1


def test_import_keeps_pictures_as_files_of_the_draft(module: Module, trainer: Person) -> None:
    import_questions(module=module, questions=[question("hotspot")], by=trainer)
    outline = draft_outline(Module.objects.select_related("draft").get(pk=module.pk))
    assert outline is not None
    [(src, content)] = FILES.items()
    path = src.removeprefix("/static/")
    assert outline.assets[path].size == len(content)
    with default_storage.open(module.assets.get(path=path).file) as file:
        assert file.read() == content


def test_the_same_again_changes_nothing(module: Module, trainer: Person) -> None:
    questions = [*gift(GIFT), question("single")]
    first = import_questions(module=module, questions=questions, by=trainer)
    before = version(module)
    again = import_questions(module=module, questions=questions, by=trainer)
    assert (again.new, again.same) == ((), first.new)
    assert version(module) == before


def test_a_changed_question_is_kept_until_somebody_says_replace(module: Module, trainer: Person) -> None:
    import_questions(module=module, questions=gift("::Thủ đô::Thủ đô?{=Hà Nội ~Huế}"), by=trainer)
    changed = gift("::Thủ đô::Thủ đô nước ta?{=Hà Nội ~Huế}")
    kept = import_questions(module=module, questions=changed, by=trainer)
    assert (kept.kept, bank(module).questions[0].body["stem"]) == (("t1-thu-do",), {"vi": "Thủ đô?"})
    done = import_questions(module=module, questions=changed, by=trainer, replacing=lambda _one: True)
    assert (done.replaced, bank(module).questions[0].body["stem"]) == (
        ("t1-thu-do",),
        {"vi": "Thủ đô nước ta?"},
    )


def test_two_questions_of_one_name_get_two(module: Module, trainer: Person) -> None:
    twice = gift("::X::Một {T}\n\n::X::Hai {F}")
    assert import_questions(module=module, questions=twice, by=trainer).new == ("t1-x", "t1-x-2")
    assert import_questions(module=module, questions=twice[::-1], by=trainer).same == ("t1-x-2", "t1-x")


def test_an_export_of_another_module_comes_in_under_new_names(module: Module, trainer: Person) -> None:
    there = formats.WRITERS["qti-3.0"](Export([question("matching")], FILES)).content
    [one] = candidates(
        drafted_questions(Module.objects.select_related("draft").get(pk=module.pk)),
        formats.read(there).questions,
    )
    assert (one.name, one.state) == ("t1-c1-matching", State.NEW)


def test_import_refuses_learners_and_faulty_questions(module: Module, trainer: Person) -> None:
    with pytest.raises(Refused, match="not-allowed"):
        import_questions(module=module, questions=gift(GIFT), by=make.person())
    with pytest.raises(Refused, match="faulty-question"):
        import_questions(module=module, questions=formats.read(GIFT.encode()).questions, by=trainer)


def test_export_gives_back_what_was_imported(module: Module, trainer: Person) -> None:
    import_questions(module=module, questions=[question(name) for name in BODIES], by=trainer)
    module = Module.objects.select_related("draft").get(pk=module.pk)
    written = export_questions(module=module, format="qti-3.0", by=trainer)
    drafted = drafted_questions(module)
    back = {one.name: one for one in formats.read(written.content).questions}
    assert {name: one.body for name, one in back.items()} == {
        name: one.question.body for name, one in drafted.questions.items()
    }
    assert [one.state for one in candidates(drafted, list(back.values()))] == [State.SAME] * len(BODIES)
    with pytest.raises(Refused, match="not-allowed"):
        export_questions(module=module, format="gift", by=make.person())
    with pytest.raises(Refused, match="unknown-format"):
        export_questions(module=module, format="doc", by=trainer)


# Uploads


def uploaded(
    module: Module, by: Person, content: bytes = GIFT.encode(), name: str = "a.gift"
) -> QuestionUpload:
    return upload_questions(
        module=module, file=BytesIO(content), name=name, size=len(content), format="", language="vi", by=by
    )


def test_an_upload_is_its_owners_alone(module: Module, trainer: Person) -> None:
    upload = uploaded(module, trainer)
    other = make.person()
    make.grant(other, Role.TRAINER)
    with pytest.raises(Refused, match="gone"):
        fix_question(upload=upload, place=1, text=FIXED, by=other)
    with pytest.raises(Refused, match="gone"):
        take_questions(upload=upload, places=[0], replacing=[], by=other)


def test_unreadable_and_large_files_are_refused_and_not_kept(module: Module, trainer: Person) -> None:
    with pytest.raises(Refused, match="entities"):
        uploaded(module, trainer, b'<!DOCTYPE a [<!ENTITY b "c">]><quiz><question type="x"/></quiz>', "a.xml")
    with pytest.raises(Refused, match="too-large"):
        upload_questions(
            module=module, file=BytesIO(), name="a", size=50_000_000, format="", language="vi", by=trainer
        )
    assert QuestionUpload.objects.count() == 0


def test_take_once_and_old_uploads_go(
    module: Module, trainer: Person, django_capture_on_commit_callbacks: Any
) -> None:
    upload, old = uploaded(module, trainer), uploaded(module, trainer)
    with django_capture_on_commit_callbacks(execute=True):
        done = take_questions(upload=upload, places=[0, 1, 2], replacing=[], by=trainer)
    assert done.new == ("t1-thu-do", "t1-q01")  # the faulty one stays outside
    assert not default_storage.exists(upload.file)
    with pytest.raises(Refused, match="gone"):
        take_questions(upload=upload, places=[0], replacing=[], by=trainer)
    with pytest.raises(Refused, match="not-allowed"):
        delete_old_uploads(by=trainer)
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_old_uploads(by=SYSTEM, at=clock.now().replace(year=clock.now().year + 1)) == 2
    assert not default_storage.exists(old.file)


# Pages


def test_the_whole_way_through_the_studio(client: Client, module: Module) -> None:
    page = reverse("assessments:questions_import", args=[module.code])
    assert client.get(page).status_code == 200
    file = SimpleUploadedFile("a.gift", GIFT.encode())
    response = client.post(page, {"file": file, "format": "", "language": "vi"}, follow=True)
    look = response.redirect_chain[-1][0]
    shown = response.content.decode()
    assert "Thủ đô?" in shown
    assert "Đây không phải là số: không số" in shown
    fix = f"{look}1/"
    assert "::Hỏng::Hai {#không số}" in client.get(fix).content.decode()
    assert client.post(fix, {"text": "::Hỏng::Hai {#vẫn không}"}).status_code == 400
    assert client.post(fix, {"text": FIXED}).status_code == 302
    assert client.post(look, {"do": "take"}).status_code == 400
    done = client.post(look, {"do": "take", "take": ["0", "1"]}, follow=True)
    assert "2 câu" in done.content.decode()
    assert {one.name for one in bank(module).questions} == {"t1-thu-do", "t1-hong"}
    assert Question.objects.filter(name="t1-thu-do", current__isnull=False).count() == 0


def test_pasted_text_is_read_too_and_cancel_forgets_it(client: Client, module: Module) -> None:
    page = reverse("assessments:questions_import", args=[module.code])
    pasted = {"text": "Câu?\nA. Một\nB. Hai\nANSWER: B\n", "format": "", "language": "vi"}
    look = client.post(page, pasted, follow=True).redirect_chain[-1][0]
    assert client.post(look, {"do": "cancel"}).status_code == 302
    assert QuestionUpload.objects.count() == 0
    assert client.post(page, {"format": "", "language": "vi"}).status_code == 400


def test_a_changed_question_is_asked_about_on_the_page(
    client: Client, module: Module, trainer: Person
) -> None:
    import_questions(module=module, questions=gift("::Thủ đô::Cũ?{=Hà Nội ~Huế}"), by=trainer)
    upload = uploaded(module, trainer)
    look = reverse("assessments:questions_look", args=[module.code, upload.pk])
    assert 'name="replace" value="0"' in client.get(look).content.decode()
    client.post(look, {"do": "take", "replace": "0"})
    assert bank(module).questions[0].body["stem"] == {"vi": "Thủ đô?"}


def test_looking_costs_few_queries_however_many_questions(
    client: Client, module: Module, trainer: Person, django_assert_max_num_queries: Any
) -> None:
    many = "\n\n".join(f"::Câu {n}::Hỏi {n}?{{=a ~b}}" for n in range(60))
    upload = uploaded(module, trainer, many.encode())
    look = reverse("assessments:questions_look", args=[module.code, upload.pk])
    client.get(look)
    with django_assert_max_num_queries(12):
        assert client.get(look).content.count(b'name="take"') == 60


@pytest.mark.parametrize("format_", sorted(formats.WRITERS))
def test_every_format_downloads(client: Client, module: Module, trainer: Person, format_: str) -> None:
    import_questions(module=module, questions=[question("single"), question("cloze")], by=trainer)
    page = reverse("assessments:questions_export", args=[module.code])
    assert client.get(page).status_code == 200
    sent = {"format": format_, "language": "vi", "take": ["t1-c1-single", "t1-c1-cloze"]}
    assert client.post(page, {**sent, "do": "check"}).status_code == 200
    response = client.post(page, sent)
    assert response["Content-Disposition"].startswith("attachment")
    assert formats.read(response.content, name=response["Content-Disposition"].strip('"')).questions
    assert client.post(page, {"format": format_, "language": "vi"}).status_code == 400


def test_the_template_is_a_table_to_fill_in(client: Client, module: Module) -> None:
    response = client.get(reverse("assessments:questions_template", args=[module.code]))
    assert all(one.is_sound for one in formats.read(response.content).questions)


# Commands


def lines(capsys: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_command_reports_one_line_per_question(tmp_path: Path, capsys: Any, module: Module) -> None:
    (tmp_path / "a.gift").write_text(GIFT, encoding="utf-8")
    (tmp_path / "b.xml").write_bytes(moodle())
    call_command(
        "import_questions", str(tmp_path / "a.gift"), str(tmp_path / "b.xml"), report="-", dry_run=True
    )
    found = lines(capsys)
    assert len(found) == 3 + 17
    assert [(one["type"], one["name"], one["ok"]) for one in found[:3]] == [
        ("single", "Thủ đô", True),
        ("gift", "Hỏng", False),
        ("truefalse", "Trời xanh", True),
    ]
    assert found[1]["reason"] == "Đây không phải là số: không số"


def test_the_command_imports_and_is_safe_to_repeat(tmp_path: Path, capsys: Any, module: Module) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.gift").write_text(GIFT, encoding="utf-8")
    call_command("import_questions", str(folder), module="t1", report="-")
    assert [one.get("state") for one in lines(capsys)] == ["new", None, "new"]
    call_command("import_questions", str(folder), module="t1", report="-")
    assert [one.get("state") for one in lines(capsys)] == ["same", None, "same"]
    call_command("export_questions", "t1", format="gift", to=tmp_path / "out.gift", report="-")
    assert len(formats.read((tmp_path / "out.gift").read_bytes()).questions) == 2


def test_the_command_says_what_it_could_not_read(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a.gift").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(CommandError, match=r"a\.gift"):
        call_command("import_questions", str(tmp_path / "a.gift"), report="-")
    [line] = lines(capsys)
    assert (line["ok"], line["type"], line["code"]) == (False, "file", "not-utf-8")
