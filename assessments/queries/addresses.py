"""Where a quiz's pages lead back to."""

from courses.models import Module
from courses.queries.outline import published_outline
from lms.shared.addresses import address


def unit_address(module: Module, usage_key: str) -> str:
    """The unit the quiz stands in, at its block; empty when the published module has it no more."""
    outline = published_outline(module)
    unit = outline.unit_of(usage_key) if outline else None
    if unit is None:
        return ""
    page = address("courses:unit", module.code, unit.key)
    return f"{page}#{usage_key.rpartition('@')[2]}"
