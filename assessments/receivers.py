"""Quizzes follow what courses writes and publishes."""

from typing import Any

from django.dispatch import receiver

from assessments.actions.bank import check_questions, release_questions, sync_questions
from assessments.actions.pace import flag_if_hurried
from assessments.actions.recap import note_attempt
from assessments.models import Attempt
from assessments.signals import attempt_submitted
from courses.models import BlockVersion, ModuleVersion
from courses.signals import module_published, module_sent, module_version_written
from lms.shared.actors import SYSTEM


@receiver(module_version_written)
def on_module_version_written(
    sender: Any, version: ModuleVersion, blocks: list[BlockVersion], **_: Any
) -> None:
    sync_questions(version=version, blocks=blocks, by=version.created_by or SYSTEM)


@receiver(module_sent)
def on_module_sent(sender: Any, version: ModuleVersion, **_: Any) -> None:
    check_questions(version=version, by=SYSTEM)


@receiver(module_published)
def on_module_published(sender: Any, version: ModuleVersion, **_: Any) -> None:
    release_questions(version=version, by=SYSTEM)


@receiver(attempt_submitted)
def on_attempt_submitted(sender: Any, attempt: Attempt, **_: Any) -> None:
    flag_if_hurried(attempt=attempt, by=SYSTEM)
    note_attempt(attempt=attempt, by=SYSTEM)
