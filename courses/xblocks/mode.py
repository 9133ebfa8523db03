"""Whose eyes a block is shown to."""

from enum import StrEnum


class Mode(StrEnum):
    """Only `published` writes learners' rows; only `draft` may change content."""

    PUBLISHED = "published"
    DRAFT = "draft"  # the studio's editors
    PREVIEW = "preview"  # an author looks at the draft as a learner would
