"""The form of a content that is written here: its fields as JSON, drawn by `<h5p-form>`."""

import json
import re
import unicodedata
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import IO, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.h5p.actions.packages import import_package
from courses.h5p.engine.filling import filled
from courses.h5p.engine.libraries import FileEntry
from courses.h5p.engine.problems import Rejected
from courses.h5p.errors import Refused as H5PRefused
from courses.h5p.models import Package
from courses.h5p.queries.authoring import Descriptions
from courses.h5p.queries.composed import composed
from courses.h5p.queries.written import Written, read_written
from courses.olx.compare import Piece
from courses.olx.edit_h5p import read_h5p, write_h5p
from courses.queries.editing import EditedBlock
from courses.queries.h5p_authoring import package_in, package_now
from courses.queries.media_use import only_named_by
from courses.web.editors.base import EditorForm
from courses.web.h5p.compare_words import changed_fields
from courses.web.h5p.field_problems import FieldProblem, field_problems
from courses.web.h5p.words import ProblemLine, problem_lines
from lms.people.models import Person
from lms.shared.languages import current_language

LONGEST = 2_000_000  # characters of JSON


class ContentForm(EditorForm):
    """One content. Its params are checked by the engine; what is wrong stands at the fields."""

    template = "courses/h5p/author.html"

    library = forms.CharField(widget=forms.HiddenInput, max_length=300)
    package = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    title = forms.CharField(
        label=_("Title of the content"),
        max_length=255,
        help_text=_("Learners see it above the content; screen readers say it first."),
        error_messages={"required": _("Give the content a title.")},
    )
    params = forms.CharField(
        label=_("Content"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 12, "class": "mono"})
    )

    def __init__(self, edited: EditedBlock, *arguments: Any, library: str = "", **more: Any) -> None:
        self.began_with = library
        self.before = read_h5p(edited.olx, edited.language)
        self.current = package_now(edited)
        self.descriptions = Descriptions(current_language(), edited.language)
        self.found: Written | None = None
        self.faults: list[FieldProblem] = []
        self.refusals: list[ProblemLine] = []
        super().__init__(edited, *arguments, **more)

    def add_fields(self) -> None:
        current = self.current
        if current is not None:
            self.initial.update(
                library=library_of(current),
                package=current.sha256,
                title=current.title,
                params=json_of(self.as_begun(current)),
            )
        else:
            own = self.before.title.get(self.edited.language, "")
            self.initial.update(library=self.began_with, title=own)

    def as_begun(self, package: Package) -> dict[str, Any]:
        """The content with fields that its type got after it was made."""
        fields = self.descriptions.fields(library_of(package))
        return filled(fields, package.params, self.descriptions.fields)

    @property
    def chosen(self) -> str:
        """The type that is written: "H5P.MultiChoice 1.16"."""
        return str(self["library"].value() or "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "params" not in cleaned or "library" not in cleaned:
            return cleaned
        try:
            self.found = read_written(cleaned["library"], cleaned["params"], files=self.files_there())
        except Rejected as rejected:
            self.refusals = problem_lines(rejected.problems)
            self.add_error(None, _("This content cannot be read. What is wrong stands below."))
            return cleaned
        self.faults = field_problems(
            self.found.problems, self.found.params, self.descriptions, cleaned["library"]
        )
        return cleaned

    def is_valid(self) -> bool:
        """What is wrong with single fields of the content stands at them, not among the form's errors."""
        return super().is_valid() and not self.faults

    def files_there(self) -> list[FileEntry]:
        """Files of the package now and of the one this page began with: a colleague may have saved since."""
        began = package_in(self.edited.module, str(self["package"].value() or ""))
        packages = [package for package in (began, self.current) if package is not None]
        return [FileEntry(**entry) for package in packages for entry in package.files]

    def bring_in(self, by: Person) -> bool:
        """Write the .h5p file and have it checked like any other."""
        assert self.found is not None
        self.content = composed(
            self.found,
            title=self.cleaned_data["title"],
            language=self.edited.language,
            before=self.current.manifest if self.current else None,
        )
        try:
            import_package(file=BytesIO(self.content), by=by, installs_unknown=False, source="form")
        except Rejected as rejected:
            self.refusals = problem_lines(rejected.problems)
            self.add_error(None, _("This content was not taken in. What is wrong stands below."))
        except H5PRefused as refusal:
            self.add_error(None, str(refusal.message))
        return not self.errors

    def new_files(self) -> dict[str, bytes | IO[bytes]]:
        return {self.path: self.content}

    def dropped_files(self) -> set[str]:
        draft_id = self.edited.module.draft_id
        if draft_id is None or self.path == self.before.path:
            return set()
        return {self.before.path} & only_named_by(self.edited.ref.usage_key, self.edited.outline, draft_id)

    def written(self) -> str:
        title = dict(self.before.title)
        # A block without a title gets that of its content; one that has a title keeps it.
        title[self.edited.language] = title.get(self.edited.language) or self.cleaned_data["title"][:200]
        draft = replace(self.before, title=title, package=f"/static/{self.path}")
        return write_h5p(self.edited.olx, draft, self.edited.language)

    @property
    def path(self) -> str:
        """Its own name for every content: another block may go on playing the one before."""
        stem = self.cleaned_data["title"].replace("đ", "d").replace("Đ", "D")
        plain = unicodedata.normalize("NFD", stem).encode("ascii", "ignore").decode()
        words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:40] or "h5p"
        return f"{self.edited.ref.key}-{words}-{sha256(self.content).hexdigest()[:8]}.h5p"

    def against(self, theirs: EditorForm) -> list[tuple[str, list[list[Piece]]]]:
        """Where what was written here differs from what a colleague saved."""
        current = theirs.current if isinstance(theirs, ContentForm) else None
        if current is None or self.found is None:
            return []
        found: list[tuple[str, list[list[Piece]]]] = []
        if current.title != self.cleaned_data["title"]:
            gone, new = Piece("gone", current.title), Piece("new", self.cleaned_data["title"])
            found.append((str(self.fields["title"].label), [[gone, new]]))
        fields = self.descriptions.fields(self.chosen)
        before = self.as_begun(current)
        for row in changed_fields(fields, before, self.found.params, self.descriptions.fields):
            found.append((row.label, row.paragraphs))
        return found


def library_of(package: Package) -> str:
    """ "H5P.MultiChoice 1.16"."""
    row = package.main_library
    return f"{row.machine_name} {row.major}.{row.minor}"


def json_of(params: Any) -> str:
    return json.dumps(params, ensure_ascii=False) if params else ""
