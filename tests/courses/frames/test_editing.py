"""Editors of framed blocks: every save is a draft."""

import json
from typing import Any

import pytest

from courses.actions.publish import save_block_draft
from courses.models import (
    BlockVersion,
    Module,
)
from courses.xblocks.mode import Mode
from courses.xblocks.tokens import STUDIO_VIEW
from lms.people.models import Person, Role
from tests import make
from tests.make_courses import usage_key
from tests.make_frames import PlayerHost, token_of

pytest.importorskip("poll")
pytestmark = pytest.mark.django_db


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
