"""What a unit costs: minutes, megabytes, effort of reading, statements without a source."""

import pytest

from courses.olx.cost import Cited, cited_in, cost_of, reading_of, without_source, words_of
from courses.olx.outline import AssetRef, BlockRef, Outline, Unit

KEY = "block-v1:LanToa+T1+2026+type@{}+block@{}"
CITE = '<sup class="cite" data-source="S3" data-lines="8-12"></sup>'


def unit(*types: str) -> Unit:
    blocks = tuple(BlockRef(KEY.format(kind, f"u1-{kind}"), kind, {}) for kind in types)
    return Unit("u1", {"vi": "Bài"}, blocks, minutes=10)


def outline(**assets: int) -> Outline:
    files = {path.replace("_", "."): AssetRef("0" * 64, size, "audio/mpeg") for path, size in assets.items()}
    return Outline("course-v1:LanToa+T1+2026", {}, (), assets=files)


def text(html: str) -> dict[str, str]:
    return {KEY.format("text", "u1-text"): f'<text><body lang="vi"><![CDATA[{html}]]></body></text>'}


def test_cost_of_counts_vietnamese_syllables() -> None:
    assert words_of("<p>Xã có 3 loa, phát 63,4% số thôn.</p><p>Hết.</p>") == [
        *("Xã", "có", "3", "loa", "phát", "63,4%", "số", "thôn", "Hết")
    ]
    found = cost_of(unit("text"), outline(), text(f"<p>{'lời ' * 900}</p>"), {}, "vi")
    assert (found.words, found.minutes, found.planned_minutes) == (900, 5, 10)


def test_an_exercise_takes_its_time() -> None:
    assert cost_of(unit("h5p"), outline(), {}, {}, "vi").minutes == 2


def test_cost_of_takes_the_longer_of_reading_and_hearing_and_adds_questions() -> None:
    audio = '<video kind="audio"><source src="/static/a.mp3" lang="vi"/></video>'
    quiz = '<quiz kind="practice"><question name="a"/><question name="b"/><question/><question/></quiz>'
    bodies = text(f"<p>{'lời ' * 200}</p>") | {
        KEY.format("video", "u1-video"): audio,
        KEY.format("quiz", "u1-quiz"): quiz,
    }
    spoken = {KEY.format("video", "u1-video"): 372.0}
    found = cost_of(unit("text", "video", "quiz"), outline(a_mp3=3_100_000), bodies, spoken, "vi")
    assert found.minutes == 10  # 6.2 heard, 3 answered, rounded up
    assert found.media_seconds == 372
    assert found.sizes["audio"] == 3_100_000
    assert not found.is_too_heavy


def test_cost_of_believes_a_stated_duration_more_than_captions() -> None:
    audio = '<video kind="audio"><source src="/static/a.mp3" lang="vi" duration="60"/></video>'
    key = KEY.format("video", "u1-video")
    assert cost_of(unit("video"), outline(a_mp3=1), {key: audio}, {key: 999.0}, "vi").media_seconds == 60


def test_cost_of_a_unit_that_is_too_long_and_too_heavy() -> None:
    video = '<video kind="video"><source src="/static/a.mp3" lang="vi"/></video>'
    key = KEY.format("video", "u1-video")
    found = cost_of(unit("video"), outline(a_mp3=61_000_000), {key: video}, {key: 1000.0}, "vi")
    assert found.is_too_long
    assert found.is_too_heavy


@pytest.mark.parametrize(
    ("html", "level"),
    [
        ("<p>Loa nói một việc. Người nghe nhớ một việc.</p>", "easy"),
        (f"<p>{'lời ' * 20}. {'Lời ' * 20}.</p>", "medium"),
        (f"<p>{'lời ' * 40}.</p>", "hard"),
    ],
)
def test_reading_level_follows_the_length_of_sentences(html: str, level: str) -> None:
    assert reading_of(html).level == level


def test_reading_leaves_headings_out_and_keeps_dates_whole() -> None:
    found = reading_of(
        "<h3>Một tiêu đề dài không tính</h3><p>Họp ngày 22.12.2024 tại xã. Loa phát hai lần.</p>"
    )
    assert (found.sentences, found.mean) == (2, 4.5)


def test_cited_in_names_each_place_once() -> None:
    assert cited_in(f"<p>A{CITE}</p><p>B{CITE}</p>") == (Cited("S3", "8-12", 2),)


def test_without_source_finds_figures_and_documents_only() -> None:
    html = (
        f"<p>Có 34 tỉnh.</p><p>Có 34 tỉnh{CITE}.</p><p>Người nghe đang nấu cơm.</p>"
        '<p class="note">Năm 2026.</p><div class="case"><p>Xã có 3 loa.</p></div>'
        f"<ul><li>Nghị quyết ấy nói gì</li></ul><table><tr><td>Một</td><td>2030{CITE}</td></tr></table>"
    )
    assert without_source(html) == ["Có 34 tỉnh.", "Nghị quyết ấy nói gì"]


def test_cost_of_a_unit_without_counted_blocks_is_nothing() -> None:
    found = cost_of(unit("poll"), outline(), {}, {}, "vi")
    assert (found.minutes, found.words, found.sizes, found.reading.level) == (0, 0, {}, "easy")
