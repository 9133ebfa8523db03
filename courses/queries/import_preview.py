"""What importing a course would change, before anything is written."""

from dataclasses import dataclass
from typing import Any

from courses.models import BlockVersion, Module
from courses.olx.outline import Outline, Texts
from courses.olx.parse import ParsedModule
from courses.queries.written import digests_of


@dataclass(frozen=True)
class ImportPreview:
    """Blocks by usage key: what is new, has another text, stays, or would go from the draft."""

    code: str
    course_key: str
    title: Texts
    is_new_module: bool
    has_other_key: bool  # the module exists under another key: the import would be refused
    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Counts, and the names of what would go; the lists of what comes are long and dull."""
        return {
            "module": self.code,
            "course": self.course_key,
            "title": self.title,
            "is_new_module": self.is_new_module,
            "has_other_key": self.has_other_key,
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "removed": [key.partition("+type@")[2].replace("+block@", " ") for key in self.removed],
        }


def preview_import(parsed: ParsedModule) -> ImportPreview:
    """Compare a course that was read with the draft of its module. Three queries."""
    code = parsed.org_course_run[1]
    module = Module.objects.filter(code=code).select_related("draft").first()
    draft = Outline.from_json(module.draft.outline) if module and module.draft else None
    before = _digests(draft) if draft else {}
    after = digests_of(parsed.bodies)
    return ImportPreview(
        code=code,
        course_key=parsed.outline.course_key,
        title=parsed.outline.title,
        is_new_module=draft is None,
        has_other_key=bool(module and draft and module.course_key != parsed.outline.course_key),
        new=tuple(key for key in after if key not in before),
        changed=tuple(key for key in after if key in before and before[key] != after[key]),
        unchanged=tuple(key for key in after if before.get(key) == after[key]),
        removed=tuple(key for key in before if key not in after),
    )


def _digests(outline: Outline) -> dict[str, str]:
    prefix = outline.course_key.replace("course-v1:", "block-v1:", 1) + "+type@"
    versions = {block.version for block in outline.blocks.values()}
    rows = BlockVersion.objects.filter(usage_key__startswith=prefix)
    return {key: sha for pk, key, sha in rows.values_list("pk", "usage_key", "sha256") if pk in versions}
