"""A written content as an .h5p file: small, because its libraries are here already."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, BinaryIO, cast

from django.core.files.storage import default_storage

from courses.h5p.engine.manifest import Manifest
from courses.h5p.engine.write import write_package
from courses.h5p.queries.written import Written
from courses.h5p.storage import content_name


def composed(
    written: Written, *, title: str, language: str, before: Mapping[str, Any] | None = None
) -> bytes:
    """The bytes of the file; the same content always gives the same. `before` is the manifest there was."""
    manifest = Manifest(
        title=title[:255],
        language=language,
        main=written.main.name,
        preloaded=tuple(facts.name for facts in written.libraries),
        embed_types=written.main.embed_types or ("iframe",),
        rest=_kept(before or {}),
    )
    out = BytesIO()
    write_package(
        out,
        manifest=manifest.as_json(),
        params=written.params,
        files=(
            (entry.path, cast(BinaryIO, default_storage.open(content_name(entry)))) for entry in written.files
        ),
    )
    return out.getvalue()


def _kept(before: Mapping[str, Any]) -> dict[str, Any]:
    """Licence, authors and whatever else was said; what the new manifest says itself is not kept."""
    ours = {"title", "language", "mainLibrary", "embedTypes", "preloadedDependencies"}
    return {key: value for key, value in before.items() if key not in ours} or {"license": "U"}
