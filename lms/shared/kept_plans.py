"""How a kept query is made: the SQL and the reader of its rows, as the ORM makes them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

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


def rows_of(cursor: Any, plan: Plan, connection: Any) -> Iterator[Any]:
    """What the cursor holds, as models, tuples or single values."""
    for found in cursor.fetchall():
        row = list(found)
        for place, converters, expression in plan.converters:
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        yield plan.read(row)


def adapted(value: Value, connection: Any) -> Any:
    """As Django hands it to this database's driver."""
    if type(value) is int or type(value) is str:
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return int(value) if isinstance(value, int) else str(value)  # an enumeration's member


def plan_of(build: Callable[..., "QuerySet[Any, Any]"], kinds: tuple[type, ...], connection: Any) -> Plan:
    """Ask the ORM once. `kinds`: the types of the values, in order."""
    stand_ins = [STAND_INS[kind](place) for place, kind in enumerate(kinds)]
    rows = build(*stand_ins)
    compiler = rows.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    sent = [adapted(value, connection) for value in stand_ins]
    places = tuple((i, sent.index(p)) for i, p in enumerate(parameters) if p in sent)
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
