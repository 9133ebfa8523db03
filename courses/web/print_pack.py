"""A module gathered for its print pack: one version, one language; and the files, kept by version."""

import hashlib
from collections.abc import Callable
from typing import Literal, get_args

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Module, ModuleVersion
from courses.olx.assets import storage_name
from courses.olx.edit import read_text
from courses.olx.outline import BlockRef, Outline, Unit
from courses.olx.sources import LINE_NUMBERS
from courses.print import (
    HandoutWords,
    PrintModule,
    PrintSource,
    PrintUnit,
    ScriptWords,
    render_handout,
    render_script,
)
from courses.print.pieces import Heading, Piece, Run, pieces_of
from courses.queries.blocks import block_texts, sources
from courses.queries.outline import outline_of
from courses.xblocks.catalogue import block_type
from lms.shared.languages import localised

Kind = Literal["handout", "script"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LANGUAGES = ("vi", "en", "de")
LARGEST_PICTURE = 12_000_000  # bytes
# Raise it when the drawing changes: kept files are then made anew.
DRAWING = 1


def print_file(module: Module, version: ModuleVersion, kind: Kind, language: str) -> bytes:
    """The PDF of this version; drawn once, then read from the storage."""
    name = _file_name(version, kind, language)
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            content: bytes = file.read()
            return content
    with translation.override(language):
        content = _draw(print_module(module, version, language), kind)
    if not default_storage.exists(name):  # two who asked at once drew the same bytes
        default_storage.save(name, ContentFile(content))
    return content


def languages_of(version: ModuleVersion) -> list[str]:
    """Languages in which at least half of the texts are written, Vietnamese first."""
    outline = outline_of(version.pk)
    texts = block_texts(_text_versions(outline))
    bodies = [read_text(text.olx, outline.language).bodies for text in texts.values()]
    counts = {code: sum(bool(body.get(code)) for body in bodies) for code in LANGUAGES}
    return [code for code in LANGUAGES if counts[code] and counts[code] * 2 >= len(bodies)]


def print_module(module: Module, version: ModuleVersion, language: str) -> PrintModule:
    """What the pages show of this version; the active language must be `language`."""
    outline = outline_of(version.pk)
    texts = block_texts(_text_versions(outline))
    olx = {text.usage_key: text.olx for text in texts.values()}
    day = localtime(version.published_at or version.created_at)
    facts = {"number": version.number, "day": date_format(day, "SHORT_DATE_FORMAT")}
    edition = _("Version %(number)s of %(day)s") if version.published_at else _("Draft %(number)s of %(day)s")
    units = ngettext("%(count)s unit", "%(count)s units", len(outline.units)) % {"count": len(outline.units)}
    return PrintModule(
        code=module.code,
        title=localised(outline.title, language),
        language=language,
        edition=edition % facts,
        extent=f"{units}, {_minutes(outline.minutes)}",
        outcomes=tuple(localised(outcome, language) for outcome in outline.outcomes),
        units=tuple(_unit(module, outline, unit, olx, language) for unit in outline.units),
        picture=_pictures(outline),
    )


def _unit(module: Module, outline: Outline, unit: Unit, olx: dict[str, str], language: str) -> PrintUnit:
    cited: dict[tuple[str, str], int] = {}

    def number(source: str, lines: str) -> int:
        return cited.setdefault((source, lines), len(cited) + 1)

    pieces: list[Piece] = []
    on_screen: list[str] = []
    texts = [block for block in unit.blocks if block.usage_key in olx]
    for block in unit.blocks:
        if block.usage_key not in olx:
            on_screen.append(_on_screen(block, language))
            continue
        bodies = read_text(olx[block.usage_key], outline.language).bodies
        title = localised(block.title, language)
        if len(texts) > 1 and title:
            pieces.append(Heading((Run(title),), 1))
        pieces.extend(pieces_of(localised(bodies, language), number))
    return PrintUnit(
        title=localised(unit.title, language),
        minutes=_minutes(unit.minutes),
        url=settings.SITE_URL + reverse("courses:unit", args=[module.code, unit.key]),
        pieces=tuple(pieces),
        on_screen=tuple(on_screen),
        sources=_sources(cited, language),
    )


def _sources(cited: dict[tuple[str, str], int], language: str) -> tuple[PrintSource, ...]:
    """Each document once, in the order of its first mark."""
    places: dict[str, list[tuple[int, str]]] = {}
    for (source_id, lines), number in cited.items():
        template = _("lines %(lines)s") if LINE_NUMBERS.fullmatch(lines) else _("section %(lines)s")
        where = template % {"lines": lines.replace("-", "–")} if lines else ""
        places.setdefault(source_id, []).append((number, where))
    return tuple(PrintSource(source_words(pk, language), tuple(rows)) for pk, rows in places.items())


def source_words(source_id: str, language: str) -> str:
    """ "Publisher: Title (17/06/2025)", for paper."""
    source = sources().get(source_id)
    if source is None:
        return source_id
    title = localised(source.title, language)
    if source.published:
        title += f" ({'/'.join(reversed(source.published.split('-')))})"
    return f"{source.publisher}: {title}" if source.publisher else title


def _on_screen(block: BlockRef, language: str) -> str:
    known = block_type(block.type)
    label = str(known.label) if known else block.type
    title = localised(block.title, language)
    return f"{label}: {title}" if title else label


def _minutes(minutes: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _text_versions(outline: Outline) -> list[int]:
    return [block.version for unit in outline.units for block in unit.blocks if block.type == "text"]


def _pictures(outline: Outline) -> Callable[[str], bytes | None]:
    def picture(path: str) -> bytes | None:
        asset = outline.assets.get(path)
        if asset is None or asset.size > LARGEST_PICTURE or not asset.media_type.startswith("image/"):
            return None
        try:
            with default_storage.open(storage_name(path, asset.sha256)) as file:
                content: bytes = file.read()
                return content
        except OSError:
            return None

    return picture


def _draw(module: PrintModule, kind: Kind) -> bytes:
    page = _("Page {number} of {all}")
    if kind == "handout":
        words = HandoutWords(
            kind=_("Handout"),
            outcomes=_("What you can do afterwards"),
            on_screen=_("On the platform"),
            sources=_("Sources"),
            open_unit=_("Open this unit"),
            page=page,
        )
        return render_handout(module, words)
    return render_script(
        module,
        ScriptWords(
            kind=_("Loudspeaker script"),
            marks=_("/ short pause · // long pause. Read slowly: loudspeakers echo."),
            reading_time=_("About {minutes} min to read"),
            page=page,
            end=_("End of the script"),
        ),
    )


def _file_name(version: ModuleVersion, kind: Kind, language: str) -> str:
    """By everything the bytes depend on; the address of the site stands in the QR codes."""
    facts = f"{version.pk} {version.published_at} {settings.SITE_URL} {DRAWING} {kind} {language}"
    return f"print/{hashlib.sha256(facts.encode()).hexdigest()[:40]}.pdf"
