"""Two versions of a block's H5P content beside each other."""

from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.h5p.engine.file_types import PICTURES, suffix_of
from courses.h5p.models import Package
from courses.h5p.queries.authoring import Descriptions
from courses.models import Module, ModuleVersion
from courses.olx.outline import Outline
from courses.queries.h5p_authoring import packages_between
from courses.web.h5p.compare_words import ChangedField, changed_fields
from courses.web.h5p.content_form import library_of
from courses.web.studio_access import authored
from courses.xblocks.labels import block_name
from lms.people.http import SignedInRequest
from lms.shared.languages import current_language


@dataclass(frozen=True)
class ChangedFile:
    """A file that came, went or changed; addresses of pictures, where it is one."""

    path: str
    before: str
    after: str
    was_there: bool
    is_there: bool


@login_required
@require_safe
def compare(
    request: SignedInRequest, module_code: str, usage_key: str, older: int, newer: int
) -> HttpResponse:
    """What changed in the content from one version of the module to another."""
    module = authored(request, module_code)
    versions = (
        get_object_or_404(ModuleVersion, module=module, number=older),
        get_object_or_404(ModuleVersion, module=module, number=newer),
    )
    before, after = packages_between(versions, usage_key)
    shown = after or before
    if shown is None:
        raise Http404(usage_key)
    outline = Outline.from_json(versions[1 if after else 0].outline)
    descriptions = Descriptions(current_language(), outline.language)
    reference = outline.blocks[usage_key]
    files = changed_files(module, usage_key, before, after)
    context = {
        "module": module,
        "older": versions[0],
        "newer": versions[1],
        "usage_key": usage_key,
        "block_name": block_name(reference),
        "before": before,
        "after": after,
        "types": [descriptions.title(library_of(package)) for package in (before, after) if package],
        "is_other_type": bool(before and after) and not _is_same_type(before, after),
        "rows": with_pictures(rows_of(before, after, descriptions), files),
        "files": files,
    }
    return render(request, "courses/h5p/author_compare.html", context)


def rows_of(before: Package | None, after: Package | None, descriptions: Descriptions) -> list[ChangedField]:
    """The fields that differ; contents of two different types are not compared field by field."""
    shown = after or before
    if shown is None or not _is_same_type(before or shown, after or shown):
        return []
    fields = descriptions.fields(library_of(shown))
    was, now = (package.params if package else {} for package in (before, after))
    return changed_fields(fields, was, now, descriptions.fields)


def with_pictures(rows: list[ChangedField], files: list[ChangedFile]) -> list[ChangedField]:
    """Addresses instead of paths, where a picture is another one."""
    known = {file.path: file for file in files}

    def addresses(before: str, after: str) -> tuple[str, str]:
        was, now = known.get(before), known.get(after)
        return was.before if was else "", now.after if now else ""

    return [replace(row, pictures=addresses(*row.pictures)) for row in rows]


def changed_files(
    module: Module, usage_key: str, before: Package | None, after: Package | None
) -> list[ChangedFile]:
    """Files by their path in the content."""
    was, now = (
        {entry["path"]: entry["sha256"] for entry in package.files} if package else {}
        for package in (before, after)
    )

    def address(path: str, sha256: str) -> str:
        if not sha256 or suffix_of(path) not in PICTURES:
            return ""
        return reverse("courses:h5p_picture", args=[module.code, usage_key, f"{sha256}.{suffix_of(path)}"])

    return [
        ChangedFile(
            path,
            address(path, was.get(path, "")),
            address(path, now.get(path, "")),
            path in was,
            path in now,
        )
        for path in sorted(was.keys() | now.keys())
        if was.get(path) != now.get(path)
    ]


def _is_same_type(before: Package | None, after: Package | None) -> bool:
    return bool(before and after and before.main_library.machine_name == after.main_library.machine_name)
