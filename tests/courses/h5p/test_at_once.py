"""The same package, and other packages with the same libraries, in the same moment."""

from typing import Any

import pytest
from django.core.files.storage import default_storage

from courses.h5p.models import Library, Package
from courses.h5p.storage import lying, package_name
from lms.shared.actors import SYSTEM
from tests.assessments.test_at_once import _needs_connections_of_its_own as _needs_connections_of_its_own
from tests.assessments.test_at_once import at_once
from tests.make_h5p import make_h5p
from tests.make_h5p_here import package

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_same_file_four_times_is_one_package() -> None:
    content = make_h5p()
    found = at_once(*[lambda: package(content=content, by=SYSTEM)] * 4)

    assert {one.pk for one in found} == {Package.objects.get().pk}
    assert Library.objects.count() == 3
    with default_storage.open(package_name(found[0].sha256)) as file:
        assert file.read() == content
    assert not [name for name in lying("h5p") if name.endswith(".part")]


def test_different_content_with_the_same_new_libraries() -> None:
    contents = [make_h5p(manifest={"title": f"Bài {number}"}) for number in range(4)]
    found: list[Any] = at_once(*[lambda c=content: package(content=c, by=SYSTEM) for content in contents])

    assert sorted(one.title for one in found) == ["Bài 0", "Bài 1", "Bài 2", "Bài 3"]
    assert (Package.objects.count(), Library.objects.count()) == (4, 3)
    assert {one.loads.count() for one in found} == {3}
