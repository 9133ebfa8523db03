"""The editor of an H5P block: which package, and what completes it."""

import re
import unicodedata
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.actions.h5p_packages import import_stored
from courses.h5p import host
from courses.h5p.actions.packages import import_package
from courses.h5p.engine.problems import Rejected
from courses.h5p.errors import Refused as H5PRefused
from courses.h5p.models import Package
from courses.h5p.queries.packages import package_of
from courses.olx.edit_h5p import ANSWERED, SCORE, VIEWED, H5PDraft, read_h5p, write_h5p
from courses.queries.editing import ModuleFile
from courses.queries.media_use import only_named_by
from courses.web.declarations import SecrecyDeclaration
from courses.web.editors.base import TitledForm
from courses.web.h5p.words import ProblemLine, problem_lines, warnings_of
from lms.people.models import Person
from lms.shared.languages import LANGUAGE_NAMES

RULES = (
    (VIEWED, _("Learners have opened it")),
    (ANSWERED, _("Learners have answered it to the end")),
    (SCORE, _("Learners have reached enough points")),
)


class H5PEditor(SecrecyDeclaration, TitledForm):
    """One package: uploaded here, or one of the module's. It is checked before anything is saved."""

    template = "courses/editors/h5p.html"
    upload_is_optional = True

    upload = forms.FileField(
        label=_("Upload an .h5p file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".h5p"}),
    )
    completion = forms.ChoiceField(label=_("The block is done when"), choices=RULES, widget=forms.RadioSelect)
    threshold = forms.IntegerField(
        label=_("Points needed, in per cent"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Only where points decide."),
        error_messages={
            "min_value": _("Enter a number from 1 to 100."),
            "max_value": _("Enter a number from 1 to 100."),
        },
    )

    def add_fields(self) -> None:
        self.before = read_h5p(self.edited.olx, self.edited.language)
        self.problems: list[ProblemLine] = []
        choices = [(file.static, file.path) for file in self.packages]
        if self.before.package and self.before.package not in dict(choices):
            choices.append((self.before.package, _("%(file)s (missing)") % {"file": self.before.path}))
        self.fields["package"] = forms.ChoiceField(
            label=_("Or take a package of this module"),
            required=False,
            choices=[("", _("None yet")), *choices],
            initial=self.before.package,
        )
        self.initial["completion"], self.initial["threshold"] = self.before.completion, self.before.threshold
        self.fields["upload"].help_text = _("At most %(limit)s MB.") % {"limit": self.limit // 1_000_000}
        self.add_titles(self.before.title)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("upload")
        if upload is not None and not upload.name.lower().endswith(".h5p"):
            self.add_error("upload", _("Choose a file that ends in .h5p."))
        elif upload is not None and upload.size > self.limit:
            self.add_error("upload", _("This package is too large. Make its pictures and films smaller."))
        wants_points = cleaned.get("completion") == SCORE and "threshold" not in self.errors
        if wants_points and not cleaned.get("threshold"):
            self.add_error("threshold", _("Say how many per cent of the points are needed."))
        return cleaned

    def bring_in(self, by: Person) -> bool:
        """Have the package checked; what is wrong with it stands on the page, line by line."""
        upload, path = self.cleaned_data.get("upload"), self._chosen().removeprefix("/static/")
        field = "upload" if upload else "package"
        try:
            if upload:
                import_package(file=upload, by=by, installs_unknown=False)
            elif asset := self.edited.outline.assets.get(path):
                import_stored(path=path, asset=asset, by=by)
        except Rejected as rejected:
            self.problems = problem_lines(rejected.problems)
            self.add_error(field, _("This package was not taken in. What is wrong stands below."))
        except H5PRefused as refusal:
            self.add_error(field, str(refusal.message))
        except OSError:
            self.add_error(field, _("This file is gone from the storage. Upload it again."))
        return not self.errors

    def new_files(self) -> dict[str, bytes | IO[bytes]]:
        upload = self.cleaned_data.get("upload")
        return {self._path(): upload} if upload else {}

    def uploaded(self) -> dict[str, bool]:
        declared = bool(self.cleaned_data["declares_no_secret"])
        return {self._path(): declared} if self.cleaned_data.get("upload") else {}

    def dropped_files(self) -> set[str]:
        """The package that stood here before, when no other block plays it."""
        draft_id = self.edited.module.draft_id
        if draft_id is None or self._chosen() == self.before.package:
            return set()
        alone = only_named_by(self.edited.ref.usage_key, self.edited.outline, draft_id)
        return {self.before.path} & alone

    def written(self) -> str:
        data = self.cleaned_data
        draft = H5PDraft(
            title=self.sent_texts("title"),
            package=self._chosen(),
            completion=data["completion"],
            threshold=data.get("threshold") or self.before.threshold,
        )
        return write_h5p(self.edited.olx, draft, self.edited.language)

    def _chosen(self) -> str:
        if self.cleaned_data.get("upload"):
            return f"/static/{self._path()}"
        return str(self.cleaned_data["package"])

    def _path(self) -> str:
        """Its own name for every content: another block may go on playing the package before."""
        upload = self.cleaned_data["upload"]
        stem = PurePosixPath(upload.name).stem.replace("đ", "d").replace("Đ", "D")
        plain = unicodedata.normalize("NFD", stem).encode("ascii", "ignore").decode()
        words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:40] or "h5p"
        return f"{self.edited.ref.key}-{words}-{self._digest[:8]}.h5p"

    @cached_property
    def _digest(self) -> str:
        digest, upload = sha256(), self.cleaned_data["upload"]
        upload.seek(0)
        for piece in upload.chunks():
            digest.update(piece)
        return digest.hexdigest()

    @property
    def limit(self) -> int:
        return int(host.value("MAX_UPLOAD"))

    @cached_property
    def packages(self) -> list[ModuleFile]:
        """The packages among the module's files."""
        return sorted(
            (file for file in self.edited.files.values() if file.path.lower().endswith(".h5p")),
            key=lambda file: file.path,
        )

    @cached_property
    def current(self) -> Package | None:
        """What the saved block plays."""
        asset = self.edited.outline.assets.get(self.before.path)
        return package_of(asset.sha256) if asset else None

    @property
    def is_lost(self) -> bool:
        """Does the block name a package that is not here?"""
        return bool(self.before.package) and self.current is None

    @property
    def variants(self) -> list[tuple[str | Promise, str]]:
        """Languages whose readers get a package of their own, with its file."""
        return [
            (LANGUAGE_NAMES[code], path.removeprefix("/static/"))
            for code, path in self.before.variants.items()
        ]

    @property
    def warnings(self) -> list[ProblemLine]:
        return warnings_of(self.current.warnings) if self.current else []
