"""Registering people and what they may change about themselves."""

import re
from datetime import date

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lms.audit.actions import record
from lms.people import personal_ids
from lms.people.models import IdentityLevel, Person, name_keys
from lms.people.permissions import (
    may_grant_roles,
    may_manage_account,
    may_manage_person,
    may_register_people,
)
from lms.shared import clock
from lms.shared.actors import Actor
from lms.shared.errors import Refused
from lms.shared.fields import clean_line

NAME_LENGTH = 300
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,149}")
PERSONAL_ID_MESSAGES = {
    "digits": _("Enter the 12 digits of the personal ID."),
    "future": _("The year of birth in this personal ID lies in the future. Check the digits."),
    "birth-year": _("The personal ID states another year of birth. Check the digits and the date."),
}


@transaction.atomic
def create_person(
    *,
    username: str,
    full_name: str,
    by: Actor,
    password: str | None = None,
    email: str = "",
    born_on: date | None = None,
    personal_id: str = "",
    identity_level: str = IdentityLevel.HR,
    is_synthetic: bool = False,
) -> Person:
    """Register a person, or refuse: one human being has one row.

    Without a password she signs in by e-mail link, passkey or an outside identity.
    """
    if not may_register_people(by):
        raise Refused("not-allowed", _("Only an HR officer or the programme office registers people."))
    identity = _identity(personal_id, born_on) if personal_id else {}
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                _checked_username(username),
                password,
                full_name=_checked_name(full_name),
                email=email.strip(),
                born_on=born_on,
                identity_level=identity_level,
                is_synthetic=is_synthetic,
                **identity,
            )
    except IntegrityError as error:
        raise _duplicate(identity) from error
    record("person.created", person, by=by)
    return person


@transaction.atomic
def rename_person(*, person: Person, full_name: str, by: Actor) -> Person:
    """Correct or change a name; certificates already issued keep the old one."""
    if not may_manage_person(by, person):
        raise Refused("not-allowed", _("Only HR of the person's organisation changes a name."))
    name = _checked_name(full_name)
    if name == person.full_name:
        return person
    before, person.full_name = person.full_name, name
    keys = name_keys(name)
    person.sort_key, person.search_key = keys["sort_key"], keys["search_key"]
    person.save(update_fields=["full_name", *keys])
    record("person.renamed", person, by=by, before=before)
    return person


@transaction.atomic
def set_personal_id(*, person: Person, personal_id: str, by: Actor) -> Person:
    """Attach the keyed hash of a personal ID. The digits are stored nowhere."""
    if not may_manage_person(by, person):
        raise Refused("not-allowed", _("Only HR of the person's organisation records a personal ID."))
    identity = _identity(personal_id, person.born_on)
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(**identity)
    except IntegrityError as error:
        raise _duplicate(identity) from error
    person.refresh_from_db(fields=list(identity))
    record("person.personal_id_set", person, by=by)
    return person


@transaction.atomic
def change_language(*, person: Person, language: str, by: Actor) -> Person:
    """Remember the language a person reads in. Only she herself chooses it."""
    if by.pk != person.pk:
        raise Refused("not-allowed", _("Everybody chooses the language for themselves."))
    if language not in dict(settings.LANGUAGES):
        raise Refused("unknown-language", _("Choose one of the languages offered."))
    if person.language != language:
        before, person.language = person.language, language
        person.save(update_fields=["language"])
        record("person.language_changed", person, by=by, before=before, after=language)
    return person


@transaction.atomic
def close_account(*, person: Person, by: Actor) -> Person:
    """Stop a person from signing in. What she learned and holds stays."""
    if not may_manage_account(by, person):
        raise Refused("not-allowed", _("Only HR of the person's organisation closes an account."))
    if person.is_active:
        person.is_active = False
        person.save(update_fields=["is_active"])
        record("person.account_closed", person, by=by)
    return person


@transaction.atomic
def reopen_account(*, person: Person, by: Actor) -> Person:
    """Let a person sign in again. HR can, once she holds a duty there."""
    if not may_manage_account(by, person):
        raise Refused("not-allowed", _("Only HR of the person's organisation opens an account again."))
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        record("person.account_reopened", person, by=by)
    return person


@transaction.atomic
def set_email(*, person: Person, email: str, by: Actor) -> Person:
    """Record the address that password letters go to; an empty one removes it."""
    if not may_manage_account(by, person):
        raise Refused("not-allowed", _("Only HR of the person's organisation changes the e-mail address."))
    address = email.strip()
    try:
        if address:
            validate_email(address)
    except ValidationError:
        raise Refused("email-form", _("Enter an e-mail address like name@example.vn.")) from None
    if address != person.email:
        person.email = address
        person.save(update_fields=["email"])
        record("person.email_set", person, by=by)
    return person


@transaction.atomic
def reset_second_step(*, person: Person, by: Actor) -> Person:
    """Remove app, recovery codes and passkeys of somebody who lost them; the password then suffices."""
    if not may_grant_roles(by):
        raise Refused("not-allowed", _("Only an administrator resets the second step of sign-in."))
    if Authenticator.objects.filter(user=person).delete()[0]:
        record("person.second_step_reset", person, by=by)
    return person


def _checked_username(username: str) -> str:
    name = username.strip().lower()
    if not USERNAME.fullmatch(name):
        raise Refused(
            "username-form",
            _("A username has at least 3 characters: a-z, 0-9, full stop, hyphen, underscore."),
        )
    return name


def _checked_name(full_name: str) -> str:
    name = clean_line(full_name)
    if not name:
        raise Refused("name-missing", _("Enter the full name."))
    if not name.isprintable() or not any(c.isalpha() for c in name):
        raise Refused("name-characters", _("The name holds characters that no name has. Type it again."))
    if len(name) > NAME_LENGTH:
        raise Refused("name-too-long", _("The name is longer than 300 characters. Shorten it."))
    return name


def _identity(personal_id: str, born_on: date | None) -> dict[str, str]:
    """The columns that stand for a personal ID."""
    try:
        digits = personal_ids.checked(personal_id, today=clock.today(), born_on=born_on)
    except personal_ids.InvalidPersonalId as error:
        raise Refused(f"personal-id-{error.code}", PERSONAL_ID_MESSAGES[error.code]) from None
    return {
        "personal_id_hash": personal_ids.keyed_hash(digits, settings.PERSONAL_ID_KEY),
        "personal_id_last4": personal_ids.last_four(digits),
    }


def _duplicate(identity: dict[str, str]) -> Refused:
    """Which uniqueness rule the database just held."""
    if identity and Person.objects.filter(personal_id_hash=identity["personal_id_hash"]).exists():
        return Refused(
            "personal-id-taken",
            _("Somebody with this personal ID is registered already. Look for them in the staff list."),
        )
    return Refused("username-taken", _("This username is taken. Choose another one."))
