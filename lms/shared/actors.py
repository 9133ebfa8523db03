"""Who acts. Every write names a person or the system itself."""

from typing import Protocol


class Actor(Protocol):
    """Somebody or something an audit line can name: `pk` is None for the system."""

    @property
    def pk(self) -> int | None: ...

    @property
    def audit_label(self) -> str: ...


class System:
    """The platform acting by itself: jobs, imports from the command line, rules."""

    pk: int | None = None
    audit_label = "system"


SYSTEM = System()
