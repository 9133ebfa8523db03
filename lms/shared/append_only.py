"""Tables whose rows are never changed or deleted, held by the database itself."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AppendOnly(Operation):
    """Migration step: triggers refuse UPDATE and DELETE on `table`, on SQLite and PostgreSQL.

    Take it again after a step that changes the table's columns: SQLite makes the table anew, without them.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are not part of Django's model state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(self.drop(schema_editor.connection.vendor, event))
            # params=None: the body's % is PL/pgSQL's, not a placeholder
            schema_editor.execute(self.create(schema_editor.connection.vendor, event), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(self.drop(schema_editor.connection.vendor, event))

    def drop(self, vendor: str, event: str) -> str:
        on_table = f" ON {self.table}" if vendor == "postgresql" else ""
        return f"DROP TRIGGER IF EXISTS {self.name(event)}{on_table}"

    def name(self, event: str) -> str:
        return f"append_only_{self.table}_{event.lower()}"

    def create(self, vendor: str, event: str) -> str:
        """The trigger as SQL of `vendor`."""
        if vendor == "sqlite":
            return (
                f"CREATE TRIGGER {self.name(event)} BEFORE {event} ON {self.table} "
                f"BEGIN SELECT RAISE(ABORT, '{self.table} is append-only'); END"
            )
        return (
            "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$; "
            f"CREATE TRIGGER {self.name(event)} BEFORE {event} ON {self.table} "
            "FOR EACH ROW EXECUTE FUNCTION append_only()"
        )

    def describe(self) -> str:
        return f"Make {self.table} append-only"


class StillAppendOnly(AppendOnly):
    """Migration step: the triggers of `table` are there, whatever happened to it.

    To change a column SQLite copies the table, and the copy has no triggers: this stands before and after
    such a step, so that they are there whichever way the migration goes.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        on_table = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.name(event)}{on_table}")
        super().database_forwards(app_label, schema_editor, *states)

    database_backwards = database_forwards

    def describe(self) -> str:
        return f"Keep {self.table} append-only"
