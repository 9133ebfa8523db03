"""Statements in one trip to the database.

On PostgreSQL most of what a small statement costs us is the way there and back: three short ones sent
together cost little more than one. SQLite is in our own process: there they run one after the other.
Kept queries and writes give the statements (`asked`, `adding`, `changing`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from django.db import DEFAULT_DB_ALIAS, connections

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")


@dataclass(slots=True)
class Statement(Generic[T]):
    """One statement with its values, not sent yet; `take` reads its result from the cursor."""

    sql: str
    values: Sequence[Any]
    take: Callable[[Any], T]


def send(statement: Statement[T]) -> T:
    """Run one statement."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        return statement.take(cursor)


@overload
def together(first: Statement[A], second: Statement[B], /) -> tuple[A, B]: ...
@overload
def together(*statements: Statement[Any]) -> tuple[Any, ...]: ...
def together(*statements: Statement[Any]) -> tuple[Any, ...]:
    """Run them in order, in one trip where the database takes several; their results.

    Each sees what those before it wrote, and waits for the locks they wait for. When one fails, none of
    them counts if this is inside a transaction: all writes are.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if (
        len(statements) == 1
        or database.vendor != "postgresql"
        or database.settings_dict["OPTIONS"].get("server_side_binding")
    ):
        return tuple([send(statement) for statement in statements])
    with database.cursor() as cursor:
        # Put together one by one: psycopg keeps how a statement is cut up, unless it has many values.
        with database.wrap_database_errors:
            sql = "; ".join([cursor.mogrify(one.sql, one.values) for one in statements])
        cursor.execute(sql)
        results = []
        for statement in statements:
            results.append(statement.take(cursor))
            cursor.nextset()
    return tuple(results)
