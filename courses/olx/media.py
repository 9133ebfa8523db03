"""What a `<video>` names: files of its own, captions, and film on other platforms."""

import json
import re
from dataclasses import dataclass

from lxml import etree

from courses.olx.page_html import asset_path

_YOUTUBE = re.compile(r"[\w-]{5,20}")


@dataclass(frozen=True)
class MediaSources:
    """Files are paths below `static/`; `links` are addresses elsewhere."""

    files: tuple[tuple[str, str, str], ...]  # path, media type, language
    transcripts: tuple[tuple[str, str], ...]  # path, language
    links: tuple[str, ...]
    handouts: tuple[str, ...]  # paths


def read_media(node: etree._Element) -> MediaSources:
    """Our own `<source>` and `<transcript>`, and the attributes of Open edX."""
    named = [
        (source.get("src", ""), source.get("type", ""), source.get("lang", ""))
        for source in node.iterchildren("source")
    ]
    listed = [(src, "", "") for src in [*_strings(node.get("html5_sources")), node.get("source") or ""]]
    files: dict[str, tuple[str, str, str]] = {}
    links: list[str] = []
    for src, media_type, language in [*named, *listed]:
        path = _path(src)
        if path:
            files.setdefault(path, (path, media_type, language))
        elif src.startswith(("https://", "http://")):
            links.append(src)
    if youtube := youtube_id(node):
        links.append(f"https://www.youtube.com/watch?v={youtube}")
    handouts = [_path(element.get("src", "")) for element in node.iterchildren("handout")]
    handouts.append(_path(node.get("handout", "")))
    return MediaSources(
        tuple(files.values()),
        tuple(_transcripts(node)),
        tuple(dict.fromkeys(links)),
        tuple(dict.fromkeys(path for path in handouts if path)),
    )


def youtube_id(node: etree._Element) -> str:
    """The id of the film at normal speed, "" when there is none."""
    speeds = dict(part.split(":", 1) for part in (node.get("youtube") or "").split(",") if ":" in part)
    by_speed = {speed.strip().rstrip("0").rstrip("."): found.strip() for speed, found in speeds.items()}
    found = node.get("youtube_id_1_0") or by_speed.get("1", "")
    return found if _YOUTUBE.fullmatch(found) else ""


def _transcripts(node: etree._Element) -> list[tuple[str, str]]:
    found = [
        (element.get("src", ""), element.get("language", element.get("lang", "")))
        for element in node.iterchildren("transcript")
    ]
    try:
        listed = json.loads(node.get("transcripts") or "{}")
    except (ValueError, RecursionError):
        listed = {}
    if isinstance(listed, dict):
        found += [(src, language) for language, src in listed.items() if isinstance(src, str)]
    if sub := node.get("sub"):
        found.append((f"subs_{sub}.srt.sjson", "en"))
    found += [(track.get("src", ""), track.get("srclang", "")) for track in node.iterchildren("track")]
    paths = {(_path(src) or src, language): None for src, language in found if src}
    return list(paths)


def _path(src: str) -> str:
    """The path below `static/`; "" for an address elsewhere."""
    return asset_path(src) or ""


def _strings(listed: str | None) -> list[str]:
    try:
        values = json.loads(listed or "[]")
    except (ValueError, RecursionError):
        return []
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
