"""What the migrations must leave behind."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
TABLES = ("handmark", "marking", "poolstate", "questionversion", "quizversion", "step")


def test_tables_that_never_change_have_their_triggers_after_columns_were_added() -> None:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {name for (name,) in cursor.fetchall()}

    # tests/conftest.py takes away those for DELETE on SQLite
    assert {f"append_only_assessments_{table}_update" for table in TABLES} <= found
