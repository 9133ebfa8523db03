"""The words of a semantics in one language: the library's own translation, else our dictionary.

A library brings `language/vi.json`, which mirrors its semantics place by place. Many of these files repeat
the English, or an older English; then a dictionary from English speaks, and last the English itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Wording:
    """One place of a semantics in one language; `inside` walks both trees together."""

    translated: Mapping[str, Any] = field(default_factory=dict)  # the same place of the language file
    dictionary: Mapping[str, str] = field(default_factory=dict)

    def of(self, place: Mapping[str, Any], key: str) -> str:
        """The words under `key` ("label", "default", …); "" when there are none."""
        english, said = place.get(key), self.translated.get(key)
        if not isinstance(english, str):
            return ""
        if not isinstance(said, str) or not said.strip() or said == english:
            said = ""
        ours = self.dictionary.get(english.strip(), "")
        # Where we know better, plain letters are an older wording of the English, not a translation.
        return said if said and not (ours and said.isascii()) else ours or english

    def inside(self, key: str) -> Wording:
        """The words of a part: "field", "important"."""
        part = self.translated.get(key)
        return Wording(part if isinstance(part, Mapping) else {}, self.dictionary)

    def each(self, key: str, number: int) -> Iterable[Wording]:
        """The words of the first `number` parts of a list: "fields", "options"."""
        parts = self.translated.get(key)
        known = parts if isinstance(parts, list) else []
        for place in range(number):
            part = known[place] if place < len(known) else None
            yield Wording(part if isinstance(part, Mapping) else {}, self.dictionary)


def wording(language_file: Any, dictionary: Mapping[str, str]) -> Wording:
    """The words of a whole semantics, from a library's language file as it was read."""
    semantics = language_file.get("semantics") if isinstance(language_file, Mapping) else None
    return Wording({"fields": semantics if isinstance(semantics, list) else []}, dictionary)
