"""What a page sends: read whole or not at all, with times that survive a wrong clock. No database."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.h5p.player.batch import BadBatch, Batch, State, read_batch
from tests.courses.h5p.player.test_statements import ACTIVITY, statement

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)


def read(sent: Any) -> Batch:
    body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    return read_batch(body, activity=ACTIVITY, now=NOW)


def state(**parts: Any) -> dict[str, Any]:
    return {"subContentId": "0", "dataType": "state", "data": "{}", "at": 1000} | parts


def only(**parts: Any) -> State:
    (found,) = read({"sent": 1000, "states": [state(**parts)]}).states
    return found


def test_states_and_statements_together() -> None:
    batch = read({"sent": 1000, "opened": True, "states": [state()], "statements": [statement(at=1000)]})
    assert batch.states == (State("", "state", "{}", NOW),)
    assert [claim.verb for claim in batch.claims] == ["answered"]
    assert batch.is_opening
    assert batch.ignored == ()


def test_nothing_is_a_batch_too() -> None:
    assert read({}) == Batch((), (), (), False)
    assert not read({"opened": 1}).is_opening


def test_a_bad_statement_does_not_take_the_others_along() -> None:
    batch = read({"statements": [statement(uuid="x"), statement(), 7]})
    assert batch.ignored == ("bad-uuid", "not-an-object")
    assert len(batch.claims) == 1


@pytest.mark.parametrize("hours", [-30, 0, 9])
def test_a_device_with_a_wrong_clock_still_knows_how_long_ago_it_was(hours: int) -> None:
    clock = 1_790_000_000_000 + hours * 3_600_000
    (found,) = read({"sent": clock, "states": [state(at=clock - 60_000)]}).states
    assert found.at == NOW - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("sent", "at", "wanted"),
    [
        (1_000, 9_000, NOW),  # nothing comes from the future
        (1_790_000_000_000, 1, NOW - timedelta(days=30)),
        (None, 1_000, NOW),
        ("1", "1", NOW),
        (True, 1_000, NOW),
        (1e300, 1e300, NOW),
    ],
)
def test_times_that_say_nothing(sent: Any, at: Any, wanted: datetime) -> None:
    (found,) = read({"sent": sent, "states": [state(at=at)]}).states
    assert found.at == wanted


def test_the_whole_has_no_sub_content() -> None:
    assert only(subContentId="0").sub_content_id == ""
    assert only(subContentId=0).sub_content_id == ""
    assert only(subContentId="0b1f").sub_content_id == "0b1f"
    assert only(data=None).data is None
    assert only(data="a\x00b\ud83d").data == "ab"


@pytest.mark.parametrize(
    "parts",
    [
        {"data": 5},
        {"data": {}},
        {"dataType": None},
        {"dataType": ""},
        {"dataType": "a b"},
        {"dataType": "x" * 65},
        {"subContentId": "../1"},
        {"subContentId": "x" * 65},
    ],
)
def test_states_of_the_wrong_shape(parts: Any) -> None:
    with pytest.raises(BadBatch, match="unreadable"):
        only(**parts)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "unreadable"),
        (b"{", "unreadable"),
        (b"[]", "unreadable"),
        (b"7", "unreadable"),
        (b'{"states": {}}', "unreadable"),
        (b'{"states": [1]}', "unreadable"),
        (b'{"statements": [{"result": {"score": {"raw": NaN}}}]}', "unreadable"),
        (b"\xff\xfe", "unreadable"),
        (b"[" * 100_000, "unreadable"),
        ({"states": [state(data="x" * 65_537)]}, "too-large"),
        ({"states": [state(data="ế" * 30_000)]}, "too-large"),
        ({"states": [state()] * 101}, "too-large"),
        ({"statements": [{}] * 101}, "too-large"),
    ],
)
def test_what_is_not_read(sent: Any, code: str) -> None:
    with pytest.raises(BadBatch, match=code):
        read(sent)


def test_the_largest_state_fits() -> None:
    assert only(data="x" * 65_536).data == "x" * 65_536


@given(st.binary(max_size=60))
def test_no_bytes_make_it_stumble(body: bytes) -> None:
    codes = []
    try:
        read(body)
    except BadBatch as bad:
        codes.append(bad.code)
    assert set(codes) <= {"unreadable", "too-large"}
