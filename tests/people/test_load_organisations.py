from collections import Counter
from datetime import date
from io import StringIO

import pytest
import vietnam_provinces
from django.core.management import call_command

from lms.people.actions.structure import Body, load_structure
from lms.people.models import Organisation, OrganisationName, Succession
from lms.people.queries import name_on, organisations_on, predecessors_of, successors_of
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make

BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)


def load() -> str:
    out = StringIO()
    call_command("load_organisations", stdout=out)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.django_db
def test_load_organisations_loads_the_whole_tree_and_is_safe_to_repeat() -> None:
    assert "0 unchanged" in load()
    assert Counter(organisations_on(SINCE).values_list("kind", flat=True)) == {
        "state": 1,
        "ministry": 14,
        "ministerial": 3,
        "government": 3,
        "province": 34,
        "commune": 3321,
    }
    assert organisations_on(BEFORE, kind="province").count() == 63
    assert Succession.objects.count() == 63
    assert "0 added, 0 changed" in load()
    assert (Succession.objects.count(), OrganisationName.objects.count()) == (63, 1)
    _check_paths()
    _check_dates()
    _check_against_the_package()


def _check_paths() -> None:
    rows = {row.pk: row for row in Organisation.objects.all()}
    for row in rows.values():
        above = rows[row.parent_id].path if row.parent_id else "/"
        assert row.path == f"{above}{row.pk}/"


def _check_dates() -> None:
    sonla, tuyen_quang = (Organisation.objects.get(code=f"province-{code}") for code in ("14", "08"))
    assert [row.code for row in predecessors_of(sonla)] == ["former-son-la"]
    assert [row.code for row in predecessors_of(tuyen_quang)] == ["former-ha-giang", "former-tuyen-quang"]
    assert list(successors_of(Organisation.objects.get(code="former-ha-giang"))) == [tuyen_quang]
    dong_nai = Organisation.objects.get(code="province-75")
    assert name_on(dong_nai, date(2026, 4, 29)) == "Tỉnh Đồng Nai"
    assert name_on(dong_nai, date(2026, 4, 30)) == "Thành phố Đồng Nai"
    cities = organisations_on(date(2026, 5, 1), kind="province").filter(name__startswith="Thành phố")
    assert cities.count() == 7


def _check_against_the_package() -> None:
    ours = dict(organisations_on(SINCE, kind="province").values_list("nso_code", "short_name"))
    theirs = {f"{p.code.value:02}": p.name for p in vietnam_provinces.Province.iter_all()}
    assert len(theirs) == 34
    for code, name in theirs.items():
        assert ours[code].removeprefix("TP. ") == name.removeprefix("Thành phố ")
    assert len(set(organisations_on(SINCE, kind="province").values_list("label", flat=True))) == 34


@pytest.mark.django_db
def test_load_structure_corrects_what_differs() -> None:
    body = Body(code="vn", kind="state", name="Cũ", valid_from=BEFORE)
    load_structure(bodies=[body], by=SYSTEM)
    result = load_structure(bodies=[Body(code="vn", kind="state", name="Mới", valid_from=BEFORE)], by=SYSTEM)
    assert (result.added, result.changed, result.unchanged) == (0, 1, 0)
    row = Organisation.objects.get()
    assert (row.name, row.search_key) == ("Mới", "moi")


@pytest.mark.django_db
def test_load_structure_refuses_orphans_and_others() -> None:
    orphan = Body(code="x", kind="unit", name="X", valid_from=BEFORE, parent="nowhere")
    for by, code in ((SYSTEM, "unknown-parent"), (make.person(), "not-allowed")):
        with pytest.raises(Refused) as refusal:
            load_structure(bodies=[orphan], by=by)
        assert refusal.value.code == code
