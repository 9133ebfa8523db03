"""Acid, the XBlock project's own test of a runtime: every scope is stored, every address leads back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import webob
from lxml import html

from courses.models import Module
from courses.xblocks import registry
from courses.xblocks.catalogue import BLOCK_TYPES, OTHERS, BlockType
from courses.xblocks.package_files import package_file
from courses.xblocks.registry import block_class
from courses.xblocks.runtime import Mode, PlatformRuntime
from lms.people.models import Person
from tests import make, make_courses
from tests.make_courses import usage_key

pytest.importorskip("acid")
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
LEARNERS = {"user_state", "user_state_summary", "preferences", "user_info"}
AUTHORS = {"content", "settings"}


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Module]:
    monkeypatch.setitem(BLOCK_TYPES, "acid", BlockType(tag="acid", path="acid.AcidBlock", label="Acid"))
    registry._load.cache_clear()
    yield make_courses.module(tmp_path, {"u1": '<acid url_name="a" display_name="Acid"/>'})
    registry._load.cache_clear()


def rows_of(runtime: PlatformRuntime, view: str) -> tuple[Any, dict[str, dict[str, str]]]:
    """The block, and what it wants asked of its handler, by scope."""
    block = runtime.get_block(usage_key(runtime.module, "a", "acid"))
    page = html.fromstring(runtime.render(block, view, {}).content)
    block.save()
    rows: Any = page.xpath('//tr[contains(@class, "scope-storage-test")]')
    return block, {row.get("data-scope"): dict(row.attrib) for row in rows}


def ask(runtime: PlatformRuntime, block: Any, address: str, value: str) -> dict[str, Any]:
    parts = urlsplit(address)
    suffix = parts.path.rstrip("/").rpartition("/")[2]
    request = webob.Request.blank(f"/?{parts.query}", POST={"VALUE": value})
    answered: dict[str, Any] = json.loads(runtime.handle(block, "check_storage", request, suffix).body)
    return answered


@pytest.mark.parametrize("scope", sorted(LEARNERS))
def test_what_a_learner_stores_is_there_in_the_next_request(module: Module, scope: str) -> None:
    learner: Person = make.person()
    _block, rows = rows_of(PlatformRuntime(person=learner, module=module), "student_view")
    assert rows.keys() == LEARNERS

    later = PlatformRuntime(person=learner, module=module, is_handling=True)
    block = later.get_block(usage_key(module, "a", "acid"))
    answered = ask(later, block, rows[scope]["data-handler-url"], rows[scope]["data-value"])

    assert answered["status"] == "ok", answered
    assert parse_qs(answered["query"])["SCOPE"] == [scope]
    again = PlatformRuntime(person=learner, module=module, is_handling=True)
    block = again.get_block(usage_key(module, "a", "acid"))
    address = again.handler_url(block, "check_storage", answered["suffix"], answered["query"])
    assert ask(again, block, address, str(answered["value"]))["status"] == "ok"


@pytest.mark.parametrize("scope", sorted(AUTHORS))
def test_what_an_author_stores_is_there_for_the_save(module: Module, scope: str) -> None:
    runtime = PlatformRuntime(person=make.person(), module=module, mode=Mode.DRAFT)
    block, rows = rows_of(runtime, "studio_view")
    assert rows.keys() == AUTHORS

    assert ask(runtime, block, rows[scope]["data-handler-url"], rows[scope]["data-value"])["status"] == "ok"


def test_an_old_value_is_not_taken_for_the_stored_one(module: Module) -> None:
    runtime = PlatformRuntime(person=make.person(), module=module)
    block, rows = rows_of(runtime, "student_view")
    address = rows["user_state"]["data-handler-url"]

    assert ask(runtime, block, address, "-1")["status"] == "error"


def test_its_resource_is_served_and_nothing_above_it(module: Module) -> None:
    cls = block_class("acid")

    assert json.loads(package_file(cls, "acid", "public/test_data.json")) == {"test_data": "success"}
    with pytest.raises(Exception, match=r"Only files from|acid"):
        package_file(cls, "acid", "acid.py")


def test_it_stays_out_of_the_catalogue() -> None:
    assert all(entry.tag != "acid" for entry in OTHERS)
