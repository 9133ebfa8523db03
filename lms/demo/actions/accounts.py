"""The named accounts of the demonstration."""

from dataclasses import dataclass

from django.db import transaction

from lms.people.actions.assignments import assign_duty
from lms.people.actions.persons import create_person
from lms.people.actions.roles import grant_role, open_admin_to
from lms.people.models import (
    Duty,
    DutyType,
    Organisation,
    OrganisationKind,
    Person,
    Role,
)
from lms.people.queries import primary_assignment
from lms.shared.actors import Actor

PASSWORD = "LanToa-2026-demo"
HOME_PROVINCE = "province-14"  # Sơn La


@dataclass(frozen=True)
class Account:
    """Who signs in, and what the account is there to show."""

    username: str
    full_name: str
    shows: str
    duty: tuple[str, Duty, DutyType, str] | None = None  # organisation's code, or "commune"
    role: tuple[Role, str] | None = None  # with the code of its scope


ACCOUNTS = [
    Account(
        "hocvien.coso",
        "Lò Thị Mẫu",
        "học viên, thông tin cơ sở",
        ("commune", Duty.GRASS, DutyType.CONCURRENT, "Công chức văn hóa – xã hội"),
    ),
    Account(
        "hocvien.baochi",
        "Phạm Văn Mẫu",
        "học viên, báo chí – truyền thông",
        ("ministry-most", Duty.COMM, DutyType.DEDICATED, "Biên tập viên cổng thông tin"),
    ),
    Account(
        "hocvien.doingoai",
        "Hoàng Thị Mẫu",
        "học viên, thông tin đối ngoại",
        ("ministry-mofa", Duty.FOREIGN, DutyType.DEDICATED, "Chuyên viên thông tin đối ngoại"),
    ),
    Account("giangvien", "Vũ Văn Mẫu", "giảng viên, soạn học phần", role=(Role.TRAINER, "")),
    Account("thamdinh", "Bùi Thị Mẫu", "người thẩm định", role=(Role.REVIEWER, "")),
    Account("nhansu.sonla", "Hà Văn Mẫu", "cán bộ nhân sự tỉnh Sơn La", role=(Role.HR, HOME_PROVINCE)),
    Account("dieuphoi", "Ngô Thị Mẫu", "ban điều phối chương trình", role=(Role.OFFICE, "")),
    Account("kiemtoan", "Đỗ Văn Mẫu", "kiểm toán", role=(Role.AUDITOR, "")),
    Account("thuvien", "Cao Thị Mẫu", "quản lý thư viện H5P", role=(Role.LIBRARY_MANAGER, "")),
    Account("quantri", "Lê Thị Mẫu", "quản trị hệ thống", role=(Role.ADMINISTRATOR, "")),
]


@transaction.atomic
def make_demo_accounts(*, by: Actor) -> list[Person]:
    """Have every named account with its duty, role and the demo password. Safe to repeat."""
    return [_make(account, by) for account in ACCOUNTS]


def _make(account: Account, by: Actor) -> Person:
    person = Person.objects.filter(username=account.username).first() or create_person(
        username=account.username,
        full_name=account.full_name,
        password=PASSWORD,
        email=f"{account.username}@example.vn",
        is_synthetic=True,
        by=by,
    )
    if account.role:
        role, code = account.role
        scope = Organisation.objects.get(code=code) if code else None
        grant_role(person=person, role=role, scope=scope, by=by)
        if role == Role.ADMINISTRATOR:
            open_admin_to(person=person, by=by)
    if account.duty and primary_assignment(person) is None:
        code, duty, duty_type, title = account.duty
        body = _commune() if code == "commune" else Organisation.objects.get(code=code)
        assign_duty(
            person=person,
            organisation=body,
            duty=duty,
            duty_type=duty_type,
            valid_from=body.valid_from,
            title=title,
            by=by,
        )
    return person


def _commune() -> Organisation:
    """The first rural commune of the home province."""
    communes = Organisation.objects.filter(
        parent__code=HOME_PROVINCE, kind=OrganisationKind.COMMUNE, name__startswith="Xã "
    )
    return communes.order_by("code")[0]
