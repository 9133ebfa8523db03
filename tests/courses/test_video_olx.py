"""A video of another platform goes back to OLX with everything it came with."""

import json

import pytest
from lxml import etree

from courses.xblocks.keys import scope_ids
from courses.xblocks.runtime import authored_to_olx, parse_block

KEY = "block-v1:LanToa+V+2026+type@video+block@v"
OPEN_EDX = (
    '<video url_name="v" display_name="Phim" youtube="1.00:abcdefghijk" download_video="true" '
    'html5_sources="[&quot;https://cdn.example.org/a.mp4&quot;, &quot;/static/b.mp4&quot;]" sub="abc">'
    '<source src="https://cdn.example.org/a.mp4"/><handout src="/static/h.pdf"/>'
    '<track src="/static/vi.srt" language="vi"/><transcript language="vi" src="vi.srt"/>'
    '<video_asset client_video_id="x" duration="3.5"><encoded_video profile="p" url="https://e.example/p"/>'
    "</video_asset></video>"
)


def there_and_back(olx: str) -> str:
    keys = scope_ids(None, KEY)
    return authored_to_olx(KEY, parse_block(olx, keys))


def same(first: str, second: str) -> bool:
    return bool(etree.canonicalize(first) == etree.canonicalize(second))


@pytest.mark.parametrize(
    "olx",
    [
        OPEN_EDX,
        '<video url_name="v" kind="video"><source src="https://youtu.be/abcdefghijk"/></video>',
        '<video url_name="v" kind="audio" data-x="1"><source src="/static/a.mp3" type="audio/mpeg" lang="vi" '
        'duration="61.5"/><transcript language="vi" src="/static/a.vtt"/></video>',
        '<video url_name="v" kind="video"/>',
    ],
)
def test_nothing_is_lost_on_the_way_there_and_back(olx: str) -> None:
    assert same(there_and_back(olx), olx)


def test_changed_recordings_are_written_and_the_rest_stays() -> None:
    values = dict(parse_block(OPEN_EDX, scope_ids(None, KEY)))
    values["sources"] = json.dumps([["/static/new.mp4", "video/mp4", "vi", "12"]])
    node = etree.fromstring(authored_to_olx(KEY, values))

    own = [source.attrib for source in node.iterchildren("source") if source.get("src") == "/static/new.mp4"]
    assert [dict(attributes) for attributes in own] == [
        {"src": "/static/new.mp4", "type": "video/mp4", "lang": "vi", "duration": "12"}
    ]
    assert node.get("youtube") == "1.00:abcdefghijk"
    assert node.find("source[@src='https://cdn.example.org/a.mp4']") is not None
    assert node.find("video_asset/encoded_video") is not None
