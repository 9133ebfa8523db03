"""Background work by name, so that an action never imports a task."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string


def enqueue_on_commit(path: str, *arguments: Any) -> None:
    """Queue the task at `path` with `arguments` (JSON values) once this transaction has committed.

    A job may run more than once (a worker can die after the work and before the tick), so every
    task calls one action that is safe to repeat.
    """
    transaction.on_commit(partial(_enqueue, path, arguments))


def _enqueue(path: str, arguments: tuple[Any, ...]) -> None:
    task: Any = import_string(path)
    task.enqueue(*arguments)
