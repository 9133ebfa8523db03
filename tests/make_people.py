"""Builders for people that go beyond tests/make.py."""

from lms.people.models import Organisation, OrganisationKind, Person, Role
from lms.shared.actors import SYSTEM
from tests import make

PERSONAL_ID = "014189123456"  # Sơn La's old code, a woman born in 1989


def province(name: str = "Tỉnh Sơn La") -> Organisation:
    return make.organisation(name, short_name=name.removeprefix("Tỉnh "))


def commune(name: str = "Xã Mẫu", *, of: Organisation | None = None) -> Organisation:
    return make.organisation(name, OrganisationKind.COMMUNE, parent=of or province())


def hr_officer(scope: Organisation) -> Person:
    officer = make.person("Hà Thị Nhân Sự")
    make.grant(officer, Role.HR, scope)
    return officer


def administrator() -> Person:
    admin = make.person("Lê Văn Quản Trị")
    make.grant(admin, Role.ADMINISTRATOR)
    return admin


__all__ = ["PERSONAL_ID", "SYSTEM", "administrator", "commune", "hr_officer", "province"]
