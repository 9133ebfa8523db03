"""What authors do with versions. Nothing here changes a version that exists.

Save → a new draft; publish → learners see the draft; roll back → learners see an older version.
The studio builds on these; each refuses who may not write.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.actions.review import NOTHING, WHY, check_publication, note_publication
from courses.actions.top_ups import offer_top_up
from courses.actions.versions import WrittenVersion, write_version
from courses.models import ChangeClass, Module, ModuleVersion
from courses.olx.attributes import Attributes, said_by_author
from courses.olx.clean import clean_saved
from courses.olx.edit_media import lacks_ai_label
from courses.olx.heading import kind_of
from courses.olx.outline import AssetRef, Outline
from courses.olx.problems import OlxRefused
from courses.olx.xml import parse_xml, to_text
from courses.permissions import may_author, may_publish
from courses.queries.review import open_request_of
from courses.signals import module_published
from lms.audit.actions import record
from lms.shared import clock
from lms.shared.actors import Actor, System
from lms.shared.errors import Refused
from lms.shared.jobs import enqueue_on_commit

NOT_ALLOWED = _("Only trainers write modules.")
NOT_PUBLISHER = _("Only the programme office publishes modules.")
LONGEST_TRUST = timedelta(days=2 * 366)
CHANGED_MEANWHILE = _("Somebody else saved this block meanwhile. Reload it; your text is still in the form.")
AI_UNDECLARED = _("Say whether artificial intelligence made this recording. The law asks for the label.")


@transaction.atomic
def save_block_draft(
    *,
    module: Module,
    usage_key: str,
    olx: str,
    by: Actor,
    base_version: int | None = None,
    assets: Mapping[str, AssetRef] | None = None,
    dropped: Collection[str] = (),
) -> WrittenVersion:
    """Keep a block's new OLX as a new block version and a new draft of the module.

    `base_version` is the BlockVersion the author started from: if the draft has moved on, the save
    is refused instead of overwriting a colleague's. Unchanged text changes nothing.
    `assets` are files that come with the block, stored already: path → content; `dropped` are paths that
    go from the draft. Earlier versions keep theirs.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    module = Module.objects.select_for_update().get(pk=module.pk)
    outline = _draft_outline(module)
    block = outline.blocks.get(usage_key)
    if block is None:
        raise Refused("unknown-block", _("This block is not in the draft any more."))
    if base_version is not None and block.version != base_version:
        raise Refused("changed-meanwhile", CHANGED_MEANWHILE)
    try:
        element = parse_xml(olx.encode(), usage_key)
    except OlxRefused as refusal:
        raise Refused("broken-olx", _("This is not well-formed XML. Check the block.")) from refusal
    if element.tag != block.type or element.get("url_name", block.key) != block.key:
        raise Refused(
            "other-block", _("A block keeps its type and its name: learners' progress hangs on it.")
        )
    if lacks_ai_label(element):
        raise Refused("ai-undeclared", AI_UNDECLARED)
    body = clean_saved(block.type, to_text(element))
    said = said_by_author(body)
    changed = replace(
        block,
        title=Attributes(outline.language, []).title(element),
        kind=kind_of(element),
        is_required=block.is_required if said is None else said,
    )
    kept = {path: asset for path, asset in outline.assets.items() if path not in dropped}
    outline = replace(outline.with_block(changed), assets={**kept, **(assets or {})})
    written = write_version(module=module, outline=outline, bodies={usage_key: body}, by=by)
    if written.is_new:
        record("block.saved", module, by=by, usage_key=usage_key, version=written.version.number)
    return written


@transaction.atomic
def save_outline_draft(*, module: Module, outline: Outline, by: Actor) -> WrittenVersion:
    """Keep a changed tree (titles, minutes, order, units taken out) as the new draft."""
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    if outline.course_key != module.course_key or any(not b.version for b in outline.blocks.values()):
        raise Refused("other-block", _("The outline names a block that is not in this module."))
    written = write_version(module=module, outline=outline, bodies={}, by=by)
    if written.is_new:
        record("outline.saved", module, by=by, version=written.version.number)
    return written


@transaction.atomic
def confirm_sources(*, module: Module, unit_key: str, review_by: date, by: Actor) -> WrittenVersion:
    """Note in the draft that a unit's sources still hold, and when to look again.

    It goes to learners the usual way, as wording: nothing they read has changed.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    module = Module.objects.select_for_update().get(pk=module.pk)
    outline = _draft_outline(module)
    unit = outline.unit(unit_key)
    if unit is None:
        raise Refused("unknown-unit", _("This unit is not in the draft any more."))
    if not clock.today() < review_by <= clock.today() + LONGEST_TRUST:
        raise Refused("wrong-day", _("Choose a day after today and within two years."))
    checked = replace(unit, review_by=review_by)
    sections = tuple(
        replace(section, units=tuple(checked if old.key == unit_key else old for old in section.units))
        for section in outline.sections
    )
    written = write_version(module=module, outline=replace(outline, sections=sections), bodies={}, by=by)
    if written.is_new:
        record("sources.checked", module, by=by, unit=unit_key, review_by=review_by.isoformat())
    return written


@transaction.atomic
def publish_module(
    *, module: Module, by: Actor, note: str = "", change_class: str = ChangeClass.CONTENT
) -> ModuleVersion:
    """Show learners the draft from now on. Their progress stays: it hangs on keys, not on versions.

    A person publishes only what somebody else sent and an expert approved (`courses.actions.review`);
    `note` is her reason, and what kind of change it is stands in the request. The importer is exempt.
    """
    if not may_publish(by):
        raise Refused("not-allowed", NOT_PUBLISHER)
    module = Module.objects.select_for_update().get(pk=module.pk)
    version, before = module.draft, module.published
    if version is None or version.pk == module.published_id:
        raise Refused("nothing-to-publish", NOTHING)
    summary, reason = "", note
    if not isinstance(by, System):
        request = check_publication(open_request_of(version), note, by)
        note_publication(request, reason, by)
        note, change_class, summary = request.note, request.change_class, request.summary
    if change_class not in ChangeClass.values:
        raise Refused("unknown-change", _("Choose what kind of change this is."))
    version.note, version.change_class, version.published_at = note[:500], change_class, clock.now()
    version.save(update_fields=["note", "change_class", "published_at"])
    _show(module, version)
    if change_class == ChangeClass.LEGAL and before is not None:
        offer_top_up(version=version, base=before, summary={"vi": summary or note}, by=by)
    record("module.published", module, by=by, version=version.number, change_class=change_class, note=reason)
    return version


@transaction.atomic
def roll_back(*, module: Module, version: ModuleVersion, by: Actor, reason: str = "") -> ModuleVersion:
    """Show learners an earlier published version again; the draft stays as it is."""
    if not may_publish(by):
        raise Refused("not-allowed", NOT_PUBLISHER)
    module = Module.objects.select_for_update().get(pk=module.pk)
    if version.module_id != module.pk or version.published_at is None:
        raise Refused("never-published", _("Only a version that was published before can come back."))
    if version.pk == module.published_id:
        raise Refused("nothing-to-publish", _("This version is the published one already."))
    if not reason.strip() and not isinstance(by, System):
        raise Refused("no-reason", WHY)
    before = module.published.number if module.published else None
    _show(module, version)
    record(
        "module.rolled_back",
        module,
        by=by,
        version=version.number,
        instead_of=before,
        reason=reason.strip()[:2000],
    )
    return version


def _show(module: Module, version: ModuleVersion) -> None:
    outline = Outline.from_json(version.outline)
    module.published = version
    module.title = outline.title
    module.component = outline.component
    module.save(update_fields=["published", "title", "component"])
    module_published.send(sender=ModuleVersion, version=version)
    # Who had everything but a unit that is gone now is finished without another click.
    enqueue_on_commit("courses.tasks.settle_completions", module.pk)


def _draft_outline(module: Module) -> Outline:
    if module.draft is None:
        raise Refused("no-draft", _("This module has no content yet. Import it first."))
    return Outline.from_json(module.draft.outline)
