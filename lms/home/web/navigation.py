"""What the masthead and the footer show: who is signed in and where she may go."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from lms.home.queries.standing import standing_of
from lms.people.models import Person, Role
from lms.shared.addresses import address
from lms.shared.languages import current_language

# URL name, label, roles that see it (empty: everybody who is signed in)
ENTRIES: list[tuple[str, Promise, frozenset[str]]] = [
    ("home:start", _("My work"), frozenset()),
    ("courses:tracks", _("Programmes"), frozenset()),
    ("certificates:mine", _("Certificates"), frozenset()),
    ("courses:studio", _("Studio"), frozenset({Role.TRAINER, Role.ADMINISTRATOR})),
    ("courses:reviews", _("Reviews"), frozenset({Role.REVIEWER, Role.OFFICE})),
    (
        "courses:media",
        _("Media"),
        frozenset({Role.TRAINER, Role.REVIEWER, Role.OFFICE, Role.ADMINISTRATOR}),
    ),
    ("courses:h5p_libraries", _("H5P libraries"), frozenset({Role.LIBRARY_MANAGER})),
    ("hr:records", _("Records"), frozenset({Role.HR, Role.OFFICE, Role.AUDITOR})),
    ("indicator:public", _("Indicator"), frozenset()),
    ("home:audit", _("Audit trail"), frozenset({Role.AUDITOR, Role.ADMINISTRATOR})),
]
PUBLIC: list[tuple[str, Promise]] = [
    ("home:start", _("Home")),
    ("courses:tracks", _("Programmes")),
    ("indicator:public", _("Indicator")),
    ("certificates:verify_form", _("Verify a certificate")),
]
FOOTER: list[tuple[str, Promise]] = [
    ("indicator:definition", _("How the indicator is counted")),
    ("certificates:verify_form", _("Verify a certificate")),
    ("home:accessibility", _("Accessibility")),
    ("home:help", _("Help")),
]

MENUS: dict[str, dict[str, Promise]] = {
    "own": {name: label for name, label, _roles in ENTRIES},
    "public": dict(PUBLIC),
    "footer": dict(FOOTER),
}


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html. Everything that costs a query waits until the template asks."""
    user = getattr(request, "user", None)
    person = user if isinstance(user, Person) else None
    return {
        "main_nav": SimpleLazyObject(lambda: main_navigation(request)),
        "footer_nav": links("footer", tuple(MENUS["footer"]), "", current_language()),
        "person_name": person.full_name if person else "",
        "person_role": SimpleLazyObject(lambda: standing_of(person, request.session).line) if person else "",
        "account_url": address("people:account") if person else "",
        "sign_in_url": "" if person else address(settings.LOGIN_URL),
        "sign_out_url": address("account_logout") if person else "",
    }


def main_navigation(request: HttpRequest) -> SafeString:
    """Links to what this person may use; the longest matching path is the current one."""
    person = request.user
    if isinstance(person, Person):
        held = standing_of(person, request.session).roles
        menu, names = "own", [name for name, _label, roles in ENTRIES if not roles or roles & held]
    else:
        menu, names = "public", list(MENUS["public"])
    here = request.path
    current = next((name for place, name in places(menu) if name in names and here.startswith(place)), "")
    if current and address(current) == "/" != here:
        current = ""
    return links(menu, tuple(names), current, current_language())


def places(menu: str) -> list[tuple[str, str]]:
    """Where the entries of a menu lead, the longest path first."""
    return _places(menu, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=16)
def _places(menu: str, _urlconf: str | None, _prefix: str) -> list[tuple[str, str]]:
    found = [(address(name), name) for name in MENUS[menu]]
    return sorted(found, key=lambda one: len(one[0]), reverse=True)


@lru_cache(maxsize=256)
def links(menu: str, names: tuple[str, ...], current: str, _language: str) -> SafeString:
    """List items, the same for everybody who may see the same: put together once per process."""
    marks = {current: mark_safe(' aria-current="page"')}
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        ((address(name), marks.get(name, ""), MENUS[menu][name]) for name in names),
    )
