from datetime import date

import pytest

from lms.people.personal_ids import InvalidPersonalId, birth_year, checked, keyed_hash, last_four

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("text", ["014189123456", "014 189 123 456", "014.189.123.456", " 014189123456\n"])
def test_checked_keeps_the_digits_as_text(text: str) -> None:
    assert checked(text, today=TODAY, born_on=date(1989, 3, 1)) == "014189123456"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "digits"),
        ("01418912345", "digits"),
        ("0141891234567", "digits"),
        ("01418912345x", "digits"),
        ("٠١٤١٨٩١٢٣٤٥٦", "digits"),
        ("000189123456", "digits"),
        ("014299123456", "future"),
        ("014189123456", "birth-year"),
    ],
)
def test_checked_refuses(text: str, code: str) -> None:
    with pytest.raises(InvalidPersonalId) as refusal:
        checked(text, today=TODAY, born_on=date(1990, 1, 1))
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("digits", "year"), [("001089000001", 1989), ("001189000001", 1989), ("001205000001", 2005)]
)
def test_birth_year_reads_century_and_year(digits: str, year: int) -> None:
    assert birth_year(digits) == year


def test_keyed_hash_depends_on_the_key_and_shows_no_digit() -> None:
    one, other = keyed_hash("014189123456", "a"), keyed_hash("014189123456", "b")
    assert one != other
    assert len(one) == 64
    assert "014189123456" not in one


def test_last_four() -> None:
    assert last_four("014189123456") == "3456"
