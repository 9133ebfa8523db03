"""A person who works, learns, teaches or reads figures here."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.names import given_name, search_key, sort_key
from lms.shared.fields import TextLine, clean_line
from lms.shared.kept_queries import KeptQuery

SORT_KEY_LENGTH, SEARCH_KEY_LENGTH = 700, 600


def name_keys(full_name: str) -> dict[str, str]:
    """The columns that follow from a name, cut where a name in another script would not fit."""
    return {
        "sort_key": sort_key(full_name)[:SORT_KEY_LENGTH],
        "search_key": search_key(full_name)[:SEARCH_KEY_LENGTH],
    }


class PersonManager(BaseUserManager["Person"]):
    def create_user(
        self, username: str, password: str | None = None, *, full_name: str = "", **fields: Any
    ) -> "Person":
        """A person with the keys that follow from her name."""
        name = clean_line(full_name or username)
        person = self.model(
            username=username,
            full_name=name,
            **name_keys(name),
            **fields,
        )
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get(self, *args: Any, **kwargs: Any) -> "Person":
        """By primary key alone, as every request begins, without making the SQL again."""
        if args or kwargs.keys() != {"pk"} or self._db is not None:
            return super().get(*args, **kwargs)
        found = PERSON.first(int(kwargs["pk"]))
        if found is None:
            raise Person.DoesNotExist("Person matching query does not exist.")
        return found

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class IdentityLevel(models.TextChoices):
    """How sure we are that this account is this person; printed on nothing, stored on results."""

    SELF = "self", _("Stated by the person")
    HR = "hr", _("Confirmed by the organisation")
    EID = "eid", _("Electronic identity")


class Person(AbstractBaseUser, PermissionsMixin):
    """One human being, once, whatever the number of posts, organisations or certificates.

    The name is one string: nothing in a Vietnamese name marks where the given name begins, so
    lists sort by `sort_key` (last syllable first) and searches use `search_key` (no accents).
    """

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    full_name = TextLine(max_length=300)
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, db_index=True, editable=False)
    search_key = models.CharField(max_length=SEARCH_KEY_LENGTH, db_index=True, editable=False)
    born_on = models.DateField(null=True, blank=True)
    # HMAC-SHA256 of the twelve digits under PERSONAL_ID_KEY, hex; the digits themselves stay nowhere.
    personal_id_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    personal_id_last4 = models.CharField(max_length=4, blank=True)
    identity_level = models.CharField(max_length=8, choices=IdentityLevel.choices, default=IdentityLevel.SELF)
    language = models.CharField(max_length=2, default="vi")
    is_synthetic = models.BooleanField(default=False)  # demo data, labelled as such everywhere
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)  # may open Django's admin
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(personal_id_hash__isnull=True, personal_id_last4="")
                | models.Q(personal_id_hash__isnull=False) & ~models.Q(personal_id_last4=""),
                name="person_id_hash_and_last4_go_together",
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def audit_label(self) -> str:
        return self.full_name

    @property
    def given_name(self) -> str:
        """How the person is addressed: the last syllable."""
        return given_name(self.full_name)


PERSON = KeptQuery(lambda pk: Person.objects.filter(pk=pk), int)
