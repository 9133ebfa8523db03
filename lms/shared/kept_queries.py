"""Queries that a page asks at every request, put together once per process.

Making SQL from a QuerySet costs five to ten times what the database needs for a row by its key. A kept
query is written in the ORM like any other and gives the same models, `select_related` included; only
its values change from call to call:

    ATTEMPT = KeptQuery(lambda pk, person: Attempt.objects.filter(pk=pk, person=person), int, int)
    attempt = ATTEMPT.first(attempt_id, person.pk)

For filters with a fixed number of values that are never None: another number or a None would make
another statement. No `prefetch_related`, no text patterns, `__in` only over a fixed number of values.

`KeptInsert` and `KeptUpdate` do the same for the rows that learners write. They send no signals.
Each gives its statement unsent as well (`asked`, `adding`, `changing`), for `one_trip.together`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models
from django.db.models import Model, QuerySet
from django.db.models.constants import OnConflict

from lms.shared.kept_plans import Plan, Value, adapted, plan_of, rows_of
from lms.shared.one_trip import Statement, send

T = TypeVar("T")
R = TypeVar("R")
M = TypeVar("M", bound=Model)


class KeptQuery(Generic[T]):
    """One query and the kinds of its values, in order: int, str, datetime or UUID."""

    def __init__(self, build: Callable[..., "QuerySet[Any, T]"], *kinds: type) -> None:
        self.build, self.kinds = build, kinds
        self._plans: dict[str, Plan] = {}

    def all(self, *values: Value) -> list[T]:
        """Every row. One query."""
        return send(self._statement(values, list))

    def first(self, *values: Value) -> T | None:
        """The first row, None when there is none. One query."""
        return send(self._statement(values, _first))

    def exists(self, *values: Value) -> bool:
        """Is there a row? Give the query `[:1]`."""
        return self.first(*values) is not None

    def asked(self, *values: Value) -> Statement[list[T]]:
        """What `all` would send."""
        return self._statement(values, list)

    def _statement(self, values: tuple[Value, ...], take: Callable[[Iterator[T]], R]) -> Statement[R]:
        database = connections[DEFAULT_DB_ALIAS]  # itself: `connection` looks it up for each attribute
        plan = self._plans.get(database.vendor)
        if plan is None:
            plan = self._plans[database.vendor] = plan_of(self.build, self.kinds, database)
        parameters = list(plan.constants)
        for place, argument in plan.places:
            parameters[place] = adapted(values[argument], database)
        return Statement(plan.sql, parameters, lambda cursor: take(rows_of(cursor, plan, database)))


def _first(rows: Iterator[T]) -> T | None:
    return next(rows, None)


# Writing ----------------------------------------------------------------------------------------


class KeptInsert(Generic[M]):
    """Adds rows of one model in one statement.

    `unique` and `renewed`: where a row with the same `unique` fields exists, its `renewed` fields change;
    without `renewed` it stays as it is.
    """

    def __init__(self, model: type[M], *, unique: Sequence[str] = (), renewed: Sequence[str] = ()) -> None:
        self.model, self.unique, self.renewed = model, unique, renewed
        self._sql: dict[tuple[str, int], str] = {}
        self._columns = Columns(lambda: [f for f in model._meta.concrete_fields if not f.primary_key])

    def __call__(self, *rows: M) -> bool:
        """One row learns its key; several do not. False where one stays out because there is another."""
        return send(self.adding(*rows))

    def adding(self, *rows: M) -> Statement[bool]:
        """What a call would send, with the rows as they are now."""
        database = connections[DEFAULT_DB_ALIAS]
        key = (database.vendor, len(rows))
        if key not in self._sql:
            self._sql[key] = self._statement(database, len(rows))
        values = self._columns.saved(rows, database, add=True)
        return Statement(self._sql[key], values, lambda cursor: self._written(cursor, rows, database.alias))

    def _written(self, cursor: Any, rows: Sequence[M], alias: str) -> bool:
        if len(rows) > 1:
            return True
        written = cursor.fetchone()
        if written is None:
            return False
        rows[0].pk = written[0]
        rows[0]._state.adding, rows[0]._state.db = False, alias
        return True

    def _statement(self, connection: Any, number: int) -> str:
        quote, meta = connection.ops.quote_name, self.model._meta
        fields = [field for field, _kind in self._columns.of(connection)]
        assert meta.pk is not None
        assert meta.pk.column
        columns = ", ".join(quote(field.column) for field in fields)
        places = ", ".join(["(" + ", ".join(["%s"] * len(fields)) + ")"] * number)
        sql = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES {places}"
        if self.unique:
            of = {field.name: field.column for field in fields}
            update, unique = [of[n] for n in self.renewed], [of[n] for n in self.unique]
            if update:
                then = connection.ops.on_conflict_suffix_sql(fields, OnConflict.UPDATE, update, unique)
            else:  # Django's would have SQLite overlook every other mistake, too
                then = f"ON CONFLICT ({', '.join(map(quote, unique))}) DO NOTHING"
            sql = f"{sql} {then}"
        return f"{sql} RETURNING {quote(meta.pk.column)}" if number == 1 else sql


class KeptUpdate(Generic[M]):
    """Writes some fields of a row that exists, as `save(update_fields=…)` does."""

    def __init__(self, model: type[M], *names: str) -> None:
        self.model = model
        self._columns = Columns(lambda: [model._meta.get_field(name) for name in names])

    def __call__(self, row: M) -> None:
        """Raises DatabaseError when the row is gone."""
        send(self.changing(row))

    def changing(self, row: M) -> Statement[None]:
        """What a call would send, with the row as it is now."""
        database, meta = connections[DEFAULT_DB_ALIAS], self.model._meta
        quote = database.ops.quote_name
        assert meta.pk is not None
        assert meta.pk.column
        changes = ", ".join([f"{quote(field.column)} = %s" for field, _kind in self._columns.of(database)])
        sql = f"UPDATE {quote(meta.db_table)} SET {changes} WHERE {quote(meta.pk.column)} = %s"
        values = self._columns.saved((row,), database, add=False)

        def check(cursor: Any) -> None:
            if cursor.rowcount != 1:
                raise DatabaseError(f"{meta.label} {row.pk} is not there any more")

        return Statement(sql, [*values, row.pk], check)


# What the driver is given as it is: these very fields, and a value of this very type.
PLAIN: dict[type, type] = {
    models.BigAutoField: int,
    models.BigIntegerField: int,
    models.IntegerField: int,
    models.PositiveBigIntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.BooleanField: bool,
    models.CharField: str,
    models.TextField: str,
}
# PostgreSQL's driver knows these as well; SQLite keeps them as text.
PLAIN_TOO: dict[type, type] = {
    models.DateTimeField: datetime,
    models.DecimalField: Decimal,
    models.UUIDField: UUID,
}


class Columns:
    """The fields that a statement writes, and which of their values the driver takes as they are."""

    def __init__(self, fields: Callable[[], list[Any]]) -> None:
        self.fields = fields
        self._of: dict[str, list[tuple[Any, type | None]]] = {}

    def of(self, connection: Any) -> list[tuple[Any, type | None]]:
        """Asked for only now, when all models are there."""
        found = self._of.get(connection.vendor)
        if found is None:
            plain = PLAIN | PLAIN_TOO if connection.vendor == "postgresql" else PLAIN
            found = self._of[connection.vendor] = [
                (field, plain.get(type(field.target_field if type(field) is models.ForeignKey else field)))
                for field in self.fields()
            ]
        return found

    def saved(self, rows: Sequence[Model], connection: Any, *, add: bool) -> list[Any]:
        """The values of all rows as this database's driver takes them."""
        columns = self.of(connection)
        return [
            value
            # a moment without its zone is for Django to judge
            if type(value := field.pre_save(row, add=add)) is kind and (kind is not datetime or value.tzinfo)  # type: ignore[attr-defined]
            else field.get_db_prep_save(value, connection=connection)
            for row in rows
            for field, kind in columns
        ]
