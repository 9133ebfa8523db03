"""The page that plays a package: who gets it, what is in it, what it may do."""

import json
import time
from typing import Any

import pytest
from django.test import Client

from courses.h5p.models import Package, Preview, UserState
from courses.h5p.player.integration import activity_of
from courses.h5p.player.policy import page_policy
from courses.h5p.queries.player import launch_of
from courses.h5p.tokens import HOURS, new_token
from lms.people.models import Person
from lms.shared import clock
from tests import make
from tests.make_frames import PlayerHost
from tests.make_h5p_launch import PLACE, facts_in, frame, launch, links_in, page


def keep(person: Person, package: Package, data: str, **place: Any) -> UserState:
    fields = {"context": PLACE, "data_type": "state", "updated_at": clock.now()} | place
    return UserState.objects.create(person=person, package=package, data=data, **fields)


def content_in(response: Any) -> dict[str, Any]:
    found: dict[str, Any] = facts_in(response)["integration"]["contents"]["cid-1"]
    return found


def test_the_page_holds_all_that_h5p_asks_for(person: Person, package: Package, settings: Any) -> None:
    response = page(launch(person, package))
    assert response.status_code == 200
    facts = facts_in(response)
    integration, content = facts["integration"], content_in(response)
    assert facts["site"] == settings.SITE_URL
    assert content["library"] == "LanToa.Card 1.2"
    assert json.loads(content["jsonContent"]) == package.params
    assert content["contentUrl"] == f"{settings.PLAYER_URL}/h5p/c/{package.sha256}"
    assert content["metadata"]["authors"] == [{"name": "Nguyễn Thị Hoa", "role": "Author"}]
    folder = integration["libraryDirectories"]["LanToa.Card-1.2"]
    address = f"{integration['urlLibraries']}/{folder}/images/icon.svg"
    assert PlayerHost().get(address).getvalue().startswith(b"<svg")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response


def test_two_scripts_and_two_style_sheets_whatever_the_number_of_libraries(
    person: Person, package: Package
) -> None:
    links = links_in(page(launch(person, package)))
    assert [link.rpartition(".")[2] for link in links] == ["css", "css", "js", "js"]
    assert all(PlayerHost().get(link).getvalue() for link in links)


def test_the_policy_names_one_host_and_no_other(person: Person, package: Package, settings: Any) -> None:
    policy = page(launch(person, package)).headers["Content-Security-Policy"]
    assert "*" not in policy
    assert "unsafe-eval" not in policy
    assert f"script-src {settings.PLAYER_URL};" in policy
    assert f"connect-src {settings.PLAYER_URL};" in policy
    assert f"frame-ancestors {settings.SITE_URL};" in policy
    assert "allow-same-origin" not in policy
    assert "allow-top-navigation" not in policy
    assert "default-src 'none'" in policy


def test_programs_from_text_only_where_a_library_needs_them() -> None:
    assert "script-src http://localhost:8001 'unsafe-eval'" in page_policy(["H5P.QuestionSet", "EmbeddedJS"])
    assert "unsafe-eval" not in page_policy(["H5P.MultiChoice"])


def test_what_was_saved_is_in_the_page(person: Person, package: Package) -> None:
    keep(person, package, '{"chosen":1}')
    keep(person, package, '"<script>"', sub_content_id="0b1f", data_type="note")
    keep(person, package, "", data_type="forgotten")
    keep(person, package, '{"chosen":0}', context="elsewhere")
    keep(make.person("Người khác"), package, '{"chosen":2}')
    response = page(launch(person, package))
    assert content_in(response)["contentUserData"] == {
        "0": {"state": '{"chosen":1}'},
        "0b1f": {"note": '"<script>"'},
    }
    assert b'"<script>"' not in response.content


def test_an_author_who_looks_begins_afresh(person: Person, package: Package) -> None:
    keep(person, package, '{"chosen":1}')
    assert content_in(page(launch(person, package, mode="look")))["contentUserData"] == {"0": {}}


def test_content_learns_nobodys_name(person: Person, package: Package) -> None:
    response = page(launch(person, package))
    user = facts_in(response)["integration"]["user"]
    assert person.full_name.encode() not in response.content
    assert person.username.encode() not in response.content
    assert user["mail"].endswith(".invalid")
    other = facts_in(page(launch(make.person("B"), package)))["integration"]["user"]
    assert other["name"] != user["name"]
    assert facts_in(page(launch(person, package)))["integration"]["user"] == user


def test_the_core_speaks_the_readers_language(person: Person, package: Package) -> None:
    said = {
        language: facts_in(page(launch(person, package, language=language)))["integration"]["l10n"]["H5P"]
        for language in ("vi", "en", "de")
    }
    assert said["en"]["fullscreen"] == "Full screen"
    assert len({words["close"] for words in said.values()}) == 3


def refused(token: str) -> tuple[int, str]:
    response = page(token)
    assert b"h5p-facts" not in response.content
    return response.status_code, response.content.decode()


def test_a_token_that_is_not_ours_or_too_old(person: Person, package: Package, monkeypatch: Any) -> None:
    token = launch(person, package)
    assert refused(f"{token}x")[0] == 403
    assert refused("x")[0] == 403
    now = time.time()
    monkeypatch.setattr("courses.h5p.tokens.time.time", lambda: now + HOURS * 3600 + 1)
    assert refused(token)[0] == 403


def test_a_new_password_or_a_closed_account_ends_it(person: Person, package: Package) -> None:
    token = launch(person, package)
    person.set_password("mat-khau-moi-13")
    person.save()
    assert refused(token)[0] == 403
    token = launch(person, package)
    person.is_active = False
    person.save()
    assert refused(token)[0] == 403


def never(*_asked: Any) -> bool:
    return False


def test_the_host_is_asked_each_time(person: Person, package: Package, settings: Any) -> None:
    token = launch(person, package)
    assert page(token).status_code == 200
    settings.H5P = {**settings.H5P, "MAY_PLAY": f"{__name__}.never"}
    assert refused(token)[0] == 403


def test_a_package_that_is_gone_says_so(person: Person, package: Package) -> None:
    token = launch(person, package)
    package.delete()
    assert refused(token)[0] == 404


def test_a_preview_opens_for_its_author_alone(person: Person, package: Package) -> None:
    preview = Preview.objects.create(
        person=person,
        context=PLACE,
        main_library=package.main_library,
        libraries=[load.library_id for load in package.loads.order_by("position")],
        params={**package.params, "hint": "Mới"},
        files=package.files,
        title="Bản nháp",
        updated_at=clock.now(),
    )
    token = new_token(person, preview.key, context=PLACE, mode="write", language="vi")
    content = content_in(page(token))
    assert json.loads(content["jsonContent"])["hint"] == "Mới"
    assert content["contentUrl"].endswith(str(preview.key))
    other = new_token(make.person("B"), preview.key, context=PLACE, mode="write", language="vi")
    assert refused(other)[0] == 404


@pytest.mark.parametrize(("mode", "recorded"), [("learn", True), ("look", False)])
def test_the_frame_in_our_page(person: Person, package: Package, mode: Any, recorded: bool) -> None:
    html = frame(person, package, mode=mode)
    assert 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"' in html
    assert 'title="Bài &lt;1&gt;"' in html
    assert ("data-record=" in html) == recorded
    assert ("data-keep=" in html) == recorded
    assert frame(make.person("B"), package, mode=mode) != html


def test_each_person_has_a_queue_of_her_own_on_a_shared_phone(person: Person, package: Package) -> None:
    def queue(somebody: Person) -> str:
        return frame(somebody, package).split('data-keep="')[1].split('"')[0]

    assert queue(person) == queue(person)
    assert queue(person) != queue(make.person("B"))


def test_the_name_of_a_content_is_not_the_address_of_anything(person: Person, package: Package) -> None:
    activity = activity_of(launch_of(launch(person, package)))
    assert Client().get(activity).status_code == 404


def test_a_page_costs_few_queries(person: Person, package: Package, django_assert_num_queries: Any) -> None:
    token = launch(person, package)
    page(token)  # makes the bundles
    with django_assert_num_queries(4):  # person, package with its main library, libraries, states
        page(token)
