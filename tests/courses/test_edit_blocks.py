"""Recordings, files and sessions: OLX apart and together again."""

from datetime import UTC, datetime

from lxml import etree

from courses.olx.edit_file import FileDraft, read_file, write_file
from courses.olx.edit_media import MediaDraft, lacks_ai_label, read_media, write_media
from courses.olx.edit_session import (
    SessionDraft,
    calendar_entry,
    moment,
    read_session,
    write_session,
)

NINE = datetime.fromisoformat("2026-12-01T09:00")  # Viet Nam's clock, as blocks keep it
VIDEO = (
    '<video url_name="v" kind="audio" display_name="Nghe" synthetic_voice="true" data-x="1">'
    '<source src="/static/a.mp3" type="audio/mpeg" lang="vi"/><source src="/static/a.ogg" lang="vi"/>'
    '<transcript language="vi" src="/static/a.vtt"/></video>'
)


def test_media_of_the_same_draft_is_the_same_block() -> None:
    assert write_media(VIDEO, read_media(VIDEO)) == VIDEO


def test_write_media_changes_files_captions_and_label() -> None:
    draft = MediaDraft(
        title={"vi": "Nghe", "en": "Listen"},
        kind="audio",
        files={"vi": "/static/b.m4a", "en": "https://example.vn/b.mp3"},
        captions={"en": "/static/b.en.vtt"},
        seconds={"vi": 61},
        ai_content="assisted",
        ai_tool="Máy đọc",
    )
    written = write_media(VIDEO, draft)
    assert read_media(written) == draft
    root = etree.fromstring(written)
    # the .ogg was the old recording in another format
    assert [s.get("src") for s in root.findall("source")] == ["/static/b.m4a", "https://example.vn/b.mp3"]
    assert root.find("source").get("type") == "audio/mp4"  # type: ignore[union-attr]
    assert root.get("data-x") == "1"
    assert "synthetic_voice" not in root.attrib


def test_ai_label_is_missing_only_where_there_is_a_recording() -> None:
    def lacks(olx: str) -> bool:
        return lacks_ai_label(etree.fromstring(olx))

    assert lacks('<video><source src="/static/a.mp3"/></video>')
    assert lacks('<video ai_content="perhaps"><source src="/static/a.mp3"/></video>')
    assert not lacks('<video ai_content="none"><source src="/static/a.mp3"/></video>')
    assert not lacks(VIDEO)
    assert not lacks('<video kind="video"/>')
    assert not lacks("<text/>")


def test_file_goes_apart_and_together() -> None:
    draft = FileDraft({"vi": "Mẫu"}, "/static/m.pdf", "cc-by", "Sở VHTT", "none", "")
    written = write_file('<file url_name="f" x="1"/>', draft)
    assert read_file(written) == draft
    assert 'x="1"' in written
    assert write_file(written, draft) == written


def test_session_goes_apart_and_together() -> None:
    draft = SessionDraft({"vi": "Hỏi đáp"}, NINE, 90, "https://hop.vn/1", "", {"vi": "Mở liên kết."})
    written = write_session('<session url_name="s"/>', draft)
    assert read_session(written) == draft
    assert write_session(written, draft) == written


def test_session_that_cannot_be_read_is_empty() -> None:
    found = read_session('<session starts_at="mai" minutes="-4" url="javascript:alert(1)"/>')
    assert (found.starts_at, found.minutes, found.url) == (None, 60, "")
    assert moment("2026-12-01T02:00+00:00") == NINE


def test_calendar_entry_says_the_time_in_utc_and_folds_long_lines() -> None:
    text = calendar_entry(
        uid="block-v1:x",
        title="Hỏi đáp; trực tuyến, " + "dài " * 30,
        starts_at=NINE,
        length=90,
        url="https://hop.vn/1",
        words="Dòng một\nDòng hai",
        now=datetime(2026, 11, 22, tzinfo=UTC),
    )
    assert "DTSTART:20261201T020000Z\r\nDTEND:20261201T033000Z\r\n" in text
    assert "Hỏi đáp\\; trực tuyến\\, " in text.replace("\r\n ", "")
    assert "DESCRIPTION:Dòng một\\nDòng hai" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
