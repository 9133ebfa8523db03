"""Files on the player host: whole or in part, for pages without an origin, and nothing beside them."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from courses.h5p.models import Package, Preview
from courses.h5p.player import core
from courses.h5p.player.addresses import content_base, library_base
from courses.h5p.queries.libraries import facts_of
from lms.people.models import Person
from lms.shared import clock
from tests.make_frames import PlayerHost
from tests.make_h5p import png
from tests.make_h5p_launch import PLACE

PICTURE = "images/h%C3%ACnh-m%E1%BB%99t.png"


def get(path: str, **headers: str) -> Any:
    return PlayerHost().get(path, headers=headers)


def test_a_picture_of_a_package(package: Package) -> None:
    response = get(f"{content_base(package.sha256)}/{PICTURE}")
    assert response.getvalue() == png()
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=4-", 206, slice(4, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=10-99999", 206, slice(10, None)),
        ("bytes=99999-", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=5-2", 200, slice(None)),
        ("bytes=0-1,4-5", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
    ],
)
def test_a_player_asks_for_a_part(package: Package, asked: str, status: int, part: slice | None) -> None:
    response = get(f"{content_base(package.sha256)}/{PICTURE}", Range=asked)
    assert response.status_code == status
    size = len(png())
    if part is None:
        assert response.headers["Content-Range"] == f"bytes */{size}"
        return
    content = response.getvalue()
    assert content == png()[part]
    assert response.headers["Content-Length"] == str(len(content))
    assert response.headers["Accept-Ranges"] == "bytes"
    if status == 206:
        first = png().index(content)
        assert response.headers["Content-Range"] == f"bytes {first}-{first + len(content) - 1}/{size}"


@pytest.mark.parametrize("path", ["content.json", "../h5p.json", "images/none.png", "images/", "%2e%2e/x"])
def test_nothing_beside_a_packages_files(package: Package, path: str) -> None:
    assert get(f"/h5p/c/{package.sha256}/{path}").status_code == 404


def test_half_a_key_opens_nothing(package: Package) -> None:
    assert get(f"/h5p/c/{package.sha256[:32]}/{PICTURE}").status_code == 404
    assert get(f"/h5p/c/{'g' * 64}/{PICTURE}").status_code == 404


def test_a_preview_has_files_of_its_own(package: Package, person: Person) -> None:
    preview = Preview.objects.create(
        person=person,
        context=PLACE,
        main_library=package.main_library,
        libraries=[],
        params={},
        files=package.files,
        title="",
        updated_at=clock.now(),
    )
    response = get(f"{content_base(str(preview.key))}/{PICTURE}")
    assert response.getvalue() == png()
    assert "immutable" not in response.headers["Cache-Control"]


def test_a_file_of_a_library(package: Package) -> None:
    base = library_base(facts_of(package.main_library))
    drawing = get(f"{base}/images/icon.svg")
    assert drawing.getvalue().startswith(b"<svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in drawing.headers["Content-Security-Policy"]
    script = get(f"{base}/js/main.js")
    assert b"LanToa.Card" in script.getvalue()
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert get(f"{base}/js/none.js").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "LanToa.Card-1.2/../../secret.txt",
        "LanToa.Card-1.2/3-0123456789ab/../../../secret.txt",
        "LanToa.Card-1.2/3-0123456789ab/..%2f..%2fsecret.txt",
        "LanToa.Card-1.2/3-0123456789ab/.hidden",
        "../secret.txt",
        "secret.txt",
    ],
)
def test_no_address_leads_out_of_the_libraries(db: None, path: str) -> None:
    default_storage.save("h5p/secret.txt", ContentFile(b"secret"))
    default_storage.save("h5p/libraries/secret.txt", ContentFile(b"secret"))
    assert get(f"/h5p/l/{path}").status_code == 404


def test_a_package_itself_is_not_served(package: Package) -> None:
    assert get(f"/h5p/c/{package.sha256}/{package.sha256}.h5p").status_code == 404


@pytest.mark.django_db
def test_files_of_the_core_under_their_version() -> None:
    font = get(f"/h5p/core/{core.version()}/fonts/h5p-core-30.woff2")
    assert font.getvalue()[:4] == b"wOF2"
    assert font.headers["Content-Type"] == "font/woff2"
    assert get("/h5p/core/000000000000/fonts/h5p-core-30.woff2").status_code == 404
    assert get(f"/h5p/core/{core.version()}/HASHES").status_code == 404
    assert get(f"/h5p/core/{core.version()}/../bridge.js").status_code == 404


@pytest.mark.django_db
def test_a_page_without_an_origin_may_ask_first() -> None:
    path = reverse("h5p_content_file", urlconf=settings.PLAYER_URLCONF, args=["0" * 64, "a.mp4"])
    response = PlayerHost().ask("options", path, headers={"Origin": "null"})
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Range" in response.headers["Access-Control-Allow-Headers"]
    assert PlayerHost().ask("post", path).status_code == 405
