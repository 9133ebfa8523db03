"""Which editor a block opens in. The catalogue names it; this finds the form or the page."""

from courses.web.editors.base import EditorForm
from courses.web.editors.file import FileEditor
from courses.web.editors.h5p import H5PEditor
from courses.web.editors.olx import OlxEditor
from courses.web.editors.session import SessionEditor
from courses.web.editors.text import TextEditor
from courses.web.editors.video import VideoEditor
from courses.xblocks.catalogue import block_type
from courses.xblocks.registry import is_framed

FRAME, OLX = "studio_view", "olx"

EDITORS: dict[str, type[EditorForm]] = {
    "text": TextEditor,
    "video": VideoEditor,
    "file": FileEditor,
    "session": SessionEditor,
    "h5p": H5PEditor,
    OLX: OlxEditor,
}
# Editors that are pages of an app above this one, by the name of their address.
PAGES = {"quiz": "assessments:quiz_editor"}
# Blocks without an entry in the catalogue, because no learner ever sees them.
UNLISTED = {"question_bank": "quiz"}


def editor_of(tag: str) -> str:
    """The editor for an OLX tag: its XML where there is nothing better."""
    known = block_type(tag)
    editor = known.editor if known else UNLISTED.get(tag, OLX)
    if editor == FRAME and not is_framed(tag):
        return OLX  # its package is not installed here
    return editor if editor in EDITORS or editor in PAGES or editor == FRAME else OLX
