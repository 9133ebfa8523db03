"""Keeping what a trainer types, every few seconds, without making versions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import EditorDraft, Module
from courses.permissions import may_author
from courses.queries.outline import draft_outline
from lms.people.models import Person
from lms.shared import clock
from lms.shared.errors import Refused

LARGEST = 1_000_000  # characters of JSON
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class TypedWrite:
    """What a page sends: the fields, which write it knows of, and its own number."""

    fields: Fields
    base_version: int
    base_seq: int  # 0: the page knows of no kept text
    uuid: UUID


class StaleTab(Exception):
    """Another tab kept newer text; `kept` is that text. Nothing was overwritten."""

    def __init__(self, kept: EditorDraft) -> None:
        super().__init__(kept.usage_key)
        self.kept = kept


@transaction.atomic
def keep_typing(
    *, module: Module, usage_key: str, typed: TypedWrite, by: Person, part: str = ""
) -> EditorDraft:
    """Keep the fields in the person's own row. Raises `StaleTab` when another tab has written since.

    No audit: nobody but the person sees it, and it is no version. Safe to send twice.
    """
    if not may_author(by):
        raise Refused("not-allowed", _("Only trainers write and publish modules."))
    outline = draft_outline(module)
    if outline is None or usage_key not in outline.blocks:
        raise Refused("unknown-block", _("This block is not in the draft any more."))
    if len(json.dumps(typed.fields, ensure_ascii=False)) > LARGEST:
        raise Refused("too-large", _("This is too large to keep. Save the draft."))
    rows = EditorDraft.objects.select_for_update()
    kept = rows.filter(person=by, usage_key=usage_key, part=part).first()
    if kept is None:
        return EditorDraft.objects.create(
            person=by, module=module, usage_key=usage_key, part=part, seq=1, **_columns(typed)
        )
    if kept.write_uuid == typed.uuid:
        return kept
    if kept.seq != typed.base_seq:
        raise StaleTab(kept)
    for name, value in _columns(typed).items():
        setattr(kept, name, value)
    kept.seq += 1
    kept.save()
    return kept


@transaction.atomic
def discard_typing(*, usage_key: str, by: Person, part: str = "", seq: int | None = None) -> bool:
    """Forget the kept text; True when there was some. Called after a save, and when she says so.

    `seq` names the write that was saved: newer text of another tab stays.
    """
    rows = EditorDraft.objects.filter(person=by, usage_key=usage_key, part=part)
    if seq is not None:
        rows = rows.filter(seq__lte=seq)
    found, _by_model = rows.delete()
    return found > 0


def _columns(typed: TypedWrite) -> dict[str, object]:
    return {
        "fields": {name: list(values) for name, values in typed.fields.items()},
        "base_version": typed.base_version,
        "write_uuid": typed.uuid,
        "saved_at": clock.now(),
    }
