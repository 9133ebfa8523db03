"""The audit trail for those who check: who did what, when."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.audit.models import AuditEvent
from lms.audit.queries import events, kinds
from lms.home.permissions import may_read_audit_trail
from lms.home.web.audit_kinds import kind_label
from lms.shared.clock import HO_CHI_MINH

LINES_PER_PAGE = 50
SECONDS_KINDS_ARE_KEPT = 60


class DayInput(forms.DateInput):
    """The browser's own calendar: it sends and takes ISO days."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "in", "type": "date"}, format="%Y-%m-%d")


class AuditFilter(forms.Form):
    kind = forms.ChoiceField(label=_("What"), required=False, widget=forms.Select({"class": "in"}))
    text = forms.CharField(
        label=_("Person or thing"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "in", "type": "search", "autocomplete": "off"}),
    )
    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Up to and including"), required=False, widget=DayInput)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        found = sorted((kind_label(kind), kind) for kind in known_kinds())
        choices = [("", _("Everything")), *((kind, label) for label, kind in found)]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("Choose a day that is not before the first one."))
        return cleaned


@login_required
@require_safe
@never_cache
def audit(request: HttpRequest) -> HttpResponse:
    """The trail, newest first, by kind, person or thing, and day."""
    if not may_read_audit_trail(request.user):
        raise PermissionDenied
    form = AuditFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = events(
        kind=wanted.get("kind") or "",
        text=(wanted.get("text") or "").strip(),
        since=_start(wanted.get("since")),
        until=_start(wanted.get("until"), days_later=1),
    )
    page = Paginator(found, LINES_PER_PAGE).get_page(request.GET.get("page"))
    lines = [_line(event) for event in page] if form.is_valid() else []
    return render(request, "home/audit.html", {"form": form, "page": page, "lines": lines})


def known_kinds() -> list[str]:
    """The kinds that occur; a new one may be missing from the filter for a minute."""
    return list(cache.get_or_set("home:audit-kinds", kinds, SECONDS_KINDS_ARE_KEPT) or ())


def _start(day: date | None, days_later: int = 0) -> datetime | None:
    """The first moment of a day in Viet Nam."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days_later), time(), tzinfo=HO_CHI_MINH)


def _line(event: AuditEvent) -> dict[str, Any]:
    """A row of the table."""
    return {
        "event": event,
        "kind": kind_label(event.kind),
        "details": [(key, _plain(value)) for key, value in event.details.items() if value not in (None, "")],
    }


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
