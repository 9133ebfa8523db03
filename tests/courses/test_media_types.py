"""Files as they come: what they are by content, what is refused, what is taken out of them."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from PIL import Image

from courses.media_files.boxes import blank_private_boxes
from courses.media_files.pictures import bands, distance, examine
from courses.media_files.private import without_private_data
from courses.media_files.problems import NotAccepted
from courses.media_files.sound import seconds_of
from courses.media_files.types import looks_acceptable, media_type_of
from tests import make_media

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'


def archive(*names: str, **contents: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name in names:
            written.writestr(name, "x")
        for name, text in contents.items():
            written.writestr(name, text)
    return file.getvalue()


def ogg(codec: bytes) -> bytes:
    return b"OggS" + b"\0" * 24 + codec + b"\0" * 30


@pytest.mark.parametrize(
    ("content", "kind", "suffix"),
    [
        (make_media.png(), "image", ".png"),
        (make_media.jpeg(), "image", ".jpg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image", ".webp"),
        (SVG.format("", "").encode(), "image", ".svg"),
        (b'<?xml version="1.0"?>\n<!-- a --><svg/>', "image", ".svg"),
        (make_media.mp3(), "audio", ".mp3"),
        (b"ID3\x04" + make_media.mp3(), "audio", ".mp3"),
        (make_media.mp4(video=False), "audio", ".m4a"),
        (ogg(b"OpusHead"), "audio", ".ogg"),
        (make_media.mp4(), "video", ".mp4"),
        (b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86\x81\x01B\x82\x84webm", "video", ".webm"),
        (b"\xef\xbb\xbfWEBVTT\n\n00:00.000 --> 00:01.000\nCh\xc3\xa0o", "captions", ".vtt"),
        ("Kịch bản loa".encode(), "document", ".txt"),
        (b"%PDF-1.7\n", "document", ".pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), "document", ".docx"),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), "document", ".odt"),
    ],
)
def test_media_type_of(content: bytes, kind: str, suffix: str) -> None:
    found = media_type_of(BytesIO(content))
    assert (found.kind, found.suffix) == (kind, suffix)
    assert looks_acceptable(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"MZ\x90\x00\x03\x00", "type-not-taken"),
        (b"\x7fELF\x02\x01", "type-not-taken"),
        (b"<!DOCTYPE html><title>x</title>", "type-not-taken"),
        (b"<html/>", "type-not-taken"),
        (b"\xff\xfb\x90\x00", "type-not-taken"),
        (ogg(b"\x80theora"), "type-not-taken"),
        (b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x82\x88matroska", "type-not-taken"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "picture-type"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", "type-not-taken"),
        (archive("a.txt"), "type-not-taken"),
        (archive("word/document.xml", "word/vbaProject.bin"), "macros"),
        (b"PK\x03\x04broken", "broken-file"),
        ("a\x00b".encode("utf-16"), "type-not-taken"),
    ],
)
def test_media_type_of_refuses(content: bytes, code: str) -> None:
    with pytest.raises(NotAccepted) as problem:
        media_type_of(BytesIO(content))
    assert problem.value.code == code


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        ('onload="x()"', ""),
        ("", "<script>x()</script>"),
        ("", "<foreignObject><p>x</p></foreignObject>"),
        ("", '<a xlink:href="javascript:x()"><text>a</text></a>'),
        ("", '<a href=" java&#10;script:x()"><text>a</text></a>'),
        ("", '<image href="https://example.org/x.png"/>'),
        ("", '<image href="data:image/svg+xml;base64,AAAA"/>'),
        ("", '<use href="other.svg#a"/>'),
        ("", "<style>@import 'https://example.org/x.css';</style>"),
        ("", "<style>rect { fill: url(https://example.org/x) }</style>"),
        ("", '<rect fill="url(//example.org/x)"/>'),
        ("", '<set attributeName="onclick" to="x()"/>'),
        ("", '<animate attributeName="href" values="javascript:x()"/>'),
        ("", '<?xml-stylesheet href="x.css"?>'),
    ],
)
def test_drawing_that_runs_or_calls_home_is_refused(attributes: str, inside: str) -> None:
    with pytest.raises(NotAccepted) as problem:
        examine(SVG.format(attributes, inside).encode(), "image/svg+xml")
    assert problem.value.code == "unsafe-drawing"


def test_drawing_with_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
    with pytest.raises(NotAccepted):
        examine(bomb, "image/svg+xml")


def test_drawing_that_only_draws_is_measured() -> None:
    inside = '<defs><linearGradient id="g"/></defs><rect fill="url(#g)"/><use href="#g"/>'
    picture = examine(SVG.format('viewBox="0 0 48 24"', inside).encode(), "image/svg+xml")
    assert (picture.width, picture.height, picture.look) == (48, 24, "")


def test_picture_with_too_many_pixels_is_not_opened() -> None:
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    content = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    content += struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    with pytest.raises(NotAccepted) as problem:
        examine(content, "image/png")
    assert problem.value.code == "too-many-pixels"


@pytest.mark.parametrize("cut", [20, 60, 100])
def test_picture_that_is_cut_off_is_refused(cut: int) -> None:
    for content, media_type in ((make_media.png(), "image/png"), (make_media.jpeg(), "image/jpeg")):
        with pytest.raises(NotAccepted) as problem:
            examine(without_private_data(content[:cut], media_type), media_type)
        assert problem.value.code == "broken-file"


def photograph(**tags: object) -> bytes:
    image = make_media.drawing(3, (80, 40))
    exif = image.getexif()
    exif[0x010F], exif[0x0112] = "Máy của chị Lò", 6
    exif.get_ifd(0x8825)[2] = (21.0, 19.0, 0.0)
    return make_media.jpeg(3, (80, 40), exif=exif, comment=b"bi mat")


def test_photograph_loses_place_and_owner_but_not_a_pixel_nor_its_upright() -> None:
    content = photograph()
    kept = without_private_data(content, "image/jpeg")
    assert b"bi mat" not in kept
    before, after = Image.open(BytesIO(content)), Image.open(BytesIO(kept))
    assert dict(after.getexif()) == {0x0112: 6}
    assert before.tobytes() == after.tobytes()
    assert without_private_data(kept, "image/jpeg") == kept
    picture = examine(kept, "image/jpeg")
    assert (picture.width, picture.height) == (40, 80)


def test_photograph_loses_what_hangs_behind_its_end() -> None:
    content = make_media.jpeg(4)
    assert without_private_data(content + b"ftypmp42 a film", "image/jpeg") == content


def test_png_and_webp_lose_texts_and_exif_but_not_a_pixel() -> None:
    image = make_media.drawing(5)
    exif = image.getexif()
    exif[0x010F] = "Máy"
    for format, media_type, options in (
        ("PNG", "image/png", {"exif": exif}),
        ("WEBP", "image/webp", {"exif": exif.tobytes(), "lossless": True}),
    ):
        file = BytesIO()
        image.save(file, format, **options)
        kept = without_private_data(file.getvalue(), media_type)
        assert len(kept) < len(file.getvalue())
        opened = Image.open(BytesIO(kept))
        assert dict(opened.getexif()) == {}
        assert opened.convert("RGB").tobytes() == image.tobytes()


def test_film_loses_its_place_and_keeps_its_length() -> None:
    content = make_media.mp4(udta=b"\xa9xyz+21.0285+105.8542/")
    file = BytesIO(content)
    assert blank_private_boxes(file) == 1
    assert b"+21.0285" not in file.getvalue()
    assert len(file.getvalue()) == len(content)
    assert media_type_of(file).name == "video/mp4"


def test_boxes_that_name_themselves_for_ever_end() -> None:
    endless = make_media.box(b"moov", b"\0\0\0\x08trak" * 5_000)
    assert blank_private_boxes(BytesIO(endless)) == 0
    assert blank_private_boxes(BytesIO(b"\0\0\0\x00udta" + b"x" * 50)) == 1


def test_seconds_of_a_recording() -> None:
    assert seconds_of(BytesIO(make_media.mp3(383)), "audio/mpeg") == 10.0
    assert seconds_of(BytesIO(b"ID3\x04\0\0\0\0\0\0nonsense"), "audio/mpeg") is None
    assert seconds_of(BytesIO(b"x"), "video/webm") is None


def test_near_looks_share_a_band() -> None:
    look = examine(make_media.png(9), "image/png").look
    for bits in (1 << 0 | 1 << 127, sum(1 << 17 * n for n in range(7))):
        other = f"{int(look, 16) ^ bits:032x}"
        assert distance(look, other) == bits.bit_count()
        assert set(bands(look)) & set(bands(other))
    assert len(set(bands(look))) == 8
