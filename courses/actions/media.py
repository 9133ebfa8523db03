"""The media library: taking files in, saying what they are, using, replacing and withdrawing them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.actions.declarations import NOT_DECLARED, record_declaration
from courses.actions.media_facts import ItemFacts, check_facts, columns_of, plain
from courses.actions.media_files import Examined, examine_file, storage_name_of, store, store_thumbnail
from courses.actions.publish import save_outline_draft
from courses.media_files.names import name_with, static_path
from courses.media_files.pictures import bands
from courses.models import Asset, Licence, MediaItem, Module, PictureBand
from courses.olx.outline import AssetRef, Outline
from courses.permissions import may_author, may_withdraw_media
from courses.queries.media import filed_today, item_with_content
from courses.queries.media_use import Use, published_uses, where_used
from lms.audit.actions import record
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.fields import clean_line

NOT_ALLOWED = _("Only trainers put files into the library.")


@dataclass(frozen=True)
class Filed:
    """The item of a file; `is_new` is False when the same file was in the library before."""

    item: MediaItem
    is_new: bool


class StillUsed(Refused):
    """Withdrawing would take it from learners: here are the units."""

    def __init__(self, uses: list[Use]) -> None:
        super().__init__(
            "still-used", _("Published units show this file. Take it out of them and publish them first.")
        )
        self.uses = uses


def add_item(
    *, file: IO[bytes], file_name: str, facts: ItemFacts, declares_no_secret: bool, by: Actor
) -> Filed:
    """Put a file into the library. The same bytes are never there twice: then the one there is given back.

    `file` may be changed: places and devices are taken out of recordings in place.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if not declares_no_secret:
        raise Refused("not-declared", NOT_DECLARED)
    check_quota(by)
    examined, kept = examine_file(file)
    known = item_with_content(examined.sha256, examined.original_sha256)
    if known is not None:
        return Filed(known, is_new=False)
    check_facts(facts, examined.type.kind)
    # Writing files stays outside the transaction: on SQLite it would lock out every learner.
    store(storage_name_of(examined), kept)
    thumbnail = store_thumbnail(examined.picture) if examined.picture else ""
    return _file(
        examined, name_with(file_name, examined.type.suffix), thumbnail, facts, declares_no_secret, by
    )


@transaction.atomic
def _file(
    examined: Examined, name: str, thumbnail: str, facts: ItemFacts, declares_no_secret: bool, by: Actor
) -> Filed:
    at, picture = moment(), examined.picture
    item, is_new = MediaItem.objects.get_or_create(
        sha256=examined.sha256,
        defaults={
            **columns_of(facts),
            "kind": examined.type.kind,
            "original_sha256": examined.original_sha256,
            "media_type": examined.type.name,
            "size": examined.size,
            "file": storage_name_of(examined),
            "file_name": name,
            "thumbnail": thumbnail,
            "width": (picture.width or None) if picture else None,
            "height": (picture.height or None) if picture else None,
            "duration": examined.duration,
            "look": picture.look if picture else "",
            "first_public_at": at if facts.is_public else None,
            "uploaded_by_id": by.pk,
            "uploaded_at": at,
            "changed_at": at,
        },
    )
    if is_new:
        remember_look(item)
        record("media.added", item, by=by, sha256=item.sha256, licence=item.licence, ai_label=item.ai_label)
        record_declaration(
            item, files={name: examined.original_sha256}, declares_no_secret=declares_no_secret, by=by
        )
    return Filed(item, is_new)


@transaction.atomic
def edit_item(*, item: MediaItem, facts: ItemFacts, by: Actor) -> MediaItem:
    """Say anew what a file is; what was said before stays in the audit."""
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    item = MediaItem.objects.select_for_update().get(pk=item.pk)
    check_facts(facts, item.kind)
    columns, before = columns_of(facts), columns_of(ItemFacts.of(item))
    changed = {name: value for name, value in columns.items() if value != before[name]}
    if not changed:
        return item
    for name, value in changed.items():
        setattr(item, name, value)
    item.changed_at = moment()
    if item.is_public and item.first_public_at is None:
        item.first_public_at = item.changed_at
    item.save()
    record(
        "media.edited",
        item,
        by=by,
        before={name: plain(before[name]) for name in changed},
        after={name: plain(value) for name, value in changed.items()},
    )
    return item


@transaction.atomic
def withdraw_item(*, item: MediaItem, reason: str, by: Actor) -> MediaItem:
    """Nobody may use it any more. Refused while learners see it; drafts that hold it keep it."""
    if not may_withdraw_media(by):
        raise Refused("not-allowed", _("Only the programme office withdraws files."))
    item = MediaItem.objects.select_for_update().get(pk=item.pk)
    if item.withdrawn_at is not None:
        return item
    if not clean_line(reason):
        raise Refused("no-reason", _("Write why the file is withdrawn."))
    if uses := published_uses(item):
        raise StillUsed(uses)
    item.withdrawn_at, item.withdrawn_reason = moment(), clean_line(reason)[:300]
    item.changed_at = item.withdrawn_at
    item.save()
    record("media.withdrawn", item, by=by, reason=item.withdrawn_reason)
    return item


@transaction.atomic
def bring_back_item(*, item: MediaItem, by: Actor) -> MediaItem:
    """Undo a withdrawal."""
    if not may_withdraw_media(by):
        raise Refused("not-allowed", _("Only the programme office withdraws files."))
    item = MediaItem.objects.select_for_update().get(pk=item.pk)
    if item.withdrawn_at is None:
        return item
    item.withdrawn_at, item.withdrawn_reason, item.changed_at = None, "", moment()
    item.save()
    record("media.brought_back", item, by=by)
    return item


@transaction.atomic
def place_in_module(*, item: MediaItem, module: Module, by: Actor, path: str | None = None) -> str:
    """The `/static/…` path under which the module's draft has the file; a new draft when it had it not.

    `path` names the place; without one the file keeps the place it has, or gets one that says what it is.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if item.withdrawn_at is not None:
        raise Refused("withdrawn", _("This file was withdrawn. Choose another one."))
    if item.licence == Licence.UNKNOWN:
        raise Refused("no-licence", _("Say first under what terms this file may be used."))
    module = Module.objects.select_for_update().get(pk=module.pk)
    outline = _draft_of(module)
    wanted = _path_for(item, outline, path)
    there = outline.assets.get(wanted)
    if there is None:
        _write_assets(module, outline, {wanted: item}, by)
        record("media.placed", item, by=by, module=module.code, path=wanted)
    elif there.sha256 != item.sha256:
        raise Refused("path-taken", _("Another file of this module has that name."))
    return f"/static/{wanted}"


@transaction.atomic
def replace_item(*, item: MediaItem, newer: MediaItem, by: Actor) -> list[Module]:
    """Put `newer` where drafts have `item`, under the same paths; learners see it once they are published."""
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if newer.pk == item.pk or newer.withdrawn_at is not None or newer.suffix != item.suffix:
        raise Refused("other-type", _("Choose another file of the same type to put in its place."))
    changed: list[Module] = []
    drafts = {use.module.pk: use.module for use in where_used(item) if use.in_draft}
    for module in Module.objects.select_for_update().filter(pk__in=drafts).order_by("pk"):
        outline = _draft_of(module)
        paths = [path for path, asset in outline.assets.items() if asset.sha256 == item.sha256]
        _write_assets(module, outline, dict.fromkeys(paths, newer), by)
        changed.append(module)
    MediaItem.objects.filter(pk=item.pk).update(replaced_by=newer)
    record("media.replaced", item, by=by, newer=newer.pk, modules=[module.code for module in changed])
    return changed


def _draft_of(module: Module) -> Outline:
    if module.draft is None:
        raise Refused("no-draft", _("This module has no content yet. Import it first."))
    return Outline.from_json(module.draft.outline)


def _path_for(item: MediaItem, outline: Outline, path: str | None) -> str:
    if path is None:
        there = [name for name, asset in outline.assets.items() if asset.sha256 == item.sha256]
        return there[0] if there else static_path(str(item), item.suffix, item.sha256)
    wanted = clean_line(path).removeprefix("/static/")
    parts = wanted.split("/")
    # The suffix says where the bytes lie, so it must be the item's own.
    if not wanted.endswith(item.suffix) or len(wanted) > 300 or any(p in {"", ".", ".."} for p in parts):
        raise Refused("bad-path", _("The name must end in %(suffix)s.") % {"suffix": item.suffix})
    return wanted


def _write_assets(module: Module, outline: Outline, items: dict[str, MediaItem], by: Actor) -> None:
    """The module's draft with these files; their bytes are where they were."""
    assets = dict(outline.assets)
    for path, item in items.items():
        assets[path] = AssetRef(item.sha256, item.size, item.media_type)
        facts = {"media_type": item.media_type, "size": item.size, "file": item.file}
        Asset.objects.get_or_create(module=module, path=path, sha256=item.sha256, defaults=facts)
    save_outline_draft(module=module, outline=replace(outline, assets=assets), by=by)


def check_quota(by: Actor) -> None:
    """A person files so many files and bytes in a day, no more."""
    if by.pk is None:
        return
    number, size = filed_today(by.pk)
    if number >= settings.MEDIA_A_DAY["files"] or size >= settings.MEDIA_A_DAY["bytes"]:
        raise Refused("too-many", _("You have uploaded as much as one person may in a day. Go on tomorrow."))


def remember_look(item: MediaItem) -> None:
    if item.look:
        PictureBand.objects.bulk_create(PictureBand(item=item, band=band) for band in bands(item.look))


def moment() -> datetime:
    """Now, in whole seconds: harvesters ask for changes by the second."""
    return clock.now().replace(microsecond=0)
