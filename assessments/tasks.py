"""Background work of assessments."""

from django_tasks import task

from assessments.actions.question_upload import delete_old_uploads
from assessments.actions.regrade import carry_out
from assessments.actions.submit import submit_overdue
from lms.shared.actors import SYSTEM


@task()
def submit_overdue_attempts() -> None:
    submit_overdue(by=SYSTEM)


@task()
def delete_old_question_uploads() -> None:
    delete_old_uploads(by=SYSTEM)


@task()
def regrade(pk: int) -> None:
    """Mark a question again for everybody who was asked it. Safe to repeat."""
    carry_out(regrade_id=pk, by=SYSTEM)
