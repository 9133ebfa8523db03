"""What the pages of all editors do with a form that is in order."""

from courses.actions.block_files import save_block_with_files
from courses.actions.versions import WrittenVersion
from courses.queries.editing import EditedBlock
from courses.web.editors.base import EditorForm
from lms.people.http import SignedInRequest


def save_form(request: SignedInRequest, edited: EditedBlock, form: EditorForm) -> WrittenVersion:
    """Put what the form says into the draft; `Refused` when it is not taken.

    `over` in the request is the colleague's version that the author has seen and writes over.
    """
    over = request.POST.get("over", "")
    return save_block_with_files(
        module=edited.module,
        usage_key=edited.ref.usage_key,
        olx=form.written(),
        files=form.new_files(),
        uploaded=form.uploaded(),
        dropped=form.dropped_files(),
        by=request.user,
        base_version=int(over) if over.isdecimal() and len(over) < 19 else form.cleaned_data["base_version"],
    )


def kept_seq(request: SignedInRequest) -> int:
    """Which write of the typed text this form holds; what another tab kept since is not forgotten."""
    sent = request.POST.get("kept_seq", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0
