"""What framed blocks are answered when they call their handlers."""

import re

import pytest
from django.urls import reverse

from courses.models import (
    BlockCompletion,
    BlockScore,
    BlockState,
    Module,
    UnitCompletion,
)
from courses.xblocks.mode import Mode
from lms.people.models import Person
from tests import make
from tests.make_frames import PlayerHost, signed_in, token_of

pytest.importorskip("poll")
pytestmark = pytest.mark.django_db


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
