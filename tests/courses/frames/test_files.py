"""Files of packages and modules on the player host."""

import pytest

from courses.models import (
    Module,
)
from courses.xblocks import registry
from tests.make_frames import PlayerHost

pytest.importorskip("poll")
pytestmark = pytest.mark.django_db


def test_files_of_a_package_stay_for_ever(player: PlayerHost) -> None:
    version = registry.package_version("poll")
    found = player.get(f"/b/poll/{version}/public/js/vendor/handlebars.js")

    assert found.status_code == 200
    assert "immutable" in found["Cache-Control"]
    assert found["Access-Control-Allow-Origin"] == "*"
    for other in (
        "/b/poll/0.0.1/public/js/vendor/handlebars.js",
        f"/b/poll/{version}/poll.py",
        f"/b/poll/{version}/public/../poll.py",
        "/b/text/0/public/x.js",
        "/b/none/1/public/x.js",
    ):
        assert player.get(other).status_code == 404


def test_files_of_the_module_need_their_whole_hash(module: Module, player: PlayerHost) -> None:
    from courses.models import Asset

    digest = Asset.objects.get(path="so-do.png").sha256

    whole = player.get(f"/a/{digest}/so-do.png")
    assert b"".join(whole.streaming_content) == b"\x89PNG"  # type: ignore[attr-defined]
    assert player.get(f"/a/{digest[:16]}/so-do.png").status_code == 404
    assert player.get(f"/a/{'0' * 64}/so-do.png").status_code == 404
