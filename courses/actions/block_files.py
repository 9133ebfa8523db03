"""Saving a block together with files that belong to it."""

import hashlib
from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from courses.actions.declarations import record_declaration
from courses.actions.publish import NOT_ALLOWED, save_block_draft
from courses.actions.versions import WrittenVersion
from courses.models import Asset, Module
from courses.olx.assets import media_type, storage_name
from courses.olx.outline import AssetRef
from courses.permissions import may_author
from lms.shared.actors import Actor
from lms.shared.errors import Refused


@transaction.atomic
def save_block_with_files(
    *,
    module: Module,
    usage_key: str,
    olx: str,
    files: Mapping[str, bytes],
    by: Actor,
    base_version: int | None = None,
    uploaded: Mapping[str, bool] | None = None,
) -> WrittenVersion:
    """Keep a block's OLX and the `files` it names (path below static/ → bytes) as one new draft.

    `uploaded` names the paths that came in as files, with what the person declared about them; what
    she typed on the page (captions) needs no declaration. A refusal keeps nothing of either.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    assets = {path: _store(module, path, content) for path, content in files.items()}
    for path, declares in (uploaded or {}).items():
        record_declaration(module, files={path: assets[path].sha256}, declares_no_secret=declares, by=by)
    return save_block_draft(
        module=module, usage_key=usage_key, olx=olx, by=by, base_version=base_version, assets=assets
    )


def _store(module: Module, path: str, content: bytes) -> AssetRef:
    """The bytes by content, once; a file left by a rollback harms nobody."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = storage_name(path, sha256)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    Asset.objects.get_or_create(
        module=module,
        path=path,
        sha256=sha256,
        defaults={"media_type": media_type(path), "size": len(content), "file": name},
    )
    return AssetRef(sha256, len(content), media_type(path))
