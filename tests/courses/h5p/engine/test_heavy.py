"""Packages made to cost: refused for the right reason, or read. What they cost is measured by the bench."""

import io
import time

import pytest

from courses.h5p.engine.examine import MemoryInstalled, examine
from courses.h5p.engine.policy import Policy
from courses.h5p.engine.problems import Rejected
from tests.make_h5p_heavy import HEAVY, Heavy

pytestmark = pytest.mark.slow
MOST_SECONDS = 2.0


@pytest.mark.parametrize("heavy", HEAVY, ids=lambda heavy: heavy.name)
def test_heavy_package_is_judged_in_two_seconds(heavy: Heavy) -> None:
    content = io.BytesIO(heavy.make())
    policy = Policy(allow=frozenset(), may_install_unknown=True)
    began = time.process_time()
    try:
        found = examine(content, installed=MemoryInstalled(), policy=policy)
    except Rejected as rejected:
        said = sorted({problem.code for problem in rejected.problems})
    else:
        said = ["accepted", *sorted({warning.code for warning in found.warnings})]
    assert time.process_time() - began < MOST_SECONDS
    assert " ".join(said) == heavy.says
