"""Files that came with courses become items of the library, where their missing facts can be seen."""

from typing import IO, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.actions.media_facts import HEARD_OR_SEEN
from courses.actions.media_files import NOT_ALLOWED, list_item
from courses.media_files.names import clean_name, language_in
from courses.media_files.pictures import Picture, examine
from courses.media_files.problems import NotAccepted
from courses.media_files.sound import seconds_of
from courses.media_files.types import media_type_of
from courses.models import AiLabel, Asset, Consent, Licence, MediaItem
from courses.olx.media_said import SaidOfFile
from courses.permissions import may_author
from courses.queries.media_said import Said, said_of_files
from courses.queries.media_use import used_contents
from lms.audit.actions import record
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.fields import clean_line

LARGEST_PICTURE = 20_000_000
# How a course writes the terms; official documents are nobody's property.
LICENCES = {value: Licence(value) for value in Licence.values} | {"public": Licence.PUBLIC_DOMAIN}
# Where consent was given, a note must say where it is kept: that a course does not know.
SAID_OF_PEOPLE = {Consent.NOBODY, Consent.NOT_NEEDED}
# What is known together with each fact.
TOGETHER = {
    "licence": ("licence", "rights_note"),
    "consent": ("consent",),
    "ai_label": ("ai_label", "ai_tool"),
}


def adopt_assets(*, by: Actor) -> int:
    """List every file of a draft or published module that the library lacks. Returns how many came.

    No byte is copied: the library keeps files where modules do. What the module says of a file is taken
    over, also for files that came before it said so; what nobody has said is "unknown". Safe to repeat.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    said = said_of_files()
    known = MediaItem.objects.values_list("sha256", flat=True)
    wanted = used_contents() - set(known)
    number = 0
    for asset in Asset.objects.filter(sha256__in=wanted).select_related("module").order_by("pk"):
        facts = said.get((asset.module_id, asset.path, asset.sha256), SaidOfFile())
        if asset.sha256 in wanted and _adopt(asset, facts, by):
            number += 1
        wanted.discard(asset.sha256)
    _fill_in(said, by)
    return number


@transaction.atomic
def _fill_in(said: Said, by: Actor) -> None:
    """Put what modules say by now into items of which it was not known; nothing known is changed."""
    unknown = Q(licence=Licence.UNKNOWN) | Q(consent=Consent.UNKNOWN) | Q(ai_label=AiLabel.UNKNOWN)
    of_content = {sha256: facts for (_module, _path, sha256), facts in said.items() if facts.licence}
    for item in MediaItem.objects.select_for_update().filter(unknown, sha256__in=of_content):
        now = _columns(of_content[item.sha256], item.kind)
        unsaid = [fact for fact in TOGETHER if getattr(item, fact) == "unknown" != now[fact]]
        changed = {name: now[name] for fact in unsaid for name in TOGETHER[fact]}
        if not changed:
            continue
        before = {name: getattr(item, name) for name in changed}
        for name, value in changed.items():
            setattr(item, name, value)
        item.changed_at = clock.this_second()
        item.save(update_fields=[*changed, "changed_at"])
        record("media.edited", item, by=by, before=before, after=changed)


def _columns(said: SaidOfFile, kind: str) -> dict[str, str]:
    """What a module says, as the library keeps it."""
    is_seen_or_heard = kind in HEARD_OR_SEEN
    licence = LICENCES.get(said.licence, Licence.UNKNOWN)
    consent = said.people if said.people in SAID_OF_PEOPLE else Consent.UNKNOWN
    ai_label = said.ai_content if said.ai_content in AiLabel.values else AiLabel.UNKNOWN
    return {
        "licence": licence,
        "rights_note": clean_line(said.origin)[:300] if licence == Licence.PERMISSION else "",
        "source": clean_line(said.origin)[:500],
        "consent": consent if is_seen_or_heard else Consent.NOBODY,
        "ai_label": ai_label if is_seen_or_heard else AiLabel.NONE,
        "ai_tool": clean_line(said.ai_tool)[:100] if is_seen_or_heard else "",
    }


def _adopt(asset: Asset, said: SaidOfFile, by: Actor) -> bool:
    """Types that the library does not take (JSON of slides, scripts) stay the module's own affair."""
    try:
        with default_storage.open(asset.file) as file:
            found = media_type_of(file)
            duration = seconds_of(file, found.name)
            picture = _picture(file, found.name) if found.kind == "image" else None
    except (NotAccepted, OSError):
        return False
    if asset.media_type != found.name:  # a name that says otherwise than the content
        return False
    return _list(asset, {**_columns(said, found.kind), "kind": found.kind, "duration": duration}, picture, by)


def _picture(file: IO[bytes], media_type: str) -> Picture:
    file.seek(0)
    return examine(file.read(LARGEST_PICTURE), media_type)


def _list(asset: Asset, columns: dict[str, Any], picture: Picture | None, by: Actor) -> bool:
    name = clean_name(asset.path)
    with override("vi"):
        source = _("From module %(code)s, file %(path)s") % {"code": asset.module.code, "path": asset.path}
    return list_item(
        columns={
            **columns,
            "sha256": asset.sha256,
            "original_sha256": asset.sha256,
            "media_type": asset.media_type,
            "size": asset.size,
            "file": asset.file,
            "file_name": name,
            "title": {"vi": name.rpartition(".")[0] or name},
            "language": language_in(name),
            "source": columns["source"] or source,
        },
        picture=picture,
        kind="media.adopted",
        by=by,
        module=asset.module.code,
        path=asset.path,
    ).is_new
