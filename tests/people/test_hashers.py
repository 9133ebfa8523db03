from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

OURS = ["lms.people.hashers.Argon2Hasher"]


@pytest.mark.slow
def test_passwords_of_other_argon2_parameters_still_open_and_are_hashed_anew(settings: Any) -> None:
    settings.PASSWORD_HASHERS = OURS
    before = Argon2PasswordHasher()
    kept = before.encode("LanToa-2026-demo", before.salt())
    renewed: list[str] = []
    assert check_password("LanToa-2026-demo", kept, lambda password: renewed.append(make_password(password)))
    assert renewed[0].startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert not check_password("wrong", kept)


@pytest.mark.slow
def test_our_own_hashes_are_not_renewed(settings: Any) -> None:
    settings.PASSWORD_HASHERS = OURS
    renewed: list[str] = []
    assert check_password("đúng", make_password("đúng"), renewed.append)
    assert renewed == []
