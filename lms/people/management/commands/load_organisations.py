"""The State's bodies from our data files and the communes from the package vietnam-provinces."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

import vietnam_provinces
from django.core.management.base import BaseCommand

from lms.people.actions.structure import Body, load_structure
from lms.people.models import OrganisationKind
from lms.people.names import search_key
from lms.shared.actors import SYSTEM
from lms.shared.fields import clean_line

DATA = Path(__file__).resolve().parents[2] / "data"
ROOT = "vn"
RECORDS_BEGIN = date(2025, 1, 1)
# Designation of the package -> the Vietnamese word in front and the English one behind the name.
COMMUNES = {
    "xã": ("Xã ", " Commune"),
    "phường": ("Phường ", " Ward"),
    "đặc khu": ("Đặc khu ", " Special Zone"),
}


class Command(BaseCommand):
    help = "Load ministries, 34 provinces, 3,321 communes and the 63 former provinces (safe to repeat)"

    def handle(self, *args: Any, **options: Any) -> None:
        begin = monotonic()
        bodies = [*_central(), *_provinces(), *_communes()]
        result = load_structure(bodies=bodies, by=SYSTEM)
        self.stdout.write(
            f"{len(bodies)} organisations: {result.added} added, {result.changed} changed, "
            f"{result.unchanged} unchanged ({monotonic() - begin:.1f} s)"
        )


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content


def _central() -> Iterator[Body]:
    """The root and the bodies right below it."""
    yield Body(
        code=ROOT,
        kind=OrganisationKind.STATE,
        name="Nước Cộng hòa xã hội chủ nghĩa Việt Nam",
        name_en="Socialist Republic of Viet Nam",
        short_name="Việt Nam",
        valid_from=RECORDS_BEGIN,
    )
    file = _read("central_bodies.json")
    for row in file["bodies"]:
        stated = {name: row[name] for name in ("code", "kind", "name", "name_en", "short_name")}
        yield Body(parent=ROOT, valid_from=date.fromisoformat(file["valid_from"]), **stated)


def _provinces() -> Iterator[Body]:
    """The 34 of today, then the 63 that went into them."""
    file = _read("provinces.json")
    for row in file["provinces"]:
        yield Body(
            code=f"province-{row['nso_code']}",
            kind=OrganisationKind.PROVINCE,
            parent=ROOT,
            valid_from=date.fromisoformat(file["valid_from"]),
            earlier_names=tuple(
                (n["name"], date.fromisoformat(n["valid_from"]), date.fromisoformat(n["valid_to"]))
                for n in row.get("earlier_names", ())
            ),
            **{name: row[name] for name in ("nso_code", "label", "short_name", "name", "name_en")},
        )
    for row in file["provinces"]:
        for name in row["formed_from"]:
            short = name.removeprefix("Tỉnh ").removeprefix("Thành phố ")
            yield Body(
                code="former-" + "-".join(search_key(short).replace("–", " ").split()),
                kind=OrganisationKind.PROVINCE,
                parent=ROOT,
                name=name,
                short_name=short,
                name_en=short + (" Province" if name.startswith("Tỉnh ") else " City"),
                valid_from=date.fromisoformat(file["former_valid_from"]),
                valid_to=date.fromisoformat(file["former_valid_to"]),
                successor=f"province-{row['nso_code']}",
            )


def _communes() -> Iterator[Body]:
    provinces = json.loads(vietnam_provinces.NESTED_DIVISIONS_JSON_PATH.read_text(encoding="utf-8"))
    valid_from = date.fromisoformat(_read("provinces.json")["valid_from"])
    for province in provinces:
        for row in province["wards"]:
            prefix, suffix = COMMUNES[row["division_type"]]
            name = clean_line(row["name"])  # ten of the package's names hold stray spaces
            short = name.removeprefix(prefix)
            yield Body(
                code=f"commune-{row['code']:05}",
                kind=OrganisationKind.COMMUNE,
                parent=f"province-{province['code']:02}",
                name=name,
                short_name=short,
                name_en=short + suffix,
                nso_code=f"{row['code']:05}",
                valid_from=valid_from,
            )
