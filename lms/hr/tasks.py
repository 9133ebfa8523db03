"""Background work of hr."""

from django_tasks import task

from lms.hr.actions.exports import delete_expired_files, write_file
from lms.hr.models import TrainingExport
from lms.shared.actors import SYSTEM


@task()
def write_export(pk: int) -> None:
    """Write a large file. Safe to repeat."""
    write_file(export=TrainingExport.objects.get(pk=pk), by=SYSTEM)


@task()
def delete_old_exports() -> None:
    """Delete files nobody may download any more. Safe to repeat."""
    delete_expired_files(by=SYSTEM)
