"""Background work of assessments."""

from django_tasks import task

from assessments.actions.submit import submit_overdue
from lms.shared.actors import SYSTEM


@task()
def submit_overdue_attempts() -> None:
    submit_overdue(by=SYSTEM)
