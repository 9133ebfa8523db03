"""Framed blocks on the player host: real packages, and one that does everything wrong."""

# ruff: noqa: ARG002 – XBlock hands every view its context and every handler its suffix

import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Scope, String

from courses.actions.publish import save_block_draft
from courses.models import (
    BlockCompletion,
    BlockScore,
    BlockState,
    BlockVersion,
    Enrolment,
    Module,
    SharedBlockState,
    UnitCompletion,
)
from courses.xblocks import registry
from courses.xblocks.catalogue import BLOCK_TYPES, BlockType
from courses.xblocks.mode import Mode
from courses.xblocks.services import anonymous_id
from courses.xblocks.tokens import STUDIO_VIEW
from lms.people.models import Person, Role
from lms.shared import clock
from tests import make, make_courses
from tests.make_courses import text_block, usage_key
from tests.make_frames import PlayerHost, token_of

pytest.importorskip("poll")
pytestmark = pytest.mark.django_db
ASSESSED = '<drag-and-drop-v2 url_name="k" mode="assessment" max_attempts="1"/>'
UNITS = {
    "u1": '<poll url_name="p" required="true" display_name="Bình chọn"/>',
    "u2": text_block("t") + '<done url_name="d" display_name="Đã làm"/>',
    "u3": ASSESSED,
}


@XBlock.needs("user")
class RudeBlock(XBlock):  # type: ignore[misc]
    """Breaks wherever a block can, and tells what it was told about its reader."""

    words = String(scope=Scope.content, default="")
    told = String(scope=Scope.user_state, default="")

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> Any:
        if node.get("fails") == "parse":
            raise ValueError("a fault in parsing")
        block = runtime.construct_xblock_from_class(cls, keys)
        block.words = node.get("fails", "")
        return block

    def student_view(self, context: Any) -> Fragment:
        if self.words == "view":
            raise ValueError("a fault in the view")
        user = self.runtime.service(self, "user").get_current_user()
        fragment = Fragment(
            f"<i>{self.scope_ids.user_id}</i><b>{user.opt_attrs['edx-platform.username']}</b>"
        )
        fragment.add_css("i { color: red }")
        fragment.add_javascript("window.rude = 1;")
        fragment.initialize_js("Rude", {"evil": "</script><script>alert(1)</script>"})
        return fragment

    @XBlock.json_handler  # type: ignore[untyped-decorator]
    def fail(self, data: Any, suffix: str = "") -> dict[str, Any]:
        self.told = "half"
        self.save()
        raise ValueError("a fault in the handler")

    @XBlock.json_handler  # type: ignore[untyped-decorator]
    def rewrite(self, data: Any, suffix: str = "") -> dict[str, Any]:
        self.words = "HACKED"
        return {}

    @XBlock.handler  # type: ignore[untyped-decorator]
    def page(self, request: Any, suffix: str = "") -> Any:
        from webob import Response

        return Response("<script>1</script>", content_type="text/html")

    @XBlock.handler  # type: ignore[untyped-decorator]
    def upload(self, request: Any, suffix: str = "") -> Any:
        from webob import Response

        file = request.params["file"]
        return Response(json_body={"name": file.filename, "size": len(file.file.read())})


@pytest.fixture
def rude(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(
        BLOCK_TYPES, "rude", BlockType(tag="rude", path=f"{__name__}.RudeBlock", label="Rude")
    )
    registry._load.cache_clear()
    yield
    registry._load.cache_clear()


@pytest.fixture
def learner() -> Person:
    return make.person()


@pytest.fixture
def author() -> Person:
    person = make.person()
    make.grant(person, Role.TRAINER)
    return person


@pytest.fixture
def module(tmp_path: Path, learner: Person) -> Module:
    made = make_courses.module(tmp_path, UNITS, files={"so-do.png": b"\x89PNG"})
    make_courses.enrolment(learner, make_courses.programme(made))
    return made


@pytest.fixture
def rude_module(tmp_path: Path, learner: Person, rude: None) -> Module:
    units = {
        f"u{fault}": text_block(f"t{fault}") + f'<rude url_name="{fault}" fails="{fault}"/>'
        for fault in ("none", "parse", "view")
    }
    made = make_courses.module(tmp_path, units, code="R1")
    make_courses.enrolment(learner, make_courses.programme(made))
    return made


@pytest.fixture
def player() -> PlayerHost:
    return PlayerHost()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


# What is shown


def test_unit_page_frames_the_block_and_loads_none_of_it(module: Module, learner: Person) -> None:
    page = signed_in(learner).get(reverse("courses:unit", args=["T1", "u1"])).content.decode()

    frame = re.search(r"<iframe [^>]+>", page)
    assert frame is not None
    assert f'src="{django_settings.PLAYER_URL}/f/' in frame[0]
    assert 'sandbox="allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox"' in frame[0]
    assert 'title="Bình chọn"' in frame[0]
    assert "allow-same-origin" not in page
    assert "handlebars" not in page
    assert reverse("courses:frame", args=["T1", usage_key(module, "p", "poll")]) in page


def test_unit_page_costs_the_same_for_any_number_of_frames(tmp_path: Path, learner: Person) -> None:
    counts = []
    for number in (1, 6):
        units = {"u1": "".join(f'<done url_name="d{n}" align="left"/>' for n in range(number))}
        made = make_courses.module(tmp_path / str(number), units, code=f"F{number}")
        make_courses.enrolment(learner, make_courses.programme(made))
        client, url = signed_in(learner), reverse("courses:unit", args=[made.code, "u1"])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_frame_has_its_own_policy_and_no_cookies(module: Module, learner: Person, player: PlayerHost) -> None:
    response = player.get(f"/f/{token_of(module, learner, 'p', 'poll')}")
    page, policy = response.content.decode(), response["Content-Security-Policy"]

    assert response.status_code == 200
    assert 'data-init="PollBlock"' in page
    assert f"frame-ancestors {django_settings.SITE_URL} " in policy
    assert "sandbox allow-scripts" in policy
    assert "'self'" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    assert f'<script nonce="{nonce[1]}">' in page
    assert "Set-Cookie" not in response
    assert "X-Frame-Options" not in response
    assert response["Cache-Control"] == "no-store"


def test_frame_keeps_arguments_inside_their_element(
    rude_module: Module, learner: Person, player: PlayerHost
) -> None:
    page = player.get(f"/f/{token_of(rude_module, learner, 'none', 'rude')}").content.decode()

    assert "<script>alert(1)" not in page
    assert "\\u003c/script\\u003e" in page


def test_frame_tells_a_block_another_number_in_each_module(
    rude_module: Module, learner: Person, player: PlayerHost
) -> None:
    page = player.get(f"/f/{token_of(rude_module, learner, 'none', 'rude')}").content.decode()
    number = anonymous_id(learner.pk, rude_module.course_key)

    assert f"<i>{number}</i><b>{number}</b>" in page
    assert number != anonymous_id(learner.pk, "course-v1:LanToa+T1+2026")
    assert number != anonymous_id(learner.pk + 1, rude_module.course_key)


@pytest.mark.parametrize(("name", "status"), [("parse", 500), ("view", 500), ("none", 200)])
def test_frame_of_a_block_that_breaks_says_so(
    rude_module: Module, learner: Person, player: PlayerHost, name: str, status: int
) -> None:
    response = player.get(f"/f/{token_of(rude_module, learner, name, 'rude')}")

    assert response.status_code == status
    assert ('role="alert">Tạm thời' in response.content.decode()) == (status == 500)
    unit = signed_in(learner).get(reverse("courses:unit", args=["R1", f"u{name}"]))
    assert unit.status_code == 200
    assert "Nội dung" in unit.content.decode()


def test_frame_alone_needs_no_script(module: Module, learner: Person, author: Person) -> None:
    url = reverse("courses:frame", args=["T1", usage_key(module, "p", "poll")])
    text = reverse("courses:frame", args=["T1", usage_key(module, "t")])

    assert "<iframe" in signed_in(learner).get(url).content.decode()
    assert signed_in(learner).get(text).status_code == 404
    assert signed_in(learner).get(url + "?mode=draft").status_code == 403
    assert 'data-view="studio_view"' in signed_in(author).get(url + "?mode=draft").content.decode()
    assert signed_in(author).get(url + "?mode=root").status_code == 404
    assert signed_in(make.person()).get(url).status_code == 403


def test_a_package_that_is_missing_is_an_unsupported_block(
    tmp_path: Path, learner: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    entry = BlockType(tag="absent", path="package_nobody_has.Block", label="Absent")
    monkeypatch.setitem(BLOCK_TYPES, "absent", entry)
    made = make_courses.module(tmp_path, {"u1": text_block("t") + '<absent url_name="a" b="c"/>'}, code="A1")
    make_courses.enrolment(learner, make_courses.programme(made))

    with caplog.at_level(logging.INFO):
        pages = [signed_in(learner).get(reverse("courses:unit", args=["A1", "u1"])) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "(absent)" in pages[0].content.decode()
    assert "<iframe" not in pages[0].content.decode()
    ours = [record for record in caplog.records if "package_nobody_has" in record.getMessage()]
    assert [record.levelname for record in ours] == ["INFO"]


# What is answered


def test_a_vote_is_kept_and_counted_once(module: Module, learner: Person, player: PlayerHost) -> None:
    token = token_of(module, learner, "p", "poll")

    first = player.call(token, "vote", {"choice": "R"})
    again = player.call(token, "vote", {"choice": "B"})
    results = player.call(token, "get_results")[1]

    assert first[1]["success"] is True
    assert again[1]["success"] is False
    assert results["total"] == 1
    assert BlockState.objects.get().state["choice"] == "R"
    assert BlockCompletion.objects.get().completion == 1.0
    assert UnitCompletion.objects.count() == 1  # it was the unit's one required block
    shown = player.get(f"/f/{token}").content.decode()
    assert re.search(r'value="R"\s+checked', shown)


def test_marks_go_up_only_and_finish_once(module: Module, learner: Person, player: PlayerHost) -> None:
    token = token_of(module, learner, "d", "done")

    for is_done in (True, False, True, False):
        player.call(token, "toggle_button", {"done": is_done})

    score = BlockScore.objects.get()
    assert (float(score.earned), score.passed) == (1.0, True)
    assert BlockCompletion.objects.get().completion == 1.0
    assert BlockState.objects.get().state == {"done": False}


def test_the_last_attempt_finishes_even_if_it_failed(
    module: Module, learner: Person, player: PlayerHost
) -> None:
    token = token_of(module, learner, "k", "drag-and-drop-v2")
    player.call(token, "drop_item", {"val": 0, "zone": "bottom"})
    assert not BlockCompletion.objects.exists()

    status, answer = player.call(token, "do_attempt")

    assert (status, answer["correct"]) == (200, False)
    assert "Đặt chưa đúng 1 thẻ" in str(answer)
    assert BlockCompletion.objects.get().completion == 1.0
    assert BlockScore.objects.get().passed is False


def test_a_script_cannot_give_its_reader_marks(module: Module, learner: Person, player: PlayerHost) -> None:
    for name, kind in (("k", "drag-and-drop-v2"), ("p", "poll")):
        for event in ({"event_type": "grade", "value": 1, "max_value": 1}, {"event_type": "completion"}):
            assert player.call(token_of(module, learner, name, kind), "publish_event", event)[0] == 200

    assert not BlockScore.objects.exists()
    assert not BlockCompletion.objects.exists()


def test_a_preview_forgets_and_reports_to_nobody(module: Module, author: Person, player: PlayerHost) -> None:
    token = token_of(module, author, "d", "done", mode=Mode.PREVIEW)

    assert player.call(token, "toggle_button", {"done": True})[1] == {"state": True}
    assert not BlockState.objects.exists()
    assert not BlockCompletion.objects.exists()
    assert not BlockScore.objects.exists()


def test_the_page_asks_the_server_how_far_it_is(module: Module, learner: Person, player: PlayerHost) -> None:
    client, url = signed_in(learner), reverse("courses:standing", args=["T1", "u1"])
    before = client.get(url).json()
    player.call(token_of(module, learner, "p", "poll"), "vote", {"choice": "R"})
    after = client.get(url).json()

    assert (before["is_done"], before["done"]) == (False, 0)
    assert (after["is_done"], after["done"], after["all"]) == (True, 1, 3)
    assert signed_in(make.person()).get(url).status_code == 403


def test_a_frame_without_origin_may_read_the_answer(
    module: Module, learner: Person, player: PlayerHost
) -> None:
    url = f"/h/{token_of(module, learner, 'd', 'done')}/toggle_button"
    asked = player.ask("options", url, headers={"Origin": "null"})
    answer = player.ask("post", url, "{}", content_type="application/json", headers={"Origin": "null"})

    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, POST")
    assert "X-Requested-With" in asked["Access-Control-Allow-Headers"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer


def test_a_handlers_page_has_no_more_rights_than_the_frame(
    rude_module: Module, learner: Person, player: PlayerHost
) -> None:
    response = player.get(f"/h/{token_of(rude_module, learner, 'none', 'rude')}/page")

    assert response["Content-Type"].startswith("text/html")
    assert response["Content-Security-Policy"].startswith("sandbox allow-scripts")


# What is refused


def test_a_handler_after_expiry(
    module: Module, learner: Person, player: PlayerHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, now = token_of(module, learner, "p", "poll"), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=12, minutes=1))

    status, answer = player.call(token, "vote", {"choice": "R"})

    assert (status, answer["error"]) == (403, "expired")
    assert player.get(f"/f/{token}").status_code == 403
    assert not BlockState.objects.exists()


def test_a_token_serves_nobody_but_its_person(module: Module, learner: Person, player: PlayerHost) -> None:
    other = make.person()
    make_courses.enrolment(other, Enrolment.objects.get().programme)
    token = token_of(module, learner, "p", "poll")
    with_session = signed_in(other)  # whoever sends it, it acts for the one it was made for
    player._client.cookies = with_session.cookies

    player.call(token, "vote", {"choice": "R"})

    assert BlockState.objects.get().person == learner


def test_a_token_serves_no_other_block(module: Module, learner: Person, player: PlayerHost) -> None:
    token = token_of(module, learner, "d", "done")

    assert player.call(token, "vote", {"choice": "R"})[0] == 404
    assert not SharedBlockState.objects.exists()


@pytest.mark.parametrize("ending", ["enrolment", "account", "password", "role"])
def test_what_ends_a_right_ends_its_tokens(
    module: Module, learner: Person, author: Person, player: PlayerHost, ending: str
) -> None:
    is_author = ending == "role"
    who, mode = (author, Mode.DRAFT) if is_author else (learner, Mode.PUBLISHED)
    token = token_of(module, who, "p", "poll", mode=mode)
    assert player.get(f"/f/{token}").status_code == 200
    if ending == "enrolment":
        Enrolment.objects.update(ended_at=clock.now())
    elif ending == "account":
        Person.objects.filter(pk=learner.pk).update(is_active=False)
    elif ending == "password":
        learner.set_password("mot-mat-khau-khac-2026")
        learner.save()
    else:
        author.grants.update(revoked_at=clock.now())

    assert player.get(f"/f/{token}").status_code == 403
    assert player.call(token, "vote", {"choice": "R"})[0] == 403


@pytest.mark.parametrize("handler", ["studio_submit", "csv_export"])
def test_a_learner_reaches_no_handler_of_authors(
    module: Module, learner: Person, player: PlayerHost, handler: str
) -> None:
    before = list(BlockVersion.objects.values())

    status, answer = player.call(token_of(module, learner, "p", "poll"), handler, {"question": "HACKED"})

    assert (status, answer["error"]) == (403, "authors-only")
    assert list(BlockVersion.objects.values()) == before


def test_a_learner_changes_no_content_by_any_other_handler(
    rude_module: Module, learner: Person, player: PlayerHost
) -> None:
    status, answer = player.call(token_of(rude_module, learner, "none", "rude"), "rewrite")

    assert (status, answer["error"]) == (403, "authors-only")


def test_a_handler_that_breaks_saves_nothing(
    rude_module: Module, learner: Person, player: PlayerHost
) -> None:
    status, answer = player.call(token_of(rude_module, learner, "none", "rude"), "fail")

    assert (status, answer["error"]) == (500, "block-failed")
    assert not BlockState.objects.exists()


def test_too_much_and_too_often(
    module: Module, learner: Person, player: PlayerHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_of(module, learner, "d", "done")
    large = player.ask("post", f"/h/{token}/toggle_button", b"x" * 256_001, content_type="application/json")
    assert large.status_code == 413
    monkeypatch.setattr("courses.web.player.CALLS_PER_MINUTE", 3)

    statuses = [player.call(token, "toggle_button", {"done": True})[0] for _ in range(4)]

    assert statuses == [200, 200, 429, 429]


def test_uploads_are_for_editors(
    rude_module: Module, learner: Person, author: Person, player: PlayerHost, settings: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    def send(person: Person, mode: Mode) -> Any:
        token = token_of(rude_module, person, "none", "rude", mode=mode)
        file = SimpleUploadedFile("goi.zip", package)
        return player.ask("post", f"/h/{token}/upload", {"file": file})

    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        archive.writestr("index.html", b"z" * 3_000_000)
    package = whole.getvalue()

    assert send(learner, Mode.PUBLISHED).status_code == 415
    assert json.loads(send(author, Mode.DRAFT).content) == {"name": "goi.zip", "size": len(package)}
    settings.BLOCK_UPLOAD_BYTES = 2_000_000
    assert send(author, Mode.DRAFT).status_code == 413


def test_framed_blocks_answer_on_the_player_host_only(module: Module, learner: Person) -> None:
    client = signed_in(learner)
    handler = reverse("courses:handler", args=[usage_key(module, "p", "poll"), "vote"])

    assert client.post(handler, "{}", content_type="application/json").status_code == 404
    assert client.get("/block-files/poll/public/js/vendor/handlebars.js").status_code == 404


# Files


def test_files_of_a_package_stay_for_ever(player: PlayerHost) -> None:
    version = registry.package_version("poll")
    found = player.get(f"/b/poll/{version}/public/js/vendor/handlebars.js")

    assert found.status_code == 200
    assert "immutable" in found["Cache-Control"]
    assert found["Access-Control-Allow-Origin"] == "*"
    for other in (
        "/b/poll/0.0.1/public/js/vendor/handlebars.js",
        f"/b/poll/{version}/poll.py",
        f"/b/poll/{version}/public/../poll.py",
        "/b/text/0/public/x.js",
        "/b/none/1/public/x.js",
    ):
        assert player.get(other).status_code == 404


def test_files_of_the_module_need_their_whole_hash(module: Module, player: PlayerHost) -> None:
    from courses.models import Asset

    digest = Asset.objects.get(path="so-do.png").sha256

    whole = player.get(f"/a/{digest}/so-do.png")
    assert b"".join(whole.streaming_content) == b"\x89PNG"  # type: ignore[attr-defined]
    assert player.get(f"/a/{digest[:16]}/so-do.png").status_code == 404
    assert player.get(f"/a/{'0' * 64}/so-do.png").status_code == 404


# Editing


def poll_form(question: str) -> dict[str, Any]:
    answers = [{"key": "A", "label": "Loa", "img": "", "img_alt": ""}]
    return {
        "question": question,
        "answers": answers,
        "feedback": "",
        "max_submissions": 1,
        "private_results": False,
        "display_name": "Thăm dò",
    }


def test_an_editors_save_is_a_new_draft_that_learners_do_not_see(
    module: Module, learner: Person, author: Person, player: PlayerHost
) -> None:
    token = token_of(module, author, "p", "poll", mode=Mode.DRAFT, view=STUDIO_VIEW)
    assert 'data-init="PollEdit"' in player.get(f"/f/{token}").content.decode()

    status, answer = player.call(token, "studio_submit", poll_form("Kênh nào?"))

    assert (status, answer["success"]) == (200, True)
    module.refresh_from_db()
    assert module.draft_id != module.published_id
    newest = BlockVersion.objects.filter(usage_key=usage_key(module, "p", "poll")).latest("number")
    assert (newest.number, newest.created_by_id) == (2, author.pk)
    assert "Kênh nào?" in newest.olx
    assert "Kênh nào?" not in player.get(f"/f/{token_of(module, learner, 'p', 'poll')}").content.decode()
    preview = token_of(module, author, "p", "poll", mode=Mode.PREVIEW)
    assert "Kênh nào?" in player.get(f"/f/{preview}").content.decode()


def test_a_second_save_in_one_editor_stands_on_the_first(
    module: Module, author: Person, player: PlayerHost
) -> None:
    token = token_of(module, author, "p", "poll", mode=Mode.DRAFT, view=STUDIO_VIEW)
    url, kind = f"/h/{token}/studio_submit", "application/json"
    first = player.ask("post", url, json.dumps(poll_form("Một?")), content_type=kind)
    base = first["X-Block-Version"]

    second = player.ask(
        "post", url, json.dumps(poll_form("Hai?")), content_type=kind, headers={"X-Block-Base": base}
    )

    assert (first.status_code, second.status_code) == (200, 200)
    assert BlockVersion.objects.filter(usage_key=usage_key(module, "p", "poll")).count() == 3


def test_a_save_over_a_colleagues_is_refused(module: Module, author: Person, player: PlayerHost) -> None:
    token = token_of(module, author, "p", "poll", mode=Mode.DRAFT, view=STUDIO_VIEW)
    colleague = make.person()
    make.grant(colleague, Role.TRAINER)
    key = usage_key(module, "p", "poll")
    save_block_draft(module=module, usage_key=key, olx='<poll url_name="p" question="Khác"/>', by=colleague)

    status, answer = player.call(token, "studio_submit", poll_form("Của tôi?"))

    assert (status, answer["error"]) == (409, "changed-meanwhile")
    assert "Khác" in BlockVersion.objects.filter(usage_key=key).latest("number").olx


def test_what_an_author_tries_out_stays_out_of_the_draft(
    module: Module, author: Person, player: PlayerHost
) -> None:
    player.call(token_of(module, author, "p", "poll", mode=Mode.PREVIEW), "vote", {"choice": "R"})
    token = token_of(module, author, "p", "poll", mode=Mode.DRAFT, view=STUDIO_VIEW)

    player.call(token, "studio_submit", poll_form("Kênh nào?"))

    olx = BlockVersion.objects.filter(usage_key=usage_key(module, "p", "poll")).latest("number").olx
    assert "choice=" not in olx
    assert "tally" not in olx
    assert "submissions_count" not in olx


def test_showing_an_editor_changes_nothing_for_other_readers(
    module: Module, learner: Person, author: Person, player: PlayerHost
) -> None:
    """drag-and-drop-v2 rewrites its items in its hands while it draws its editor."""
    before = player.get(f"/f/{token_of(module, learner, 'k', 'drag-and-drop-v2')}").content
    token = token_of(module, author, "k", "drag-and-drop-v2", mode=Mode.DRAFT, view=STUDIO_VIEW)
    assert player.get(f"/f/{token}").status_code == 200
    after = player.get(f"/f/{token_of(module, learner, 'k', 'drag-and-drop-v2')}").content

    def items(page: bytes) -> str:
        return page.decode().split("xblock_json_init_args", 1)[1].partition("</script>")[0]

    assert items(before) == items(after)
