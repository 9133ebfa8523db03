"""The pages of H5P libraries: who sees them, what a manager is shown before she says yes."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from courses.h5p.actions.offers import look_again, offer_package
from courses.h5p.errors import Refused
from courses.h5p.models import Library, Package
from courses.h5p.storage import lying
from lms.audit.models import AuditEvent
from lms.people.models import Person
from tests import make, make_h5p_here
from tests.make_h5p import make_h5p

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Person:
    return make_h5p_here.manager()


@pytest.fixture
def client(manager: Person) -> Client:
    return signed_in(manager)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, name: str, *arguments: Any, **query: str) -> str:
    response = client.get(reverse(f"courses:{name}", args=arguments), query)
    assert response.status_code == 200
    return response.content.decode()


def upload(client: Client, content: bytes) -> Any:
    fields = {"file": SimpleUploadedFile("gói.h5p", content), "declares_no_secret": "on"}
    return client.post(reverse("courses:h5p_add"), fields)


def test_nothing_is_installed_before_the_manager_says_so(client: Client, manager: Person) -> None:
    response = upload(client, make_h5p())
    assert (response.status_code, Library.objects.count()) == (302, 0)
    shown = client.get(response["Location"]).content.decode()
    assert all(name in shown for name in ("LanToa.Card", "LanToa.Base", "LanToa.Note", "MIT", "1.2.3"))

    done = client.post(response["Location"])
    assert (done.status_code, Library.objects.count(), Package.objects.count()) == (302, 3, 1)
    assert list(lying("h5p/quarantine")) == []
    declared = AuditEvent.objects.get(kind="upload.declared", actor_id=manager.pk)
    assert declared.details["files"] == {"gói.h5p": Package.objects.get().sha256}


def test_declining_forgets_the_file(client: Client) -> None:
    location = upload(client, make_h5p())["Location"]
    assert list(lying("h5p/quarantine"))
    assert client.post(f"{location}decline/").status_code == 302

    assert (list(lying("h5p/quarantine")), Library.objects.count()) == ([], 0)
    assert client.get(location).status_code == 302


def test_a_known_name_with_other_files_needs_a_tick(client: Client) -> None:
    make_h5p_here.package()
    newer = make_h5p(library={"patchVersion": 9}, manifest={"title": "Mới"})
    location = upload(client, newer)["Location"]
    shown = client.get(location)
    assert b'name="trust"' in shown.content
    (patch,) = [row.facts.sha256 for row in shown.context["offer"].libraries if row.needs_tick]

    client.post(location)
    assert Library.objects.filter(machine_name="LanToa.Card").count() == 1
    location = upload(client, make_h5p(library={"patchVersion": 9}, manifest={"title": "Nữa"}))["Location"]
    client.post(location, {"trust": [patch, "f" * 64]})
    assert Library.objects.get(machine_name="LanToa.Card", patch=9).sha256 == patch


def test_faults_are_told_in_the_upload_and_at_the_yes(client: Client) -> None:
    first = upload(client, b"no zip")
    assert (first.status_code, b"[not-a-zip]" in first.content) == (400, True)

    location = upload(client, make_h5p(manifest={"title": ""}))["Location"]
    second = client.post(location)
    assert (second.status_code, b"[title]" in second.content) == (400, True)
    assert Library.objects.count() == 0


def test_nobody_says_yes_to_what_another_uploaded(manager: Person) -> None:
    offer = offer_package(file=BytesIO(make_h5p()), name="a.h5p", by=manager)
    other = make_h5p_here.manager()
    with pytest.raises(Refused):
        look_again(token=offer.token, by=other)
    assert signed_in(other).post(reverse("courses:h5p_offer", args=[offer.token])).status_code == 302
    assert signed_in(other).get(reverse("courses:h5p_offer", args=["x" + offer.token])).status_code == 302
    assert Library.objects.count() == 0


def test_the_list_finds_and_says_what_matters(client: Client) -> None:
    assert 'class="empty' in page(client, "h5p_libraries")
    make_h5p_here.package()
    shown = page(client, "h5p_libraries")
    assert all(name in shown for name in ("LanToa.Card", "1.2.3", "MIT"))
    assert "LanToa.Base" not in page(client, "h5p_libraries", text="card")
    assert "LanToa.Card" in page(client, "h5p_libraries", state="used")
    assert "LanToa.Card" not in page(client, "h5p_libraries", state="unused")
    assert "LanToa.Card" not in page(client, "h5p_libraries", state="withdrawn")


def test_the_list_asks_no_more_for_more_libraries(
    client: Client, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.SESSION_ENGINE = "lms.shared.sessions"
    client = signed_in(make_h5p_here.manager())
    make_h5p_here.package()
    page(client, "h5p_libraries")
    with django_assert_num_queries(5) as few:
        page(client, "h5p_libraries")
    row = Library.objects.all()[0]
    for number in range(10):
        row.pk, row.machine_name = None, f"LanToa.More{number}"
        row.save()
    with django_assert_num_queries(len(few)):
        assert "LanToa.More9" in page(client, "h5p_libraries")


def test_one_library_shows_files_needs_and_uses(client: Client) -> None:
    make_h5p_here.package()
    card = Library.objects.get(machine_name="LanToa.Card")
    base = Library.objects.get(machine_name="LanToa.Base")
    shown = page(client, "h5p_library", card.pk)

    assert all(text in shown for text in ("js/main.js", card.sha256, "Hai cộng hai", "LanToa.Base 1.0"))
    assert reverse("courses:h5p_library", args=[base.pk]) in shown


def test_a_library_is_withdrawn_for_a_reason_and_brought_back(client: Client) -> None:
    make_h5p_here.package()
    card = Library.objects.get(machine_name="LanToa.Card")
    url = reverse("courses:h5p_withdraw", args=[card.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": " "}).status_code == 400

    assert client.post(url, {"reason": "Lỗ hổng bảo mật"}).status_code == 302
    assert "Lỗ hổng bảo mật" in page(client, "h5p_library", card.pk)
    assert "LanToa.Card" in page(client, "h5p_libraries", state="withdrawn")
    assert client.post(reverse("courses:h5p_bring_back", args=[card.pk])).status_code == 302
    card.refresh_from_db()
    assert card.withdrawn_at is None


def test_trainers_look_and_learn_whom_to_ask(manager: Person) -> None:
    make_h5p_here.package()
    shown = page(signed_in(make_h5p_here.trainer()), "h5p_libraries")

    assert manager.full_name in shown
    assert reverse("courses:h5p_add") not in shown


@pytest.mark.parametrize("name", ["h5p_add", "h5p_withdraw", "h5p_offer"])
def test_trainers_change_nothing(name: str) -> None:
    make_h5p_here.package()
    arguments: dict[str, list[Any]] = {"h5p_withdraw": [Library.objects.all()[0].pk], "h5p_offer": ["x"]}
    client = signed_in(make_h5p_here.trainer())

    assert client.get(reverse(f"courses:{name}", args=arguments.get(name, []))).status_code == 403


def test_learners_see_none_of_it() -> None:
    assert signed_in(make.person()).get(reverse("courses:h5p_libraries")).status_code == 403
