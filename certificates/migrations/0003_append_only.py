"""The database itself keeps the register and what a certificate states.

A later migration that makes SQLite rebuild one of these tables must run these operations again:
a rebuilt table loses its triggers.
"""

from django.db import migrations

from lms.shared.append_only import AppendOnly

TABLE = 'certificates_certificate'
# Everything but the file, the revocation and the replacement, which are added later and once.
FROZEN = (
    'id', 'person_id', 'programme_id', 'cycle', 'serial', 'code', 'level', 'components', 'covers_st',
    'covers_dc', 'evidence', 'identity_level', 'organisation_id', 'facts', 'issued_at', 'expires_at',
    'recorded_at',
)
ADDED_ONCE = {'pdf': "''", 'pdf_sha256': "''", 'pdf_size': 'NULL', 'revoked_at': 'NULL',
              'revoked_by': "''", 'revocation_reason': "''", 'superseded_at': 'NULL'}


class StatedOnce(AppendOnly):
    """Refuse DELETE, and UPDATE of what was stated; leave room for what is added once."""

    def create(self, vendor: str, event: str) -> str:
        sql = super().create(vendor, event)
        if event == 'DELETE':
            return sql
        differs = 'IS NOT' if vendor == 'sqlite' else 'IS DISTINCT FROM'
        changed = [f'OLD.{column} {differs} NEW.{column}' for column in FROZEN]
        changed += [
            f'(OLD.{column} {differs} {empty} AND OLD.{column} {differs} NEW.{column})'
            for column, empty in ADDED_ONCE.items()
        ]
        body = ' BEGIN SELECT' if vendor == 'sqlite' else ' EXECUTE FUNCTION append_only()'
        head, tail = sql.rsplit(body, 1)
        return f"{head} WHEN ({' OR '.join(changed)}){body}{tail}"


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0002_initial'),
    ]

    operations = [
        AppendOnly('certificates_registerentry'),
        StatedOnce(TABLE),
    ]
