"""Queries that a page asks at every request, put together once per process.

Making SQL from a QuerySet costs five to ten times what the database needs for a row by its key. A kept
query is written in the ORM like any other and gives the same models, `select_related` included; only
its values change from call to call:

    ATTEMPT = KeptQuery(lambda pk, person: Attempt.objects.filter(pk=pk, person=person), int, int)
    attempt = ATTEMPT.first(attempt_id, person.pk)

For filters with a fixed number of values that are never None: another number or a None would make
another statement. No `prefetch_related`, no text patterns, `__in` only over a fixed number of values.

`KeptInsert` and `KeptUpdate` do the same for the rows that learners write. They send no signals.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.constants import OnConflict
from django.db.models.query import get_related_populators
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Value = int | str | datetime | UUID

# Stand-ins for the values while the SQL is made: nothing in our filters looks like them.
STAND_INS: dict[type, Callable[[int], Value]] = {
    int: lambda place: 31_700 + place,  # fits the smallest integer column
    str: lambda place: f"kept-query-{place}",
    datetime: lambda place: datetime(1901, 2, 3, tzinfo=UTC) + timedelta(days=place),
    UUID: lambda place: UUID(int=31_700 + place),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What Django works out before it sends a query, and how it reads the rows."""

    sql: str
    constants: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]  # parameter, argument
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]
    read: Callable[[list[Any]], Any]


class KeptQuery(Generic[T]):
    """One query and the kinds of its values, in order: int, str, datetime or UUID."""

    def __init__(self, build: Callable[..., "QuerySet[Any, T]"], *kinds: type) -> None:
        self.build, self.kinds = build, kinds
        self._plans: dict[str, Plan] = {}

    def all(self, *values: Value) -> list[T]:
        """Every row. One query."""
        return list(self._rows(values))

    def first(self, *values: Value) -> T | None:
        """The first row, None when there is none. One query."""
        return next(self._rows(values), None)

    def exists(self, *values: Value) -> bool:
        """Is there a row? Give the query `[:1]`."""
        return next(self._rows(values), None) is not None

    def _rows(self, values: tuple[Value, ...]) -> Iterator[T]:
        database = connections[DEFAULT_DB_ALIAS]  # itself: `connection` looks it up for each attribute
        plan = self._plans.get(database.vendor)
        if plan is None:
            plan = self._plans[database.vendor] = _plan(self.build, self.kinds, database)
        parameters = list(plan.constants)
        for place, argument in plan.places:
            parameters[place] = _adapted(values[argument], database)
        with database.cursor() as cursor:
            cursor.execute(plan.sql, parameters)
            rows = cursor.fetchall()
        for found in rows:
            row = list(found)
            for place, converters, expression in plan.converters:
                for convert in converters:
                    row[place] = convert(row[place], expression, database)
            yield plan.read(row)


def _adapted(value: Value, connection: Any) -> Any:
    """As Django hands it to this database's driver."""
    if type(value) is int or type(value) is str:
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return int(value) if isinstance(value, int) else str(value)  # an enumeration's member


def _plan(build: Callable[..., "QuerySet[Any, Any]"], kinds: tuple[type, ...], connection: Any) -> Plan:
    stand_ins = [STAND_INS[kind](place) for place, kind in enumerate(kinds)]
    rows = build(*stand_ins)
    compiler = rows.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    adapted = [_adapted(value, connection) for value in stand_ins]
    places = tuple((i, adapted.index(p)) for i, p in enumerate(parameters) if p in adapted)
    assert {argument for _place, argument in places} == set(range(len(kinds))), "a value is not in the SQL"
    assert not rows._prefetch_related_lookups  # type: ignore[attr-defined]
    converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
    return Plan(
        sql=sql,
        constants=tuple(parameters),
        places=places,
        converters=tuple((i, tuple(found), column) for i, (found, column) in converters.items()),
        read=_reader(rows, compiler),
    )


def _reader(rows: "QuerySet[Any, Any]", compiler: Any) -> Callable[[list[Any]], Any]:
    """What Django's own iterables do with a row: a model with its relations, a tuple or one value."""
    if rows._fields is not None:  # type: ignore[attr-defined]
        flat = rows._iterable_class.__name__ == "FlatValuesListIterable"
        return (lambda row: row[0]) if flat else tuple
    info = compiler.klass_info
    start, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column.target.attname for column, _sql, _alias in compiler.select[start:end]]
    model, annotations = info["model"], list((compiler.annotation_col_map or {}).items())
    alias: str = compiler.connection.alias
    populators = get_related_populators(info, compiler.select, alias)  # type: ignore[call-arg]
    made = _plain_maker(model, names, alias) or (lambda values: model.from_db(alias, names, values))

    def read(row: list[Any]) -> Any:
        found = made(row[start:end])
        for populator in populators:
            populator.populate(row, found)
        for name, place in annotations:
            setattr(found, name, row[place])
        return found

    return read


def _plain_maker(model: type[Model], names: list[str], alias: str) -> Callable[[list[Any]], Model] | None:
    """`from_db` without asking each field; None where the model, a field or a receiver wants to be asked."""
    usual: Any = Model
    fields = [model.__dict__.get(name) or getattr(model, name) for name in names]
    asked = (
        model.__init__ is not usual.__init__
        or model.from_db.__func__ is not usual.from_db.__func__  # type: ignore[attr-defined]
        or not all(isinstance(field, DeferredAttribute) for field in fields)
        or pre_init.has_listeners(model)
        or post_init.has_listeners(model)
    )

    def make(values: list[Any]) -> Model:
        found = model.__new__(model)
        state = found._state = ModelState()
        state.adding, state.db = False, alias
        found.__dict__.update(zip(names, values, strict=True))
        return found

    return None if asked else make


# Writing ----------------------------------------------------------------------------------------


class KeptInsert(Generic[M]):
    """Adds rows of one model in one statement.

    `unique` and `renewed`: where a row with the same `unique` fields exists, its `renewed` fields change;
    without `renewed` it stays as it is.
    """

    def __init__(self, model: type[M], *, unique: Sequence[str] = (), renewed: Sequence[str] = ()) -> None:
        self.model, self.unique, self.renewed = model, unique, renewed
        self._sql: dict[tuple[str, int], str] = {}

    @cached_property
    def fields(self) -> list["Column"]:
        """What a new row is given; only when all models are there."""
        fields = self.model._meta.concrete_fields
        return [(field, _plain_type(field)) for field in fields if not field.primary_key]

    def __call__(self, *rows: M) -> bool:
        """One row learns its key; several do not. False where one stays out because there is another."""
        database = connections[DEFAULT_DB_ALIAS]
        values = _saved(self.fields, rows, database, add=True)
        key = (database.vendor, len(rows))
        if key not in self._sql:
            self._sql[key] = self._statement(database, len(rows))
        with database.cursor() as cursor:
            cursor.execute(self._sql[key], values)
            if len(rows) > 1:
                return True
            written = cursor.fetchone()
        if written is None:
            return False
        rows[0].pk = written[0]
        rows[0]._state.adding, rows[0]._state.db = False, database.alias
        return True

    def _statement(self, connection: Any, number: int) -> str:
        quote, meta = connection.ops.quote_name, self.model._meta
        fields = [field for field, _kind in self.fields]
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
        self.model, self.names = model, names

    @cached_property
    def fields(self) -> list["Column"]:
        """What is written; only when all models are there."""
        fields = [self.model._meta.get_field(name) for name in self.names]
        return [(field, _plain_type(field)) for field in fields]

    def __call__(self, row: M) -> None:
        """Raises DatabaseError when the row is gone."""
        database, meta = connections[DEFAULT_DB_ALIAS], self.model._meta
        quote = database.ops.quote_name
        assert meta.pk is not None
        assert meta.pk.column
        changes = ", ".join([f"{quote(field.column)} = %s" for field, _kind in self.fields])
        values = _saved(self.fields, (row,), database, add=False)
        with database.cursor() as cursor:
            cursor.execute(
                f"UPDATE {quote(meta.db_table)} SET {changes} WHERE {quote(meta.pk.column)} = %s",
                [*values, row.pk],
            )
            if cursor.rowcount != 1:
                raise DatabaseError(f"{meta.label} {row.pk} is not there any more")


Column = tuple[Any, type | None]

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


def _plain_type(field: Any) -> type | None:
    return PLAIN.get(type(field.target_field if type(field) is models.ForeignKey else field))


def _saved(columns: list[Column], rows: Sequence[Model], connection: Any, *, add: bool) -> list[Any]:
    """The values of all rows as this database's driver takes them."""
    return [
        value
        if type(value := field.pre_save(row, add=add)) is kind
        else field.get_db_prep_save(value, connection=connection)
        for row in rows
        for field, kind in columns
    ]
