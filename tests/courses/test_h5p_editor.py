"""The editor of an H5P block: a package is checked before anything is saved, and every fault is named."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses.h5p.engine.examine import libraries_in
from courses.h5p.models import Package
from courses.models import Module
from courses.olx.edit_h5p import read_h5p
from courses.queries.editing import EditedBlock, edited_block
from lms.audit.models import AuditEvent
from lms.people.models import Person
from tests import make_courses, make_h5p_here
from tests.make_courses import text_block
from tests.make_h5p import make_h5p
from tests.make_h5p_here import BLOCK

pytestmark = pytest.mark.django_db
URL = ["T1", BLOCK]


@pytest.fixture
def trainer() -> Person:
    return make_h5p_here.trainer()


@pytest.fixture
def client(trainer: Person) -> Client:
    client = Client()
    client.force_login(trainer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def module(tmp_path: Path) -> Module:
    return make_courses.module(
        tmp_path, {"u1": text_block("t1") + '<h5p url_name="b1"/><h5p url_name="b2"/>'}
    )


def block(module: Module, key: str = BLOCK) -> EditedBlock:
    found = edited_block(Module.objects.get(pk=module.pk), key)
    assert found is not None
    return found


def post(client: Client, module: Module, content: bytes | None = None, **said: Any) -> Any:
    key = said.pop("key", BLOCK)
    fields: dict[str, Any] = {
        "base_version": block(module, key).ref.version,
        "stay": "1",
        "completion": "viewed",
        "title_vi": "Bài tập",
    }
    if content is not None:
        name = said.pop("name", "Đố vui.h5p")
        fields |= {"upload": SimpleUploadedFile(name, content), "declares_no_secret": "on"}
    fields |= {name: value for name, value in said.items() if value is not None}
    for name in [name for name, value in said.items() if value is None]:
        fields.pop(name, None)
    return client.post(reverse("courses:studio_block", args=["T1", key]), fields)


def test_an_uploaded_package_is_a_file_of_the_draft_and_plays(
    client: Client, module: Module, trainer: Person
) -> None:
    make_h5p_here.package()
    content = make_h5p(libraries=False, manifest={"title": "Của tôi"})
    response = post(client, module, content, completion="score", threshold="70")

    assert response.status_code == 302
    package = Package.objects.get(title="Của tôi")
    draft = read_h5p(block(module).olx)
    assert (draft.package, draft.completion, draft.threshold, draft.title) == (
        f"/static/b1-do-vui-{package.sha256[:8]}.h5p",
        "score",
        70,
        {"vi": "Bài tập"},
    )
    assert block(module).outline.assets[draft.path].sha256 == package.sha256
    assert block(module).ref.kind == "score"
    declared = AuditEvent.objects.get(kind="upload.declared", actor_id=trainer.pk)
    assert declared.details["files"] == {draft.path: package.sha256}
    page = client.get(reverse("courses:studio_block", args=URL)).content.decode()
    assert "Của tôi" in page


def test_every_fault_stands_on_the_page_and_nothing_is_saved(client: Client, module: Module) -> None:
    before = block(module).version.pk
    response = post(client, module, make_h5p(libraries=False), title_vi="Tên mới", completion="answered")
    page = response.content.decode()

    assert response.status_code == 400
    assert "LanToa.Card 1.2" in page
    assert "[missing-library]" in page
    assert f"{reverse('courses:h5p_libraries')}?text=LanToa.Card" in page
    assert 'value="Tên mới"' in page
    assert block(module).version.pk == before
    assert not block(module).outline.assets


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"nothing", "not-a-zip"),
        (make_h5p(manifest={"title": ""}), "title"),
        (make_h5p(files={"content/a.php": b"<?php"}), "file-type"),
        (make_h5p(manifest={"language": "?"}), "language"),
    ],
)
def test_a_package_is_refused_with_its_code(
    client: Client, module: Module, content: bytes, code: str
) -> None:
    make_h5p_here.package()
    response = post(client, module, content)

    assert (response.status_code, f"[{code}]" in response.content.decode()) == (400, True)


def test_without_the_declaration_no_file_comes_in(client: Client, module: Module) -> None:
    make_h5p_here.package()
    response = post(client, module, make_h5p(manifest={"title": "Kín"}), declares_no_secret=None)

    assert response.status_code == 400
    assert not Package.objects.filter(title="Kín").exists()


def test_only_h5p_files_of_the_allowed_size_are_read(client: Client, module: Module, settings: Any) -> None:
    assert post(client, module, make_h5p(), name="a.zip").status_code == 400
    settings.H5P = settings.H5P | {"MAX_UPLOAD": 100}
    assert post(client, module, make_h5p()).status_code == 400
    assert not Package.objects.exists()


def test_points_need_a_number_from_1_to_100(client: Client, module: Module) -> None:
    assert post(client, module, completion="score", threshold="").status_code == 400
    assert post(client, module, completion="score", threshold="0").status_code == 400
    assert post(client, module, completion="score", threshold="101").status_code == 400
    assert post(client, module, completion="viewed", threshold="").status_code == 302


def test_a_new_package_takes_the_place_of_the_one_before(client: Client, module: Module) -> None:
    make_h5p_here.package()
    post(client, module, make_h5p(manifest={"title": "Một"}))
    old = read_h5p(block(module).olx)
    post(client, module, make_h5p(manifest={"title": "Hai"}))

    assets = set(block(module).outline.assets)
    assert (len(assets), old.path in assets) == (1, False)


def test_a_package_that_another_block_plays_stays(client: Client, module: Module) -> None:
    make_h5p_here.package()
    post(client, module, make_h5p(manifest={"title": "Một"}))
    shared = read_h5p(block(module).olx).package
    other = BLOCK.replace("b1", "b2")
    post(client, module, package=shared, key=other)
    post(client, module, make_h5p(manifest={"title": "Hai"}))

    assert read_h5p(block(module, other).olx).package == shared
    assert shared.removeprefix("/static/") in block(module).outline.assets


def test_saving_checks_a_refused_file_again(client: Client, tmp_path: Path) -> None:
    units = {"u1": make_h5p_here.OLX.format(rule="viewed", more="")}
    module = make_courses.module(tmp_path, units, files={"hai.h5p": make_h5p()})
    page = client.get(reverse("courses:studio_block", args=URL)).content.decode()
    assert "/static/hai.h5p" in page

    refused = post(client, module, package="/static/hai.h5p")
    assert (refused.status_code, "[library-not-trusted]" in refused.content.decode()) == (400, True)

    make_h5p_here.package(manifest={"title": "Mang thư viện đến"})
    assert post(client, module, package="/static/hai.h5p").status_code == 302
    assert Package.objects.count() == 2


def test_the_download_has_the_libraries_in_it(client: Client, module: Module) -> None:
    make_h5p_here.package()
    url = reverse("courses:h5p_download", args=URL)
    assert client.get(url).status_code == 404

    post(client, module, make_h5p(libraries=False))
    response = client.get(url)
    names = {facts.name.machine_name for facts in libraries_in(BytesIO(response.getvalue()))}
    assert names == {"LanToa.Card", "LanToa.Base", "LanToa.Note"}
    assert ".h5p" in response["Content-Disposition"]


def test_warnings_of_the_package_are_told(client: Client, module: Module) -> None:
    make_h5p_here.package()
    post(
        client,
        module,
        make_h5p(params={"question": "<p>?<script>1</script></p>", "answers": [{"text": "a"}]}),
    )

    page = client.get(reverse("courses:studio_block", args=URL)).content.decode()
    assert "[html-cleaned]" in page


def test_packages_for_one_language_are_told_and_stay(client: Client, tmp_path: Path) -> None:
    more = ' package_en="/static/two.h5p"'
    units = {"u1": make_h5p_here.OLX.format(rule="viewed", more=more)}
    files = {"hai.h5p": make_h5p(), "two.h5p": make_h5p(manifest={"title": "Two"})}
    make_h5p_here.package()
    module = make_courses.module(tmp_path, units, files=files)
    page = client.get(reverse("courses:studio_block", args=URL)).content.decode()
    assert "two.h5p</span>" in page

    assert post(client, module, package="/static/hai.h5p", title_vi="Tên khác").status_code == 302
    assert 'package_en="/static/two.h5p"' in block(module).olx
