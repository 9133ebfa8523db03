"""Whether kept figures are still those of the tables."""

from django.db import connection

MARK = "_indicator_facts_changed"


def data_state() -> str:
    """A text that changes whenever a duty, a certificate, an organisation or a sign-off does.

    Receivers raise the number; the newest ids also catch rows that were loaded in bulk.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT number FROM indicator_dataversion WHERE id = 1),"
            " (SELECT MAX(id) FROM people_assignment), (SELECT MAX(id) FROM certificates_certificate),"
            " (SELECT MAX(id) FROM people_rostersignoff), (SELECT MAX(id) FROM people_organisation)"
        )
        return "-".join(str(part or 0) for part in cursor.fetchone())


def has_uncommitted_changes() -> bool:
    """Did this very transaction change facts? Its figures are nobody else's yet."""
    return connection.in_atomic_block and getattr(connection, MARK, False)


def mark_changes(there_are: bool) -> None:
    """Remember on this connection that facts changed, or that the change is noted."""
    setattr(connection, MARK, there_are)


def changes_are_marked() -> bool:
    return bool(getattr(connection, MARK, False))
