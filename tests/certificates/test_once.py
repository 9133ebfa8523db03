"""Double clicks and two processes: one certificate, numbers without gaps."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from certificates.actions.issue import issue_if_due, reissue_certificate
from certificates.actions.revoke import revoke_certificate
from certificates.models import Certificate, RegisterEntry
from lms.shared.actors import SYSTEM
from tests import make, make_certificates

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
AtOnce = Callable[..., list[Any]]


@pytest.fixture
def at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AtOnce:
    """Run calls at once, in threads with connections of their own.

    SQLite's tests live in memory, where writers do not wait for one another as they do in a file.
    So the threads work on a copy in a file, with the settings that the platform runs with.
    """
    path = tmp_path / "copy.sqlite3"

    def run(*calls: Callable[[], Any]) -> list[Any]:
        if connection.vendor == "sqlite" and not path.exists():
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(path)])
            copy = {**connections.settings["default"], "NAME": str(path)}
            monkeypatch.setitem(connections.settings, "default", copy)
        with ThreadPoolExecutor(len(calls)) as threads:
            return [future.result() for future in [threads.submit(alone, call) for call in calls]]

    def alone(call: Callable[[], Any]) -> Any:
        try:
            return call()
        finally:
            connections["default"].close()

    return run


def numbers() -> list[int]:
    return sorted(RegisterEntry.objects.filter(kind="issued").values_list("number", flat=True))


def test_issue_at_once_gives_one_certificate(at_once: AtOnce) -> None:
    person, programme = make.person(), make_certificates.programme()
    make_certificates.earned(person, programme)

    at_once(*[partial(issue_if_due, person=person, by=SYSTEM)] * 8)

    assert at_once(Certificate.objects.count, numbers) == [1, [1]]


def test_issue_at_once_to_many_leaves_no_gap_and_repeats_no_number(at_once: AtOnce) -> None:
    programme = make_certificates.programme()
    people = [make.person() for _ in range(8)]
    for person in people:
        make_certificates.earned(person, programme)

    at_once(*[partial(issue_if_due, person=person, by=SYSTEM) for person in people * 2])

    assert at_once(Certificate.objects.count, numbers) == [8, list(range(1, 9))]


def test_revoke_and_reissue_at_once_give_one_successor(at_once: AtOnce) -> None:
    certificate = make_certificates.certificate(programme_=make_certificates.programme())
    revoke = partial(revoke_certificate, certificate=certificate, by=SYSTEM, reason="Cấp nhầm")
    at_once(*[revoke] * 4)

    at_once(*[partial(reissue_certificate, certificate=certificate, by=SYSTEM)] * 4)

    assert at_once(Certificate.objects.count, RegisterEntry.objects.count) == [2, 3]
