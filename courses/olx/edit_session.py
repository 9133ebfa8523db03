"""A live session as its author edits it, and back; and as an entry for a calendar. Plain Python."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from lxml import etree

from courses.olx.attributes import LANGUAGES, Attributes
from courses.olx.edit import write_titles
from courses.olx.outline import Texts
from courses.olx.xml import parse_xml, to_text

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LONGEST = 12 * 60  # minutes
FOLD_AT = 70  # bytes: RFC 5545 allows 75


@dataclass(frozen=True)
class SessionDraft:
    """What stands in the form. `starts_at` is Viet Nam's clock, without a zone."""

    title: Texts = field(default_factory=dict)
    starts_at: datetime | None = None
    minutes: int = 60
    url: str = ""  # the room
    recording: str = ""  # where it can be seen afterwards
    how: Texts = field(default_factory=dict)


def read_session(olx: str, language: str = "vi") -> SessionDraft:
    """Take a `<session>` block apart; what cannot be read is empty."""
    element = parse_xml(olx.encode(), "session")
    how = {each.get("lang", language): (each.text or "").strip() for each in element.iterchildren("how")}
    return SessionDraft(
        title=Attributes(language, []).title(element),
        starts_at=moment(element.get("starts_at", "")),
        minutes=minutes(element.get("minutes", "")),
        url=https(element.get("url", "")),
        recording=https(element.get("recording", "")),
        how={code: text for code, text in how.items() if text},
    )


def write_session(olx: str, draft: SessionDraft, language: str = "vi") -> str:
    """The block with the draft's facts; everything else in it stays as it was."""
    element = parse_xml(olx.encode(), "session")
    write_titles(element, draft.title, language)
    facts = {
        "starts_at": draft.starts_at.strftime("%Y-%m-%dT%H:%M") if draft.starts_at else "",
        "minutes": str(draft.minutes),
        "url": draft.url,
        "recording": draft.recording,
    }
    for name, value in facts.items():
        if value:
            element.set(name, value)
        else:
            element.attrib.pop(name, "")
    for old in element.findall("how"):
        element.remove(old)
    for code in LANGUAGES:
        if text := draft.how.get(code, "").strip():
            etree.SubElement(element, "how", lang=code).text = text
    return to_text(element)


def moment(value: str) -> datetime | None:
    """ "2026-12-01T09:00" by Viet Nam's clock; None for anything else."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found.tzinfo is None else found.astimezone(ZONE).replace(tzinfo=None)


def minutes(value: str) -> int:
    number = int(value) if value.isascii() and value.isdecimal() and len(value) < 5 else 60
    return min(max(number, 1), LONGEST)


def https(value: str) -> str:
    return value if value.startswith("https://") else ""


def calendar_entry(
    *, uid: str, title: str, starts_at: datetime, length: int, url: str, words: str, now: datetime
) -> str:
    """An iCalendar file with one event. `starts_at` is Viet Nam's clock; the file says it in UTC."""
    start = starts_at.replace(tzinfo=ZONE)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lan Toa//VI",
        "BEGIN:VEVENT",
        f"UID:{_escaped(uid)}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(start)}",
        f"DTEND:{_utc(start + timedelta(minutes=length))}",
        f"SUMMARY:{_escaped(title)}",
        *([f"URL:{url}", f"LOCATION:{_escaped(url)}"] if url else []),
        *([f"DESCRIPTION:{_escaped(words)}"] if words else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """Long lines go on after a space, never inside a letter of several bytes."""
    parts, part, size = [], "", 0
    for letter in line:
        if size + len(letter.encode()) > FOLD_AT:
            parts.append(part)
            part, size = "", 1
        part += letter
        size += len(letter.encode())
    return "\r\n ".join([*parts, part])
