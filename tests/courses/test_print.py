"""Print packs: what the papers say, that their codes lead back, who may have them."""

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from courses.actions.import_olx import import_module
from courses.models import Module
from courses.print import (
    HandoutWords,
    PrintModule,
    PrintSource,
    PrintUnit,
    ScriptWords,
    render_handout,
    render_script,
)
from courses.print.pieces import Box, Grid, Heading, Items, Paragraph, Picture, pieces_of, plain
from courses.print.spoken import Spoken, in_full, minutes_of, sentences_of, spoken
from courses.web.print_pack import languages_of, print_file
from lms.people.models import Person, Role
from lms.shared.actors import SYSTEM
from tests import make, make_courses

URL = "https://lantoa.example/learn/T1/u1/"
HANDOUT = HandoutWords(
    "Tài liệu", "Làm được gì", "Trên nền tảng", "Nguồn", "Mở bài này", "Trang {number}/{all}"
)
SCRIPT = ScriptWords("Lời cho loa", "/ nghỉ ngắn", "Khoảng {minutes} phút", "Trang {number}/{all}", "Hết")
HTML = (
    '<p class="lead">Mở đầu <strong>đậm</strong><sup class="cite" data-source="S3" data-lines="8"></sup>.</p>'
    "<h3>Ưỡn ẹo, ỷ lại, ngữ nghĩa</h3><ul><li>Một</li><li>Hai <em>nghiêng</em></li></ul>"
    "<table><caption>Bảng số</caption><thead><tr><th>Việc</th><th>Mức</th></tr></thead>"
    "<tbody><tr><td>Kinh tế số</td><td>ít nhất 30% GDP</td></tr></tbody></table>"
    '<blockquote class="case"><p class="case-label">Ví dụ</p><p>Xã A &lt;mẫu&gt;</p></blockquote>'
    '<p class="note">Lưu ý một điều.</p><img src="/static/anh.png" alt="Đài xã">chữ rời'
)


GROUPED = [("A", "B", "x"), ("A", "C", "y"), ("D", "E", "z")]


def no_number(_source: str, _lines: str) -> int:
    return 1


def module(html: str = HTML, picture: Callable[[str], bytes | None] = lambda _: None) -> PrintModule:
    unit = PrintUnit(
        title="Bài một",
        minutes="5 phút",
        url=URL,
        pieces=tuple(pieces_of(html, no_number)),
        on_screen=("Video: Nói gọn",),
        sources=(PrintSource("Báo: Tin", ((1, "dòng 8"),)),),
    )
    return PrintModule("T1", "Mô-đun thử", "vi", "Bản 1", "1 bài", ("Đọc đúng số",), (unit,), picture)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_pieces_keep_order_kind_and_marks() -> None:
    found = pieces_of(HTML, no_number)
    assert [type(piece) for piece in found] == [
        Paragraph,
        Heading,
        Items,
        Grid,
        Box,
        Box,
        Picture,
        Paragraph,
    ]
    lead, _heading, _items, grid, case, note, picture, loose = found
    assert isinstance(lead, Paragraph)
    assert [(run.words, run.bold, run.cite) for run in lead.text] == [
        ("Mở đầu ", False, 0),
        ("đậm", True, 0),
        ("", False, 1),
        (".", False, 0),
    ]
    assert isinstance(grid, Grid)
    assert [plain(cell) for cell in grid.rows[0]] == ["Kinh tế số", "ít nhất 30% GDP"]
    assert isinstance(case, Box)
    assert isinstance(note, Box)
    assert (case.kind, note.kind) == ("case", "note")
    assert picture == Picture("anh.png", "Đài xã")
    assert isinstance(loose, Paragraph)
    assert plain(loose.text) == "chữ rời"


def test_handout_says_everything_on_the_page() -> None:
    text = text_of(render_handout(module(), HANDOUT))
    assert text == (
        "T1 · Tài liệu Mô-đun thử Bản 1 · 1 bài Làm được gì • Đọc đúng số 1. Bài một 5 phút Mở bài này "
        "Mở đầu đậm[1]. Ưỡn ẹo, ỷ lại, ngữ nghĩa • Một • Hai nghiêng Bảng số Việc Mức "
        "Kinh tế số ít nhất 30% GDP Ví dụ Xã A <mẫu> Lưu ý một điều. Đài xã chữ rời "
        "Trên nền tảng Video: Nói gọn Nguồn Báo: Tin: [1] dòng 8 Lan Tỏa · T1. Mô-đun thử Trang 1/1"
    )


def test_papers_are_the_same_bytes_every_time_and_name_their_language() -> None:
    once = [render_handout(module(), HANDOUT), render_script(module(), SCRIPT)]
    assert once == [render_handout(module(), HANDOUT), render_script(module(), SCRIPT)]
    assert [str(PdfReader(io.BytesIO(pdf)).root_object["/Lang"]) for pdf in once] == ["vi", "vi"]


def test_handout_draws_pictures_and_survives_broken_ones() -> None:
    drawn = io.BytesIO()
    Image.new("RGBA", (600, 300), "#a8111a").save(drawn, "PNG")
    with_picture = render_handout(module(picture=lambda _: drawn.getvalue()), HANDOUT)
    assert len(PdfReader(io.BytesIO(with_picture)).pages[0].images) == 1
    broken = render_handout(module(picture=lambda _: b"none"), HANDOUT)
    assert "Đài xã" in text_of(broken)


def test_handout_lays_out_what_is_too_long_for_a_page() -> None:
    rows = "".join(f"<tr><td>Dòng {n}</td><td>{'chữ ' * 40}</td></tr>" for n in range(80))
    case = (
        "<blockquote class='case'>"
        + "<p>Một câu khá dài để lấp đầy trang giấy này.</p>" * 120
        + "</blockquote>"
    )
    pdf = render_handout(module(f"<table>{rows}</table>{case}<p>{'dài' * 400}</p>"), HANDOUT)
    assert "Dòng 79" in text_of(pdf)
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 6


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg (zbar-tools) is not here")
def test_the_printed_code_leads_back_to_the_unit(tmp_path: Path) -> None:
    (tmp_path / "t.pdf").write_bytes(render_handout(module(), HANDOUT))
    subprocess.run(["pdftoppm", "-r", "150", "-png", "t.pdf", "t"], cwd=tmp_path, check=True)
    picture = next(tmp_path.glob("t-*.png"))
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", str(picture)], check=True, capture_output=True, text=True
    )
    assert read.stdout.strip() == URL


def test_script_says_it_as_a_voice_does() -> None:
    text = text_of(render_script(module(), SCRIPT))
    assert text == (
        "T1 · Lời cho loa 1. Bài một Khoảng 1 phút · Bản 1 / nghỉ ngắn Mở đầu đậm. // "
        "Ưỡn ẹo, ỷ lại, ngữ nghĩa. // Một. // Hai nghiêng. // Bảng số. // "
        "Kinh tế số: ít nhất 30 phần trăm tổng sản phẩm trong nước. // Ví dụ. // Xã A <mẫu>. // "
        "Lưu ý một điều. // Đài xã. // Chữ rời. // Hết Lan Tỏa · T1. Mô-đun thử Trang 1/1"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Nghị quyết 57-NQ/TW ngày 22/12/2024", "Nghị quyết 57 ngày 22 tháng 12 năm 2024"),
        ("Quyết định 1169/QĐ-TTg", "Quyết định 1169"),
        ("Hạn 01/07/2025", "Hạn ngày 1 tháng 7 năm 2025"),
        ("tăng 16–18% mỗi năm", "tăng 16 đến 18 phần trăm mỗi năm"),
        ("nhân tố tổng hợp (TFP) tăng", "nhân tố tổng hợp tăng"),
        ("UBND xã dùng AI", "Ủy ban nhân dân xã dùng trí tuệ nhân tạo"),
        ("Sở KH&CN và R&D", "Sở khoa học và công nghệ và nghiên cứu và phát triển"),
        ("mức này (phải vượt), rồi", "mức này, phải vượt, rồi"),
        ("xem https://a.vn/b ngay", "xem ngay"),
        ("MAI và AID giữ nguyên", "MAI và AID giữ nguyên"),
    ],
)
def test_in_full(written: str, said: str) -> None:
    assert in_full(written, "vi") == said


def test_in_full_leaves_other_languages_their_words() -> None:
    assert in_full("AI reaches 30% (GDP)", "en") == "AI reaches 30% (GDP)"


def test_sentences_end_and_numbers_do_not_end_them() -> None:
    assert sentences_of("1. đột phá! Hai? ba") == ["1. đột phá!", "Hai?", "Ba."]


def test_long_paragraphs_become_short_ones_and_take_their_time() -> None:
    sentence = " ".join(["chữ"] * 20) + "."
    found = spoken((paragraph(f"{sentence} " * 5),), "vi")
    assert [len(paragraph.sentences) for paragraph in found] == [2, 2, 1]
    # 100 syllables at 150 a minute, two short pauses, three long ones
    assert sum(p.seconds for p in found) == pytest.approx(40 + 2 * 0.5 + 3 * 1.2)
    assert minutes_of(found) == 1
    assert minutes_of([Spoken((sentence,))] * 20) == 4


def paragraph(words: str) -> Paragraph:
    found = pieces_of(f"<p>{words}</p>", no_number)[0]
    assert isinstance(found, Paragraph)
    return found


def test_a_table_that_compares_names_its_columns() -> None:
    html = (
        "<table><tr><th>Việc</th><th>2030</th><th>2045</th></tr>"
        "<tr><td>Kinh tế số</td><td>30</td><td>50</td></tr><tr><td>Hạng</td><td>3</td><td>1</td></tr></table>"
    )
    found = [" ".join(p.sentences) for p in spoken(tuple(pieces_of(html, no_number)), "vi")]
    assert found == ["Kinh tế số. 2030: 30. 2045: 50.", "Hạng. 2030: 3. 2045: 1."]


def test_a_table_with_groups_says_each_group_once() -> None:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>" for a, b, c in GROUPED)
    found = [
        " ".join(p.sentences) for p in spoken(tuple(pieces_of(f"<table>{rows}</table>", no_number)), "vi")
    ]
    assert found == ["A.", "B: x.", "C: y.", "D.", "E: z."]


@pytest.fixture
def c1(db: None) -> Module:
    return import_module(django_settings.CONTENT_DIR / "c1", by=SYSTEM).module


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.slow
@pytest.mark.django_db
def test_real_content_prints_in_both_languages_without_a_lost_letter(c1: Module) -> None:
    version = c1.published
    assert version is not None
    assert languages_of(version) == ["vi", "en"]
    for language in ("vi", "en"):
        for kind in ("handout", "script"):
            text = text_of(print_file(c1, version, kind, language))
            assert "□" not in text
            assert "None" not in text
    handout = text_of(print_file(c1, version, "handout", "vi"))
    assert "ít nhất 30% GDP" in handout
    assert "dòng 16" in handout


@pytest.mark.django_db
def test_files_are_kept_by_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_courses.module(tmp_path)
    version = made.published
    assert version is not None
    first = print_file(made, version, "handout", "vi")

    def never(*_: object) -> bytes:
        raise AssertionError("drawn again")

    monkeypatch.setattr("courses.web.print_pack._draw", never)
    assert print_file(made, version, "handout", "vi") == first
    with pytest.raises(AssertionError):
        print_file(made, version, "script", "vi")


@pytest.mark.django_db
def test_learners_print_what_is_published_and_nothing_else(tmp_path: Path) -> None:
    made, learner = make_courses.module(tmp_path), make.person()
    make_courses.enrolment(learner, make_courses.programme(made))
    client = signed_in(learner)
    page = client.get(reverse("courses:print_pack", args=["T1"])).content.decode()
    url = reverse("courses:print_pdf", args=["T1", "handout", "vi"])
    assert f'href="{url}"' in page
    reply = client.get(url)
    assert (reply["Content-Type"], reply.content[:5]) == ("application/pdf", b"%PDF-")
    statuses = [
        client.get(reverse("courses:print_pdf", args=["T1", kind, language])).status_code
        for kind, language in (("handout", "de"), ("poster", "vi"), ("script", "xx"))
    ]
    assert statuses == [404, 404, 404]
    assert client.get(reverse("courses:draft_pdf", args=["T1", "handout", "vi"])).status_code == 403
    stranger = signed_in(make.person())
    assert stranger.get(url).status_code == 403


@pytest.mark.django_db
def test_authors_print_the_draft(tmp_path: Path) -> None:
    made, trainer = make_courses.module(tmp_path), make.person()
    make.grant(trainer, Role.TRAINER)
    client = signed_in(trainer)
    page = client.get(reverse("courses:draft_pack", args=[made.code])).content.decode()
    assert reverse("courses:draft_pdf", args=[made.code, "script", "vi"]) in page
    reply = client.get(reverse("courses:draft_pdf", args=[made.code, "script", "vi"]))
    assert reply.content[:5] == b"%PDF-"
