"""The drill: make a backup, lose everything, get it back."""

import shutil
from pathlib import Path

import pytest

from tests.operations.scratch import installation, recreate_database

WRITE = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from lms.audit.actions import record
from lms.people.models import Person
from lms.shared.actors import SYSTEM
person = Person.objects.create_user("dien-tap", "mat-khau-dien-tap", full_name="Lò Thị Diễn Tập")
record("drill.made", person, by=SYSTEM)
default_storage.save("certificates/drill.pdf", ContentFile(b"%PDF-drill"))
"""
READ = """
from django.core.files.storage import default_storage
from lms.audit.models import AuditEvent
from lms.people.models import Person
print(Person.objects.get(username="dien-tap").full_name, AuditEvent.objects.filter(kind="drill.made").count())
print(default_storage.open("certificates/drill.pdf").read())
"""


@pytest.mark.slow
def test_backup_and_restore_bring_back_database_media_and_triggers(tmp_path: Path) -> None:
    name = "lantoa_backup_drill"
    with installation(tmp_path, name) as site:
        site.manage("migrate", "--verbosity", "0")
        site.shell(WRITE)
        before = site.shell(READ)
        site.manage("dbbackup", "--compress")
        site.manage("mediabackup", "--compress")

        shutil.rmtree(tmp_path / "media")
        if "DATABASE_URL" in site.environment:
            recreate_database(site.environment["DATABASE_URL"].rsplit("/", 1)[0] + "/postgres", name)
        else:
            for file in tmp_path.glob("lan-toa.sqlite3*"):
                file.unlink()
        site.manage("dbrestore", "--uncompress", "--noinput")
        site.manage("mediarestore", "--uncompress", "--noinput")

        assert before.splitlines() == ["Lò Thị Diễn Tập 1", "b'%PDF-drill'"]
        assert site.shell(READ) == before
        refused = site.manage(
            "shell",
            "--no-imports",
            "-c",
            "from lms.audit.models import AuditEvent; AuditEvent.objects.all().delete()",
            check=False,
        )
        assert "append-only" in refused.stderr
