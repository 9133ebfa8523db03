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
    # Scripts it expects beside jQuery and Underscore: "jquery-ui", "uri", "require".
    scripts: tuple[str, ...] = ()

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
        tag="html",
        path="courses.xblocks.blocks.page.PageBlock",
        label=_("Page from another platform"),
        hint=_("HTML of an imported course. For new texts, take Text."),
        render="inline",
        editor="olx",
    ),
    BlockType(
        tag="discussion",
        path="courses.xblocks.blocks.notes.DiscussionBlock",
        label=_("Discussion"),
        hint=_("A forum of an imported course. It is kept, and not open here yet."),
        icon="info",
        render="inline",
        editor="olx",
    ),
    BlockType(
        tag="script_problem",
        path="courses.xblocks.blocks.notes.ScriptProblemBlock",
        label=_("Problem with a program"),
        hint=_("It is kept for the export. Programs in problems do not run here."),
        icon="info",
        group="practise",
        render="inline",
        editor="olx",
    ),
)
OTHERS: tuple[BlockType, ...] = (
    BlockType(
        tag="drag-and-drop-v2",
        path="drag_and_drop_v2.DragAndDropBlock",
        label=_("Drag and drop"),
        hint=_("Learners put items into the right places of a picture, by mouse, finger or keyboard."),
        icon="hand",
        group="practise",
        new="<drag-and-drop-v2/>",
    ),
    BlockType(
        tag="poll",
        path="poll.PollBlock",
        label=_("Poll"),
        hint=_("One question to everybody; each sees how the others answered."),
        icon="chart",
        group="ask",
        new="<poll/>",
    ),
    BlockType(
        tag="survey",
        path="poll.SurveyBlock",
        label=_("Survey"),
        hint=_("Several questions with the same answers, in one table."),
        icon="list",
        group="ask",
        new="<survey/>",
    ),
    BlockType(
        tag="done",
        path="done.DoneXBlock",
        label=_("Mark as done"),
        hint=_("A switch by which learners say themselves that they have done something."),
        icon="circle-check",
        group="practise",
        new="<done/>",
    ),
)
BLOCK_TYPES: dict[str, BlockType] = {entry.tag: entry for entry in (*OURS, *OTHERS)}


def block_type(tag: str) -> BlockType | None:
    """What we know about an OLX tag; None for a tag that is not on the list."""
    return BLOCK_TYPES.get(tag)
