"""The block of H5P content: its OLX, what learners and authors see, and what completes it."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions.export_olx import export_module
from courses.actions.import_olx import import_module
from courses.actions.progress import finish_unit
from courses.h5p.models import Package
from courses.h5p.signals import result_recorded, viewed
from courses.models import BlockCompletion, BlockScore, Module, UnitCompletion
from courses.olx.edit_h5p import H5PDraft, read_h5p, write_h5p
from courses.queries.outline import published_outline
from courses.web.print_pack import print_module
from courses.xblocks.keys import scope_ids
from courses.xblocks.runtime import authored_to_olx, parse_block
from lms.people.models import Person
from lms.shared.actors import SYSTEM
from tests import make, make_courses, make_h5p_here
from tests.make_courses import olx, text_block
from tests.make_h5p import make_h5p
from tests.make_h5p_here import BLOCK, OLX

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> Person:
    return make.person()


def enrolled(module: Module, person: Person) -> Client:
    make_courses.enrolment(person, make_courses.programme(module))
    return signed_in(person)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def unit(client: Client) -> str:
    return client.get(reverse("courses:unit", args=["T1", "u1"])).content.decode()


def result(person: Person, raw: float | None, maximum: float | None, *, answered: bool = True) -> None:
    package = Package.objects.get()
    result_recorded.send(
        sender=Package,
        person_id=person.pk,
        package_id=package.pk,
        context=BLOCK,
        raw=None if raw is None else Decimal(str(raw)),
        maximum=None if maximum is None else Decimal(str(maximum)),
        is_answered=answered,
    )


def is_complete(person: Person) -> bool:
    return BlockCompletion.objects.filter(person=person, usage_key=BLOCK, completion=1).exists()


# OLX


def test_olx_is_read_and_written_without_a_loss() -> None:
    text = (
        '<h5p url_name="b1" display_name="Bài tập" display_name_en="Practice" package="/static/a.h5p" '
        'completion="score" threshold="60" required="true" x-of-others="1"/>'
    )
    draft = read_h5p(text)

    assert draft == H5PDraft({"vi": "Bài tập", "en": "Practice"}, "/static/a.h5p", "score", 60)
    assert write_h5p(text, draft) == text
    values = parse_block(text.replace(' x-of-others="1"', ""), scope_ids(None, BLOCK))
    again = authored_to_olx(BLOCK, values)
    assert (read_h5p(again), ' required="true"' in again) == (draft, True)


@pytest.mark.parametrize("percent", ["", "0", "101", "-5", "viele", "8" * 5000])
def test_a_threshold_nobody_can_mean_is_the_usual_one(percent: str) -> None:
    assert read_h5p(f'<h5p completion="score" threshold="{percent}"/>').threshold == 80


def test_the_outline_knows_the_rule(tmp_path: Path) -> None:
    module = make_h5p_here.module(tmp_path, rule="answered")
    outline = published_outline(module)

    assert outline is not None
    block = outline.blocks[BLOCK]
    assert (block.kind, block.proves_itself, block.is_required, block.is_graded) == (
        "answered",
        True,
        False,
        False,
    )


# Pages


def test_learners_get_the_frame_with_a_title_and_a_way_to_open_it_alone(
    tmp_path: Path, learner: Person
) -> None:
    module = make_h5p_here.module(tmp_path)
    client = enrolled(module, learner)
    page = unit(client)

    assert "<h5p-player" in page
    assert 'title="Bài tập"' in page
    assert 'sandbox="allow-scripts' in page
    assert "allow-same-origin" not in page
    assert "<noscript>" in page
    alone = reverse("courses:frame", args=["T1", BLOCK])
    assert alone in page
    assert "<h5p-player" in client.get(alone).content.decode()


def test_nobody_else_opens_it_alone(tmp_path: Path, learner: Person) -> None:
    make_h5p_here.module(tmp_path)

    assert signed_in(learner).get(reverse("courses:frame", args=["T1", BLOCK])).status_code == 403


def test_a_missing_package_is_told_to_learners_and_explained_to_authors(
    tmp_path: Path, learner: Person
) -> None:
    units = {"u1": text_block("t1") + OLX.format(rule="viewed", more="")}
    module = make_courses.module(tmp_path, units)
    page = unit(enrolled(module, learner))
    author = make_h5p_here.trainer()
    preview = signed_in(author).get(reverse("courses:preview", args=["T1", "u1"])).content.decode()
    edit = reverse("courses:studio_block", args=["T1", BLOCK])

    assert "Phần luyện tập này chưa sẵn sàng" in page or "not ready yet" in page
    assert (edit in page, edit in preview, "<h5p-player" in page) == (False, True, False)


def test_what_an_author_does_in_the_preview_goes_nowhere(tmp_path: Path) -> None:
    make_h5p_here.module(tmp_path)
    author = make_h5p_here.trainer()
    preview = signed_in(author).get(reverse("courses:preview", args=["T1", "u1"])).content.decode()

    assert "<h5p-player" in preview
    assert "/h5p/record/" not in preview


def test_each_h5p_block_costs_the_one_look_up_of_its_package(tmp_path: Path, learner: Person) -> None:
    client = enrolled(make_h5p_here.module(tmp_path), learner)
    unit(client)
    with CaptureQueriesContext(connection) as queries:
        unit(client)

    assert sum('FROM "h5p_' in query["sql"] for query in queries.captured_queries) == 1


def test_paper_names_it_and_points_to_the_screen(tmp_path: Path) -> None:
    module = make_h5p_here.module(tmp_path)
    assert module.published is not None
    (first, _second) = print_module(module, module.published, "vi").units

    assert any("H5P" in line and "Bài tập" in line for line in first.on_screen)


# Progress


def test_opening_completes_what_asks_for_no_more(tmp_path: Path, learner: Person) -> None:
    make_h5p_here.module(tmp_path, rule="viewed")
    for _ in range(2):
        viewed.send(sender=Package, person_id=learner.pk, package_id=1, context=BLOCK)

    assert is_complete(learner)
    assert not BlockScore.objects.exists()


def test_opening_does_not_complete_what_wants_an_answer(tmp_path: Path, learner: Person) -> None:
    make_h5p_here.module(tmp_path, rule="answered")
    viewed.send(sender=Package, person_id=learner.pk, package_id=1, context=BLOCK)
    result(learner, 1, 4, answered=False)
    assert not is_complete(learner)

    result(learner, 0, 4)
    assert is_complete(learner)


def test_points_below_the_threshold_are_kept_and_do_not_complete(tmp_path: Path, learner: Person) -> None:
    make_h5p_here.module(tmp_path, rule="score", more=' threshold="75"')
    result(learner, 2, 4)
    score = BlockScore.objects.get()
    assert (int(score.earned), score.passed, is_complete(learner)) == (2, False, False)

    result(learner, 3, 4)
    result(learner, 1, 4)
    score.refresh_from_db()
    assert (int(score.earned), score.passed, is_complete(learner)) == (3, True, True)


def test_content_without_points_is_done_when_answered(tmp_path: Path, learner: Person) -> None:
    make_h5p_here.module(tmp_path, rule="score")
    result(learner, None, None)

    assert is_complete(learner)
    assert not BlockScore.objects.exists()


def test_no_quiz_is_passed_by_what_a_browser_says(tmp_path: Path, learner: Person) -> None:
    quiz = make_courses.NATIVE[2].format(name="q").replace('kind="practice"', 'kind="module"')
    module = make_courses.module(tmp_path, {"u1": text_block("t1") + quiz})
    make_h5p_here.package()
    context = make_courses.usage_key(module, "q", "quiz")
    for sent in (context, BLOCK, "nonsense", make_courses.usage_key(module, "t1")):
        viewed.send(sender=Package, person_id=learner.pk, package_id=1, context=sent)
        result_recorded.send(
            sender=Package,
            person_id=learner.pk,
            package_id=1,
            context=sent,
            raw=Decimal(10),
            maximum=Decimal(10),
            is_answered=True,
        )

    assert not BlockScore.objects.exists()
    assert not BlockCompletion.objects.exists()


def test_saying_done_does_not_answer_the_exercise(tmp_path: Path, learner: Person) -> None:
    module = make_h5p_here.module(tmp_path, rule="answered", more=' required="true"')

    assert not finish_unit(person=learner, module=module, unit_key="u1", by=learner)
    assert not is_complete(learner)
    result(learner, 1, 4)
    assert UnitCompletion.objects.filter(person=learner, unit_key="u1").exists()


def test_saying_done_is_enough_for_what_is_only_to_be_looked_at(tmp_path: Path, learner: Person) -> None:
    module = make_h5p_here.module(tmp_path, rule="viewed")

    assert finish_unit(person=learner, module=module, unit_key="u1", by=learner)
    assert is_complete(learner)


# Courses in and out


def test_an_imported_course_brings_its_packages_and_an_export_takes_them_along(tmp_path: Path) -> None:
    make_h5p_here.package()  # the libraries are here
    content = make_h5p(libraries=False, manifest={"title": "Của khóa học"})
    units = {"u1": OLX.format(rule="answered", more="")}
    done = import_module(olx(tmp_path / "in", units, files={"hai.h5p": content}), by=SYSTEM)

    assert done.notes == ()
    package = Package.objects.get(title="Của khóa học")
    with (tmp_path / "out.tar.gz").open("wb") as out:
        export_module(module=done.module, by=SYSTEM, to=out, version="published")
    again = import_module(tmp_path / "out.tar.gz", by=SYSTEM)
    assert (again.is_new_version, Package.objects.filter(sha256=package.sha256).count()) == (False, 1)


def test_a_refused_package_is_a_line_of_the_report_and_the_course_comes_in(tmp_path: Path) -> None:
    units = {"u1": OLX.format(rule="answered", more="")}
    files = {"hai.h5p": make_h5p(), "hỏng.h5p": b"no zip"}
    done = import_module(olx(tmp_path, units, files=files), by=SYSTEM)

    codes = [(problem.code, problem.path) for problem in done.notes]
    assert ("h5p-not-a-zip", "static/hỏng.h5p") in codes
    assert ("h5p-library-not-trusted", "static/hai.h5p") in codes
    assert (done.is_published, Package.objects.count()) == (True, 0)
    outline = published_outline(done.module)
    assert outline is not None
    assert set(outline.assets) == {"hai.h5p", "hỏng.h5p"}
    assert default_storage.exists(done.module.assets.get(path="hỏng.h5p").file)
