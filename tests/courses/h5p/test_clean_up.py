"""Files that nothing names go after a day; everything that is named stays."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from courses.h5p.actions.clean_up import delete_unnamed_files
from courses.h5p.actions.offers import offer_package
from courses.h5p.errors import Refused
from courses.h5p.models import Preview
from courses.h5p.storage import keep, lying
from lms.shared.actors import SYSTEM
from tests.make_h5p import make_h5p
from tests.make_h5p_here import manager, package, trainer

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1, minutes=1)


def test_only_what_nothing_names_goes_and_not_before_a_day() -> None:
    package()
    named = set(lying("h5p"))
    left = ["h5p/libraries/LanToa.Card-1.2/9-000000000000/js/main.js", "h5p/files/00/00.png"]
    left.append("h5p/packages/00.h5p")
    for name in left:
        keep(name, BytesIO(b"left"))

    assert delete_unnamed_files(by=SYSTEM) == 0
    assert delete_unnamed_files(by=SYSTEM, at=timezone.now() + TOMORROW) == 3
    assert set(lying("h5p")) == named


def test_an_upload_nobody_said_yes_to_goes() -> None:
    offer_package(file=BytesIO(make_h5p()), name="a.h5p", by=manager())

    assert delete_unnamed_files(by=SYSTEM, at=timezone.now() + TOMORROW) == 1


def test_pictures_of_a_preview_stay() -> None:
    found, author = package(), trainer()
    entry = {"path": "images/b.png", "size": 4, "sha256": "ab" * 32}
    keep(f"h5p/files/ab/{'ab' * 32}.png", BytesIO(b"left"))
    Preview.objects.create(
        person=author,
        context="x",
        main_library=found.main_library,
        libraries=[],
        params={},
        files=[entry],
        title="",
        updated_at=timezone.now(),
    )

    assert delete_unnamed_files(by=SYSTEM, at=timezone.now() + TOMORROW) == 0


def test_keeping_what_is_there_changes_nothing_and_spares_it() -> None:
    keep("h5p/files/aa/aa.txt", BytesIO(b"first"))
    keep("h5p/files/aa/aa.txt", BytesIO(b"second"))

    with default_storage.open("h5p/files/aa/aa.txt") as file:
        assert file.read() == b"first"


def test_only_those_who_manage_libraries_clean_up() -> None:
    with pytest.raises(Refused):
        delete_unnamed_files(by=trainer())
