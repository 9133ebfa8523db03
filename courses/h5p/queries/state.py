"""What people did in packages so far."""

from decimal import Decimal
from typing import Any

from courses.h5p.models import Package, Statement, UserState


def states_of(person: Any, package: Package, context: str) -> dict[str, dict[str, str]]:
    """Sub-content ("0": the whole) → kind → the saved text: the form in which H5P resumes. One query."""
    found: dict[str, dict[str, str]] = {}
    rows = UserState.objects.filter(person=person, package=package, context=context).exclude(data="")
    for sub_content_id, data_type, data in rows.values_list("sub_content_id", "data_type", "data"):
        found.setdefault(sub_content_id or "0", {})[data_type] = data
    return found


def first_maximum(person: Any, package: Package, context: str) -> Decimal | None:
    """How much this person's first result of the whole content was out of; None before there is one."""
    rows = Statement.objects.filter(person=person, package=package, context=context, sub_content_id="")
    return rows.exclude(maximum=None).order_by("stored_at", "pk").values_list("maximum", flat=True).first()
