"""Whatever an author does to the tree, `drafts/` says it: written and read back it is the same draft."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.olx.names import DRAFTS, usage_key
from courses.olx.outline import BlockRef, Outline, Section, Unit
from courses.olx.parse import ParsedModule, parse_course
from courses.olx.tree import (
    Place,
    add_block,
    add_section,
    add_unit,
    change_section,
    change_unit,
    children_of,
    move,
    remove,
    section_keys,
)
from courses.olx.write import CourseWriter
from courses.olx.write_drafts import draft_xml
from tests.make_courses import olx
from tests.make_olx import edx_course, inline_course, write_course

Step = tuple[str, int, int]


class Author:
    """Changes the tree; each step is given two numbers that choose what and where."""

    def __init__(self, published: ParsedModule) -> None:
        self.outline, self.bodies = published.outline, dict(published.bodies)
        self.number = 0

    def does(self, steps: list[Step]) -> "Author":
        for step, what, where in steps:
            self.number += 1
            sections = section_keys(self.outline)
            getattr(self, step)(what, sections[where % len(sections)])
        return self

    def unit(self, what: int) -> str:
        return self.outline.units[what % len(self.outline.units)].key

    def add_section(self, what: int, section: str) -> None:
        key = f"new-s{self.number}"
        chapter = f"new-c{self.number}" if what % 2 else "ch1"
        made = Section(key, {"en": key}, (), chapter, {"en": "New"})
        self.outline = add_section(self.outline, made, section if what % 3 else None)

    def add_unit(self, what: int, section: str) -> None:
        inside = children_of(self.outline, "unit", section)
        before = inside[what % len(inside)] if inside and what % 3 else None
        made = Unit(f"new-u{self.number}", {"en": "U"}, ())
        self.outline = add_unit(self.outline, made, Place(section, before))

    def add_block(self, what: int, _section: str) -> None:
        usage = usage_key(self.outline.course_key, "html", f"new-b{self.number}")
        self.bodies[usage] = f'<html url_name="new-b{self.number}">{what}</html>'
        self.outline = add_block(self.outline, BlockRef(usage, "html", {}), Place(self.unit(what)))

    def rewrite(self, what: int, _section: str) -> None:
        texts = [block for block in self.outline.blocks.values() if block.type == "html"]
        if texts:
            block = texts[what % len(texts)]
            self.bodies[block.usage_key] = f'<html url_name="{block.key}">words {self.number}</html>'

    def rename(self, _what: int, section: str) -> None:
        self.outline = change_section(self.outline, section, {"en": f"S {self.number}"})

    def change(self, what: int, _section: str) -> None:
        title = {"en": f"U {self.number}"}
        self.outline = change_unit(self.outline, self.unit(what), title=title, minutes=what, review_by=None)

    def remove_unit(self, what: int, _section: str) -> None:
        if len(self.outline.units) > 1:
            self.outline = remove(self.outline, "unit", self.unit(what))

    def remove_block(self, what: int, _section: str) -> None:
        if blocks := self.outline.unit(self.unit(what)).blocks:  # type: ignore[union-attr]
            self.outline = remove(self.outline, "block", blocks[what % len(blocks)].usage_key)

    def move_unit(self, what: int, section: str) -> None:
        self.outline = move(self.outline, "unit", self.unit(what), Place(section))

    def move_block(self, what: int, section: str) -> None:
        blocks = list(self.outline.blocks)
        target = children_of(self.outline, "unit", section)
        if blocks and target:
            self.outline = move(self.outline, "block", blocks[what % len(blocks)], Place(target[0]))

    def move_section(self, what: int, section: str) -> None:
        sections = section_keys(self.outline)
        self.outline = move(self.outline, "section", sections[what % len(sections)], Place("", section))


STEPS = st.tuples(
    st.sampled_from(
        [
            *("add_section", "add_unit", "add_block", "rewrite", "rename", "change"),
            *("remove_unit", "remove_block", "move_unit", "move_block", "move_section"),
        ]
    ),
    st.integers(0, 50),
    st.integers(0, 50),
)


def written(outline: Outline, bodies: Mapping[str, str]) -> CourseWriter:
    writer = CourseWriter(outline, bodies)
    writer.write()
    return writer


@cache
def course(make_course: Callable[[Path], Path]) -> ParsedModule:
    """As our own export has it: then a change is the only difference."""
    with tempfile.TemporaryDirectory() as scratch:
        parsed = parse_course(make_course(Path(scratch) / "a"))
        files = written(parsed.outline, parsed.bodies).files
        return parse_course(write_course(Path(scratch) / "b", files))


def read_back(draft: Author, published: ParsedModule) -> ParsedModule:
    writers = [written(published.outline, published.bodies), written(draft.outline, draft.bodies)]
    with tempfile.TemporaryDirectory() as scratch:
        return parse_course(write_course(Path(scratch), writers[0].files | draft_xml(*writers)))


def alone(draft: Author) -> ParsedModule:
    """The draft as an export of it alone gives it back."""
    with tempfile.TemporaryDirectory() as scratch:
        return parse_course(write_course(Path(scratch), written(draft.outline, draft.bodies).files))


@pytest.mark.parametrize("make_course", [edx_course, inline_course, olx])
@given(steps=st.lists(STEPS, min_size=1, max_size=8))
@settings(max_examples=25)
def test_every_change_comes_back(make_course: Callable[[Path], Path], steps: list[Step]) -> None:
    published = course(make_course)
    draft = Author(published).does(steps)

    parsed = read_back(draft, published)
    read, wanted = parsed.draft or parsed, alone(draft)

    assert (parsed.outline, parsed.bodies, parsed.refused) == (
        published.outline,
        published.bodies,
        published.refused,
    )
    assert (read.outline, read.bodies) == (wanted.outline, wanted.bodies)
    problems = [problem for problem in (*read.refused, *parsed.notes) if problem.path.startswith(DRAFTS)]
    assert {problem.code for problem in problems} <= {"script"}


def test_the_course_alone_may_differ() -> None:
    published = course(edx_course)
    draft = Author(published)
    draft.outline = replace(draft.outline, title={"en": "Other"}, summary={"en": "New"})

    read = read_back(draft, published).draft

    assert read is not None
    assert (read.outline.title, read.outline.summary) == ({"en": "Other"}, {"en": "New"})
