"""The media library: taking files in, saying what they are, using, replacing and withdrawing them."""

from dataclasses import replace
from datetime import date
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.actions.declarations import NOT_DECLARED
from courses.actions.media_facts import ItemFacts
from courses.actions.media_files import NOT_ALLOWED, REASONS, TOO_LARGE, Filed, list_item
from courses.actions.publish import save_outline_draft
from courses.media_files.examine import Examined, examine_file
from courses.media_files.names import name_with, static_path
from courses.media_files.problems import NotAccepted
from courses.models import Asset, Licence, MediaItem, Module
from courses.olx.outline import AssetRef, Outline
from courses.permissions import may_author, may_withdraw_media
from courses.queries.media import filed_today, item_with_content
from courses.queries.media_use import Use, published_uses, where_used
from lms.audit.actions import record
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.fields import clean_line


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
    examined, kept = _examined(file)
    known = item_with_content(examined.sha256, examined.original_sha256)
    if known is not None:
        return Filed(known, is_new=False)
    facts.check(examined.type.kind)
    columns, name = facts.columns(), name_with(file_name, examined.type.suffix)
    return list_item(
        columns={
            **columns,
            "sha256": examined.sha256,
            "kind": examined.type.kind,
            "original_sha256": examined.original_sha256,
            "media_type": examined.type.name,
            "size": examined.size,
            "file": MediaItem.storage_name(examined.type.suffix, examined.sha256),
            "file_name": name,
            "duration": examined.duration,
        },
        picture=examined.picture,
        content=kept,
        kind="media.added",
        by=by,
        declared={name: examined.original_sha256},
        sha256=examined.sha256,
        licence=columns["licence"],
        ai_label=columns["ai_label"],
    )


def _examined(file: IO[bytes]) -> tuple[Examined, IO[bytes]]:
    try:
        return examine_file(file, settings.MEDIA_LIMITS)
    except NotAccepted as problem:
        if problem.code == "too-large":
            limit = settings.MEDIA_LIMITS[problem.detail] // 1_000_000
            raise Refused("too-large", TOO_LARGE % {"limit": limit}) from problem
        raise Refused(problem.code, REASONS[problem.code]) from problem


@transaction.atomic
def edit_item(*, item: MediaItem, facts: ItemFacts, by: Actor) -> MediaItem:
    """Say anew what a file is; what was said before stays in the audit."""
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    item = MediaItem.objects.select_for_update().get(pk=item.pk)
    facts.check(item.kind)
    columns, before = facts.columns(), ItemFacts.of(item).columns()
    changed = {name: value for name, value in columns.items() if value != before[name]}
    if not changed:
        return item
    for name, value in changed.items():
        setattr(item, name, value)
    item.changed_at = clock.this_second()
    if item.is_public and item.first_public_at is None:
        item.first_public_at = item.changed_at
    item.search_text = item.words_to_find
    item.save()
    record(
        "media.edited",
        item,
        by=by,
        before={name: _plain(before[name]) for name in changed},
        after={name: _plain(value) for name, value in changed.items()},
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
    item.withdrawn_at, item.withdrawn_reason = clock.this_second(), clean_line(reason)[:300]
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
    item.withdrawn_at, item.withdrawn_reason, item.changed_at = None, "", clock.this_second()
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


def _plain(value: Any) -> Any:
    """As the audit keeps it."""
    return value.isoformat() if isinstance(value, date) else value
