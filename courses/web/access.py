"""Who stands before a learner page, and in which module."""

from courses.models import Module
from courses.queries.progress import LearnersModule, module_for
from lms.people.models import Person


class NotEnrolled(Exception):
    """The module is known, but the person is on no programme that has it."""

    def __init__(self, module: Module) -> None:
        super().__init__(module.code)
        self.module = module


def module_to_learn(person: Person, code: str) -> LearnersModule | None:
    """The module, when it exists; raises NotEnrolled for those who may not learn it."""
    found = module_for(person, code)
    if found is not None and not found.may_learn:
        raise NotEnrolled(found.module)
    return found
