"""What the settings and parts of our blocks are called, for those who compare two versions.

A block of another maker keeps the names its maker gave: we do not know what they mean.
"""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.olx.attributes import LANGUAGES
from courses.olx.compare_blocks import Part, plain_part
from courses.xblocks.catalogue import block_type
from lms.shared.languages import LANGUAGE_NAMES

SETTINGS: dict[str, str | Promise] = {
    "display_name": gettext_lazy("Title"),
    "kind": gettext_lazy("Kind"),
    "type": gettext_lazy("Kind"),
    "lang": gettext_lazy("Language"),
    "language": gettext_lazy("Language"),
    "src": gettext_lazy("File"),
    "url": gettext_lazy("Address"),
    "recording": gettext_lazy("Recording"),
    "starts_at": gettext_lazy("Begins"),
    "minutes": gettext_lazy("Minutes"),
    "duration": gettext_lazy("Length in seconds"),
    "licence": gettext_lazy("Licence"),
    "source": gettext_lazy("Source"),
    "origin": gettext_lazy("Where the file comes from"),
    "people": gettext_lazy("People in the picture or recording"),
    "lines": gettext_lazy("Lines or section"),
    "ai_content": gettext_lazy("Artificial intelligence"),
    "ai_tool": gettext_lazy("Tool"),
    "synthetic_voice": gettext_lazy("Voice made by a computer"),
    "required": gettext_lazy("Required"),
    "attempts": gettext_lazy("Attempts"),
    "cooling_off_hours": gettext_lazy("Hours between attempts"),
    "time_limit_minutes": gettext_lazy("Minutes for one attempt"),
    "opens": gettext_lazy("Opens"),
    "closes": gettext_lazy("Closes"),
    "review": gettext_lazy("When learners see the right answers"),
    "supervised": gettext_lazy("Counts when a supervisor has confirmed it"),
    "outcome": gettext_lazy("Outcome"),
    "difficulty": gettext_lazy("Difficulty"),
    "count": gettext_lazy("Number"),
    "correct": gettext_lazy("Right answer"),
    "package": gettext_lazy("H5P package"),
    "completion": gettext_lazy("Done when"),
    "threshold": gettext_lazy("Points needed, in per cent"),
}
COMMON = {"display_name", "display_name_en", "display_name_de"}  # the same in every block
UNTOLD = {"name"}  # of a question or answer: a handle for learners' answers, no words
VALUES: dict[str, dict[str, str | Promise]] = {
    "kind": {
        "practice": gettext_lazy("for practice"),
        "module": gettext_lazy("test of the module"),
        "final": gettext_lazy("final exam"),
        "audio": gettext_lazy("audio"),
        "video": gettext_lazy("video"),
    },
    "type": {
        "single": gettext_lazy("one right answer"),
        "multiple": gettext_lazy("several right answers"),
        "truefalse": gettext_lazy("true or false"),
    },
    "ai_content": {
        "none": gettext_lazy("none"),
        "assisted": gettext_lazy("helped"),
        "generated": gettext_lazy("generated it"),
    },
    "completion": {
        "viewed": gettext_lazy("opened"),
        "answered": gettext_lazy("answered"),
        "score": gettext_lazy("enough points"),
    },
    "review": {
        "after-pass": gettext_lazy("after passing, or when no attempts are left"),
        "after-close": gettext_lazy("when the quiz has closed"),
        "never-key": gettext_lazy("never"),
    },
    "difficulty": {"1": gettext_lazy("Easy"), "2": gettext_lazy("Medium"), "3": gettext_lazy("Hard")},
}
PARTS: dict[str, str | Promise] = {
    "question": gettext_lazy("Question"),
    "stem": gettext_lazy("Words of the question"),
    "option": gettext_lazy("Answer"),
    "text": gettext_lazy("Words"),
    "why": gettext_lazy("Why"),
    "explanation": gettext_lazy("Explanation"),
    "cite": gettext_lazy("Source"),
    "pool": gettext_lazy("Draws"),
    "source": gettext_lazy("File"),
    "transcript": gettext_lazy("Captions"),
    "body": gettext_lazy("Text"),
}


def setting_words(name: str) -> str:
    """ "Title, English" for "display_name_en"."""
    base, _underscore, code = name.rpartition("_")
    if code in LANGUAGES and base in SETTINGS:
        return _("%(setting)s, %(language)s") % {"setting": SETTINGS[base], "language": LANGUAGE_NAMES[code]}
    return str(SETTINGS.get(name, name))


def value_words(name: str, value: str) -> str:
    """ "yes" for "true", "one right answer" for "single"; a value without words of its own stays."""
    if value in ("true", "false"):
        return _("yes") if value == "true" else _("no")
    if name in ("lang", "language") and value in LANGUAGE_NAMES:
        return str(LANGUAGE_NAMES[value])
    return str(VALUES.get(name, {}).get(value, value))


def part_words(tag: str, settings: Iterable[tuple[str, str]], words: str) -> str:
    """One part of a block as a line: "Answer (Right answer: yes): Đài xã"."""
    facts = ", ".join(
        f"{setting_words(name)}: {value_words(name, value)}" for name, value in settings if name not in UNTOLD
    )
    said = f"{PARTS.get(tag, tag)} ({facts})" if facts else str(PARTS.get(tag, tag))
    return f"{said}: {words}" if words else said


def part_of(tag: str) -> Part:
    """How the parts of a block of this type are told."""
    entry = block_type(tag)
    return part_words if entry is not None and entry.is_ours else plain_part


def setting_rows(settings: Iterable[tuple[str, str, str]], tag: str) -> list[tuple[str, str, str]]:
    """Label, before, after."""
    entry = block_type(tag)
    if entry is None or not entry.is_ours:
        return [row if row[0] not in COMMON else _said(row) for row in settings]
    return [_said(row) for row in settings]


def _said(row: tuple[str, str, str]) -> tuple[str, str, str]:
    name, before, after = row
    return setting_words(name), value_words(name, before), value_words(name, after)
