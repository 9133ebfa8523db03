"""Synthetic staff: the same seed and day give the same people, however often it runs."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from django.db import transaction

from lms.demo.names import full_name
from lms.demo.queries import SYNTHETIC_PREFIX
from lms.people.actions.staff_list import Listed, ListedDuty, add_staff
from lms.people.models import Duty, DutyType, EndReason, Organisation, OrganisationKind
from lms.people.queries import organisations_on
from lms.shared import clock
from lms.shared.actors import Actor

SEED = 57
CENTRAL = (
    *(OrganisationKind.MINISTRY, OrganisationKind.MINISTERIAL, OrganisationKind.GOVERNMENT),
    OrganisationKind.PRESS,
)
# Of a hundred people so many work in central bodies, in provincial departments and in communes.
LEVELS = {"central": 14, "province": 20, "commune": 66}
# Level -> duty and type, weight, what the post is called.
POSTS: dict[str, list[tuple[Duty, DutyType, int, str]]] = {
    "central": [
        (Duty.COMM, DutyType.DEDICATED, 50, "Chuyên viên truyền thông"),
        (Duty.COMM, DutyType.CONCURRENT, 15, "Chuyên viên văn phòng"),
        (Duty.FOREIGN, DutyType.DEDICATED, 20, "Chuyên viên thông tin đối ngoại"),
        (Duty.FOREIGN, DutyType.CONCURRENT, 10, "Chuyên viên hợp tác quốc tế"),
        (Duty.GRASS, DutyType.DEDICATED, 5, "Chuyên viên thông tin cơ sở"),
    ],
    "province": [
        (Duty.COMM, DutyType.DEDICATED, 35, "Biên tập viên cổng thông tin"),
        (Duty.COMM, DutyType.CONCURRENT, 10, "Chuyên viên văn phòng"),
        (Duty.GRASS, DutyType.DEDICATED, 25, "Chuyên viên thông tin cơ sở"),
        (Duty.GRASS, DutyType.CONCURRENT, 10, "Chuyên viên văn hóa"),
        (Duty.FOREIGN, DutyType.DEDICATED, 10, "Chuyên viên thông tin đối ngoại"),
        (Duty.FOREIGN, DutyType.CONCURRENT, 10, "Chuyên viên ngoại vụ"),
    ],
    "commune": [
        (Duty.GRASS, DutyType.CONCURRENT, 58, "Công chức văn hóa – xã hội"),
        (Duty.GRASS, DutyType.DEDICATED, 12, "Cán bộ đài truyền thanh"),
        (Duty.GRASS, DutyType.PROPAGANDIST, 15, "Tuyên truyền viên cơ sở"),
        (Duty.COMM, DutyType.CONCURRENT, 10, "Công chức văn phòng"),
        (Duty.FOREIGN, DutyType.CONCURRENT, 5, "Công chức văn phòng"),
    ],
}


@transaction.atomic
def make_synthetic_staff(*, number: int, by: Actor) -> int:
    """Have synthetic people 1 to `number`; returns how many were added."""
    today = clock.today()
    bodies = _bodies(today)
    return add_staff(staff=[_listed(index, bodies, today) for index in range(1, number + 1)], by=by)


def _bodies(today: date) -> dict[str, list[Organisation]]:
    """Where people may work; every province first, so that small numbers reach all of them."""
    found: dict[str, list[Organisation]] = {"central": [], "province": [], "commune": []}
    for row in organisations_on(today):
        if row.kind in CENTRAL:
            found["central"].append(row)
        elif row.kind in found:
            found[row.kind].append(row)
    return found


def _listed(index: int, bodies: dict[str, list[Organisation]], today: date) -> Listed:
    """Person number `index`: drawn from a generator of her own, so the total changes nobody."""
    random = Random(f"{SEED}-{index}")
    level = random.choices(list(LEVELS), list(LEVELS.values()))[0]
    # One after the other at the upper levels: all 34 provinces and 20 central bodies have staff.
    places = bodies[level]
    place = places[index % len(places)] if level != "commune" else random.choice(places)
    return Listed(
        username=f"{SYNTHETIC_PREFIX}{index:06}",
        full_name=full_name(random),
        born_on=date(random.randint(1968, 2001), random.randint(1, 12), random.randint(1, 28)),
        # No real number hashes to this: the text is no personal ID.
        personal_id_hash=hashlib.sha256(f"synthetic {index}".encode()).hexdigest(),
        personal_id_last4=f"{random.randint(0, 9999):04}",
        identity_level="eid" if random.random() < 0.1 else "hr",
        duties=tuple(_duties(random, level, place, today)),
        is_synthetic=True,
    )


def _duties(random: Random, level: str, place: Organisation, today: date) -> Iterator[ListedDuty]:
    posts = POSTS[level]
    duty, duty_type, _weight, title = random.choices(posts, [post[2] for post in posts])[0]
    begin = _begin(random, place, today)
    ended = random.random() < 0.03 and begin < today - timedelta(days=60)
    yield ListedDuty(
        place,
        duty,
        duty_type,
        begin,
        valid_to=today - timedelta(days=random.randint(1, 50)) if ended else None,
        end_reason=random.choice([EndReason.RETIRED, EndReason.TRANSFERRED]) if ended else "",
        title=title,
    )
    if random.random() < 0.08 and duty != Duty.FOREIGN and not ended:
        yield ListedDuty(place, Duty.FOREIGN, DutyType.CONCURRENT, begin, is_primary=False)


def _begin(random: Random, place: Organisation, today: date) -> date:
    """Mostly since the body exists; one in five came later, some of them just now."""
    if random.random() < 0.8:
        return place.valid_from
    return place.valid_from + timedelta(days=random.randint(1, max(1, (today - place.valid_from).days - 1)))
