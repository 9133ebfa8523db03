"""Reading OLX: every form an author may use, every trick a stranger may try."""

import io
import tarfile
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest

from courses.olx.clean import clean_block
from courses.olx.html import clean_html, reading
from courses.olx.outline import Outline
from courses.olx.package import Limits
from courses.olx.parse import course_key_of, parse_course, usage_key
from courses.olx.problems import OlxRefused
from courses.olx.sources import parse_sources
from courses.olx.vtt import parse_vtt
from tests.make_courses import WITHOUT_CORPUS, corpus_olx, olx, text_block, write

ROOT = Path(__file__).resolve().parents[2]
KEY = "course-v1:LanToa+T1+2026"


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(OlxRefused) as refused:
        parse_course(path, limits)
    return refused.value.problem.code


def test_parse_course_gives_the_outline(tmp_path: Path) -> None:
    parsed = parse_course(olx(tmp_path))

    assert parsed.outline.course_key == KEY
    assert parsed.outline.title == {"vi": "Mô-đun T1", "en": "Module T1"}
    assert [(u.key, u.minutes, u.review_by) for u in parsed.outline.units] == [
        ("u1", 5, date(2027, 6, 30)),
        ("u2", 5, date(2027, 6, 30)),
    ]
    assert list(parsed.bodies) == [usage_key(KEY, "text", "u1-text"), usage_key(KEY, "text", "u2-text")]
    assert (parsed.leaves, parsed.refused) == (2, ())


def test_outline_comes_back_from_its_json(tmp_path: Path) -> None:
    outline = parse_course(olx(tmp_path, files={"a.png": b"png"})).outline

    assert Outline.from_json(outline.to_json()) == outline


def test_a_block_key_names_its_course() -> None:
    assert course_key_of(usage_key(KEY, "text", "x")) == KEY


def test_parse_course_reads_pointers_inline_elements_and_two_file_html(tmp_path: Path) -> None:
    course = olx(
        tmp_path, {"u1": '<html url_name="h1"/><problem url_name="p:1"/><video url_name="v" kind="audio"/>'}
    )
    for name in ("html", "problem/p"):
        (course / name).mkdir(parents=True)
    write(course / "html" / "h1.xml", '<html filename="h1" display_name="Trang"/>')
    write(course / "html" / "h1.html", "<p>Một &amp; hai ]]> ba</p>")
    write(course / "problem" / "p" / "1.xml", "<problem><p>?</p></problem>")

    parsed = parse_course(course)

    assert parsed.refused == ()
    assert [block.key for block in parsed.outline.units[0].blocks] == ["h1", "p:1", "v"]
    assert "ba" in parsed.bodies[usage_key(KEY, "html", "h1")]


def test_parse_course_keeps_unknown_tags_whole(tmp_path: Path) -> None:
    parsed = parse_course(olx(tmp_path, {"u1": '<ubcpi url_name="q"><option a="1">x</option></ubcpi>'}))

    assert parsed.bodies[usage_key(KEY, "ubcpi", "q")] == (
        '<ubcpi url_name="q"><option a="1">x</option></ubcpi>'
    )


def test_parse_course_shows_the_first_variant_of_a_choice_and_keeps_the_others(tmp_path: Path) -> None:
    course = olx(
        tmp_path,
        {
            "u1": '<split_test url_name="s" user_partition_id="1"><vertical url_name="a"/>'
            '<vertical url_name="b"/></split_test>'
        },
    )
    write(course / "vertical" / "a.xml", '<vertical><html url_name="ha">x</html></vertical>')
    write(course / "vertical" / "b.xml", '<vertical><html url_name="hb">y</html></vertical>')

    parsed = parse_course(course)

    unit = parsed.outline.units[0]
    assert (parsed.leaves, [block.key for block in unit.blocks]) == (2, ["ha"])
    assert [(group.tag, group.key, group.group) for group in unit.groups] == [
        ("split_test", "s", ""),
        ("vertical", "a", "s"),
    ]
    assert '<html url_name="hb">y</html>' in unit.groups[0].after
    assert [problem.code for problem in parsed.kept] == ["variant"]


def test_parse_course_shows_all_children_of_a_library_and_of_a_condition(tmp_path: Path) -> None:
    units = {
        "u1": '<library_content url_name="l" max_count="1"><html url_name="h1">x</html>'
        '<html url_name="h2">y</html></library_content>'
        '<conditional url_name="c"><show sources="x"/><html url_name="h3">z</html></conditional>'
    }

    unit = parse_course(olx(tmp_path, units)).outline.units[0]

    assert [(block.key, block.group) for block in unit.blocks] == [("h1", "l"), ("h2", "l"), ("h3", "c")]
    assert unit.groups[1].before == '<show sources="x"/>'


def test_parse_course_names_nameless_blocks_by_content(tmp_path: Path) -> None:
    first = parse_course(olx(tmp_path / "a", {"u1": "<html>một</html>"})).bodies
    again = parse_course(olx(tmp_path / "b", {"u1": "<html>một</html>"})).bodies

    assert list(first) == list(again)


def test_parse_course_reads_old_exports_with_blocks_straight_in_a_sequential(tmp_path: Path) -> None:
    course = olx(tmp_path)
    write(
        course / "course" / "2026.xml",
        '<course><chapter url_name="c"><sequential url_name="s"><html url_name="h">x</html></sequential>'
        '<vertical url_name="u1"/></chapter></course>',
    )

    assert [unit.key for unit in parse_course(course).outline.units] == ["h", "u1"]


def test_parse_course_finds_question_banks_that_nothing_points_to(tmp_path: Path) -> None:
    course = olx(tmp_path)
    (course / "question_bank").mkdir()
    write(
        course / "question_bank" / "bank.xml",
        '<question_bank url_name="bank"><question name="q"/></question_bank>',
    )

    assert [bank.key for bank in parse_course(course).outline.banks] == ["bank"]


def test_required_is_the_graded_quiz_else_the_text_and_what_the_author_says(tmp_path: Path) -> None:
    blocks = (
        text_block("t")
        + '<video url_name="v" kind="audio"/><quiz url_name="p" kind="practice"/>'
        + '<quiz url_name="m" kind="module"/><video url_name="r" required="true"/>'
    )
    units = {
        "u1": blocks,
        "u2": '<video url_name="alone" kind="audio"/>',
        "u3": '<text url_name="o" required="false"/>',
    }

    outline = parse_course(olx(tmp_path, units)).outline

    assert [sorted(key.rpartition("@")[2] for key in unit.required_keys) for unit in outline.units] == [
        ["m", "r"],
        ["alone"],
        [],
    ]
    assert [key.rpartition("@")[2] for key in outline.graded_keys] == ["m"]


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ('<html url_name="gone"/>', "missing-file"),
        ('<text url_name="có dấu cách" display_name="x"/>', "bad-name"),
        (f'<text url_name="{"n" * 300}" display_name="x"/>', "name-too-long"),
        ('<text url_name="u1-ok" display_name="x">2</text>', "duplicate"),
    ],
)
def test_one_bad_leaf_is_reported_and_the_rest_read(tmp_path: Path, blocks: str, code: str) -> None:
    parsed = parse_course(olx(tmp_path, {"u1": text_block("u1-ok") + blocks, "u2": text_block("u2-text")}))

    assert [problem.code for problem in parsed.refused] == [code]
    assert [block.key for unit in parsed.outline.units for block in unit.blocks] == ["u1-ok", "u2-text"]


def test_a_broken_unit_file_costs_only_that_unit(tmp_path: Path) -> None:
    course = olx(tmp_path)
    write(course / "vertical" / "u1.xml", "<vertical><text>")

    parsed = parse_course(course)

    assert [problem.code for problem in parsed.refused] == ["broken-xml"]
    assert [unit.key for unit in parsed.outline.units] == ["u2"]


def test_a_unit_that_points_to_itself_ends(tmp_path: Path) -> None:
    course = olx(tmp_path)
    write(course / "vertical" / "u1.xml", '<vertical><vertical url_name="u1"/></vertical>')

    assert [problem.code for problem in parse_course(course).refused] == ["cycle"]


def test_units_inside_units_end_at_some_depth(tmp_path: Path) -> None:
    deep = '<vertical url_name="d{}">' * 20
    blocks = deep.format(*range(20)) + text_block("t") + "</vertical>" * 20

    parsed = parse_course(olx(tmp_path, {"u1": blocks, "u2": text_block("u2-text")}))

    assert [problem.code for problem in parsed.refused] == ["too-deep"]
    assert [block.key for unit in parsed.outline.units for block in unit.blocks] == ["u2-text"]


def test_a_problem_with_a_program_is_refused_and_kept(tmp_path: Path) -> None:
    problem = '<problem url_name="p"><script type="loncapa/python">x = 1</script></problem>'

    parsed = parse_course(olx(tmp_path, {"u1": problem}))

    assert [(found.code, found.path) for found in parsed.refused] == [("script", "vertical/u1.xml#p")]
    assert parsed.bodies == {usage_key(KEY, "script_problem", "p"): problem}


def test_wrong_attributes_are_noted(tmp_path: Path) -> None:
    course = olx(tmp_path)
    write(
        course / "vertical" / "u1.xml",
        f'<vertical minutes="-3" review_by="soon">{text_block("t")}</vertical>',
    )

    parsed = parse_course(course)

    assert [problem.code for problem in parsed.notes] == ["bad-attribute", "bad-attribute"]
    assert parsed.outline.units[0].minutes == 0


def test_missing_files_are_noted(tmp_path: Path) -> None:
    parsed = parse_course(olx(tmp_path, {"u1": '<video url_name="v"><source src="/static/a.mp3"/></video>'}))

    assert [(problem.code, problem.detail) for problem in parsed.notes] == [("missing-static", "a.mp3")]


def test_names_of_300_characters_and_decomposed_letters_come_in_clean(tmp_path: Path) -> None:
    course = olx(tmp_path, files={unicodedata.normalize("NFD", "ảnh.png"): b"png"})
    title = unicodedata.normalize("NFD", "Tuyên truyền " + "ế" * 287)
    write(course / "vertical" / "u1.xml", f'<vertical display_name="{title}">{text_block("t")}</vertical>')

    outline = parse_course(course).outline

    assert outline.units[0].title == {"vi": "Tuyên truyền " + "ế" * 287}
    assert list(outline.assets) == ["ảnh.png"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mật")
    course = olx(tmp_path / "course")
    (course / "static" / "leak.txt").symlink_to(secret)
    (course / "vertical" / "u1.xml").unlink()
    (course / "vertical" / "u1.xml").symlink_to(secret)

    parsed = parse_course(course)

    assert parsed.outline.assets == {}
    assert [problem.code for problem in parsed.refused] == ["missing-file"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<!DOCTYPE c [<!ENTITY a "aaaa">]><course url_name="2026" org="L" course="&a;"/>', "entities"),
        (b'<?xml version="1.0"?><!-- x --><!DOCTYPE c SYSTEM "file:///etc/passwd"><course/>', "entities"),
        ('<course url_name="2026"/>'.encode("utf-16"), "not-utf-8"),
        (b'<?xml version="1.0" encoding="utf-7"?><course/>', "not-utf-8"),
        (b"<course", "broken-xml"),
        (b'<course url_name="a b" org="x" course="y"/>', "bad-name"),
        (b'<course url_name="r" org="x" course="a-name-that-is-too-long"/>', "name-too-long"),
        (b"<library/>", "no-course"),
        (b"<course>" + b"x" * 5_000_001 + b"</course>", "file-too-large"),
    ],
)
def test_a_course_xml_we_cannot_trust_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (olx(tmp_path) / "course.xml").write_bytes(content)

    assert refusal(tmp_path) == code


def test_a_folder_without_a_course_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "no-course"


def tar_of(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for info, content in members:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.mark.parametrize(
    ("info", "code"),
    [
        (member("../outside.xml"), "bad-path"),
        (member("/etc/cron.d/x"), "bad-path"),
        (member("course/..\\x"), "bad-path"),
        (member("a" * 400), "bad-path"),
        (member("static/x", tarfile.SYMTYPE, "/etc/passwd"), "link"),
        (member("static/x", tarfile.LNKTYPE, "course.xml"), "link"),
        (member("static/x", tarfile.CHRTYPE), "not-a-file"),
        (member("static/x", tarfile.FIFOTYPE), "not-a-file"),
    ],
)
def test_an_unsafe_tar_is_refused(tmp_path: Path, info: tarfile.TarInfo, code: str) -> None:
    assert refusal(tar_of(tmp_path / "c.tar.gz", (info, b""))) == code


def test_an_unsafe_zip_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("../outside.xml", "x")
    assert refusal(tmp_path / "c.zip") == "bad-path"
    assert not (tmp_path.parent / "outside.xml").exists()


def test_a_zip_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("static/x")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refusal(tmp_path / "c.zip") == "link"


def test_a_zip_bomb_is_refused_before_it_fills_the_disk(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("static/zeros", b"0" * 5_000_000)
    assert refusal(tmp_path / "c.zip", Limits(ratio=10)) == "too-large"


def test_an_archive_with_too_many_files_is_refused(tmp_path: Path) -> None:
    members = [(member(f"static/{number}"), b"") for number in range(12)]
    assert refusal(tar_of(tmp_path / "c.tar.gz", *members), Limits(entries=10)) == "too-many-files"


def test_a_torn_archive_is_refused(tmp_path: Path) -> None:
    whole = tar_of(tmp_path / "c.tar.gz", (member("course.xml"), b"<course/>" * 5000)).read_bytes()
    (tmp_path / "torn.tar.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "no.tar.gz").write_bytes(b"no archive")
    assert [refusal(tmp_path / name) for name in ("torn.tar.gz", "no.tar.gz")] == ["broken-archive"] * 2


def test_an_archive_reads_like_its_folder(tmp_path: Path) -> None:
    folder = olx(tmp_path / "course", files={"a.png": b"png"})
    with tarfile.open(tmp_path / "c.tar.gz", "w:gz") as archive:
        archive.add(folder, "course")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as zipped:
        for file in folder.rglob("*"):
            zipped.write(file, f"anything/{file.relative_to(folder)}")

    expected = parse_course(folder)

    for packed in ("c.tar.gz", "c.zip"):
        read = parse_course(tmp_path / packed)
        assert (read.outline, read.bodies) == (expected.outline, expected.bodies)


def test_clean_html_keeps_the_allow_list_and_nothing_that_runs() -> None:
    dirty = (
        '<p class="lead evil" onclick="x()" style="color:red">a<script>b()</script></p>'
        '<a href="javascript:x()">l</a><img src="/static/a.png" onerror="x()" alt="A">'
        '<iframe src="https://x"></iframe><h1>t</h1><sup class="cite" data-source="S1" data-lines="2"></sup>'
    )

    assert clean_html(dirty) == (
        '<p class="lead">a</p><a rel="noopener noreferrer">l</a><img src="/static/a.png" alt="A">'
        't<sup class="cite" data-source="S1" data-lines="2"></sup>'
    )


def test_clean_block_cleans_text_bodies_and_repeating_it_changes_nothing() -> None:
    body = '<text url_name="t"><body lang="vi"><![CDATA[<p onclick="x">a &amp; b</p>]]></body></text>'

    cleaned = clean_block("text", body)

    assert cleaned == '<text url_name="t"><body lang="vi"><![CDATA[<p>a &amp; b</p>]]></body></text>'
    assert clean_block("text", cleaned) == cleaned


def test_reading_numbers_sources_moves_headings_and_finds_files() -> None:
    cite = '<sup class="cite" data-source="S3" data-lines="8-12"></sup>'
    other = '<sup class="cite" data-source="S3" data-lines="9"></sup>'

    text = reading(
        f'<h3>Đầu</h3><p>a{cite} b{other} c{cite}</p><img src="/static/%E1%BA%A3nh.png">',
        anchor="t",
        asset_url=lambda path: f"/files/{path}",
    )

    assert text.html == (
        '<h2>Đầu</h2><p>a<sup class="cite" id="t-m1"><a href="#t-s1">[1]</a></sup>'
        ' b<sup class="cite" id="t-m2"><a href="#t-s2">[2]</a></sup>'
        ' c<sup class="cite"><a href="#t-s1">[1]</a></sup></p>'
        '<img src="/files/%E1%BA%A3nh.png" loading="lazy" alt="">'
    )
    assert [(c.number, c.source_id, c.lines, c.names_lines) for c in text.citations] == [
        (1, "S3", "8-12", True),
        (2, "S3", "9", True),
    ]


def test_parse_vtt_gives_lines_with_their_start() -> None:
    captions = (
        "WEBVTT\n\nNOTE x\n\n1\n00:01.500 --> 00:03.000\n<v Mai>Chào</v>\nanh/chị\n\n"
        "01:02:03.000 --> 01:02:04.000\nHết\n\n00:09.000 --> 00:10.000\n\n"
    )

    assert [(cue.start, cue.clock, cue.text) for cue in parse_vtt(captions)] == [
        (1.5, "00:01", "Chào anh/chị"),
        (3723.0, "1:02:03", "Hết"),
    ]


def test_every_cited_source_is_registered() -> None:
    register = parse_sources((ROOT / "content" / "sources.xml").read_bytes())

    assert {"S0", "S1", "S2", "S3", "S4"} <= register.keys()
    assert all(source.title.get("vi") for source in register.values())


@pytest.mark.parametrize("folder", sorted(p.parent.name for p in (ROOT / "content").glob("*/course.xml")))
def test_our_content_reads_without_refusals(folder: str) -> None:
    assert parse_course(ROOT / "content" / folder).refused == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "leaves", "units", "scripts"),
    [("openedx-demo-course", 318, 58, 7), ("supported-components", 54, 17, 1), ("kitchen-sink", 18, 16, 4)],
)
def test_real_exports_read_without_losing_leaves(name: str, leaves: int, units: int, scripts: int) -> None:
    archive = corpus_olx() / f"{name}.tar.gz"
    if not archive.exists():
        pytest.skip(WITHOUT_CORPUS)

    parsed = parse_course(archive)

    assert (parsed.leaves, len(parsed.bodies), len(parsed.outline.units)) == (leaves, leaves, units)
    assert [problem.code for problem in parsed.refused] == ["script"] * scripts
