"""Every block type we know: what it is called, where it may run, how it is edited.

Ours run inline in our pages. Those of other packages run unmodified in a sandboxed frame on the player
host; they are installed by `make install-blocks` and simply missing where they are not.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Group = Literal["read", "practise", "ask", "show", "package"]
Editor = Literal["text", "video", "quiz", "file", "session", "studio_view", "olx"]


@dataclass(frozen=True)
class BlockType:
    """One OLX tag. `new` is the OLX of an empty block of this type; "" keeps it out of the library."""

    tag: str
    path: str  # dotted path of the class
    label: str | Promise
    hint: str | Promise = ""  # what it is good for, in one sentence
    icon: str = "document"
    group: Group = "read"
    render: Literal["inline", "frame"] = "frame"
    editor: Editor = "studio_view"
    new: str = ""
    # Packages of strangers' files (SCORM, H5P) keep state in the browser: their frame may have an origin.
    needs_origin: bool = False

    @property
    def is_ours(self) -> bool:
        return self.path.startswith(("courses.", "assessments."))


OURS = (
    BlockType(
        tag="text",
        path="courses.xblocks.blocks.text.TextBlock",
        label=_("Text"),
        hint=_("Paragraphs, headings, pictures and tables, each statement with its source."),
        render="inline",
        editor="text",
        new='<text><body lang="vi"></body></text>',
    ),
    BlockType(
        tag="video",
        path="courses.xblocks.blocks.video.VideoBlock",
        label=_("Audio or video"),
        hint=_("A recording with captions and a transcript."),
        icon="video",
        render="inline",
        editor="video",
        new='<video kind="video"/>',
    ),
    BlockType(
        tag="quiz",
        path="assessments.xblocks.quiz.QuizBlock",
        label=_("Quiz"),
        hint=_("Questions marked by the server, for practice or as the module's test."),
        icon="circle-check",
        group="practise",
        render="inline",
        editor="quiz",
        new='<quiz kind="practice"/>',
    ),
    BlockType(
        tag="file",
        path="courses.xblocks.blocks.file.FileBlock",
        label=_("File"),
        hint=_("A document to download, with its size, licence and source."),
        icon="download",
        render="inline",
        editor="file",
        new="<file/>",
    ),
    BlockType(
        tag="session",
        path="courses.xblocks.blocks.session.SessionBlock",
        label=_("Live session"),
        hint=_("When and where people meet, and afterwards the recording."),
        icon="calendar",
        group="ask",
        render="inline",
        editor="session",
        new='<session minutes="60"/>',
    ),
)
OTHERS: tuple[BlockType, ...] = ()
BLOCK_TYPES: dict[str, BlockType] = {entry.tag: entry for entry in (*OURS, *OTHERS)}


def block_type(tag: str) -> BlockType | None:
    """What we know about an OLX tag; None for a tag that is not on the list."""
    return BLOCK_TYPES.get(tag)
