"""What demo commands of other parts work on."""

from django.db.models import QuerySet

from lms.people.models import Person

SYNTHETIC_PREFIX = "mau-"


def synthetic_staff() -> QuerySet[Person]:
    """The generated staff in the order of their numbers, without the named demo accounts."""
    people = Person.objects.filter(is_synthetic=True, username__startswith=SYNTHETIC_PREFIX)
    return people.order_by("username")


def demo_accounts() -> QuerySet[Person]:
    """The named accounts somebody signs in with."""
    people = Person.objects.filter(is_synthetic=True).exclude(username__startswith=SYNTHETIC_PREFIX)
    return people.exclude(username__startswith="nhansu-").order_by("pk")
