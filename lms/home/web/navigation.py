"""What the masthead and the footer show: who is signed in and where she may go."""

from dataclasses import dataclass
from functools import cache as once_per_process
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from lms.home.queries.standing import standing_of
from lms.people.models import Person, Role


@dataclass(frozen=True)
class Item:
    url: str
    label: str | Promise
    is_current: bool = False


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


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html. Everything that costs a query waits until the template asks."""
    user = getattr(request, "user", None)
    person = user if isinstance(user, Person) else None
    return {
        "main_nav": SimpleLazyObject(lambda: main_navigation(request)),
        "footer_nav": SimpleLazyObject(lambda: [Item(address(name), label) for name, label in FOOTER]),
        "person_name": person.full_name if person else "",
        "person_role": SimpleLazyObject(lambda: standing_of(person, request.session).line) if person else "",
        "account_url": address("people:account") if person else "",
        "sign_in_url": "" if person else address(settings.LOGIN_URL),
        "sign_out_url": address("account_logout") if person else "",
    }


def main_navigation(request: HttpRequest) -> list[Item]:
    """The entries this person may use; the longest matching path is the current one."""
    person = request.user
    if isinstance(person, Person):
        held = standing_of(person, request.session).roles
        entries = [(name, label) for name, label, roles in ENTRIES if not roles or roles & held]
    else:
        entries = PUBLIC
    urls = [(address(name), label) for name, label in entries]
    matching = [url for url, _label in urls if request.path.startswith(url)]
    current = max(matching, key=len, default="")
    return [Item(url, label, url == current and (url != "/" or request.path == "/")) for url, label in urls]


@once_per_process
def address(name: str) -> str:
    """The address of a page that takes no parameters: looked up once per process."""
    return reverse(name)
