"""What must be said about a file of the library, and whether enough was said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.models import AiLabel, Consent, Licence, MediaItem, MediaKind
from courses.models.media_choices import OPEN_LICENCES
from lms.shared.errors import Refused
from lms.shared.fields import clean_line

HEARD_OR_SEEN = {MediaKind.IMAGE, MediaKind.AUDIO, MediaKind.VIDEO}


@dataclass(frozen=True)
class ItemFacts:
    """What somebody says about a file. Empty where nothing was said."""

    title: dict[str, str] = field(default_factory=dict)
    description: str = ""
    language: str = "vi"
    creator: str = ""
    publisher: str = ""
    made_on: date | None = None
    keywords: tuple[str, ...] = ()
    licence: str = ""
    rights_note: str = ""
    source: str = ""
    consent: str = ""
    consent_note: str = ""
    ai_label: str = ""
    ai_tool: str = ""
    is_public: bool = False

    @classmethod
    def of(cls, item: MediaItem) -> "ItemFacts":
        said = {f.name: getattr(item, f.name) for f in fields(cls)}
        return cls(**said | {"keywords": tuple(item.keywords)})

    def to_json(self) -> dict[str, Any]:
        """As a job is told it; back by `from_json`."""
        made_on = self.made_on.isoformat() if self.made_on else None
        return {f.name: getattr(self, f.name) for f in fields(self)} | {
            "made_on": made_on,
            "keywords": list(self.keywords),
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "ItemFacts":
        made_on = date.fromisoformat(said["made_on"]) if said["made_on"] else None
        return cls(**{**said, "made_on": made_on, "keywords": tuple(said["keywords"])})

    def check(self, kind: str) -> None:
        """Raise `Refused` for what must be known of a file of this kind and was not said."""
        problems = [
            (not any(self.title.values()), "no-title", _("Give the file a title.")),
            (
                self.licence not in Licence.values or self.licence == Licence.UNKNOWN,
                "no-licence",
                _("Choose under what terms the file may be used."),
            ),
            (
                self.licence == Licence.PERMISSION and not self.rights_note,
                "no-permission",
                _("Write who permitted the use."),
            ),
            (not self.source, "no-source", _("Write where the file comes from.")),
            (
                self.is_public and self.licence not in OPEN_LICENCES,
                "not-open",
                _("Only files under an open licence can be offered to other databases."),
            ),
        ]
        if kind in HEARD_OR_SEEN:
            problems += _about_people_and_machines(self)
        for is_wrong, code, message in problems:
            if is_wrong:
                raise Refused(code, message)

    def columns(self) -> dict[str, Any]:
        """What is said, as the columns of an item keep it."""
        columns = {f.name: getattr(self, f.name) for f in fields(self)}
        columns["title"] = {code: clean_line(text)[:200] for code, text in self.title.items() if text.strip()}
        columns["keywords"] = _keywords(self.keywords)
        for name in ("creator", "publisher", "rights_note", "source", "consent_note", "ai_tool"):
            columns[name] = clean_line(columns[name])
        columns["consent"] = columns["consent"] or Consent.NOBODY
        columns["ai_label"] = columns["ai_label"] or AiLabel.NONE
        return columns


def _about_people_and_machines(facts: ItemFacts) -> list[tuple[bool, str, Any]]:
    return [
        (
            facts.consent not in Consent.values or facts.consent == Consent.UNKNOWN,
            "no-consent",
            _("Say whether people can be recognised and whether they agreed."),
        ),
        (
            facts.consent == Consent.CONSENTED and not facts.consent_note,
            "no-consent-note",
            _("Write where the consent is kept."),
        ),
        (
            facts.ai_label not in AiLabel.values or facts.ai_label == AiLabel.UNKNOWN,
            "no-ai-label",
            _("Say whether AI was used."),
        ),
        (
            facts.ai_label in {AiLabel.ASSISTED, AiLabel.GENERATED} and not facts.ai_tool,
            "no-ai-tool",
            _("Name the AI tool."),
        ),
    ]


def _keywords(words: Iterable[str]) -> list[str]:
    """Each once, at most twenty."""
    return list(dict.fromkeys(word for given in words if (word := clean_line(given)[:60])))[:20]
