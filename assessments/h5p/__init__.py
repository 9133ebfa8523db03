"""Our quiz questions as H5P content. Plain Python; docs/how-to/make-h5p.md says what becomes what."""

from assessments.h5p.contents import FORMS, GAPS, Content, Wish, make
from assessments.h5p.questions import CannotExport, has_gap, is_complete
from assessments.h5p.shelf import Shelf

__all__ = ["FORMS", "GAPS", "CannotExport", "Content", "Shelf", "Wish", "has_gap", "is_complete", "make"]
