from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from lms.people.models import Organisation
from tests import make

HEAD = "code,name,name_en,governing_body,counts_for_b70,valid_from\n"
pytestmark = pytest.mark.django_db


def load(tmp_path: Path, rows: str, head: str = HEAD) -> str:
    file, out = tmp_path / "press.csv", StringIO()
    file.write_text(head + rows, encoding="utf-8-sig")
    call_command("load_press_agencies", str(file), stdout=out)
    return out.getvalue()


def test_load_press_agencies_puts_each_below_its_governing_body_and_is_safe_to_repeat(tmp_path: Path) -> None:
    province = make.organisation("Tỉnh Mẫu", "province")
    row = f"press-mau,Báo Mẫu,Mau Daily,{province.code},không,2025-07-01\n"
    assert "1 added" in load(tmp_path, row)
    press = Organisation.objects.get(code="press-mau")
    assert (press.kind, press.parent, press.counts_for_b70) == ("press", province, False)
    assert press.path == f"{province.path}{press.pk}/"
    assert "1 unchanged" in load(tmp_path, row)
    assert "1 changed" in load(tmp_path, row.replace("không", "yes"))
    press.refresh_from_db()
    assert press.counts_for_b70 is True


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("press-x,Báo,,nowhere,yes,2025-07-01\n", "Line 2: there is no governing body nowhere"),
        ("province-1,Báo,,{code},yes,2025-07-01\n", "Line 2: a code such as"),
        ("press-x,,,{code},yes,2025-07-01\n", "Line 2: a code such as"),
        ("press-x,Báo,,{code},maybe,2025-07-01\n", "Line 2: counts_for_b70"),
        ("press-x,Báo,,{code},yes,01/07/2025\n", "Line 2: valid_from"),
    ],
)
def test_load_press_agencies_names_the_line_that_is_wrong_and_loads_nothing(
    tmp_path: Path, row: str, said: str
) -> None:
    province = make.organisation("Tỉnh Mẫu", "province")
    with pytest.raises(CommandError, match=said):
        load(tmp_path, row.format(code=province.code))
    assert not Organisation.objects.filter(kind="press").exists()


def test_load_press_agencies_wants_the_columns(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="columns code, name"):
        load(tmp_path, "", head="code;name\n")


def test_the_demonstration_labels_its_press_agencies_as_sample_data() -> None:
    make.organisation("Tỉnh Sơn La", "province", code="province-14")
    make.organisation("Bộ Khoa học và Công nghệ", "ministry", code="ministry-most")
    call_command(
        "load_press_agencies", str(settings.BASE_DIR / "lms/demo/data/press_agencies.csv"), stdout=StringIO()
    )
    agencies = Organisation.objects.filter(kind="press").order_by("code")
    assert ["(dữ liệu mẫu)" in agency.name for agency in agencies] == [True, True]
    assert [agency.counts_for_b70 for agency in agencies] == [True, False]
