import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.names import CODES, given_name, search_key, sort_key

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíị ", min_size=1, max_size=40)


def test_sort_key_orders_the_tones_by_the_lexicography_rule() -> None:
    expected = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]
    assert sorted(["Mạ", "Má", "Mã", "Mả", "Mà", "Ma"], key=sort_key) == expected


def test_sort_key_orders_the_letters_before_the_tones() -> None:
    expected = ["Tá", "Tạ", "Tám", "Tăm", "Tâm", "Dạ", "Đa", "Ê", "Ơn", "Ư", "Ỷ"]
    letters = sorted(expected, key=sort_key)
    assert letters == ["Dạ", "Đa", "Ê", "Ơn", "Tá", "Tạ", "Tám", "Tăm", "Tâm", "Ư", "Ỷ"]


def test_sort_key_orders_by_the_given_name_then_the_rest() -> None:
    names = ["Nguyễn Thị Minh Khai", "Lò Thị Mẫu", "Vũ An", "Bùi Văn Khai", "Trần Bình An"]
    assert sorted(names, key=sort_key) == [
        "Trần Bình An",
        "Vũ An",
        "Bùi Văn Khai",
        "Nguyễn Thị Minh Khai",
        "Lò Thị Mẫu",
    ]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_keys_are_the_same_for_every_unicode_form(form: str) -> None:
    name = unicodedata.normalize(form, "Đặng Thị Ngọc Ẩn")  # type: ignore[arg-type]
    assert search_key(name) == "dang thi ngoc an"
    assert sort_key(name) == sort_key("Đặng Thị Ngọc Ẩn")


@given(VIETNAMESE)
def test_sort_key_uses_only_characters_every_database_orders_alike(name: str) -> None:
    assert set(sort_key(name)) <= set("01" + "".join(CODES.values()) + "z" + "23456")


@given(VIETNAMESE, VIETNAMESE)
def test_sort_key_differs_when_the_words_differ(one: str, other: str) -> None:
    same_words = one.split() == other.split()
    assert (sort_key(one) == sort_key(other)) == same_words


@given(st.text(max_size=300))
def test_keys_never_fail_and_ignore_the_unicode_form(name: str) -> None:
    composed = unicodedata.normalize("NFC", name)
    assert search_key(composed) == search_key(unicodedata.normalize("NFD", composed))
    assert isinstance(sort_key(name), str)


@pytest.mark.parametrize(("name", "given"), [("Nguyễn Thị Minh Khai", "Khai"), ("Mẫu", "Mẫu"), ("", "")])
def test_given_name_is_the_last_syllable(name: str, given: str) -> None:
    assert given_name(name) == given
