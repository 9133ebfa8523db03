"""Every block type we know: what it is called, where it may run, how it is edited.

Ours run inline in our pages. Those of other packages run unmodified in a sandboxed frame on the player
host; they are installed by `make install-blocks` and simply missing where they are not.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.xblocks.starters import STARTERS

Group = Literal["read", "practise", "ask", "show", "package"]
Editor = Literal["text", "video", "quiz", "file", "session", "h5p", "studio_view", "olx"]


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
    # Its editor writes into a frame of its own (TinyMCE), which a page without an origin may not touch.
    editor_needs_origin: bool = False
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
        tag="h5p",
        path="courses.xblocks.blocks.h5p.H5PBlock",
        label=_("Interactive content (H5P)"),
        hint=_("Drag words, fill in blanks, answer in a film: written here or uploaded as an .h5p file."),
        icon="hand",
        group="practise",
        render="inline",
        editor="h5p",
        new='<h5p completion="viewed"/>',
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
OTHERS: tuple[BlockType, ...] = (
    BlockType(
        tag="feedback",
        path="feedback.feedback.FeedbackXBlock",
        label=_("Feedback on the unit"),
        hint=_("Asks learners how a unit was and what is missing, on a scale and in words."),
        icon="hand",
        group="ask",
        new=STARTERS["feedback"],
    ),
    BlockType(
        tag="freetextresponse",
        path="freetextresponse.xblocks.FreeTextResponse",
        label=_("Answer in own words"),
        hint=_("Learners write a few sentences; chosen words in them can earn the points."),
        icon="pencil",
        group="practise",
        new=STARTERS["freetextresponse"],
    ),
    BlockType(
        tag="submit-and-compare",
        path="submit_and_compare.xblocks.SubmitAndCompareXBlock",
        label=_("Write and compare"),
        hint=_("Learners write their own version first and then see yours beside it."),
        icon="compare",
        group="practise",
        new=STARTERS["submit-and-compare"],
        scripts=("codemirror",),
    ),
    BlockType(
        tag="image-explorer",
        path="image_explorer.image_explorer.ImageExplorerBlock",
        label=_("Picture with points"),
        hint=_("Points on a picture open short explanations: a poster, a form, a studio desk."),
        icon="image",
        group="show",
        new=STARTERS["image-explorer"],
        scripts=("codemirror",),
    ),
    BlockType(
        tag="imagemodal",
        path="imagemodal.xblocks.ImageModal",
        label=_("Picture to enlarge"),
        hint=_("A map or a poster that fills the screen and can be zoomed."),
        icon="search",
        group="show",
        new=STARTERS["imagemodal"],
    ),
    BlockType(
        tag="flashcards",
        path="flashcards.flashcards.FlashcardsXBlock",
        label=_("Flash cards"),
        hint=_("Cards with a term in front and its meaning behind, for learning by heart."),
        icon="copy",
        group="practise",
        new=STARTERS["flashcards"],
        editor_needs_origin=True,
    ),
    BlockType(
        tag="accordion",
        path="accordion.accordion.AccordionXBlock",
        label=_("Folding panels"),
        hint=_("Questions and answers that open one by one and keep a long list short."),
        icon="list",
        group="show",
        new=STARTERS["accordion"],
        editor_needs_origin=True,
    ),
    BlockType(
        tag="markdown",
        path="markdown_xblock.html.MarkdownXBlock",
        label=_("Markdown text"),
        hint=_("Text written with Markdown marks, for authors who bring it from elsewhere."),
        icon="document",
        group="read",
        new=STARTERS["markdown"],
    ),
    BlockType(
        tag="branching_xblock",
        path="branching_xblock.branching_xblock.BranchingXBlock",
        label=_("Branching story"),
        hint=_("A situation in which every choice leads on: good for handling crises and rumours."),
        icon="sort",
        group="practise",
        new=STARTERS["branching_xblock"],
    ),
    BlockType(
        tag="problem",
        path="xblocks_contrib.problem.capa_block.ProblemBlock",
        label=_("Open edX question"),
        hint=_("Choice, checkbox, dropdown, number and text questions as Open edX courses have them."),
        icon="help",
        group="practise",
        editor="olx",
        new=STARTERS["problem"],
    ),
    BlockType(
        tag="word_cloud",
        path="xblocks_contrib.word_cloud.word_cloud.WordCloudBlock",
        label=_("Word cloud"),
        hint=_("Everyone gives a few words; the more often a word comes, the larger it is drawn."),
        icon="chart",
        group="ask",
        new=STARTERS["word_cloud"],
    ),
    BlockType(
        tag="annotatable",
        path="xblocks_contrib.annotatable.annotatable.AnnotatableBlock",
        label=_("Text with remarks"),
        hint=_("A model text whose marked places open your remarks."),
        icon="pencil",
        group="read",
        new=STARTERS["annotatable"],
        scripts=("qtip", "codemirror"),
    ),
    BlockType(
        tag="pdf",
        path="xblock_pdf.pdf.PDFBlock",
        label=_("PDF document"),
        hint=_("A PDF with a link to open and download it."),
        icon="document",
        group="read",
        new=STARTERS["pdf"],
    ),
    BlockType(
        tag="scorm",
        path="openedxscorm.scormxblock.ScormXBlock",
        label=_("SCORM package"),
        hint=_("A course made with another tool, uploaded as a SCORM .zip."),
        icon="upload",
        group="package",
        new=STARTERS["scorm"],
        needs_origin=True,
        scripts=("jquery-ui",),
    ),
    BlockType(
        tag="h5pxblock",
        path="h5pxblock.h5pxblock.H5PPlayerXBlock",
        label=_("H5P package (block of another maker)"),
        hint=_("For courses that have it already. For new content, take Interactive content (H5P)."),
        icon="upload",
        group="package",
        new=STARTERS["h5pxblock"],
        needs_origin=True,
        scripts=("h5p",),
    ),
    BlockType(
        tag="drag-and-drop-v2",
        path="drag_and_drop_v2.DragAndDropBlock",
        label=_("Drag and drop"),
        hint=_("Learners put items into the right places of a picture, by mouse, finger or keyboard."),
        icon="hand",
        group="practise",
        new=STARTERS["drag-and-drop-v2"],
    ),
    BlockType(
        tag="poll",
        path="poll.PollBlock",
        label=_("Poll"),
        hint=_("One question to everybody; each sees how the others answered."),
        icon="chart",
        group="ask",
        new=STARTERS["poll"],
    ),
    BlockType(
        tag="survey",
        path="poll.SurveyBlock",
        label=_("Survey"),
        hint=_("Several questions with the same answers, in one table."),
        icon="list",
        group="ask",
        new=STARTERS["survey"],
    ),
    BlockType(
        tag="done",
        path="done.DoneXBlock",
        label=_("Mark as done"),
        hint=_("A switch by which learners say themselves that they have done something."),
        icon="circle-check",
        group="practise",
        new=STARTERS["done"],
    ),
)
BLOCK_TYPES: dict[str, BlockType] = {entry.tag: entry for entry in (*OURS, *OTHERS)}


def block_type(tag: str) -> BlockType | None:
    """What we know about an OLX tag; None for a tag that is not on the list."""
    return BLOCK_TYPES.get(tag)
