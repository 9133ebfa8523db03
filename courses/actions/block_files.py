"""Saving a block together with files that belong to it."""

import hashlib
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import IO

from django.core.files import File
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

Content = bytes | IO[bytes]


@transaction.atomic
def save_block_with_files(
    *,
    module: Module,
    usage_key: str,
    olx: str,
    files: Mapping[str, Content],
    by: Actor,
    base_version: int | None = None,
    uploaded: Mapping[str, bool] | None = None,
    dropped: Collection[str] = (),
) -> WrittenVersion:
    """Keep a block's OLX and the `files` it names (path below static/ → content) as one new draft.

    `uploaded` names the paths that came in as files, with what the person declared about them; what
    she typed on the page (captions) needs no declaration. A refusal keeps nothing of either.
    `dropped` are files that the draft needs no longer.
    """
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    assets = {
        path: store_file(module=module, path=path, content=content, by=by) for path, content in files.items()
    }
    for path, declares in (uploaded or {}).items():
        record_declaration(module, files={path: assets[path].sha256}, declares_no_secret=declares, by=by)
    return save_block_draft(
        module=module,
        usage_key=usage_key,
        olx=olx,
        by=by,
        base_version=base_version,
        assets=assets,
        dropped=dropped,
    )


def store_file(*, module: Module, path: str, content: Content, by: Actor) -> AssetRef:
    """Keep the bytes by content, once; a file left by a rollback harms nobody. No draft names it yet."""
    if not may_author(by):
        raise Refused("not-allowed", NOT_ALLOWED)
    file = BytesIO(content) if isinstance(content, bytes) else content
    sha256 = _sha256(file)
    size = file.tell()
    name = storage_name(path, sha256)
    if not default_storage.exists(name):
        file.seek(0)
        default_storage.save(name, File(file))
    Asset.objects.get_or_create(
        module=module,
        path=path,
        sha256=sha256,
        defaults={"media_type": media_type(path), "size": size, "file": name},
    )
    return AssetRef(sha256, size, media_type(path))


def _sha256(file: IO[bytes]) -> str:
    """Read in pieces: a package may be larger than a worker's memory should be."""
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()
