"""What framed blocks are refused: rights that ended, foreign tokens, handlers of authors, too much."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse

from courses.models import (
    BlockState,
    BlockVersion,
    Enrolment,
    Module,
    SharedBlockState,
)
from courses.xblocks.mode import Mode
from lms.people.models import Person
from lms.shared import clock
from tests import make, make_courses
from tests.make_courses import usage_key
from tests.make_frames import PlayerHost, signed_in, token_of

pytest.importorskip("poll")
pytestmark = pytest.mark.django_db


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
