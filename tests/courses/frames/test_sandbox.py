"""What a frame's browser lets it do, by block and by view."""

import pytest

from courses.xblocks.catalogue import OTHERS
from courses.xblocks.frames import sandbox_of
from courses.xblocks.tokens import STUDENT_VIEW, STUDIO_VIEW


def with_origin(view: str) -> set[str]:
    return {entry.tag for entry in OTHERS if "allow-same-origin" in sandbox_of(entry.tag, view).split()}


def test_only_packages_of_strangers_have_an_origin_before_learners() -> None:
    assert with_origin(STUDENT_VIEW) == {"scorm", "h5pxblock"}


def test_editors_that_write_into_a_frame_of_their_own_have_one_in_the_studio() -> None:
    assert with_origin(STUDIO_VIEW) == {"scorm", "h5pxblock", "flashcards", "accordion"}


@pytest.mark.parametrize("view", [STUDENT_VIEW, STUDIO_VIEW])
def test_no_frame_leads_the_page_away(view: str) -> None:
    allowed = {word for entry in OTHERS for word in sandbox_of(entry.tag, view).split()}
    assert not any(word.startswith("allow-top-navigation") for word in allowed)
    assert ("allow-modals" in allowed) == (view == STUDIO_VIEW)
