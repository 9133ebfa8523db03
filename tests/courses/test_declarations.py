"""No file comes in without the declaration."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict

from courses.actions.declarations import record_declaration
from courses.web.declarations import SecrecyDeclaration
from lms.audit.models import AuditEvent
from lms.shared.errors import Refused
from tests import make


class Upload(SecrecyDeclaration):
    file = forms.FileField()


class MayUpload(SecrecyDeclaration):
    upload_is_optional = True
    file = forms.FileField(required=False)


def sent() -> "MultiValueDict[str, UploadedFile[Any]]":
    return MultiValueDict({"file": [SimpleUploadedFile("a.txt", b"a")]})


def test_a_file_needs_the_tick() -> None:
    assert list(Upload({}, sent()).errors) == ["declares_no_secret"]
    assert Upload({"declares_no_secret": "on"}, sent()).is_valid()


def test_the_tick_is_not_asked_for_without_a_file() -> None:
    assert MayUpload({}, MultiValueDict()).is_valid()
    assert list(MayUpload({}, sent()).errors) == ["declares_no_secret"]


@pytest.mark.django_db
def test_the_declaration_is_kept_with_who_and_when() -> None:
    person = make.person()
    record_declaration(person, files={"a.txt": "00"}, declares_no_secret=True, by=person)
    event = AuditEvent.objects.get(kind="upload.declared")
    assert event.actor_id == person.pk
    assert event.details == {"files": {"a.txt": "00"}}


@pytest.mark.django_db
def test_who_did_not_declare_is_refused() -> None:
    person = make.person()
    with pytest.raises(Refused):
        record_declaration(person, files={}, declares_no_secret=False, by=person)
    assert not AuditEvent.objects.filter(kind="upload.declared").exists()
