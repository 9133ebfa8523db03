"""Reads about people."""

from lms.people.models import Person


def display_name(person: Person) -> str:
    """What sign-in pages call a person."""
    return person.full_name
