"""Keys with which a person's own programs use the API in her name."""

from django.db import transaction
from rest_framework.authtoken.models import Token

from lms.audit.actions import record
from lms.people.models import Person


@transaction.atomic
def create_token(*, by: Person) -> Token:
    """Make a new key. An earlier one stops working at once."""
    Token.objects.filter(user=by).delete()
    token = Token.objects.create(user=by)
    record("token.created", by, by=by)
    return token


@transaction.atomic
def revoke_token(*, by: Person) -> None:
    """Delete the key, if there is one. Safe to repeat."""
    if Token.objects.filter(user=by).delete()[0]:
        record("token.revoked", by, by=by)
