"""The one SQL statement of the indicator: definition 1.0 for everybody at once.

Portable between SQLite and PostgreSQL, every value bound. `people` has one row per person; what is
made of it (figures per body, one body's units, the people themselves) is the statement's last part.
Table names are those of people, courses and certificates; a test compares the result with
`formula.count`, person by person.
"""

from datetime import timedelta
from typing import Any

from django.db import connection

from lms.indicator.formula import NEW_DAYS, Moment

# Organisations that belong to a ministry, agency or province on the day, with that body.
SCOPE = """
WITH RECURSIVE tree (id, body_id, valid_from, valid_to) AS (
    SELECT id, id, valid_from, valid_to
      FROM people_organisation
     WHERE kind IN ('ministry', 'ministerial', 'government', 'province')
       AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s)
    UNION ALL
    SELECT o.id, t.body_id, o.valid_from, o.valid_to
      FROM tree t JOIN people_organisation o ON o.parent_id = t.id
     WHERE o.kind IN ('commune', 'unit') OR (o.kind = 'press' AND o.counts_for_b70)
),
scope AS (
    SELECT id, body_id FROM tree
     WHERE valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s)
)"""

# Who retired, died or was dismissed: duties that began before that day no longer count.
LEFT = """
left_service AS (
    SELECT person_id, MAX(valid_to) AS last_day
      FROM people_assignment
     WHERE end_reason IN ('retired', 'deceased', 'dismissed') AND valid_to < %(day)s
       AND recorded_at <= %(known)s AND (retracted_at IS NULL OR retracted_at > %(known)s)
     GROUP BY person_id
)"""

# Duties held on the day, as known then. `weight` says what a duty makes its holder part of: 4 all,
# A70 too; 3 both readings; 2 the Vietnamese one; 1 only B70 with propagandists; 0 none. `place` packs
# organisation, newness and duty into a number whose least value is the row the holder stands in: the
# main duty first, else the first organisation's. Organisations are looked up by IN, not joined:
# PostgreSQL would misjudge the recursion's size and sort a million rows for the join.
HELD = """
held AS (
    SELECT a.person_id, a.duty,
           CASE a.duty_type WHEN 'dedicated' THEN CASE a.duty WHEN 'COMM' THEN 4 ELSE 3 END
                WHEN 'propagandist' THEN 1
                ELSE CASE a.duty WHEN 'COMM' THEN 0 ELSE 2 END END AS weight,
           CASE WHEN a.is_primary THEN 0 ELSE 1000000000000 END + a.organisation_id * 10
           + CASE a.duty WHEN 'COMM' THEN 1 WHEN 'GRASS' THEN 2 ELSE 3 END
           + CASE WHEN a.valid_from > %(new)s THEN 4 ELSE 0 END AS place
      FROM people_assignment a
      LEFT JOIN left_service l ON l.person_id = a.person_id
     WHERE a.organisation_id IN (SELECT id FROM scope)
       AND a.valid_from <= %(day)s AND (a.valid_to IS NULL OR a.valid_to >= %(day)s)
       AND a.recorded_at <= %(known)s AND (a.retracted_at IS NULL OR a.retracted_at > %(known)s)
       AND (l.last_day IS NULL OR a.valid_from > l.last_day){only}
)"""

# One row per person. science, skills: 3 for a credential of ours in date, 2 for an external one in
# date, 1 for one that has expired or was superseded, 0 for none.
PEOPLE = """
people AS (
    SELECT h.person_id, MIN(h.place) AS place, MAX(h.weight) AS weight,
           MAX(CASE WHEN t.duty = h.duty THEN c.science ELSE 0 END) AS science,
           MAX(CASE WHEN t.duty = h.duty THEN c.skills ELSE 0 END) AS skills,
           MAX(CASE WHEN h.weight = 4 AND t.duty = h.duty THEN c.any_skills ELSE 0 END) AS any_skills
      FROM held h
      LEFT JOIN (
        SELECT person_id, programme_id,
               CASE WHEN covers_st AND level = 'in_depth' THEN {strength} ELSE 0 END AS science,
               CASE WHEN covers_dc AND level = 'in_depth' THEN {strength} ELSE 0 END AS skills,
               CASE WHEN covers_dc THEN {strength} ELSE 0 END AS any_skills
          FROM certificates_certificate
         WHERE issued_at <= %(end)s AND recorded_at <= %(known)s
           AND (revoked_at IS NULL OR revoked_at > %(told)s)
           AND identity_level IN ('hr', 'eid') AND evidence IN ('platform', 'external')
           AND level IN ('in_depth', 'basic')
           ) AS c ON c.person_id = h.person_id
      LEFT JOIN courses_programme p ON p.id = c.programme_id
      LEFT JOIN courses_track t ON t.id = p.track_id
     GROUP BY h.person_id
)""".replace(
    "{strength}",
    "CASE WHEN expires_at <= %(end)s OR superseded_at <= %(told)s THEN 1"
    " WHEN evidence = 'platform' THEN 3 ELSE 2 END",
)

# Which row of a table an organisation's people stand in: that of its body …
BY_BODY = """
branch AS (SELECT id, body_id AS branch_id FROM scope)"""

# … or, on the page of one organisation, that of the organisation itself or of a child of it.
BY_CHILD = """
branch (id, branch_id) AS (
    SELECT id, id FROM people_organisation WHERE id = %(top)s OR parent_id = %(top)s
    UNION ALL
    SELECT o.id, b.branch_id
      FROM branch b JOIN people_organisation o ON o.parent_id = b.id
     WHERE b.id <> %(top)s
)"""

# Only people with a duty somewhere in the branch; where they stand is decided by all their duties.
ONLY_BRANCH = """
       AND a.person_id IN (
           SELECT x.person_id FROM people_assignment x JOIN branch b ON b.id = x.organisation_id)"""

# `level` is what both components reach together. People alike are counted in one group of one
# number, which is what keeps the second grouping cheap; `figures` takes it apart again.
FIGURES = """
alike AS (
    SELECT code, COUNT(*) AS people
      FROM (SELECT place %% 1000000000000 * 100 + weight * 20
                   + CASE WHEN science < skills THEN science ELSE skills END * 4
                   + CASE WHEN any_skills >= 2 THEN 1 ELSE 0 END AS code
              FROM people) AS coded
     GROUP BY code
),
figures AS (
    SELECT b.branch_id, a.code / 100 %% 10 %% 4 AS duty, a.people,
           CASE WHEN a.code / 100 %% 10 > 4 THEN 1 ELSE 0 END AS is_new,
           a.code / 20 %% 5 AS weight, a.code %% 20 / 4 AS level, a.code %% 4 AS any_skills
      FROM alike a JOIN branch b ON b.id = a.code / 1000
),
totals AS (
    SELECT branch_id, duty,
           SUM(CASE WHEN weight >= 2 THEN people ELSE 0 END) AS vi_concerned,
           SUM(CASE WHEN weight >= 2 AND level >= 2 THEN people ELSE 0 END) AS vi_trained,
           SUM(CASE WHEN weight >= 3 THEN people ELSE 0 END) AS strict_concerned,
           SUM(CASE WHEN weight >= 3 AND level >= 2 THEN people ELSE 0 END) AS strict_trained,
           SUM(CASE WHEN weight >= 1 THEN people ELSE 0 END) AS wide_concerned,
           SUM(CASE WHEN weight >= 1 AND level >= 2 THEN people ELSE 0 END) AS wide_trained,
           SUM(CASE WHEN weight = 4 THEN people ELSE 0 END) AS a70_concerned,
           SUM(CASE WHEN weight = 4 AND any_skills = 1 THEN people ELSE 0 END) AS a70_trained,
           SUM(CASE WHEN weight >= 2 AND level >= 1 THEN people ELSE 0 END) AS ever_trained,
           SUM(CASE WHEN weight >= 2 AND level = 2 THEN people ELSE 0 END) AS external,
           SUM(CASE WHEN weight >= 2 AND is_new = 1 THEN people ELSE 0 END) AS new
      FROM figures
     GROUP BY branch_id, duty
)
SELECT o.id, o.code, o.kind, o.name, o.name_en, o.short_name, o.label, o.nso_code,
       (SELECT MAX(r.signed_on) FROM people_rostersignoff r
         WHERE r.organisation_id = o.id AND r.signed_on <= %(day)s AND r.recorded_at <= %(known)s),
       t.duty, t.vi_concerned, t.vi_trained, t.strict_concerned, t.strict_trained, t.wide_concerned,
       t.wide_trained, t.a70_concerned, t.a70_trained, t.ever_trained, t.external, t.new
  FROM people_organisation o
  LEFT JOIN totals t ON t.branch_id = o.id
 WHERE o.id IN (SELECT branch_id FROM branch)
   AND (t.branch_id IS NOT NULL
        OR o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s))
 ORDER BY o.path, t.duty"""

LINES = """
SELECT p.person_id, p.place / 10 %% 100000000000 AS organisation_id, p.weight, p.science, p.skills,
       (SELECT MIN(c.id) FROM certificates_certificate c
         WHERE c.person_id = p.person_id AND c.issued_at <= %(end)s AND c.recorded_at <= %(known)s
           AND (c.revoked_at IS NULL OR c.revoked_at > %(told)s)) AS certificate_id
  FROM people p JOIN branch b ON b.id = p.place / 10 %% 100000000000
"""
BY_PERSON = " ORDER BY p.person_id"
BY_NAME = " ORDER BY (SELECT n.sort_key FROM people_person n WHERE n.id = p.person_id), p.person_id"


def figures_by_body(at: Moment) -> list[tuple[Any, ...]]:
    """A row per body in force and duty: the body, its last sign-off and eleven counts."""
    return _rows(f"{_people(BY_BODY)},{FIGURES}", at)


def figures_by_child(at: Moment, top: int) -> list[tuple[Any, ...]]:
    """The same for one organisation and each of its children."""
    return _rows(f"{_people(BY_CHILD, ONLY_BRANCH)},{FIGURES}", at, top=top)


def people_lines(at: Moment) -> list[tuple[Any, ...]]:
    """Person, organisation she stands in, weight, science, skills, first certificate; by person."""
    return _rows(_people(BY_BODY) + LINES + BY_PERSON, at)


def people_lines_under(at: Moment, top: int) -> list[tuple[Any, ...]]:
    """The same for those who stand in an organisation or below it; in Vietnamese order of names."""
    return _rows(_people(BY_CHILD, ONLY_BRANCH) + LINES + BY_NAME, at, top=top)


def _people(branch: str, only: str = "") -> str:
    return f"{SCOPE},{branch},{LEFT},{HELD.format(only=only)},{PEOPLE}"


def _rows(sql: str, at: Moment, **more: Any) -> list[tuple[Any, ...]]:
    adapt = connection.ops.adapt_datetimefield_value
    values = {
        "day": at.day,
        "end": adapt(at.end_of_day),
        "known": adapt(at.known_at),
        "told": adapt(min(at.end_of_day, at.known_at)),
        "new": at.day - timedelta(days=NEW_DAYS),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values | {k: v for k, v in more.items() if v is not None})
        return list(cursor.fetchall())
