"""The certificate is read back the way others read it: as text, as a picture and through its QR code."""

import io
import os
import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.lib.units import mm

from certificates.pdf import CertificateFacts, body, render_certificate, unprintable_characters, wording
from certificates.pdf.foot import SIGNATURE_BOX
from certificates.pdf.lettering import LEADING, fit
from certificates.pdf.ornaments import HEIGHT, INSIDE, WIDTH
from lms.shared.pdf import qr
from lms.shared.pdf.typefaces import ITALIC, SANS, SEMIBOLD, SERIF, SERIF_ITALIC, printable, width

FACTS = CertificateFacts(
    holder_name="Nguyễn Thị Hường Ngọc Ước",
    organisation="Trung tâm Truyền thông, Sở Văn hóa, Thể thao và Du lịch tỉnh Đắk Lắk",
    track_title_vi="Thông tin cơ sở: kỹ năng truyền thông số, mức chuyên sâu",
    track_title_en="Grassroots information: digital communication skills, in depth",
    programme_version="2026.1",
    hours=Decimal(40),
    number_of_modules=8,
    result_percent=Decimal("92.50"),
    issued_on=date(2026, 11, 21),
    expires_on=date(2030, 12, 31),
    serial="LT-2026-000042",
    code="7K4Q-9M2X-TR8D-Z",
    verify_url="HTTPS://LANTOA.EXAMPLE/V/7K4Q9M2XTR8DZ",
    place="Hà Nội",
    issuer_vi="Đơn vị đào tạo mẫu",
    issuer_en="Sample Training Unit",
    signer_title_vi="GIÁM ĐỐC",
    signer_title_en="Director",
    signer_name="",
    is_synthetic=False,
)
LINES = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập – Tự do – Hạnh phúc",
    "SOCIALIST REPUBLIC OF VIET NAM · Independence – Freedom – Happiness",
    "GIẤY CHỨNG NHẬN",
    "CERTIFICATE OF COMPLETION",
    "Đơn vị đào tạo mẫu",
    "Sample Training Unit",
    "chứng nhận Ông/Bà · certifies that",
    "Nguyễn Thị Hường Ngọc Ước",
    "Trung tâm Truyền thông, Sở Văn hóa, Thể thao và Du lịch tỉnh Đắk Lắk",
    "đã hoàn thành chương trình · has completed the programme",
    "Thông tin cơ sở: kỹ năng truyền thông số, mức chuyên sâu",
    "Grassroots information: digital communication skills, in depth",
    "Thời lượng 40 giờ · 8 mô-đun · Kết quả 92,5% · Phiên bản chương trình 2026.1",
    "40 hours · 8 modules · Result 92.5% · Programme version 2026.1",
    "Số hiệu · Serial no.",
    "LT-2026-000042",
    "Mã xác minh · Verification code",
    "7K4Q-9M2X-TR8D-Z",
    "Ngày cấp · Date of issue",
    "21/11/2026",
    "Có giá trị đến · Valid until",
    "31/12/2030",
    "Quét mã để xác minh · Scan to verify: lantoa.example/V/7K4Q9M2XTR8DZ",
    "Hà Nội, ngày 21 tháng 11 năm 2026",
    "GIÁM ĐỐC",
    "Director",
    "Chờ ký số · Signature pending",
    wording.LIMITS_VI,
    wording.LIMITS_EN,
]
# Texts nobody has, and the page must survive all the same.
LONGEST = replace(
    FACTS,
    holder_name="W" * 300,
    organisation="Ộ" * 300,
    track_title_vi="Ữ " * 150,
    track_title_en="W" * 300,
    issuer_vi="M" * 300,
    issuer_en="M" * 300,
    programme_version="9" * 200,
    place="Thành phố Hồ Chí Minh " * 4,
    signer_title_vi="PHÓ GIÁM ĐỐC PHỤ TRÁCH " * 5,
    signer_title_en="Deputy Director " * 10,
    signer_name="Nguyễn " * 30,
    is_synthetic=True,
)
LONG_NAME = ("Nguyễn Phước Bảo Quỳnh Hương Thảo " * 9)[:300].strip()
VIETNAMESE = [
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
]


def lines_by_pypdf(pdf: bytes) -> list[str]:
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def run(tool: str, package: str, *arguments: object, given: bytes = b"") -> str:
    """Run a reader of the operating system, which only continuous integration must have."""
    if shutil.which(tool) is None:
        missing = f"{tool} is missing: install the system package {package}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    done = subprocess.run([tool, *map(str, arguments)], input=given, capture_output=True, check=True)
    return done.stdout.decode()


def lines_by_poppler(pdf: bytes) -> list[str]:
    text = run("pdftotext", "poppler-utils", "-raw", "-", "-", given=pdf)
    return [line for line in text.replace("\f", "").splitlines() if line]


def words_by_poppler(pdf: bytes) -> list[tuple[str, float, float, float, float]]:
    """Each word with its left, top, right and bottom edge in points."""
    text = run("pdftotext", "poppler-utils", "-bbox", "-", "-", given=pdf)
    found = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', text)
    return [(word, float(x0), float(y0), float(x1), float(y1)) for x0, y0, x1, y1, word in found]


def qr_code_of(pdf: bytes, folder: Path) -> str:
    """What a scanner reads from the page printed at 150 dots per inch."""
    page = folder / "page"
    run("pdftoppm", "poppler-utils", "-r", 150, "-png", "-singlefile", "-", page, given=pdf)
    return run("zbarimg", "zbar-tools", "--quiet", "--raw", f"{page}.png").strip()


@pytest.mark.slow
def test_page_reads_as_expected() -> None:
    assert lines_by_pypdf(render_certificate(FACTS)) == LINES


@pytest.mark.slow
def test_page_reads_as_expected_in_another_reader() -> None:
    lines = lines_by_poppler(render_certificate(FACTS))

    lines[4] = lines[4].replace(" ", "")  # spaced letters: this reader takes them for words
    assert lines == [*LINES[:4], "CERTIFICATEOFCOMPLETION", *LINES[5:]]


def test_same_facts_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_certificate(FACTS)
    render_certificate(LONGEST)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    monkeypatch.setenv("TZ", "America/Lima")

    assert render_certificate(CertificateFacts.from_json(FACTS.to_json())) == first


@pytest.mark.slow
def test_decomposed_text_prints_whole_letters() -> None:
    decomposed = replace(FACTS, holder_name=unicodedata.normalize("NFD", FACTS.holder_name))

    assert decomposed == FACTS
    assert lines_by_pypdf(render_certificate(decomposed)) == LINES


@pytest.mark.slow
def test_certificate_without_expiry_says_so() -> None:
    lines = lines_by_pypdf(render_certificate(replace(FACTS, expires_on=None)))

    assert lines[22] == "Không thời hạn · No expiry"


@pytest.mark.slow
def test_named_signer_replaces_the_pending_mark() -> None:
    lines = lines_by_pypdf(render_certificate(replace(FACTS, signer_name="TS. Phạm Quỳnh Đỗ")))

    assert lines == [*LINES[:27], "TS. Phạm Quỳnh Đỗ", *LINES[28:]]


@pytest.mark.slow
def test_sample_certificate_says_so_on_its_face() -> None:
    lines = lines_by_pypdf(render_certificate(replace(FACTS, is_synthetic=True)))

    assert lines == [*LINES, "DỮ LIỆU MẪU · SAMPLE DATA"]


@pytest.mark.slow
def test_empty_texts_leave_no_line() -> None:
    short = replace(FACTS, organisation="", track_title_en="", issuer_en="", signer_title_en="")

    absent = {FACTS.organisation, FACTS.track_title_en, FACTS.issuer_en, FACTS.signer_title_en}
    assert lines_by_pypdf(render_certificate(short)) == [line for line in LINES if line not in absent]


@pytest.mark.slow
@pytest.mark.parametrize("url", [FACTS.verify_url, "https://lantoa.example/v/" + "a" * 150])
def test_qr_code_on_the_printed_page_is_the_address(url: str, tmp_path: Path) -> None:
    pdf = render_certificate(replace(FACTS, verify_url=url, is_synthetic=True))

    assert qr_code_of(pdf, tmp_path) == url


@pytest.mark.parametrize("length", [40, 100, 150, 200, 250])
def test_qr_squares_stay_large_enough_to_scan(length: int) -> None:
    rows = qr.squares("https://lantoa.example/v/".ljust(length, "a"))

    assert qr.LARGEST / (len(rows) + 2 * qr.QUIET_ZONE) >= 0.35 * mm


def test_upper_case_address_gets_larger_squares() -> None:
    assert len(qr.squares(FACTS.verify_url)) < len(qr.squares(FACTS.verify_url.lower()))


def test_qr_refuses_an_address_too_long_to_scan() -> None:
    with pytest.raises(qr.UrlTooLong):
        qr.squares("https://lantoa.example/" + "a" * 600)


@pytest.mark.slow
@pytest.mark.parametrize("facts", [replace(FACTS, holder_name=LONG_NAME), LONGEST])
def test_long_texts_stay_inside_the_frame(facts: CertificateFacts) -> None:
    words = words_by_poppler(render_certificate(facts))

    assert min(x0 for _, x0, _, _, _ in words) > INSIDE
    assert min(y0 for _, _, y0, _, _ in words) > INSIDE
    assert max(x1 for _, _, _, x1, _ in words) < WIDTH - INSIDE
    assert max(y1 for _, _, _, _, y1 in words) < HEIGHT - INSIDE


@pytest.mark.slow
def test_name_of_300_characters_is_printed_whole() -> None:
    lines = lines_by_pypdf(render_certificate(replace(FACTS, holder_name=LONG_NAME)))

    name = lines[8 : lines.index(FACTS.organisation)]
    assert (" ".join(name), len(name)) == (LONG_NAME, 3)


@pytest.mark.parametrize("facts", [FACTS, LONGEST])
def test_blocks_never_need_more_height_than_there_is(facts: CertificateFacts) -> None:
    needed = sum(block.height for block in body.blocks(facts))

    assert needed <= body.TOP - body.BOTTOM


@settings(deadline=None)  # the first example loads the fonts
@given(st.text("aÂ Wữ-", min_size=1, max_size=400), st.sampled_from([SANS, SERIF]))
def test_fit_loses_no_character_and_leaves_the_room(text: str, font: str) -> None:
    text = " ".join(text.split())

    fitted = fit(text, font, room=(200, 40), sizes=(20, 12, 10))

    assert "".join(fitted.lines).replace(" ", "") == text.replace(" ", "")
    assert max(width(line, font, fitted.size) for line in fitted.lines) <= 200.001
    assert len(fitted.lines) * fitted.size * LEADING <= 40


def test_fonts_are_embedded() -> None:
    page = PdfReader(io.BytesIO(render_certificate(FACTS))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]

    embedded = {font["/BaseFont"]: "/FontFile2" in font["/FontDescriptor"] for font in fonts}
    assert embedded == {f"/AAAAAA+{name}": True for name in (SANS, SEMIBOLD, ITALIC, SERIF, SERIF_ITALIC)}


@pytest.mark.parametrize("facts", [FACTS, LONGEST])
def test_file_is_one_page_of_at_most_130_kilobytes(facts: CertificateFacts) -> None:
    pdf = render_certificate(facts)

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert len(pdf) <= 130_000


def test_file_properties_come_from_the_facts() -> None:
    properties = PdfReader(io.BytesIO(render_certificate(FACTS))).metadata

    assert properties is not None
    assert (properties.title, properties.author) == ("Giấy chứng nhận LT-2026-000042", FACTS.issuer_vi)
    assert str(properties["/CreationDate"]) == "D:20261121000000+07'00'"


@pytest.mark.parametrize("font", [SANS, SEMIBOLD, ITALIC, SERIF, SERIF_ITALIC])
def test_every_font_has_the_letters_of_viet_nam(font: str) -> None:
    # The second half: Ê Đê, Gia Rai and Ba Na.
    letters = "".join([*VIETNAMESE, "đĐ", "ĕŏŭĭčñƀĔŎŬĬČÑɃ", "\u0306’–“”"])

    assert printable(letters, font) == letters


@pytest.mark.slow
def test_letters_without_a_code_point_are_printed_and_can_be_copied() -> None:
    name = "Y Bhơ̆ŏ Niê, H’Ê̆ban Ƀuôn"

    assert lines_by_poppler(render_certificate(replace(FACTS, holder_name=name)))[8] == name


@pytest.mark.slow
def test_foreign_script_prints_as_boxes_and_is_reported() -> None:
    facts = replace(FACTS, holder_name="Иван Nguyễn 阮", organisation="Báo Ив")

    lines = lines_by_pypdf(render_certificate(facts))

    assert lines[8:10] == ["□□□□ Nguyễn □", "Báo □□"]
    assert unprintable_characters(facts) == "Иван阮"
    assert unprintable_characters(FACTS) == ""


@settings(deadline=None)
@given(
    hours=st.decimals(min_value=0, max_value=999, places=2),
    percent=st.decimals(min_value=0, max_value=100, places=3),
    issued_on=st.dates(),
    expires_on=st.none() | st.dates(),
    name=st.text(max_size=50),
    is_synthetic=st.booleans(),
)
def test_facts_survive_storage(
    hours: Decimal,
    percent: Decimal,
    issued_on: date,
    expires_on: date | None,
    name: str,
    is_synthetic: bool,
) -> None:
    facts = replace(
        FACTS,
        hours=hours,
        result_percent=percent,
        issued_on=issued_on,
        expires_on=expires_on,
        holder_name=name,
        is_synthetic=is_synthetic,
    )

    restored = CertificateFacts.from_json(facts.to_json())

    # Equal decimals may differ in their zeros, so the text is compared as well.
    assert (restored, restored.to_json()) == (facts, facts.to_json())
    assert CertificateFacts.from_plain(facts.to_plain()) == facts


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 21), "ngày 21 tháng 11 năm 2026"),
        (date(2027, 2, 5), "ngày 05 tháng 02 năm 2027"),
        (date(2027, 3, 10), "ngày 10 tháng 3 năm 2027"),
    ],
)
def test_long_date_is_written_as_in_official_papers(day: date, written: str) -> None:
    assert wording.long_date(day) == written


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [("100", "100", "100"), ("69.96", "69,96", "69.96"), ("70.0", "70", "70"), ("1E+2", "100", "100")],
)
def test_numbers_are_never_rounded(value: str, vi: str, en: str) -> None:
    assert (wording.number_vi(Decimal(value)), wording.number_en(Decimal(value))) == (vi, en)


def test_one_hour_and_one_module_are_singular() -> None:
    facts = replace(FACTS, hours=Decimal("1.0"), number_of_modules=1)

    assert wording.achievement_en(facts) == (
        "1 hour  ·  1 module  ·  Result 92.5%  ·  Programme version 2026.1"
    )


def test_signature_box_lies_inside_the_frame() -> None:
    left, bottom, right, top = SIGNATURE_BOX

    assert INSIDE < left < right < WIDTH - INSIDE
    assert INSIDE < bottom < top < body.BOTTOM
