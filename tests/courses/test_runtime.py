"""The runtime: versions, states, locks, and content a learner can never change."""

# ruff: noqa: ARG002 – XBlock hands every view its context and every handler its suffix

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.exceptions import NoSuchUsage
from xblock.fields import Dict, Integer, Scope, String

from courses.models import BlockCompletion, BlockState, BlockVersion, Module, SharedBlockState
from courses.olx.outline import BlockRef
from courses.xblocks import registry
from courses.xblocks.blocks.unsupported import UnsupportedBlock
from courses.xblocks.catalogue import BLOCK_TYPES, BlockType
from courses.xblocks.fields import ReadOnlyContent, StateConflict
from courses.xblocks.runtime import Mode, PlatformRuntime, block_to_olx
from lms.people.models import Person
from tests import make, make_courses
from tests.make_courses import text_block, usage_key

pytestmark = pytest.mark.django_db
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nXin ch\xc3\xa0o\n"
AUDIO = (
    '<video url_name="v" kind="audio" display_name="Nghe" synthetic_voice="true">'
    '<source src="/static/a.mp3" type="audio/mpeg" lang="vi"/>'
    '<transcript language="vi" src="/static/a.vtt"/></video>'
)
FILES = {"a.mp3": b"m" * 3_100_000, "a.vtt": VTT}


class PollBlock(XBlock):  # type: ignore[misc]
    """A block of a stranger: state of one's own, state of all, and handlers that try things."""

    question = String(scope=Scope.settings, default="?")
    clicks = Integer(scope=Scope.user_state, default=0)
    tally = Dict(scope=Scope.user_state_summary, default={})
    colour = String(scope=Scope.preferences, default="")
    has_state = True

    def student_view(self, context: dict[str, Any]) -> Fragment:
        fragment = Fragment(f"<b>{self.clicks}</b>")
        fragment.initialize_js("Poll", {"evil": "</script><script>alert(1)</script>"})
        return fragment

    @XBlock.json_handler  # type: ignore[untyped-decorator]
    def vote(self, data: Any, suffix: str = "") -> dict[str, Any]:
        self.clicks += 1
        self.colour = "red"
        self.tally = self.tally | {data["for"]: self.tally.get(data["for"], 0) + 1}
        self.runtime.publish(self, "completion", {"completion": 1.0})
        return {"clicks": self.clicks, "tally": self.tally, "suffix": suffix}

    @XBlock.json_handler  # type: ignore[untyped-decorator]
    def rewrite(self, data: Any, suffix: str = "") -> dict[str, Any]:
        self.question = "HACKED"
        return {}

    @XBlock.json_handler  # type: ignore[untyped-decorator]
    def studio_submit(self, data: Any, suffix: str = "") -> dict[str, Any]:
        return {"reached": True}

    @XBlock.json_handler  # type: ignore[untyped-decorator]
    def fail(self, data: Any, suffix: str = "") -> dict[str, Any]:
        self.clicks = 99
        self.save()
        raise ValueError("a fault")

    @XBlock.json_handler  # type: ignore[untyped-decorator]
    def catch(self, data: Any, suffix: str = "") -> dict[str, Any]:
        try:
            self.runtime.publish(self, "grade", {"value": 1, "max_value": 1})
        except DatabaseError:
            self.clicks += 1
        return {"clicks": self.clicks}

    @XBlock.handler  # type: ignore[untyped-decorator]
    def away(self, request: Any, suffix: str = "") -> Any:
        from webob import Response

        return Response(status=303, location=request.params["to"])


@pytest.fixture
def poll(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    entry = BlockType(tag="poll", path=f"{__name__}.PollBlock", label="Poll", render="inline")
    monkeypatch.setitem(BLOCK_TYPES, "poll", entry)
    registry._load.cache_clear()
    yield
    registry._load.cache_clear()


@pytest.fixture
def learner() -> Person:
    return make.person()


@pytest.fixture
def module(tmp_path: Path, learner: Person, poll: None) -> Module:
    units = {"u1": text_block("t") + '<poll url_name="p" question="Có hay không?"/>' + AUDIO}
    made = make_courses.module(tmp_path, units, files=FILES)
    make_courses.enrolment(learner, make_courses.programme(made))
    return made


@pytest.fixture
def signed_in(client: Client, learner: Person) -> Client:
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    return client


def call(
    client: Client, module: Module, handler: str, body: Any = None, name: str = "p", **extra: Any
) -> tuple[int, dict[str, Any]]:
    block_type = {"p": "poll", "v": "video", "t": "text"}.get(name, "poll")
    url = reverse("courses:handler", args=[usage_key(module, name, block_type), handler])
    response = client.post(
        url + extra.pop("query", ""), json.dumps(body or {}), content_type="application/json", **extra
    )
    return response.status_code, response.json()


def test_a_block_may_catch_marks_that_cannot_be_stored(
    signed_in: Client, module: Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_score: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")

    monkeypatch.setattr("courses.xblocks.runtime.record_score", fails)
    assert call(signed_in, module, "catch") == (200, {"clicks": 1})
    assert call(signed_in, module, "catch") == (200, {"clicks": 2})


def reference(runtime: PlatformRuntime, name: str) -> BlockRef:
    return next(block for key, block in runtime.outline.blocks.items() if key.endswith(f"@{name}"))


def test_a_runtime_shows_the_text_with_its_frame(module: Module, learner: Person) -> None:
    runtime = PlatformRuntime(person=learner, module=module)

    html = runtime.render_safely(reference(runtime, "t"), {"language": "vi"}).body_html()

    assert html == (
        f'<div id="t" class="block block-text" data-usage-key="{usage_key(module, "t")}">'
        '<div class="prose"><p>Nội dung</p></div></div>'
    )


def test_arguments_of_a_blocks_script_cannot_leave_their_element(module: Module, learner: Person) -> None:
    runtime = PlatformRuntime(person=learner, module=module)

    html = runtime.render_safely(reference(runtime, "p"), {"language": "vi"}).body_html()

    assert html.count("</script>") == 1
    assert 'data-init="Poll"' in html
    assert 'data-revision="0"' in html


def test_get_block_refuses_what_this_version_does_not_have(module: Module, learner: Person) -> None:
    with pytest.raises(NoSuchUsage):
        PlatformRuntime(person=learner, module=module).get_block(usage_key(module, "gone"))


def test_a_learners_block_is_read_only(module: Module, learner: Person) -> None:
    block = PlatformRuntime(person=learner, module=module).get_block(usage_key(module, "p", "poll"))
    block.question = "HACKED"

    with pytest.raises(ReadOnlyContent):
        block.save()


def test_a_draft_block_goes_back_to_olx(module: Module, learner: Person) -> None:
    runtime = PlatformRuntime(person=learner, module=module, mode=Mode.DRAFT)
    for name, block_type in (("t", "text"), ("v", "video")):
        key = usage_key(module, name, block_type)
        stored = BlockVersion.objects.get(usage_key=key).olx
        from courses.xblocks.keys import scope_ids
        from courses.xblocks.runtime import parse_block

        assert parse_block(block_to_olx(runtime.get_block(key)), scope_ids(None, key)) == parse_block(
            stored, scope_ids(None, key)
        )


def test_an_unknown_type_says_so_and_keeps_its_olx(tmp_path: Path, learner: Person) -> None:
    module = make_courses.module(tmp_path, {"u1": '<ubcpi url_name="q" a="1"><i>x</i></ubcpi>'})
    runtime = PlatformRuntime(person=learner, module=module)
    block = runtime.get_block(usage_key(module, "q", "ubcpi"))

    html = runtime.render_safely(reference(runtime, "q"), {"language": "vi"}).body_html()

    assert isinstance(block, UnsupportedBlock)
    assert "ubcpi" in html
    assert block_to_olx(block) == '<ubcpi a="1" url_name="q"><i>x</i></ubcpi>'


def test_a_block_that_breaks_leaves_the_page_alone(
    module: Module, learner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Fragment:
        raise ValueError("a fault")

    monkeypatch.setattr(PollBlock, "student_view", broken)
    runtime = PlatformRuntime(person=learner, module=module)

    assert "err-n" in runtime.render_safely(reference(runtime, "p"), {"language": "vi"}).body_html()


def test_sound_shows_player_label_and_lines(module: Module, learner: Person) -> None:
    runtime = PlatformRuntime(person=learner, module=module)

    html = runtime.render_safely(reference(runtime, "v"), {"language": "vi", "media": "audio"}).body_html()

    assert '<audio controls preload="none" src="/assets/T1/' in html
    assert "<time>00:01</time><span>Xin chào</span>" in html
    assert '<details class="media" open>' in html


def test_states_of_a_unit_are_read_by_one_query(module: Module, learner: Person) -> None:
    unit = PlatformRuntime(person=learner, module=module).outline.units[0]
    runtime = PlatformRuntime(person=learner, module=module, unit=unit)
    for block in unit.blocks:
        runtime.authored_fields(block.usage_key)

    with CaptureQueriesContext(connection) as queries:
        for block in unit.blocks:
            runtime.render_safely(block, {"language": "vi"})

    assert ["blockstate" in query["sql"] for query in queries].count(True) == 1


def test_a_handler_saves_every_kind_of_state_and_the_completion(
    signed_in: Client, module: Module, learner: Person
) -> None:
    for expected in (1, 2):
        status, answer = call(signed_in, module, "vote", {"for": "yes"})
        assert (status, answer) == (200, {"clicks": expected, "tally": {"yes": expected}, "suffix": ""})

    assert (BlockState.objects.get().state, BlockState.objects.get().revision) == ({"clicks": 2}, 2)
    assert SharedBlockState.objects.get().state == {"tally": {"yes": 2}}
    assert BlockCompletion.objects.get().completion == 1.0


def test_a_second_tab_with_an_old_state_is_told_and_nothing_is_lost(
    signed_in: Client, module: Module
) -> None:
    first = call(signed_in, module, "vote", {"for": "yes"}, headers={"X-Block-Revision": "0"})
    second = call(signed_in, module, "vote", {"for": "no"}, headers={"X-Block-Revision": "0"})

    assert (first[0], second[0], second[1]["error"]) == (200, 409, "changed-elsewhere")
    assert SharedBlockState.objects.get().state == {"tally": {"yes": 1}}


def test_two_saves_from_the_same_state_do_not_overwrite_each_other(module: Module, learner: Person) -> None:
    key = usage_key(module, "p", "poll")
    tabs = [PlatformRuntime(person=learner, module=module).get_block(key) for _ in range(2)]
    for clicks, block in enumerate(tabs, start=1):
        assert block.clicks == 0
        block.clicks = clicks
    tabs[0].save()

    with pytest.raises(StateConflict):
        tabs[1].save()
    assert BlockState.objects.get().state == {"clicks": 1}


def test_a_preview_leaves_no_rows(signed_in: Client, module: Module, learner: Person) -> None:
    assert call(signed_in, module, "vote", {"for": "yes"}, query="?mode=preview")[0] == 403
    make.grant(learner, "trainer")

    answers = [call(signed_in, module, "vote", {"for": "yes"}, query="?mode=preview") for _ in range(2)]

    assert [answer["clicks"] for _status, answer in answers] == [1, 2]
    assert not BlockState.objects.exists()
    assert not BlockCompletion.objects.exists()


@pytest.mark.parametrize(
    ("handler", "status", "code"),
    [
        ("rewrite", 403, "authors-only"),
        ("studio_submit", 403, "authors-only"),
        ("none", 404, "unknown-handler"),
        ("fail", 500, "block-failed"),
    ],
)
def test_a_handler_that_may_not_or_cannot(
    signed_in: Client, module: Module, handler: str, status: int, code: str
) -> None:
    before = list(BlockVersion.objects.values())

    got, answer = call(signed_in, module, handler)

    assert (got, answer["error"]) == (status, code)
    assert list(BlockVersion.objects.values()) == before
    assert not BlockState.objects.exists()


def test_a_handler_needs_enrolment(client: Client, module: Module) -> None:
    client.force_login(make.person(), backend="django.contrib.auth.backends.ModelBackend")

    status, answer = call(client, module, "vote", {"for": "yes"})

    assert (status, answer["error"], BlockState.objects.exists()) == (403, "not-enrolled", False)


def test_a_handler_of_a_block_that_is_gone(signed_in: Client, module: Module) -> None:
    status, answer = call(signed_in, module, "vote", name="gone")

    assert (status, answer["error"]) == (404, "unit-gone")


def test_a_handler_refuses_nonsense(signed_in: Client, module: Module) -> None:
    key = usage_key(module, "p", "poll")
    url = reverse("courses:handler", args=[key, "vote"])
    statuses = [
        signed_in.post(reverse("courses:handler", args=["x", "vote"])).status_code,
        signed_in.post(url + "?mode=root").status_code,
        signed_in.post(url, b"x" * 256_001, content_type="application/json").status_code,
        signed_in.post(url, {"file": "x"}).status_code,  # multipart
        signed_in.post(url, "{", content_type="application/json").status_code,
        signed_in.get(url).status_code,
    ]

    assert statuses == [404, 404, 413, 415, 400, 405]


def test_a_handler_checks_the_csrf_token(module: Module, learner: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")

    response = strict.post(reverse("courses:handler", args=[usage_key(module, "p", "poll"), "vote"]))

    assert response.status_code == 403


def test_a_handler_sends_nobody_to_another_site(signed_in: Client, module: Module) -> None:
    url = reverse("courses:handler", args=[usage_key(module, "p", "poll"), "away"])
    targets = [
        signed_in.post(url, f"to={to}", content_type="application/x-www-form-urlencoded")["Location"]
        for to in ("/learn/T1/", "https://evil.example/", "//evil.example/")
    ]

    assert [target.removeprefix("http://testserver") for target in targets] == ["/learn/T1/", "/", "/"]


def test_playing_keeps_the_position_and_hearing_most_completes(signed_in: Client, module: Module) -> None:
    call(signed_in, module, "keep_position", {"position": 30, "duration": 100}, name="v")
    assert not BlockCompletion.objects.exists()
    call(signed_in, module, "keep_position", {"position": 91, "duration": 100}, name="v")

    assert BlockState.objects.get().state == {"position": 91.0}
    assert BlockCompletion.objects.get().completion == 1.0


@pytest.mark.parametrize("position", [-1, "x", None, True, 10**9])
def test_playing_refuses_a_position_that_is_none(signed_in: Client, module: Module, position: Any) -> None:
    assert call(signed_in, module, "keep_position", {"position": position}, name="v")[0] == 400


def test_reading_what_is_said_completes(signed_in: Client, module: Module) -> None:
    call(signed_in, module, "open_transcript", name="v")

    assert BlockCompletion.objects.get().completion == 1.0


def test_a_file_outside_public_is_not_served(signed_in: Client, module: Module) -> None:
    for uri in ("../models.py", "public/../secret", "public/none.js"):
        assert signed_in.get(f"/block-files/poll/{uri}").status_code == 404
