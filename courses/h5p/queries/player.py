"""What a launch token opens: who plays what where, looked up and checked anew at each use."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from courses.h5p.engine.libraries import LibraryFacts
from courses.h5p.models import Library, Package, Preview
from courses.h5p.permissions import may_play
from courses.h5p.tokens import BadToken, ExpiredToken, LaunchToken, mark_of, read_token


class Denied(Exception):
    """A token gives no right now. `code`: bad-token, expired, not-allowed or gone."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Launch:
    """A token that is believed: it says who, what and where. `package` is None while somebody writes."""

    text: str
    token: LaunchToken
    person: Any
    package: Package | None
    preview: Preview | None

    @property
    def thing(self) -> Package | Preview:
        found = self.package or self.preview
        assert found is not None
        return found

    @property
    def file_key(self) -> str:
        """What the addresses of its files hold."""
        return self.package.sha256 if self.package else str(self.thing.pk)


def launch_of(text: str) -> Launch:
    """What the token opens; Denied when it must not be believed (any more). Two queries and the host's."""
    try:
        token = read_token(text)
    except ExpiredToken as error:
        raise Denied("expired") from error
    except BadToken as error:
        raise Denied("bad-token") from error
    person = get_user_model()._default_manager.filter(pk=token.person_id, is_active=True).first()
    if person is None or mark_of(person) != token.mark:
        raise Denied("expired")
    package = None if token.mode == "write" else _package(token.thing)
    preview = _preview(token) if token.mode == "write" else None
    if package is None and preview is None:
        raise Denied("gone")
    if not may_play(person, package, token.context, token.mode):
        raise Denied("not-allowed")
    return Launch(text, token, person, package, preview)


def libraries_of(launch: Launch) -> list[LibraryFacts]:
    """What plays it, in load order. One query."""
    if launch.package is not None:
        loads = launch.package.loads.select_related("library").order_by("position")
        return [facts_to_play(load.library) for load in loads.defer("library__semantics")]
    keys = launch.preview.libraries if launch.preview else []
    found = Library.objects.defer("semantics").in_bulk(keys)
    return [facts_to_play(found[key]) for key in keys if key in found]


def facts_to_play(library: Library) -> LibraryFacts:
    """Without the fields for authors, which are large and play nothing."""
    return LibraryFacts.from_json({**library.facts, "semantics": None})


def _package(key: str) -> Package | None:
    if not key.isdecimal():
        return None
    return Package.objects.select_related("main_library").filter(pk=int(key[:18])).first()


def _preview(token: LaunchToken) -> Preview | None:
    try:
        rows = Preview.objects.filter(key=token.thing, person_id=token.person_id)
        return rows.select_related("main_library").first()
    except (ValidationError, ValueError):
        return None
