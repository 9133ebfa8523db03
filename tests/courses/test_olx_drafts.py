"""`drafts/` of a course: what is published and what its authors last had, in and out again."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from courses.actions.drafts import undo_draft
from courses.actions.export_olx import export_module
from courses.actions.import_olx import import_module
from courses.actions.publish import roll_back, save_block_draft, save_outline_draft
from courses.models import BlockVersion, Module, ModuleVersion
from courses.olx.canonical import canonical_tree
from courses.olx.outline import Outline, Section
from courses.olx.parse import ParsedModule, parse_course
from courses.olx.tree import Place, move, remove
from lms.shared.actors import SYSTEM
from tests import make
from tests.make_courses import olx, text_block, usage_key
from tests.make_olx import EDX_DRAFTS, drafted_course, edx_course, write_course

S1 = 'parent_url="block-v1:Edx+TC1+run+type@sequential+block@s1"'


def keys(outline: Outline) -> dict[str, list[str]]:
    return {unit.key: [block.key for block in unit.blocks] for unit in outline.units}


def drafted(parsed: ParsedModule) -> ParsedModule:
    assert parsed.draft is not None
    return parsed.draft


def exported(module: Module, to: Path) -> Path:
    module.refresh_from_db()
    export_module(module=module, by=SYSTEM, to=to, format="folder")
    return to


def test_drafts_overlay_the_published_course(tmp_path: Path) -> None:
    parsed = parse_course(drafted_course(tmp_path))
    draft = drafted(parsed)

    assert list(keys(parsed.outline))[:2] == ["v1", "v2"]
    assert list(keys(draft.outline))[:3] == ["v1", "fresh", "v2"]
    assert keys(draft.outline)["v1"] == ["h1", "film", "poll"]
    assert keys(draft.outline)["v2"][0] == "p9"
    assert "p9" not in keys(parsed.outline)["v2"]
    h1 = "block-v1:Edx+TC1+run+type@html+block@h1"
    assert "Another text" in draft.bodies[h1]
    assert "Title" in parsed.bodies[h1]
    assert draft.outline.units[0].title == {"en": "Changed"}
    assert draft.outline.units[0].attributes == {}
    # h1, film, poll, hf, doc2, p9 – and three units that are not as they are published.
    assert (draft.leaves, parsed.draft_units, draft.refused) == (6, 3, ())
    assert [note.code for note in parsed.notes if note.path.startswith("drafts/")] == ["draft"]
    assert not [path for path in draft.outline.files if path.startswith("drafts/html/hf")]


def test_drafts_do_not_change_what_is_published(tmp_path: Path) -> None:
    plain, with_drafts = (
        parse_course(edx_course(tmp_path / "a")),
        parse_course(drafted_course(tmp_path / "b")),
    )

    assert (with_drafts.outline, with_drafts.bodies) == (plain.outline, plain.bodies)
    assert with_drafts.leaves == plain.leaves


def test_drafts_that_say_what_is_published_are_no_drafts(tmp_path: Path) -> None:
    vertical = f'<vertical display_name="A" {S1} index_in_children_list="0"><html url_name="h"/></vertical>'
    course = write_course(
        tmp_path,
        {
            "course.xml": '<course url_name="run" org="Edx" course="TC1"><chapter url_name="c"><sequential '
            'url_name="s1"><vertical url_name="v" display_name="A"><html url_name="h">a</html></vertical>'
            "</sequential></chapter></course>",
            "drafts/vertical/v.xml": vertical,
            "drafts/html/h.xml": "<html>a</html>",
        },
    )

    assert parse_course(course).draft is None
    assert canonical_tree(course)["draft"] is None


BAD_DRAFTS = [
    (
        "vertical/new2.xml",
        f'<vertical {S1.replace("@s1", "@gone")} index_in_children_list="0"/>',
        "draft-parent",
    ),
    ("vertical/new2.xml", '<vertical parent_url="" index_in_children_list="0"/>', "draft-parent"),
    ("vertical/new2.xml", f'<vertical {S1} index_in_children_list="99"/>', "draft-place"),
    ("vertical/new2.xml", f'<vertical {S1} index_in_children_list="-1"/>', "draft-place"),
    ("vertical/new2.xml", f'<vertical {S1} index_in_children_list="first"/>', "draft-place"),
    ("vertical/new2.xml", f'<vertical {S1} index_in_children_list="{"9" * 5000}"/>', "draft-place"),
    ("vertical/new2.xml", f"<vertical {S1}/>", "draft-place"),
    (
        "vertical/new2.xml",
        f'<vertical {S1} index_in_children_list="0"><vertical url_name="new2"/></vertical>',
        "cycle",
    ),
    (
        "vertical/new2.xml",
        '<vertical parent_url="block-v1:Edx+TC1+run+type@vertical+block@new2" index_in_children_list="0"/>',
        "draft-parent",
    ),
    (
        "vertical/new2.xml",
        f'<vertical {S1} index_in_children_list="0"><video url_name="film"/></vertical>',
        "duplicate",
    ),
    (
        "vertical/new2.xml",
        f'<vertical {S1} index_in_children_list="0"><html url_name="gone"/></vertical>',
        "missing-file",
    ),
    ("vertical/new2.xml", "<vertical", "broken-xml"),
    ("vertical/new2.xml", '<!DOCTYPE x [<!ENTITY a "b">]><vertical>&a;</vertical>', "entities"),
    ("problemset/v1.xml", f'<problemset {S1} index_in_children_list="1"/>', "duplicate"),
    ("html/../../../x.xml", f'<html {S1} index_in_children_list="0"/>', ""),
    ("files.json", "[[[", ""),
    ("files.json", '{"removed": ["course.xml", 7, {}], "changed": ["/etc/passwd", "../../x"]}', ""),
]


@pytest.mark.parametrize(("path", "content", "code"), BAD_DRAFTS)
def test_a_bad_draft_is_named_and_the_rest_comes(tmp_path: Path, path: str, content: str, code: str) -> None:
    folder = drafted_course(tmp_path / "in" / "here" / "course")
    write_course(folder, {f"drafts/{path}": content})

    parsed = parse_course(folder)
    draft = drafted(parsed)

    said = [problem for read in (parsed, draft) for problem in (*read.notes, *read.refused)]
    assert code in {problem.code for problem in said} | {""}
    assert keys(parsed.outline) == keys(parse_course(edx_course(tmp_path / "plain")).outline)
    assert {"v1", "fresh", "v2"} <= keys(draft.outline).keys()
    assert draft.leaves >= 6


@pytest.mark.parametrize("index", ["99", "-1", "first"])
def test_a_draft_without_a_good_index_goes_to_the_end(tmp_path: Path, index: str) -> None:
    folder = write_course(
        drafted_course(tmp_path),
        {"drafts/vertical/last.xml": f'<vertical {S1} index_in_children_list="{index}"/>'},
    )

    units = [unit.key for unit in drafted(parse_course(folder)).outline.sections[0].units]

    assert units == ["v1", "fresh", "v2", "last"]


@pytest.mark.django_db
def test_the_command_publishes_what_is_published_and_drafts_the_draft(tmp_path: Path) -> None:
    result = import_module(drafted_course(tmp_path), by=SYSTEM)

    module = Module.objects.get()
    assert module.published is not None
    assert module.draft is not None
    assert (module.published.number, module.draft.number, result.version) == (1, 2, module.draft)
    published, draft = Outline.from_json(module.published.outline), Outline.from_json(module.draft.outline)
    assert "fresh" in keys(draft)
    assert "fresh" not in keys(published)
    key = usage_key(module, "h1", "html")
    texts = BlockVersion.objects.filter(usage_key=key).order_by("number").values_list("pk", flat=True)
    assert [outline.blocks[key].version for outline in (published, draft)] == list(texts)
    assert result.draft is not None
    assert (result.is_published, result.draft.units, result.draft.leaves) == (True, 3, 6)


@pytest.mark.django_db
def test_a_person_gets_the_draft_and_the_version_before_it_is_what_was_published(tmp_path: Path) -> None:
    trainer = make.person()
    make.grant(trainer)

    module = import_module(drafted_course(tmp_path), by=trainer).module

    assert module.published is None
    assert module.draft is not None
    assert "fresh" in keys(Outline.from_json(module.draft.outline))
    back = undo_draft(module=module, base=module.draft.number, by=trainer).version
    assert "fresh" not in keys(Outline.from_json(back.outline))


@pytest.mark.django_db
@pytest.mark.parametrize("is_person", [True, False])
def test_importing_drafts_again_changes_nothing(tmp_path: Path, is_person: bool) -> None:
    trainer = make.person()
    make.grant(trainer)
    by = trainer if is_person else SYSTEM
    import_module(drafted_course(tmp_path), by=by)
    before = (ModuleVersion.objects.count(), BlockVersion.objects.count())

    again = import_module(tmp_path, by=by)

    assert (ModuleVersion.objects.count(), BlockVersion.objects.count()) == before
    assert (again.is_new_version, again.is_published, again.imported) == (False, False, 0)


@pytest.mark.django_db
def test_what_was_rolled_back_stays_back(tmp_path: Path) -> None:
    import_module(edx_course(tmp_path / "old", html__h1_dot_html="<p>old</p>"), by=SYSTEM)
    module = import_module(drafted_course(tmp_path / "new"), by=SYSTEM).module
    roll_back(module=module, version=module.versions.get(number=1), by=SYSTEM)

    import_module(tmp_path / "new", by=SYSTEM)

    module.refresh_from_db()
    assert module.published == module.versions.get(number=1)
    assert module.versions.count() == 3


@pytest.mark.django_db
def test_the_report_counts_the_leaves_of_drafts_apart(tmp_path: Path, capsys: Any) -> None:
    course = str(drafted_course(tmp_path))
    for options in (["--dry-run"], [], []):
        call_command("import_olx", course, *options, "--report", "-")

    lines = [json.loads(line)["draft"] for line in capsys.readouterr().out.splitlines()]
    for line in lines:
        listed = sum(len(line[name]) for name in ("unsupported", "kept", "refused"))
        assert line["leaves"] == line["imported"] + line["unchanged"] + listed == 6
        assert line["units"] == 3
        assert line["unsupported"] == [{"type": "google-document", "name": "doc2"}]
    # h1, film, poll, hf and p9 have a text that is not the published one.
    assert [line["imported"] for line in lines] == [5, 5, 0]


@pytest.mark.django_db
def test_drafts_come_back_equal(tmp_path: Path) -> None:
    course = drafted_course(tmp_path / "course")
    module = import_module(course, by=SYSTEM).module

    first = exported(module, tmp_path / "1")
    import_module(first, by=SYSTEM)
    second = exported(module, tmp_path / "2")
    again = import_module(second, by=SYSTEM)

    assert canonical_tree(first) == canonical_tree(course)
    assert canonical_tree(second) == canonical_tree(first)
    assert canonical_tree(first)["draft"] is not None
    assert not again.is_new_version
    written = {path.relative_to(first).as_posix() for path in first.rglob("*") if path.is_file()}
    # What Open edX would read: each drafted unit whole, with its place; nothing of ours is needed.
    assert written >= set(EDX_DRAFTS) - {"drafts/problem/p9.xml"}
    assert not {path for path in written if path.startswith(("drafts/sequential", "drafts/files"))}
    fresh = (first / "drafts/vertical/fresh.xml").read_text()
    assert S1 in fresh
    assert 'index_in_children_list="1"' in fresh


def changed_everywhere(module: Module) -> None:
    """Every kind of change that the studio makes above a block."""
    assert module.draft is not None
    outline = Outline.from_json(module.draft.outline)
    first = outline.sections[0]
    outline = move(outline, "unit", "v2", Place("s2", None))
    outline = remove(outline, "unit", "v4")
    outline = replace(
        outline,
        title={"en": "Another name"},
        sections=(
            *outline.sections,
            replace(
                first, key="s9", title={"en": "Ninth"}, units=(), chapter="c9", chapter_title={"en": "New"}
            ),
        ),
    )
    outline = move(outline, "unit", "v3", Place("s9", None))
    save_outline_draft(module=module, outline=outline, by=SYSTEM)
    module.refresh_from_db()
    loose = '<problem url_name="loose" display_name="Alone"><p>Changed</p></problem>'
    save_block_draft(module=module, usage_key=usage_key(module, "loose", "problem"), olx=loose, by=SYSTEM)
    module.refresh_from_db()


@pytest.mark.django_db
@pytest.mark.parametrize("has_drafts", [True, False])
def test_a_draft_that_differs_everywhere_comes_back_equal(tmp_path: Path, has_drafts: bool) -> None:
    course = drafted_course(tmp_path / "c") if has_drafts else edx_course(tmp_path / "c")
    module = import_module(course, by=SYSTEM).module
    changed_everywhere(module)
    assert module.draft is not None
    wanted, published = Outline.from_json(module.draft.outline), parse_course(tmp_path / "c").outline

    first = exported(module, tmp_path / "1")
    parsed = parse_course(first)
    draft = drafted(parsed)
    again = import_module(first, by=SYSTEM)

    assert keys(draft.outline) == keys(wanted)
    assert [(s.key, s.title, s.chapter) for s in draft.outline.sections] == [
        (s.key, s.title, s.chapter) for s in wanted.sections if s.tag or s.units
    ]
    assert draft.outline.title == {"en": "Another name"}
    assert "Changed" in draft.bodies[usage_key(module, "loose", "problem")]
    assert "Changed" not in parsed.bodies[usage_key(module, "loose", "problem")]
    assert keys(parsed.outline) == keys(published)
    assert parsed.outline.title == published.title
    assert again.draft is not None
    assert keys(Outline.from_json(again.version.outline)) == keys(wanted)
    assert canonical_tree(exported(module, tmp_path / "2")) == canonical_tree(first)


@pytest.mark.django_db
def test_pictures_of_the_draft_are_told_from_those_of_the_published_course(tmp_path: Path) -> None:
    course = olx(tmp_path / "c", files={"same.png": b"1", "other.png": b"1", "gone.png": b"1"})
    module = import_module(course, by=SYSTEM).module
    (course / "static" / "gone.png").unlink()
    olx(course, {"u1": text_block("u1-text", "Mới")}, files={"other.png": b"2", "new.png": b"2"})
    import_module(course, by=SYSTEM, publish=False)

    first = exported(module, tmp_path / "1")
    parsed = parse_course(first)

    assert json.loads((first / "drafts/files.json").read_text()) == {
        "added": ["static/new.png"],
        "changed": ["static/other.png"],
        "removed": ["static/gone.png"],
    }
    assert (first / "static/other.png").read_bytes() == b"1"
    assert set(parsed.outline.assets) == {"same.png", "other.png", "gone.png"}
    assert set(drafted(parsed).outline.assets) == {"same.png", "other.png", "new.png"}
    assert not [path for path in parsed.outline.files if path.startswith("drafts/")]
    assert not import_module(first, by=SYSTEM).is_new_version
    assert canonical_tree(exported(module, tmp_path / "2")) == canonical_tree(first)


@pytest.mark.django_db
def test_a_section_taken_out_of_the_draft_stays_in_what_is_published(tmp_path: Path) -> None:
    module = import_module(olx(tmp_path / "c"), by=SYSTEM).module
    assert module.draft is not None
    outline = Outline.from_json(module.draft.outline)
    other = Section("seq2", {"vi": "Khác"}, outline.sections[0].units[1:], "ch", {"vi": "Học"})
    save_outline_draft(module=module, outline=replace(outline, sections=(other,)), by=SYSTEM)

    parsed = parse_course(exported(module, tmp_path / "1"))

    assert [section.key for section in parsed.outline.sections] == ["seq"]
    assert [section.key for section in drafted(parsed).outline.sections] == ["seq2"]
    assert keys(drafted(parsed).outline) == {"u2": ["u2-text"]}


@pytest.mark.django_db
def test_a_course_that_was_never_published_goes_out_as_it_is(tmp_path: Path) -> None:
    module = import_module(edx_course(tmp_path / "c"), by=SYSTEM, publish=False).module

    assert canonical_tree(exported(module, tmp_path / "1"))["draft"] is None


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("drafts/html/h1.html", "Another", "Some"),
        ("drafts/vertical/v1.xml", "Which?", "Who?"),
        ("drafts/vertical/fresh.xml", 'list="1"', 'list="0"'),
        ("drafts/problem/p9.xml", "9", "8"),
    ],
)
def test_the_canonical_tree_sees_each_difference_in_drafts(
    tmp_path: Path, path: str, old: str, new: str
) -> None:
    assert old in EDX_DRAFTS[path]
    changed = drafted_course(tmp_path / "b")
    write_course(changed, {path: EDX_DRAFTS[path].replace(old, new)})

    assert canonical_tree(changed) != canonical_tree(drafted_course(tmp_path / "a"))


@pytest.mark.django_db
def test_question_banks_are_told_apart_too(tmp_path: Path) -> None:
    bank = '<question_bank display_name="{}"><note>{}</note></question_bank>'
    course = olx(tmp_path / "c")
    banks = {"question_bank/a.xml": bank.format("A", 1), "question_bank/b.xml": bank.format("B", 1)}
    module = import_module(write_course(course, banks), by=SYSTEM).module
    (course / "question_bank/b.xml").unlink()
    later = {"question_bank/a.xml": bank.format("A", 2), "question_bank/c.xml": bank.format("C", 2)}
    import_module(write_course(course, later), by=SYSTEM, publish=False)

    first = exported(module, tmp_path / "1")
    parsed = parse_course(first)

    assert [bank.key for bank in parsed.outline.banks] == ["a", "b"]
    assert [bank.key for bank in drafted(parsed).outline.banks] == ["a", "c"]
    texts = [read.bodies[usage_key(module, "a", "question_bank")] for read in (parsed, drafted(parsed))]
    assert ["<note>1</note>" in texts[0], "<note>2</note>" in texts[1]] == [True, True]
    assert not import_module(first, by=SYSTEM).is_new_version
    assert canonical_tree(exported(module, tmp_path / "2")) == canonical_tree(first)


@pytest.mark.django_db
def test_packages_that_only_the_draft_has_are_looked_at_too(tmp_path: Path) -> None:
    course = drafted_course(tmp_path)
    manifest = json.dumps({"added": ["static/draft.h5p"]})
    write_course(course, {"drafts/files.json": manifest, "static/draft.h5p": b"no archive"})

    result = import_module(course, by=SYSTEM)

    about = [note for note in result.notes if note.path == "static/draft.h5p"]
    assert len(about) == 1
    assert about[0].code.startswith("h5p-")
    assert "draft.h5p" not in Outline.from_json(result.module.published.outline).assets  # type: ignore[union-attr]
    assert "draft.h5p" in Outline.from_json(result.version.outline).assets
