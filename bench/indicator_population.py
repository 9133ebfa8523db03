"""Fills a scratch database with synthetic staff, by SQL inside the database, for the indicator bench."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection, models

from certificates.models import Certificate
from courses.models import Programme, Track
from lms.people.models import Assignment, Organisation, Person
from lms.people.names import search_key

NUMBER_OF_CENTRAL_BODIES, NUMBER_OF_PROVINCES, COMMUNES_EACH = 17, 34, 97
DUTIES = ("COMM", "GRASS", "FOREIGN")
LEFT_ON, RECORDED = "2026-06-30", "2026-01-05 03:00:00"

# Whole-number noise that SQLite and PostgreSQL compute alike: h1 … h4 are between 0 and 999.
PEOPLE = """
WITH RECURSIVE n(i) AS (SELECT CAST({first} AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < {last}),
p AS (SELECT i, (i * 7919) % 1000003 % 1000 AS h1, (i * 104729) % 1000033 % 1000 AS h2,
             (i * 15485863) % 1000037 % 1000 AS h3, (i * 611953) % 1000039 % 1000 AS h4 FROM n)
"""
DUTY = "CASE WHEN h1 < 250 THEN 'COMM' WHEN h1 < 850 THEN 'GRASS' ELSE 'FOREIGN' END"
TYPE = (
    "CASE WHEN h1 < 250 AND h2 < 700 OR h1 >= 250 AND h2 < 400 THEN 'dedicated' "
    "WHEN h1 >= 250 AND h1 < 850 AND h2 > 950 THEN 'propagandist' ELSE 'concurrent' END"
)


def fill(number_of_people: int, *, say: Callable[[str], None]) -> None:
    """Organisations, people with one or two duties each, and their certificates."""
    _organisations()
    _programmes()
    for first in range(1, number_of_people + 1, 100_000):
        last = min(first + 99_999, number_of_people)
        _people(first, last)
        say(f"{last:,} people loaded")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _organisations() -> None:
    def row(code: str, kind: str, parent: Organisation | None) -> Organisation:
        return Organisation(
            code=code,
            kind=kind,
            parent=parent,
            path="/",
            name=code,
            short_name=code,
            search_key=search_key(code),
            valid_from=date(2025, 7, 1),
        )

    root = row("state", "state", None)
    root.save()
    bodies = [row(f"ministry-{i}", "ministry", root) for i in range(NUMBER_OF_CENTRAL_BODIES)]
    provinces = [row(f"province-{i}", "province", root) for i in range(NUMBER_OF_PROVINCES)]
    Organisation.objects.bulk_create(bodies + provinces)
    provinces = list(Organisation.objects.filter(kind="province").order_by("pk"))
    Organisation.objects.bulk_create(
        row(f"commune-{p.pk}-{i}", "commune", p) for p in provinces for i in range(COMMUNES_EACH)
    )


def _programmes() -> None:
    for position, duty in enumerate(DUTIES):
        track = Track.objects.create(code=duty[0], title={"vi": duty}, duty=duty, position=position)
        Programme.objects.create(track=track, version="bench", title={"vi": duty}, hours=24)


def _people(first: int, last: int) -> None:
    source = PEOPLE.format(first=first, last=last)
    bodies = NUMBER_OF_CENTRAL_BODIES + NUMBER_OF_PROVINCES
    every = bodies + NUMBER_OF_PROVINCES * COMMUNES_EACH
    lowest = Organisation.objects.filter(kind="ministry").order_by("pk").values_list("pk", flat=True)[0]
    home = (
        f"CASE WHEN h4 < 150 THEN {lowest} + i % {bodies} ELSE {lowest + bodies} + i % {every - bodies} END"
    )
    text = {
        "username": "CAST(i AS VARCHAR(20))",
        "full_name": "'Nguyễn Văn Mẫu'",
        "sort_key": "'zzz' || i",
        "search_key": "'nguyen van mau'",
        "identity_level": "'hr'",
        "is_synthetic": "true",
    }
    _insert(Person, source, id="i", password="'!'", language="'vi'", is_active="true", **text)
    duty = {"person": "i", "duty": DUTY, "duty_type": TYPE, "recorded_at": _moment(f"'{RECORDED}'")}
    # one in twenty has left; one in fifty of the rows was corrected, so it stands there twice
    ended = {
        "valid_to": _day(f"CASE WHEN h3 < 50 THEN '{LEFT_ON}' ELSE NULL END"),
        "end_reason": "CASE WHEN h3 < 25 THEN 'retired' WHEN h3 < 50 THEN 'transferred' ELSE '' END",
    }
    _insert(
        Assignment, source, organisation=home, is_primary="true", valid_from="'2025-07-01'", **duty, **ended
    )
    _insert(
        Assignment,
        source,
        "WHERE h2 < 20",
        organisation=home,
        is_primary="true",
        valid_from="'2025-08-01'",
        retracted_at=_moment("'2026-02-01 00:00:00'"),
        **duty,
    )
    second = duty | {"duty": "CASE WHEN h1 < 250 THEN 'GRASS' ELSE 'COMM' END", "duty_type": "'concurrent'"}
    _insert(
        Assignment,
        source,
        "WHERE h4 >= 910",
        organisation=str(lowest),
        is_primary="false",
        valid_from="'2026-01-01'",
        **second,
    )
    programme = dict(Programme.objects.values_list("track__duty", "pk"))
    cases = " ".join(f"WHEN '{d}' THEN {pk}" for d, pk in programme.items())
    held = {
        "person": "i",
        "programme": f"CASE {DUTY} {cases} END",
        "level": "'in_depth'",
        "components": "'[]'",
        "covers_dc": "true",
        "evidence": "CASE WHEN h2 < 80 THEN 'external' ELSE 'platform' END",
        "facts": "'{}'",
        "recorded_at": _moment(f"'{RECORDED}'"),
        "issued_at": "'2026-01-04 03:00:00'",
        "identity_level": "CASE WHEN h3 > 970 THEN 'self' ELSE 'hr' END",
        "covers_st": "CASE WHEN h4 < 20 THEN false ELSE true END",
    }
    revoked = {
        "revoked_at": _moment("CASE WHEN h2 > 970 THEN '2026-03-01 00:00:00' ELSE NULL END"),
        "revoked_by": "CASE WHEN h2 > 970 THEN 'bench' ELSE '' END",
        "expires_at": _moment("CASE WHEN h1 % 50 = 0 THEN '2026-05-01 00:00:00' ELSE NULL END"),
    }
    _insert(Certificate, source, "WHERE h4 < 850", serial="'A' || i", code="'A' || i", **held, **revoked)
    other = held | {
        "programme": f"CASE {DUTY} WHEN 'COMM' THEN {programme['GRASS']} ELSE {programme['COMM']} END"
    }
    _insert(Certificate, source, "WHERE h4 >= 880", serial="'B' || i", code="'B' || i", **other)


def _insert(model: type[models.Model], source: str, where: str = "", **expressions: str) -> None:
    """INSERT … SELECT with every column: what is not named gets its default, NULL or an empty text."""
    columns, values = [], []
    for field in model._meta.concrete_fields:
        if field.primary_key and field.name not in expressions:
            continue
        columns.append(connection.ops.quote_name(str(field.column)))
        values.append(expressions.get(field.name) or _blank(field))
    table = model._meta.db_table
    sql = f"INSERT INTO {table} ({', '.join(columns)}) {source} SELECT {', '.join(values)} FROM p {where}"
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _blank(field: models.Field[Any, Any]) -> str:
    if field.null:
        return "NULL"
    if isinstance(field, models.BooleanField):
        return "true" if field.default is True else "false"
    if isinstance(field, models.IntegerField):
        return str(field.default if field.has_default() else 0)
    if isinstance(field, models.DateTimeField):
        return f"'{RECORDED}'"
    return "''"


def _moment(expression: str) -> str:
    kind = "timestamptz"
    return f"CAST({expression} AS {kind})" if connection.vendor == "postgresql" else expression


def _day(expression: str) -> str:
    return f"CAST({expression} AS date)" if connection.vendor == "postgresql" else expression
