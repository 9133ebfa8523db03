"""The signed address of a frame: nobody makes one up, stretches it or uses it for ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing

from courses.xblocks.mode import Mode
from courses.xblocks.tokens import (
    HOURS,
    STUDENT_VIEW,
    STUDIO_VIEW,
    BadToken,
    ExpiredToken,
    mark_of,
    new_token,
    read_token,
)
from lms.people.models import Person
from lms.shared import clock
from tests import make

pytestmark = pytest.mark.django_db
KEY = "block-v1:LanToa+T1+2026+type@poll+block@p"


@pytest.fixture
def person() -> Person:
    return make.person()


def token(person: Person, **given: Any) -> str:
    facts: dict[str, Any] = {"mode": Mode.PUBLISHED, "view": STUDENT_VIEW, "language": "vi", "version": 7}
    return new_token(person, KEY, **(facts | given))


def test_a_token_says_what_was_put_into_it(person: Person) -> None:
    read = read_token(token(person, mode=Mode.DRAFT, view=STUDIO_VIEW, language="de"))

    assert (read.person_id, read.usage_key, read.mode, read.view) == (person.pk, KEY, Mode.DRAFT, STUDIO_VIEW)
    assert (read.language, read.version) == ("de", 7)
    assert read.mark == mark_of(person)


def test_a_token_ends_after_its_hours(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    text, now = token(person), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=HOURS, seconds=-5))
    read_token(text)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=HOURS, seconds=5))

    with pytest.raises(ExpiredToken):
        read_token(text)
    assert HOURS <= 12


def test_a_changed_token_is_nothing(person: Person) -> None:
    text = token(person)
    others = make.person()
    body, _colon, signature = text.rpartition(":")
    forged = [
        text[:-1] + ("A" if text[-1] != "A" else "B"),
        f"{body[:-2]}AA:{signature}",
        f"{token(others).rpartition(':')[0]}:{signature}",
        "",
        "x",
        ":",
        "a:b:c",
    ]

    for other in forged:
        with pytest.raises(BadToken):
            read_token(other)


def test_another_key_or_another_purpose_signs_nothing_for_frames(person: Person, settings: Any) -> None:
    text = token(person)
    facts = signing.Signer(key=settings.BLOCK_TOKEN_KEY, salt="courses.frame").unsign_object(text)
    elsewhere = [
        signing.Signer(key=settings.SECRET_KEY, salt="courses.frame").sign_object(facts),
        signing.Signer(key=settings.BLOCK_TOKEN_KEY, salt="other").sign_object(facts),
    ]

    for other in elsewhere:
        with pytest.raises(BadToken):
            read_token(other)


@pytest.mark.parametrize(
    ("mode", "view"),
    [(Mode.PUBLISHED, STUDIO_VIEW), (Mode.PREVIEW, STUDIO_VIEW), (Mode.PUBLISHED, "author_view")],
)
def test_an_editor_opens_only_over_a_draft(person: Person, mode: Mode, view: str) -> None:
    with pytest.raises(BadToken):
        read_token(token(person, mode=mode, view=view))


def test_signed_nonsense_is_still_nonsense(settings: Any) -> None:
    signer = signing.Signer(key=settings.BLOCK_TOKEN_KEY, salt="courses.frame")
    for facts in ([], {"a": 1}, [1, "m", KEY, "root", STUDENT_VIEW, "vi", 1, 9e12], "text", 5):
        with pytest.raises(BadToken):
            read_token(signer.sign_object(facts))
