"""A module with an H5P package in each unit: our own, a hostile one, and those of h5p.org that are here."""

from collections.abc import Mapping
from pathlib import Path

from tests.browser.conftest import Site
from tests.make_h5p_play import hostile, playable
from tests.make_h5p_shelf import H5P_CORPUS

BRING_IN = """
from pathlib import Path
from courses.h5p.actions.packages import import_package
from lms.shared.actors import SYSTEM
for path in sorted(Path({folder!r}).glob("*.h5p")):
    with path.open("rb") as file:
        import_package(file=file, by=SYSTEM)
"""
ENROL = """
from courses.models import Module
from lms.people.models import Person
from tests import make_courses
programme = make_courses.programme(Module.objects.get(code="HAIP"), code="TH", duty="TEST-H5P")
for username in {people!r}:
    make_courses.enrolment(Person.objects.get(username=username), programme)
"""
UNIT = (
    '<vertical url_name="u-{name}" display_name="{name}" minutes="3" review_by="2027-06-30">'
    '<h5p url_name="{name}" display_name="Bài tập {name}" package="/static/{name}.h5p"'
    ' completion="score" threshold="50" required="true"/></vertical>'
)
COURSE = (
    '<course url_name="2026" org="LanToa" course="HAIP" display_name="H5P" language="vi" component="DC">'
    '<chapter url_name="ch" display_name="H5P"><sequential url_name="seq" display_name="Tất cả">{units}'
    "</sequential></chapter></course>"
)


def corpus(prefix: str) -> Path | None:
    """A package of h5p.org whose file name begins so."""
    return next(iter(sorted(H5P_CORPUS.glob(f"{prefix}-*.h5p"))), None) if H5P_CORPUS.is_dir() else None


def make_course(site: Site, folder: Path, *, foreign: Mapping[str, Path], people: list[str]) -> None:
    """Write it, bring its packages in and put people on a programme with it."""
    static = folder / "static"
    static.mkdir(parents=True)
    (static / "card.h5p").write_bytes(playable())
    (static / "hostile.h5p").write_bytes(hostile())
    for name, path in foreign.items():
        (static / f"{name}.h5p").write_bytes(path.read_bytes())
    units = "".join(UNIT.format(name=name) for name in ("card", "hostile", *foreign))
    (folder / "course.xml").write_text(COURSE.format(units=units), encoding="utf-8")
    site.manage("shell", "--no-imports", "-c", BRING_IN.format(folder=str(static)))
    site.manage("import_olx", str(folder))
    site.manage("shell", "--no-imports", "-c", ENROL.format(people=people))
