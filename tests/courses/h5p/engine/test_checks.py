"""Every check of the engine, one package each, and proof that no check could be left out unseen."""

import importlib
from collections.abc import Iterator
from types import ModuleType

import pytest

from courses.h5p.engine.messages import MESSAGES
from courses.h5p.engine.problems import Problem
from courses.h5p.engine.semantics import check, parse
from tests.courses.h5p.engine.checks_off import Check, Switches, engine_with_switches, module
from tests.courses.h5p.engine.sample import Outcome, Sample
from tests.courses.h5p.engine.samples_archive import ARCHIVES, NAMES
from tests.courses.h5p.engine.samples_content import CONTENT
from tests.courses.h5p.engine.samples_fields import FIELDS, FieldSample
from tests.courses.h5p.engine.samples_package import ADVICE, LIBRARIES, MANIFEST, POLICY
from tests.make_h5p import PARAMS, SEMANTICS

SAMPLES = [*ARCHIVES, *NAMES, *MANIFEST, *LIBRARIES, *POLICY, *ADVICE, *CONTENT]
OF_THE_HOST = {"library-withdrawn"}  # said where the libraries are kept, in actions/packages.py
EVERY: list[Sample | FieldSample] = [*SAMPLES, *FIELDS]


def _engine(name: str) -> ModuleType:
    return importlib.import_module(f"courses.h5p.engine.{name}")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_package_is_judged(sample: Sample) -> None:
    assert sample.outcome(_engine) == sample.says


@pytest.mark.parametrize("sample", FIELDS, ids=lambda sample: sample.name)
def test_field_is_checked(sample: FieldSample) -> None:
    fields = parse(sample.semantics or SEMANTICS)
    params = {**({} if sample.semantics else PARAMS), **sample.changes}
    known = {"LanToa.Note": parse([{"name": "text", "type": "text"}])}
    found = check(fields, params, lambda name: known.get(name.machine_name))
    assert tuple((p.code, p.path) for p in found) == sample.says


@pytest.fixture(scope="module")
def switches() -> Iterator[Switches]:
    with engine_with_switches() as switches:
        for name in ("examine", "policy", "semantics"):
            module(name)
        yield switches


@pytest.fixture(scope="module")
def reached(switches: Switches) -> dict[int, list[tuple[Sample | FieldSample, Outcome]]]:
    """For every check the samples that get as far as it, and what is said of them with all checks on."""
    found: dict[int, list[tuple[Sample | FieldSample, Outcome]]] = {}
    for sample in EVERY:
        switches.reached.clear()
        outcome = sample.outcome(module)
        for number in switches.reached:
            found.setdefault(number, []).append((sample, outcome))
    return found


@pytest.mark.slow
def test_every_check_is_needed(switches: Switches, reached: dict[int, list[tuple[Sample, Outcome]]]) -> None:
    """Without a check, at least one sample comes out differently, and only those of its own code do."""
    unseen: list[str] = []
    elsewhere: list[str] = []
    for number, one in enumerate(switches.checks):
        changed = [
            (sample, outcome)
            for sample, outcome in reached.get(number, [])
            if _without(switches, number, sample) != outcome
        ]
        if not changed:
            unseen.append(f"{one.place} {one.words}")
        elsewhere.extend(f"{one.place} {s.name}" for s, outcome in changed if one.code not in outcome)
    assert "\n".join(unseen) == ""
    assert "\n".join(elsewhere) == ""


def test_every_code_is_a_check_and_has_a_sample(switches: Switches) -> None:
    said = {code for sample in SAMPLES for code in sample.says if code != "accepted"}
    said |= {code for sample in FIELDS for code, _ in sample.says}
    codes = set(MESSAGES) - OF_THE_HOST
    assert {one.code for one in switches.checks} == codes
    assert said == codes


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_message_is_a_sentence_in_both_languages(code: str) -> None:
    problem = Problem(code, "content/x.png", "chi tiết")
    vietnamese, english = problem.message("vi"), problem.message("en")
    assert vietnamese != english
    assert vietnamese.endswith(".")
    assert english.endswith(".")
    assert not set("{}") & set(vietnamese + english)


def _without(switches: Switches, number: int, sample: Sample | FieldSample) -> Outcome:
    switches.off = number
    try:
        return sample.outcome(module)
    except Exception as error:  # what the check prevents may well be a crash
        return (type(error).__name__,)
    finally:
        switches.off = None


def test_switch_names_its_place(switches: Switches) -> None:
    assert Check("names.py", "name-twice", "findings.add('name-twice', name)") in [
        Check(one.place.partition(":")[0], one.code, one.words) for one in switches.checks
    ]
