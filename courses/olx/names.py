"""Which OLX tags are what, and the names of things."""

import hashlib
import re

from lxml import etree

from courses.olx.xml import to_text

KEY_PART = re.compile(r"[\w\-~.]+")
NAME = re.compile(r"[\w\-~.:%]+")
MAX_KEY = 255
DRAFTS = "drafts/"  # the folder of what is not published yet
# Children of the course that are no content; kept as they are.
NOT_CONTENT = {"wiki", "textbook", "pdf_textbook", "html_textbook", "outcome", "static_tab"}
# Elements that only group: their blocks stand in the unit itself.
GROUPS = {"vertical", "wrapper", "problemset", "videosequence"}
# Elements that choose between their children: groups too. Of the first kind only one variant is shown.
ONE_OF = {"split_test", "randomize"}
CHOOSERS = {*ONE_OF, "library_content", "itembank", "conditional"}
# What a chooser holds besides its children.
CONDITIONS = {"show", "sources"}
STRUCTURE = {"course", "chapter", "sequential", *GROUPS, *CHOOSERS}
# Elements that exports keep in a file of their own, `<tag>/<url_name>.xml`. Others stand where they are used.
IN_FILES = {
    *STRUCTURE,
    *("html", "problem", "video", "discussion", "annotatable", "word_cloud", "poll_question", "lti"),
    *("question_bank", "about", "static_tab", "course_info", "custom_tag", "customtag", "image"),
}
# A problem of this type holds a program. Its tag in our keys; in OLX it stays a <problem>.
SCRIPT_PROBLEM = "script_problem"


def usage_key(course_key: str, block_type: str, name: str) -> str:
    """ "course-v1:LanToa+C1+2026", "text", "c1-u1-text" → the block's stable key."""
    return f"{course_key.replace('course-v1:', 'block-v1:', 1)}+type@{block_type}+block@{name}"


def course_key_of(usage: str) -> str:
    """The module a block belongs to, by its key."""
    return usage.partition("+type@")[0].replace("block-v1:", "course-v1:", 1)


def type_of(usage: str) -> str:
    """The tag in a block's key."""
    return usage.partition("+type@")[2].partition("+block@")[0]


def name_from_content(element: etree._Element) -> str:
    """A name for what has none: the same content is the same block at the next import."""
    digest = hashlib.sha256(to_text(element).encode()).hexdigest()[:12]
    return f"{element.tag}_{digest}"
