"""Read one OLX course into an outline and the text of every block.

One bad leaf is reported and left out; it never stops the rest. What we have no block for is kept
whole as XML, and files that nothing of ours reads are kept as they are, so nothing an author wrote is lost.
"""

from dataclasses import replace
from pathlib import Path

from courses.olx.course_reader import CourseReader, ParsedModule
from courses.olx.drafts import DraftFiles, Drafts, read_drafts
from courses.olx.files import OlxFiles
from courses.olx.names import DRAFTS, course_key_of, usage_key
from courses.olx.outline import Outline
from courses.olx.package import Limits, Package, open_package
from courses.olx.problems import OlxRefused, Problem

__all__ = ["ParsedModule", "course_key_of", "parse_course", "parse_package", "usage_key"]


def parse_course(path: Path, limits: Limits | None = None) -> ParsedModule:
    """The course at `path`, for looking only: its asset files may be gone afterwards."""
    with open_package(path, limits) as package:
        return parse_package(package)


def parse_package(package: Package) -> ParsedModule:
    """The course in an open package; with drafts it is read twice, as published and as drafted."""
    drafts = read_drafts(package)
    files = OlxFiles(package)
    reader = CourseReader(files, drafts.changes.published(package))
    outline = reader.read()
    later, problems = _read_draft(files, drafts, package)
    taken = files.taken | (later[0].files.taken if later else set())
    parsed = reader.completed(outline, taken)
    draft = _only_drafts(parsed, later[0].completed(later[1], taken)) if later else None
    is_other = draft is not None and (draft.outline, draft.bodies) != (parsed.outline, parsed.bodies)
    unread = _unread_drafts(parsed.outline, later[0].found.unit_keys if later else set(), problems)
    return replace(parsed, notes=(*parsed.notes, *problems, *unread), draft=draft if is_other else None)


def _read_draft(
    files: OlxFiles, drafts: Drafts, package: Package
) -> tuple[tuple["CourseReader", Outline] | None, list[Problem]]:
    if not drafts:
        return None, list(drafts.problems)
    draft_files = DraftFiles(files, drafts)
    reader = CourseReader(draft_files, drafts.changes.draft(package))
    try:
        outline = reader.read()
    except OlxRefused as refusal:  # what is published counts all the same
        return None, [*drafts.problems, refusal.problem]
    return (reader, outline), [*drafts.problems, *draft_files.problems, *draft_files.unplaced()]


def _only_drafts(parsed: ParsedModule, draft: ParsedModule) -> ParsedModule:
    """The second reading without what the first one said already."""
    refused = [problem for problem in draft.refused if problem not in set(parsed.refused)]
    notes = [problem for problem in draft.notes if problem not in set(parsed.notes)]
    elsewhere = [problem for problem in refused if not problem.path.startswith(DRAFTS)]
    return replace(
        draft,
        refused=tuple(problem for problem in refused if problem not in elsewhere),
        notes=(*notes, *elsewhere),
        kept=tuple(problem for problem in draft.kept if problem.path.startswith(DRAFTS)),
    )


def _unread_drafts(outline: Outline, unit_keys: set[str], named: list[Problem]) -> list[Problem]:
    """Drafts that have no place in the course: kept for the export, not shown."""
    notes = []
    known = {problem.path for problem in named}
    for path in outline.files:
        name = path.removeprefix(f"{DRAFTS}vertical/")
        if name != path and name.endswith(".xml") and path not in known:
            is_known = name.removesuffix(".xml") in unit_keys
            detail = "another draft of a unit" if is_known else "a unit that is only a draft"
            notes.append(Problem("draft", path, f"{detail}: kept for the export, not shown"))
    return notes
