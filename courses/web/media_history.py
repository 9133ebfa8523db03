"""What happened to an item of the library, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import AiLabel, Consent, ContentLanguage, Licence, MediaItem
from lms.audit.models import AuditEvent
from lms.audit.queries import events_about

WORDS: dict[str, Promise] = {
    "media.added": gettext_lazy("Added to the library"),
    "media.adopted": gettext_lazy("Taken over from a module"),
    "media.edited": gettext_lazy("Facts changed"),
    "media.placed": gettext_lazy("Placed in a module"),
    "media.replaced": gettext_lazy("Replaced by a newer file"),
    "media.withdrawn": gettext_lazy("Withdrawn"),
    "media.brought_back": gettext_lazy("Brought back"),
    "upload.declared": gettext_lazy("Declared free of secrets"),
}
FACTS: dict[str, Promise] = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "language": gettext_lazy("Language"),
    "creator": gettext_lazy("Author or maker"),
    "publisher": gettext_lazy("Publisher"),
    "made_on": gettext_lazy("Made or published on"),
    "keywords": gettext_lazy("Keywords"),
    "licence": gettext_lazy("Terms of use"),
    "rights_note": gettext_lazy("Who permitted the use"),
    "source": gettext_lazy("Where the file comes from"),
    "consent": gettext_lazy("People in the picture or recording"),
    "consent_note": gettext_lazy("Where the consent is kept"),
    "ai_label": gettext_lazy("Artificial intelligence"),
    "ai_tool": gettext_lazy("AI tool"),
    "is_public": gettext_lazy("Offered to other databases"),
}
CHOICES: dict[str, dict[str, Any]] = {
    "language": dict(ContentLanguage.choices),
    "licence": dict(Licence.choices),
    "consent": dict(Consent.choices),
    "ai_label": dict(AiLabel.choices),
}


@dataclass(frozen=True)
class Change:
    fact: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One line of the history; `changes` of an edit."""

    at: datetime
    who: str
    what: str
    note: str
    changes: list[Change]


def history_of(item: MediaItem) -> list[Event]:
    """Newest first; the audit keeps it, also what was said before."""
    return [_event(row) for row in events_about(item).reverse()[:50]]


def _event(row: AuditEvent) -> Event:
    details = row.details
    before, after = details.get("before", {}), details.get("after", {})
    changes = [
        Change(str(FACTS.get(name, name)), _text(name, before.get(name)), _text(name, value))
        for name, value in after.items()
    ]
    note = details.get("reason") or details.get("path") or ", ".join(details.get("modules", ()))
    if details.get("module"):
        note = f"{details['module']}: {note}"
    return Event(row.at, row.actor_label, str(WORDS.get(row.kind, row.kind)), note, changes)


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return " · ".join(f"{code}: {text}" for code, text in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(CHOICES.get(name, {}).get(value, value or "–"))
