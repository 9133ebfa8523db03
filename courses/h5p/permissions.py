"""Who may what. The host decides; these are its words and, for a bare project, Django's own permissions."""

from typing import Any

from courses.h5p import host
from courses.h5p.models import Package


def may_upload(actor: Any) -> bool:
    """Bring in content that is played with libraries that are trusted already."""
    return host.asked("MAY_UPLOAD", actor)


def may_manage_libraries(actor: Any) -> bool:
    """Bring in libraries. They are programs that run in everybody's browser, so few people may."""
    return host.asked("MAY_MANAGE", actor)


def may_play(person: Any, package: Package | None, context: str, mode: str) -> bool:
    """See this content at this place now. `package` is None for a preview of what is being written."""
    return host.asked("MAY_PLAY", person, package, context, mode)


def may_upload_by_default(actor: Any) -> bool:
    return bool(getattr(actor, "has_perm", None) and actor.has_perm("h5p.add_package"))


def may_manage_by_default(actor: Any) -> bool:
    return bool(getattr(actor, "has_perm", None) and actor.has_perm("h5p.add_library"))


def may_play_by_default(person: Any, _package: Package | None, _context: str, _mode: str) -> bool:
    return bool(getattr(person, "is_authenticated", False))


class Operator:
    """Whoever sits at the command line; she could write into the database as well."""

    pk = None

    def has_perm(self, _permission: str) -> bool:
        return True


OPERATOR = Operator()
