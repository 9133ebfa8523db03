import pytest
from django.db import DatabaseError, connection, transaction

from lms.shared.append_only import AppendOnly


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE ledger SET amount = 2", "DELETE FROM ledger"])
def test_append_only_refuses_to_change_or_delete(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE ledger (amount integer)")
        AppendOnly("ledger").database_forwards("shared", connection.schema_editor())
        cursor.execute("INSERT INTO ledger VALUES (1)")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement)
        cursor.execute("SELECT amount FROM ledger")
        assert cursor.fetchall() == [(1,)]


@pytest.mark.django_db
def test_append_only_can_be_taken_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE ledger (amount integer)")
        # Not entered: inside a test's transaction SQLite would refuse to open it for table changes.
        editor = connection.schema_editor()
        AppendOnly("ledger").database_forwards("shared", editor)
        AppendOnly("ledger").database_backwards("shared", editor)
        cursor.execute("INSERT INTO ledger VALUES (1)")
        cursor.execute("UPDATE ledger SET amount = 2")
        cursor.execute("SELECT amount FROM ledger")
        assert cursor.fetchall() == [(2,)]
