"""The studio's outline pages: adding, changing, moving, removing with undo, versions, refusals."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions.outline import change_section, change_unit, remove_item
from courses.models import Module, ModuleVersion
from courses.olx.outline import Outline
from courses.queries.outline import draft_outline
from courses.web.studio_library import shelves
from courses.xblocks.fields import EphemeralStore
from lms.people.models import Person, Role
from tests import make, make_courses
from tests.make_courses import text_block, usage_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(tmp_path: Path) -> Module:
    units = {"u1": text_block("u1-text") + text_block("u1-more"), "u2": text_block("u2-text")}
    return make_courses.module(tmp_path / "t1", units)


@pytest.fixture
def trainer() -> Person:
    return person("Trần Văn Mẫu")


@pytest.fixture
def client(trainer: Person) -> Client:
    return signed_in(trainer)


def person(name: str) -> Person:
    made = make.person(name)
    make.grant(made, Role.TRAINER)
    return made


def signed_in(person: Person) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"  # the words below are those of the code
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def now(module: Module) -> Outline:
    outline = draft_outline(Module.objects.get(pk=module.pk))
    assert outline is not None
    return outline


def post(client: Client, name: str, *args: object, **fields: object) -> Any:
    return client.post(reverse(f"courses:{name}", args=["T1", *args]), {"base": 1, **fields})


def page(client: Client, query: str = "") -> str:
    return client.get(reverse("courses:studio_module", args=["T1"]) + query).content.decode()


def test_the_page_shows_sections_units_and_blocks_with_their_names(client: Client, module: Module) -> None:
    shown = page(client)
    for words in ("Phần 1", "1. Unit u1", "2. Unit u2", "Chữ", "2 units · 10 minutes"):
        assert words in shown
    assert shown.count('data-item="block"') == 3


def test_a_section_and_a_unit_are_added_and_shown(client: Client, module: Module) -> None:
    assert post(client, "studio_add_section", title_vi="Phần hai").status_code == 302
    section = now(module).sections[-1]
    response = post(client, "studio_add_unit", section=section.key, title_vi="Bài ba")
    unit = now(module).units[-1]
    assert response["Location"].endswith(f"?unit={unit.key}#unit-{unit.key}")
    assert (unit.title, now(module).sections[-1].units) == ({"vi": "Bài ba"}, (unit,))


def test_a_unit_without_a_title_is_not_added_and_says_why(client: Client, module: Module) -> None:
    response = post(client, "studio_add_unit", section="seq", title_vi=" ")
    assert response.status_code == 409
    assert "Write a title" in response.content.decode()
    assert len(now(module).units) == 2


def test_a_block_from_the_library_opens_in_its_editor(client: Client, module: Module) -> None:
    library = client.get(reverse("courses:studio_library", args=["T1"]) + "?unit=u2").content.decode()
    assert 'name="type" value="text"' in library
    response = post(client, "studio_library", unit="u2", type="text")
    added = now(module).units[1].blocks[-1]
    assert response["Location"] == reverse("courses:studio_block", args=["T1", added.usage_key])
    assert client.get(response["Location"]).status_code == 200


def test_the_library_offers_only_what_is_installed(client: Client, module: Module, settings: Any) -> None:
    assert "video" in {entry.tag for shelf in shelves() for entry in shelf.types}
    settings.XBLOCKS_OFF = ["video"]
    assert "video" not in {entry.tag for shelf in shelves() for entry in shelf.types}
    assert post(client, "studio_library", unit="u2", type="video").status_code == 404
    assert post(client, "studio_library", unit="u2", type="marquee").status_code == 404
    assert client.get(reverse("courses:studio_library", args=["T1"]) + "?unit=gone").status_code == 404


def test_change_writes_titles_minutes_and_day(client: Client, module: Module) -> None:
    response = post(
        client, "studio_change", kind="unit", key="u1", title_vi="Mới", title_en="New", minutes="8",
        review_by="2027-01-31",
    )  # fmt: skip
    unit = now(module).units[0]
    assert response.status_code == 302
    assert (unit.title, unit.minutes, str(unit.review_by)) == ({"vi": "Mới", "en": "New"}, 8, "2027-01-31")
    post(client, "studio_change", kind="section", key="seq", title_vi="Mục")
    key = usage_key(module, "u1-text")
    post(client, "studio_change", kind="block", key=key, title_vi="Đầu")
    block = now(module).blocks[key]
    assert (now(module).sections[0].title, block.title, block.is_required) == (
        {"vi": "Mục"}, {"vi": "Đầu"}, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"minutes": "x"}, "0 to 600"),
        ({"minutes": "900"}, "0 to 600"),
        ({"review_by": "mai"}, "calendar"),
        ({"title_vi": "", "title_en": ""}, "Write a title"),
    ],
)
def test_a_refused_change_keeps_what_was_typed(
    client: Client, module: Module, fields: dict[str, str], said: str
) -> None:
    sent = {"title_vi": "Chữ tôi gõ", "title_en": "Typed", "minutes": "7"} | fields
    response = post(client, "studio_change", kind="unit", key="u1", **sent)
    shown = response.content.decode()
    assert response.status_code == 409
    assert said in shown
    assert ('value="Typed"' in shown) == ("title_en" not in fields)
    assert now(module).units[0].title["vi"] == "Bài u1"


def test_the_module_gets_another_title(client: Client, module: Module) -> None:
    assert post(client, "studio_title", title_vi="Tên mới").status_code == 302
    assert now(module).title == {"vi": "Tên mới"}
    assert "T1. Tên mới" in client.get(reverse("courses:studio")).content.decode()
    refused = post(client, "studio_title", title_vi="", title_de="", base=2)
    assert refused.status_code == 409
    assert "Write a title" in refused.content.decode()


def test_words_typed_for_what_is_gone_are_shown(client: Client, module: Module) -> None:
    remove_item(module=module, kind="unit", key="u1", by=person("Lê Thị Hoa"))
    response = post(client, "studio_change", kind="unit", key="u1", title_vi="Chữ tôi gõ", minutes="5")
    assert response.status_code == 409
    assert "<b>Chữ tôi gõ</b>" in response.content.decode()
    unit = post(client, "studio_add_unit", section="gone", title_vi="Bài mới")
    assert "<b>Bài mới</b>" in unit.content.decode()


def test_two_trainers_change_the_same_unit_and_the_second_keeps_her_words(
    client: Client, module: Module
) -> None:
    colleague = person("Lê Thị Hoa")
    change_unit(
        module=module, key="u1", title={"vi": "Của Hoa"}, minutes=5, review_by=None, by=colleague, base=1
    )
    response = post(client, "studio_change", kind="unit", key="u1", title_vi="Của tôi", minutes="5")
    shown = response.content.decode()
    assert response.status_code == 409
    assert 'value="Của tôi"' in shown
    assert "Lê Thị Hoa" in shown
    assert now(module).units[0].title == {"vi": "Của Hoa"}
    # The form now comes from the new draft: sent again, it is meant.
    assert 'name="base" value="2"' in shown
    again = post(client, "studio_change", kind="unit", key="u1", title_vi="Của tôi", minutes="5", base=2)
    assert again.status_code == 302


def test_two_trainers_change_different_units_and_both_are_kept(client: Client, module: Module) -> None:
    colleague = person("Lê Thị Hoa")
    change_unit(
        module=module, key="u2", title={"vi": "Của Hoa"}, minutes=5, review_by=None, by=colleague, base=1
    )
    assert (
        post(client, "studio_change", kind="unit", key="u1", title_vi="Của tôi", minutes="5").status_code
        == 302
    )
    assert [unit.title["vi"] for unit in now(module).units] == ["Của tôi", "Của Hoa"]
    assert "Lê Thị Hoa" not in re.sub(r"(?s)<table.*?</table>", "", page(client))


def test_presence_names_the_colleague_who_wrote_last(client: Client, module: Module) -> None:
    change_section(module=module, key="seq", title={"vi": "A"}, by=person("Lê Thị Hoa"))
    assert "Lê Thị Hoa edited this draft" in page(client).replace("\xa0", " ")


def test_up_down_and_move_to(client: Client, module: Module) -> None:
    more = usage_key(module, "u1-more")
    post(client, "studio_move", kind="block", key=more, step="1")
    assert [b.key for b in now(module).units[1].blocks] == ["u1-more", "u2-text"]
    choices = client.get(reverse("courses:studio_move", args=["T1"]), {"kind": "block", "key": more})
    assert f'value="u1 {usage_key(module, "u1-text")}"' in choices.content.decode()
    post(client, "studio_move", kind="block", key=more, place=f"u1 {usage_key(module, 'u1-text')}", base=2)
    assert [b.key for b in now(module).units[0].blocks] == ["u1-more", "u1-text"]
    post(client, "studio_move", kind="unit", key="u2", step="-1", base=3)
    assert [unit.key for unit in now(module).units] == ["u2", "u1"]
    assert post(client, "studio_move", kind="unit", key="u2", step="-1", base=4).status_code == 302
    assert ModuleVersion.objects.count() == 4


@pytest.mark.parametrize("kind", ["section", "unit", "block"])
def test_move_of_what_is_gone_says_so(client: Client, module: Module, kind: str) -> None:
    response = post(client, "studio_move", kind=kind, key="gone", step="1")
    assert response.status_code == 409
    assert "not in the draft any more" in response.content.decode()


def test_removed_has_an_undo_that_brings_it_back(client: Client, module: Module) -> None:
    before = now(module)
    response = post(client, "studio_remove", kind="unit", key="u1")
    shown = client.get(response["Location"]).content.decode()
    assert 'form="undo-form"' in shown
    assert 'id="undo-form"' in shown
    assert [unit.key for unit in now(module).units] == ["u2"]
    post(client, "studio_undo", base=2)
    assert now(module) == before
    assert "Undone." in page(client)
    post(client, "studio_redo", base=3)
    assert [unit.key for unit in now(module).units] == ["u2"]


def test_undo_after_a_colleagues_change_is_refused(client: Client, module: Module) -> None:
    post(client, "studio_remove", kind="unit", key="u1")
    change_section(module=module, key="seq", title={"vi": "A"}, by=person("Lê Thị Hoa"))
    response = post(client, "studio_undo", base=2)
    assert "Lê Thị Hoa" in client.get(response["Location"]).content.decode()
    assert [unit.key for unit in now(module).units] == ["u2"]


def test_duplicate_stands_after_its_original(client: Client, module: Module) -> None:
    response = post(client, "studio_duplicate", kind="unit", key="u1")
    keys = [unit.key for unit in now(module).units]
    assert (keys[0], keys[2], len(keys)) == ("u1", "u2", 3)
    assert response["Location"].endswith(f"#unit-{keys[1]}")


def test_a_long_module_opens_one_unit_at_a_time(client: Client, tmp_path: Path) -> None:
    units = {f"u{n}": "".join(text_block(f"u{n}-{m}") for m in range(10)) for n in range(8)}
    make_courses.module(tmp_path / "long", units)
    assert page(client).count('data-item="block"') == 10
    shown = page(client, "?unit=u5")
    assert 'id="block-u5-3"' in shown
    assert 'id="block-u0-3"' not in shown


# Versions


def test_the_history_says_in_words_what_each_version_did(client: Client, module: Module) -> None:
    post(client, "studio_add_unit", section="seq", title_vi="Bài ba")
    post(client, "studio_remove", kind="block", key=usage_key(module, "u1-more"), base=2)
    post(client, "studio_undo", base=3)
    shown = client.get(reverse("courses:studio_versions", args=["T1"])).content.decode()
    for words in ("1 unit added", "1 block removed", "Undone, back to version 2", "Trần Văn Mẫu"):
        assert words in shown


def test_the_history_comes_in_pages(client: Client, module: Module, trainer: Person) -> None:
    for n in range(24):
        change_section(module=module, key="seq", title={"vi": f"Tên {n}"}, by=trainer)
    url = reverse("courses:studio_versions", args=["T1"])
    assert client.get(url).content.decode().count("<tr>") == 21
    assert client.get(url, {"page": 2}).content.decode().count("<tr>") == 6


def test_two_versions_are_compared_in_words(client: Client, module: Module) -> None:
    key = usage_key(module, "u1-text")
    edit = reverse("courses:studio_block", args=["T1", key])
    version = now(module).blocks[key].version
    client.post(edit, {"base_version": version, "title_vi": "Chữ", "body_vi": "<p>Nội dung mới</p>"})
    post(client, "studio_change", kind="unit", key="u2", title_vi="Bài hai", minutes="5", base=2)
    shown = client.get(reverse("courses:studio_version", args=["T1", 3]) + "?with=1").content.decode()
    assert "The unit “Bài u2” is now called “Bài hai”." in shown
    assert "mới</ins>" in shown
    first = client.get(reverse("courses:studio_version", args=["T1", 1]))
    assert first.status_code == 200
    assert client.get(reverse("courses:studio_version", args=["T1", 9])).status_code == 404
    assert client.get(reverse("courses:studio_version", args=["T1", 3]) + "?with=77").status_code == 404


def test_an_old_version_becomes_the_draft_and_learners_see_no_change(client: Client, module: Module) -> None:
    post(client, "studio_remove", kind="unit", key="u1")
    assert client.post(reverse("courses:studio_restore_draft", args=["T1", 1])).status_code == 302
    module.refresh_from_db()
    assert module.draft is not None
    assert module.published is not None
    assert (module.draft.number, module.published.number) == (3, 1)
    assert [unit.key for unit in now(module).units] == ["u1", "u2"]
    assert client.post(reverse("courses:studio_restore_draft", args=["T1", 9])).status_code == 404


# The list and beginning a module


def test_the_list_finds_without_accents_and_shows_state_and_length(client: Client, module: Module) -> None:
    make_courses.announced_module("Z9")
    url = reverse("courses:studio")
    shown = client.get(url).content.decode()
    assert "T1. Module T1" in shown
    begin = f"{reverse('courses:studio_new')}?code=Z9"
    assert begin in shown
    assert 'value="Mô-đun Z9"' in client.get(begin).content.decode()
    assert "T1. Module T1" in client.get(url, {"q": "mo-dun t1"}).content.decode()
    nothing = client.get(url, {"q": "khong co"}).content.decode()
    assert "T1. Module" not in nothing
    assert "khong co" in nothing


def test_a_module_is_begun_and_its_page_invites_to_the_first_unit(client: Client) -> None:
    url = reverse("courses:studio_new")
    assert client.post(url, {"code": "1", "title_vi": "X", "component": "ST"}).status_code == 400
    response = client.post(url, {"code": "g9", "title_vi": "Viết tin", "component": "DC"})
    assert response["Location"] == reverse("courses:studio_module", args=["G9"])
    assert '<details class="o-new" open>' in client.get(response["Location"]).content.decode()
    again = client.post(url, {"code": "G9", "title_vi": "Viết tin", "component": "DC"})
    assert again.status_code == 400


def test_the_studio_without_modules_says_what_to_do(client: Client) -> None:
    assert "No module yet" in client.get(reverse("courses:studio")).content.decode()


# Preview


def test_the_preview_keeps_its_state_apart_and_starts_over(
    client: Client, module: Module, trainer: Person
) -> None:
    from xblock.fields import Scope
    from xblock.runtime import KeyValueStore

    key = KeyValueStore.Key(Scope.user_state, trainer.pk, usage_key(module, "u1-text"), "seen")
    EphemeralStore(trainer).set(key, "yes")
    assert EphemeralStore(trainer).get(key) == "yes"
    url = reverse("courses:preview_start_over", args=["T1", "u1"]) + "?width=phone"
    response = client.post(url)
    assert response["Location"] == reverse("courses:preview", args=["T1", "u1"]) + "?width=phone"
    assert not EphemeralStore(trainer).has(key)
    shown = client.get(response["Location"]).content.decode()
    assert "as-phone" in shown
    assert "The preview begins anew." in shown


# Costs


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_pages_cost_the_same_for_any_size_and_any_past(
    client: Client, tmp_path: Path, trainer: Person
) -> None:
    costs = []
    for number, changes in ((2, 1), (12, 15)):
        units = {f"u{n}": text_block(f"u{n}-text") for n in range(number)}
        made = make_courses.module(tmp_path / str(number), units, code=f"S{number}")
        for n in range(changes):
            change_section(module=made, key="seq", title={"vi": f"Tên {n}"}, by=trainer)
        names = [("studio_module", []), ("studio_versions", []), ("studio_version", [changes + 1])]
        costs.append(
            [queries(client, reverse(f"courses:{name}", args=[made.code, *args])) for name, args in names]
        )
    assert costs[0] == costs[1]
    assert costs[0][0] <= 20
    assert max(costs[0][1:]) <= 10


def test_the_list_costs_the_same_for_any_number_of_modules(client: Client, tmp_path: Path) -> None:
    costs = []
    for number in (1, 4):
        make_courses.module(tmp_path / f"a{number}", code=f"A{number}")
        make_courses.module(tmp_path / f"b{number}", code=f"B{number}")
        costs.append(queries(client, reverse("courses:studio")))
    assert costs[0] == costs[1] <= 6
