"""A set of libraries is one script and one style sheet, made once."""

import gzip
from typing import Any

import brotli
import pytest
from django.core.files.storage import default_storage

from courses.h5p.models import Package
from courses.h5p.player import bundles
from courses.h5p.player.bundles import bundle_name, bundle_of
from courses.h5p.player.core import core_bundle
from courses.h5p.queries.libraries import facts_of
from tests import make_h5p_here
from tests.make_frames import PlayerHost
from tests.make_h5p import BASE, CARD
from tests.make_h5p_play import playable


def facts(package: Package) -> list[Any]:
    return [facts_of(load.library) for load in package.loads.order_by("position")]


def kept(key: str, kind: str, encoding: str = "") -> bytes:
    with default_storage.open(bundle_name(key, kind, encoding)) as file:
        content: bytes = file.read()
    return content


def test_scripts_follow_each_other_in_load_order(package: Package) -> None:
    libraries = facts(package)
    script = kept(bundle_of(libraries).key, "js").decode()
    assert [f.name.machine_name for f in libraries].index("LanToa.Base") < [
        f.name.machine_name for f in libraries
    ].index("LanToa.Card")
    assert script.index("LanToa.Base = function") < script.index("LanToa.Card = (function")
    assert script.startswith(";")


@pytest.mark.django_db
def test_no_script_swallows_or_binds_the_next() -> None:
    files = {
        f"{BASE}/js/main.js": b"'use strict'; window.first = function () { return this } // no end of line",
        f"{CARD}/js/main.js": "\ufeff(window.second = 1)".encode(),
    }
    script = kept(bundle_of(facts(make_h5p_here.package(content=playable(files=files)))).key, "js").decode()
    assert "// no end of line\n;\n" in script
    assert "\ufeff" not in script
    assert not script.lstrip().startswith("'use strict'")


def test_styles_point_at_their_library(package: Package) -> None:
    libraries = facts(package)
    card = next(f for f in libraries if f.name.machine_name == "LanToa.Card")
    styles = kept(bundle_of(libraries).key, "css").decode()
    assert f'url("/h5p/l/LanToa.Card-1.2/3-{card.sha256[:12]}/images/icon.svg")' in styles


def test_it_is_made_once_and_again_when_it_is_gone(package: Package, monkeypatch: Any) -> None:
    libraries = facts(package)
    key = bundle_of(libraries).key
    made: list[str] = []
    original = bundles.keep_bundle

    def watched(key: str, **texts: str) -> None:
        made.append(key)
        original(key, **texts)

    monkeypatch.setattr(bundles, "keep_bundle", watched)
    assert bundle_of(libraries).key == key
    assert made == []
    default_storage.delete(bundle_name(key, "css", "gzip"))
    assert bundle_of(libraries).key == key
    assert made == [key]


def test_other_libraries_have_another_address(package: Package) -> None:
    assert bundle_of(facts(package)).key != bundle_of(facts(package)[:1]).key


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("", "")],
)
def test_browsers_get_the_best_form_they_take(package: Package, accepted: str, encoding: str) -> None:
    bundle = bundle_of(facts(package))
    response = PlayerHost().get(bundle.script, headers={"Accept-Encoding": accepted})
    content = response.getvalue()
    assert response.headers.get("Content-Encoding", "") == encoding
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Type"].startswith("text/javascript")
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
    assert unpack(content) == kept(bundle.key, "js")


@pytest.mark.django_db
def test_the_core_is_one_bundle_without_fonts_that_are_not_here() -> None:
    key = core_bundle().key
    styles = kept(key, "css").decode()
    assert "fonts/inter/" not in styles
    assert "fonts/h5p-core-30.woff2" in styles
    script = kept(key, "js").decode()
    assert script.index("emptyStore") < script.index("jQuery") < script.index("externalDispatcher.on(")
