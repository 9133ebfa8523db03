"""`make workbench`: the blocks of our catalogue in xblock-sdk's workbench say what they say in our frames."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from lxml import html

from courses.actions.import_olx import import_module
from courses.xblocks.catalogue import OTHERS
from courses.xblocks.runtime import PlatformRuntime
from lms.shared.actors import SYSTEM
from tests import make, make_courses
from tests.make_courses import usage_key

pytest.importorskip("workbench")
pytest.importorskip("xblocks_contrib")
ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
# What the workbench cannot show, and the words with which it fails. Our frames show all of them.
NOT_IN_THE_WORKBENCH = {
    "markdown": "'str' object has no attribute 'block_id'",  # its ids are words, not keys
}
# Shown there, but as the block's own note about a fault: its service "sandbox" is missing.
FAULTY_IN_THE_WORKBENCH = {"problem"}
# Their pages come without words: scripts draw them (and an empty SCORM block shows nothing).
DRAWN_BY_SCRIPT = {"flashcards", "accordion", "branching_xblock", "scorm"}


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """By tag: {"html": …} or {"refused": why}."""
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    environment["LANTOA_WORKBENCH_DIR"] = str(tmp_path_factory.mktemp("workbench"))
    listed = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tools.workbench", "list"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    found: dict[str, Any] = json.loads(listed.stdout)
    return found


def words(page: str) -> list[str]:
    """The words a reader sees of a student's view, in order."""
    tree: Any = html.fromstring(page)
    views: Any = tree.xpath("//*[contains(concat(' ', @class, ' '), 'student_view ')]")
    view = views[0] if views else tree
    for hidden in view.xpath(".//script | .//style | .//template"):
        hidden.drop_tree()
    return str(view.text_content()).split()


def test_every_type_is_shown_or_refused_with_a_known_reason(workbench: dict[str, Any]) -> None:
    refused = {tag: workbench[tag]["refused"] for tag in workbench if "refused" in workbench[tag]}
    others = {tag: why for tag, why in refused.items() if tag in {entry.tag for entry in OTHERS}}
    assert others.keys() == NOT_IN_THE_WORKBENCH.keys()
    for tag, reason in NOT_IN_THE_WORKBENCH.items():
        assert reason in others[tag]


@pytest.mark.parametrize("tag", [entry.tag for entry in OTHERS if entry.tag not in NOT_IN_THE_WORKBENCH])
def test_a_block_says_the_same_there_and_here(tag: str, workbench: dict[str, Any], tmp_path: Path) -> None:
    entry = next(entry for entry in OTHERS if entry.tag == tag)
    olx = entry.new.replace(f"<{tag}", f'<{tag} url_name="b"', 1)
    module = import_module(make_courses.olx(tmp_path, {"u1": olx}), by=SYSTEM).module
    runtime = PlatformRuntime(person=make.person(), module=module)

    with translation.override("en"):
        here = runtime.render(runtime.get_block(usage_key(module, "b", tag)), "student_view", {}).content

    there = words(workbench[tag]["html"])
    if tag in FAULTY_IN_THE_WORKBENCH:
        assert there != words(here)
    else:
        assert there == words(here)
        assert bool(there) != (tag in DRAWN_BY_SCRIPT)
