"""Drafts as tests look at them: the tree now, its number, why a change was refused."""

from collections.abc import Callable
from typing import Any

import pytest

from courses.models import Module
from courses.olx.outline import Outline
from courses.queries.outline import draft_outline
from lms.people.models import Person, Role
from lms.shared.errors import Refused
from tests import make

TEXT = '<text><body lang="vi"></body></text>'


def trainer_(name: str = "Trần Văn Mẫu") -> Person:
    person = make.person(name)
    make.grant(person, Role.TRAINER)
    return person


def now(module: Module) -> Outline:
    outline = draft_outline(Module.objects.get(pk=module.pk))
    assert outline is not None
    return outline


def number(module: Module) -> int:
    draft = Module.objects.get(pk=module.pk).draft
    assert draft is not None
    return draft.number


def shape(module: Module) -> list[tuple[str, list[str]]]:
    return [(unit.key, [block.key for block in unit.blocks]) for unit in now(module).units]


def refusal(attempt: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        attempt()
    return refused.value.code
