"""Forms of hr. They check shape only; rules are in the actions."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import Track
from lms.hr.models import ExportFormat, RecordStatus
from lms.hr.queries.columns import COLUMNS
from lms.hr.queries.records import RecordFilters
from lms.hr.queries.scope import Units
from lms.people.queries import organisation_label
from lms.shared.languages import localised

OTHER = "other"
# Stored and printed in the file in Vietnamese; the page shows the reader's language.
PURPOSES: dict[str, tuple[str, str | Promise]] = {
    "report": ("Báo cáo định kỳ gửi cơ quan cấp trên", _("Periodic report to the body above")),
    "staff_files": ("Cập nhật hồ sơ cán bộ", _("Update of staff files")),
    "inspection": ("Thanh tra, kiểm tra", _("Inspection or audit")),
    OTHER: ("", _("Something else, which I will write down")),
}
DAY_ERROR = {"invalid": _("Enter a day as dd/mm/yyyy.")}
DAY_ATTRIBUTES = {"class": "in num", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}
INDENT = "\u2003"  # an em space; browsers drop plain ones
IN = {"class": "in"}
DAY_FORMATS = ["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]


def _day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=DAY_FORMATS,
        error_messages=DAY_ERROR,
        widget=forms.DateInput(format="%d/%m/%Y", attrs=DAY_ATTRIBUTES),
    )


class FilterForm(forms.Form):
    text = forms.CharField(
        label=_("Name or serial number"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off", "spellcheck": "false"}),
    )
    unit = forms.CharField(label=_("Work unit"), max_length=32, required=False)
    track = forms.ChoiceField(label=_("Programme"), required=False, widget=forms.Select(attrs=IN))
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("All")), *RecordStatus.choices],
        widget=forms.Select(attrs=IN),
    )
    issued_from = _day_field(_("Issued from"))
    issued_to = _day_field(_("until"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        tracks = [(row.code, localised(row.title)) for row in Track.objects.order_by("position")]
        self.fields["track"].choices = [("", _("All")), *tracks]  # type: ignore[attr-defined]

    def options(self, units: Units) -> list[tuple[str, str]]:
        """The bodies to choose from; those below the chosen one come right after it, indented.

        The page prints them itself: Django's widget takes a template for each of a hundred.
        """
        bodies = list(units.offered)
        if units.chosen and units.chosen not in bodies:
            bodies.append(units.chosen)
        options = [("", _("All units (%(number)s)") % {"number": len(units.offered)})]
        for body in bodies:
            options.append((body.code, _capital(organisation_label(body))))
            if body == units.chosen:
                options += [(row.code, INDENT + organisation_label(row)) for row in units.below_chosen]
        return options

    def filters(self) -> RecordFilters:
        """What was typed, without what makes no sense."""
        self.is_valid()
        return RecordFilters(**{name: value for name, value in self.cleaned_data.items() if value})


class ExportForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        choices=[(code, label) for code, (_text, label) in PURPOSES.items()],
        widget=forms.RadioSelect,
        help_text=_("The purpose is kept in the audit trail and printed in the file."),
        error_messages={"required": _("Choose what the file is for.")},
    )
    other = forms.CharField(label=_("Other purpose"), max_length=200, required=False)
    columns = forms.MultipleChoiceField(
        label=_("Columns of the file"),
        choices=[(name, column.label) for name, column in COLUMNS.items()],
        initial=[name for name, column in COLUMNS.items() if column.is_usual],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one column.")},
    )
    format = forms.ChoiceField(
        label=_("Format"),
        choices=ExportFormat.choices,
        initial=ExportFormat.XLSX,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("purpose") == OTHER and not self.cleaned_data.get("other", "").strip():
            self.add_error("other", _("Write what the file is for."))
        return self.cleaned_data

    @property
    def purpose_text(self) -> str:
        """The purpose in Vietnamese, or in the words typed."""
        return PURPOSES[self.cleaned_data["purpose"]][0] or self.cleaned_data["other"]


class SignOffForm(forms.Form):
    """`number` is what the signer saw: when it changed since, she looks again."""

    number = forms.IntegerField(
        label=_("Number of people"),
        widget=forms.HiddenInput,
        error_messages={"required": _("Open this page again and sign what it shows.")},
    )
    sure = forms.BooleanField(
        label=_("I have compared the list with the staff files"),
        error_messages={"required": _("Confirm that you have compared the list with the staff files.")},
    )

    def __init__(self, number: int, data: Any = None) -> None:
        super().__init__(data)
        self.present = number

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if number != self.present:
            raise forms.ValidationError(
                _("The list has changed since you opened this page. It now holds %(number)s people."),
                params={"number": self.present},
            )
        return number


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
