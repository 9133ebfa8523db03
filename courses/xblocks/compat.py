"""Names of older hosts that blocks still read. Nothing of ours uses them."""

from typing import Any


class LegacyAttributes:
    """Mixed into every block."""

    scope_ids: Any
    graceperiod = due = start = None
    graded = False

    @property
    def location(self) -> Any:
        return self.scope_ids.usage_id

    @property
    def course_id(self) -> Any:
        return self.scope_ids.usage_id.course_key

    @property
    def category(self) -> str:
        return str(self.scope_ids.block_type)
