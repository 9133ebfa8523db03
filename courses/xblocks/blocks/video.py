"""Sound and film, with what is said as text."""

import json
import math
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lxml import etree
from xblock.exceptions import JsonHandlerError
from xblock.fields import Float

from courses.olx.assets import media_type
from courses.olx.media import MediaSources, read_media
from courses.olx.outline import AssetRef
from courses.olx.page_html import asset_path
from courses.olx.vtt import Cue
from courses.olx.xml import parse_xml
from courses.queries.blocks import transcript
from courses.queries.version_cache import VersionCache
from courses.xblocks.blocks.base import Fragment, Scope, String, TitledBlock, XBlock
from courses.xblocks.labels import ai_words
from lms.shared.languages import ORDER

ENOUGH = 0.9  # heard or seen to this part counts as complete
LONGEST = 6 * 60 * 60  # seconds
_rendered: VersionCache[tuple[int, int, str, bool], SafeString] = VersionCache(400)


@dataclass(frozen=True)
class Medium:
    """The file for one language, ready for a page."""

    path: str
    asset: AssetRef
    url: str
    language: str


class VideoBlock(TitledBlock):
    """`kind` is audio or video. Nothing loads before somebody presses play; the text is always there."""

    kind = String(scope=Scope.settings, default="video")
    synthetic_voice = String(scope=Scope.settings, default="")
    ai_content = String(scope=Scope.settings, default="")  # none, assisted, generated; "" not said
    ai_tool = String(scope=Scope.settings, default="")
    # JSON lists: XBlock would copy a List at every look.
    sources = String(scope=Scope.content, default="[]")  # [[src, type, lang, seconds]]
    transcripts = String(scope=Scope.content, default="[]")  # [[src, lang]]
    links = String(scope=Scope.content, default="[]")  # addresses of the film on other platforms
    handouts = String(scope=Scope.content, default="[]")  # paths of files to take along
    # The element as it was read: films elsewhere, handouts and what other platforms state are written back.
    written = String(scope=Scope.content, default="")
    position = Float(scope=Scope.user_state, default=0.0)  # seconds
    ATTRIBUTES = (*TitledBlock.ATTRIBUTES, "kind", "synthetic_voice", "ai_content", "ai_tool")

    def read_children(self, node: etree._Element) -> None:
        media = read_media(node)
        self.written = etree.tostring(node, method="c14n", with_tail=False).decode()
        self.sources, self.transcripts = _files(node)
        self.links, self.handouts = json.dumps(media.links), json.dumps(media.handouts)
        self.kind = node.get("kind") or _kind(media)

    def add_xml_to_node(self, node: etree._Element) -> None:
        written = parse_xml((self.written or "<video/>").encode(), "video")
        for name, value in written.attrib.items():
            if name not in (*self.ATTRIBUTES, "url_name"):
                node.set(name, value)
        super().add_xml_to_node(node)
        if not written.get("kind") and self.kind == _kind(read_media(written)):
            node.attrib.pop("kind")
        node.text = written.text
        is_as_read = _files(written) == (self.sources, self.transcripts)
        node.extend(child for child in written if is_as_read or not _is_own_file(child))
        if is_as_read:
            return
        for src, kind, language, seconds in json.loads(self.sources):
            source = etree.SubElement(node, "source", src=src, type=kind, lang=language)
            if seconds:
                source.set("duration", seconds)
        for src, language in json.loads(self.transcripts):
            etree.SubElement(node, "transcript", language=language, src=src)

    def student_view(self, context: dict[str, Any]) -> Fragment:
        inside = self.html(context["language"], is_open=context.get("media") == self.kind)
        if not inside:
            return Fragment("")
        return Fragment(
            format_html(
                '<media-player data-place-url="{}" data-position="{}">{}</media-player>',
                self.runtime.handler_url(self, "keep_position"),
                f"{self.position:.1f}",
                inside,
            )
        )

    def html(self, language: str, *, is_open: bool) -> SafeString:
        """The player and the lines, the same for everybody; empty when there is no file at all."""
        key = (self.runtime.version_id, self.runtime.block_version_id(self), language, is_open)
        kept = _rendered.get(key)
        return kept if kept is not None else _rendered.keep(key, self._render(language, is_open))

    def medium(self, language: str) -> Medium | None:
        """The sound or film in the reader's language, else in Vietnamese, else in any."""
        return self._choose(
            [(src, lang) for src, _type, lang, _seconds in json.loads(self.sources)], language
        )

    def cues(self, language: str) -> tuple[Medium | None, tuple[Cue, ...]]:
        """The captions file and its lines."""
        chosen = self._choose([(src, lang) for src, lang in json.loads(self.transcripts)], language)
        return chosen, transcript(chosen.path, chosen.asset) if chosen else ()

    @XBlock.json_handler  # type: ignore[untyped-decorator]
    def keep_position(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """Remember where playing stopped: `{"position": 12.5, "duration": 340}`, in seconds."""
        position, duration = _seconds(data, "position"), _seconds(data, "duration")
        self.position = position
        if duration and position / duration >= ENOUGH:
            self.runtime.publish(self, "completion", {"completion": 1.0})
        return {"position": position}

    @XBlock.json_handler  # type: ignore[untyped-decorator]
    def open_transcript(self, data: Any, suffix: str = "") -> dict[str, Any]:
        """Reading what is said is as good as hearing it."""
        self.runtime.publish(self, "completion", {"completion": 1.0})
        return {"is_complete": True}

    def _render(self, language: str, is_open: bool) -> SafeString:
        medium = self.medium(language)
        captions, cues = self.cues(medium.language if medium else language)
        links, handouts = json.loads(self.links), self._handouts()
        if medium is None and not cues and not links and not handouts:
            return mark_safe("")
        return render_to_string(
            "courses/blocks/video.html",
            {
                "title": self.runtime.reference(self).title,
                "kind": self.kind,
                "medium": medium,
                "captions": captions,
                "has_track": captions is not None and captions.path.endswith(".vtt"),
                "cues": cues,
                "links": links,
                "handouts": handouts,
                "is_open": is_open,
                "is_synthetic": self.synthetic_voice == "true",
                "ai": ai_words(self.ai_content, self.ai_tool),
                "language": language,
                "transcript_url": self.runtime.handler_url(self, "open_transcript"),
            },
        )

    def _handouts(self) -> list[dict[str, str]]:
        assets = self.runtime.outline.assets
        return [
            {"url": self.runtime.asset_url(path), "name": path.rpartition("/")[2]}
            for path in json.loads(self.handouts)
            if path in assets
        ]

    def _choose(self, files: list[tuple[str, str]], language: str) -> Medium | None:
        assets = self.runtime.outline.assets
        there = [(src.removeprefix("/static/"), lang) for src, lang in files]
        there = [(path, lang) for path, lang in there if path in assets]
        for wanted in (language, *ORDER, ""):
            for path, lang in there:
                if lang == wanted or not wanted:
                    return Medium(path, assets[path], self.runtime.asset_url(path), lang or language)
        return None


def _files(node: etree._Element) -> tuple[str, str]:
    """The fields `sources` and `transcripts` of an element."""
    media = read_media(node)
    lasting = {source.get("src", ""): source.get("duration", "") for source in node.iterchildren("source")}
    sources = [
        [f"/static/{path}", kind, lang, lasting.get(f"/static/{path}", "")]
        for path, kind, lang in media.files
    ]
    transcripts = [[f"/static/{path}", lang] for path, lang in media.transcripts]
    return json.dumps(sources), json.dumps(transcripts)


def _is_own_file(child: etree._Element) -> bool:
    """A recording or a transcript that lies in the module: the fields say which there are."""
    return child.tag in {"source", "transcript"} and asset_path(child.get("src", "")) is not None


def _kind(media: MediaSources) -> str:
    """What a video is that does not say it itself."""
    are_sounds = [media_type(path).startswith("audio/") for path, _type, _language in media.files]
    return "audio" if are_sounds and all(are_sounds) else "video"


def _seconds(data: Any, name: str) -> float:
    value = data.get(name, 0) if isinstance(data, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise JsonHandlerError(400, f"{name} is a number of seconds")
    if not 0 <= value <= LONGEST:
        raise JsonHandlerError(400, f"{name} is out of range")
    return float(value)
