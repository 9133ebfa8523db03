"""Parameters as the player may get them: every value as its field says, what no field knows left out.

The rules are those of the H5P core's filter, so that content plays here as it plays elsewhere. Three
differences: steps of numbers and patterns of texts are the form's business, not the filter's, and a
library that may not stand where it stands is a problem instead of a silent gap.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from courses.h5p.engine.fields import Field
from courses.h5p.engine.file_values import FileUse, cleaned_file
from courses.h5p.engine.libraries import LibraryName
from courses.h5p.engine.problems import Findings
from courses.h5p.engine.sanitise import METADATA, markup, plain, plain_values, tags_lost
from courses.h5p.engine.tidy import is_too_long

_ID = re.compile(r"\{?[a-f0-9]{8}-(?:[a-f0-9]{4}-){3}[a-f0-9]{12}\}?")
FieldsOf = Callable[[LibraryName], tuple[Field, ...] | None]


def no_fields(_name: LibraryName) -> None:
    """For callers that know no other library: what stands in library fields is dropped."""


@dataclass(slots=True)
class Cleaner:
    """Cleans parameters and remembers on the way what they use."""

    fields_of: FieldsOf = no_fields
    findings: Findings = field(default_factory=Findings)
    libraries: list[LibraryName] = field(default_factory=list)  # in library fields, in order of appearance
    files: list[FileUse] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)  # where markup went away, and which

    def group(self, fields: tuple[Field, ...], value: Any, path: str) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            return None
        cleaned = {}
        for one in fields:
            if one.name in value:
                inner = self.value(one, value[one.name], f"{path}.{one.name}" if path else one.name)
                if inner is not None:
                    cleaned[one.name] = inner
        return cleaned

    def value(self, one: Field, value: Any, path: str) -> Any:
        """The cleaned value; None means that nothing is kept."""
        clean = _BY_TYPE.get(one.type)
        return clean(self, one, value, path) if clean is not None and value is not None else None

    def _group(self, one: Field, value: Any, path: str) -> Any:
        if one.is_flat:
            return self.value(one.fields[0], value, path)
        cleaned = self.group(one.fields, value, path)
        if cleaned is not None and one.is_sub_content and _is_id(value.get("subContentId")):
            cleaned["subContentId"] = value["subContentId"]
        return cleaned

    def _list(self, one: Field, value: Any, path: str) -> Any:
        if not isinstance(value, list) or one.field is None:
            return None
        if one.maximum is not None:
            value = value[: int(max(one.maximum, 0))]
        cleaned = [self.value(one.field, entry, f"{path}[{number}]") for number, entry in enumerate(value)]
        return [entry for entry in cleaned if entry is not None] or None

    def _text(self, one: Field, value: Any, path: str) -> Any:
        if not isinstance(value, str):
            return ""
        if one.tags is None:
            return plain(value, one.max_length)
        if is_too_long(value):
            self.findings.add("json-large", path, value.count("<"))
            return ""
        cleaned = markup(value, one.tags, one.styles)
        if lost := tags_lost(value, cleaned):
            self.lost.append((path, ", ".join(lost)))
        return cleaned

    def _number(self, one: Field, value: Any, _path: str) -> Any:
        number = _as_number(value)
        if one.minimum is not None:
            number = max(number, one.minimum)
        if one.maximum is not None:
            number = min(number, one.maximum)
        return round(number, one.decimals) if one.decimals is not None else number

    def _boolean(self, _one: Field, value: Any, _path: str) -> Any:
        return value if isinstance(value, bool) else False

    def _select(self, one: Field, value: Any, _path: str) -> Any:
        known = {str(option.value) for option in one.options} if not one.optional else set()
        chosen = value if isinstance(value, list) else [value]
        kept = [str(c) for c in chosen if isinstance(c, str | int | float) and (not known or str(c) in known)]
        if one.multiple:
            return [plain(text) for text in kept]
        if kept:
            return plain(kept[0])
        return plain(str(one.options[0].value)) if one.options and not one.optional else None

    def _library(self, one: Field, value: Any, path: str) -> Any:
        name = LibraryName.spoken(value.get("library")) if isinstance(value, dict) else None
        if name is None:
            return None
        if str(name) not in {option.value for option in one.options}:
            self.findings.add("library-not-allowed", path, name)
            return None
        self.libraries.append(name)
        fields = self.fields_of(name)
        if fields is None:
            return None
        cleaned = {"library": str(name), "params": self.group(fields, value.get("params"), path) or {}}
        if _is_id(value.get("subContentId")):
            cleaned["subContentId"] = value["subContentId"]
        if isinstance(value.get("metadata"), dict):
            cleaned["metadata"] = plain_values(value["metadata"], METADATA)
        for key in one.extra_attributes:
            if key in value and key not in cleaned:
                cleaned[key] = plain_values(value[key], frozenset())
        return cleaned

    def _file(self, one: Field, value: Any, path: str) -> Any:
        return cleaned_file(one, value, path, self.files, self.findings)

    def _files(self, one: Field, value: Any, path: str) -> Any:
        """Films and sounds: the same one in several forms."""
        if not isinstance(value, list):
            return None
        cleaned = [self._file(one, entry, f"{path}[{number}]") for number, entry in enumerate(value)]
        return [entry for entry in cleaned if entry is not None] or None


_BY_TYPE: dict[str, Callable[[Cleaner, Field, Any, str], Any]] = {
    "group": Cleaner._group,
    "list": Cleaner._list,
    "text": Cleaner._text,
    "number": Cleaner._number,
    "boolean": Cleaner._boolean,
    "select": Cleaner._select,
    "library": Cleaner._library,
    "image": Cleaner._file,
    "file": Cleaner._file,
    "video": Cleaner._files,
    "audio": Cleaner._files,
}


def clean(fields: tuple[Field, ...], params: Any, fields_of: FieldsOf = no_fields) -> dict[str, Any]:
    """The parameters as they may be kept and played; `fields_of` gives the fields of libraries inside."""
    return Cleaner(fields_of).group(fields, params, "") or {}


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _as_number(value: Any) -> float:
    if isinstance(value, bool):
        return 0
    if isinstance(value, int | float):
        return value
    try:
        number = float(value) if isinstance(value, str) and len(value) < 32 else 0.0
    except ValueError:
        return 0
    if not math.isfinite(number):
        return 0
    return int(number) if number.is_integer() else number
