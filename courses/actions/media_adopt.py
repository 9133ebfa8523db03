"""Files that came with courses become items of the library, where their missing facts can be seen."""

from typing import IO

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.actions.media_files import NOT_ALLOWED, list_item
from courses.media_files.names import clean_name, language_in
from courses.media_files.pictures import Picture, examine
from courses.media_files.problems import NotAccepted
from courses.media_files.sound import seconds_of
from courses.media_files.types import media_type_of
from courses.models import AiLabel, Asset, Consent, Licence, MediaItem
from courses.permissions import may_author
from courses.queries.media_use import used_contents
from lms.shared.actors import Actor
from lms.shared.errors import Refused

LARGEST_PICTURE = 20_000_000


def adopt_assets(*, by: Actor) -> int:
    """List every file of a draft or published module that the library lacks. Returns how many came.

    No byte is copied: the library keeps files where modules do. Nobody has said yet who may use them, so
    licence, consent and AI label are "unknown". Safe to repeat.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    known = MediaItem.objects.values_list("sha256", flat=True)
    wanted = used_contents() - set(known)
    number = 0
    for asset in Asset.objects.filter(sha256__in=wanted).select_related("module").order_by("pk"):
        if asset.sha256 in wanted and _adopt(asset, by):
            number += 1
        wanted.discard(asset.sha256)
    return number


def _adopt(asset: Asset, by: Actor) -> bool:
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
    return _list(asset, found.kind, duration, picture, by)


def _picture(file: IO[bytes], media_type: str) -> Picture:
    file.seek(0)
    return examine(file.read(LARGEST_PICTURE), media_type)


def _list(asset: Asset, kind: str, duration: float | None, picture: Picture | None, by: Actor) -> bool:
    name = clean_name(asset.path)
    with override("vi"):
        source = _("From module %(code)s, file %(path)s") % {"code": asset.module.code, "path": asset.path}
    is_seen_or_heard = kind in {"image", "audio", "video"}
    return list_item(
        columns={
            "kind": kind,
            "sha256": asset.sha256,
            "original_sha256": asset.sha256,
            "media_type": asset.media_type,
            "size": asset.size,
            "file": asset.file,
            "file_name": name,
            "duration": duration,
            "title": {"vi": name.rpartition(".")[0] or name},
            "language": language_in(name),
            "licence": Licence.UNKNOWN,
            "source": source,
            "consent": Consent.UNKNOWN if is_seen_or_heard else Consent.NOBODY,
            "ai_label": AiLabel.UNKNOWN if is_seen_or_heard else AiLabel.NONE,
        },
        picture=picture,
        kind="media.adopted",
        by=by,
        module=asset.module.code,
        path=asset.path,
    ).is_new
