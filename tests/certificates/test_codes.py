"""Codes survive paper, telephones and bad handwriting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.codes import (
    ALPHABET,
    check_character,
    format_code,
    new_code,
    normalise_code,
)

payloads = st.text(ALPHABET, min_size=12, max_size=12)
codes = payloads.map(lambda payload: payload + check_character(payload))


def test_check_character_of_known_payloads_never_changes() -> None:
    # Printed codes live for decades: another check rule would turn them all into typing errors.
    known = {payload: check_character(payload) for payload in ("0" * 12, "7K4Q9M2XTR8D", "Z" * 12)}

    assert known == {"000000000000": "0", "7K4Q9M2XTR8D": "Z", "ZZZZZZZZZZZZ": "R"}


def test_new_code_is_valid_and_does_not_repeat() -> None:
    fresh = [new_code() for _ in range(1000)]

    assert [normalise_code(code) for code in fresh] == fresh
    assert len(set(fresh)) == 1000


def test_new_code_uses_the_whole_alphabet() -> None:
    seen = {character for _ in range(500) for character in new_code()[:-1]}

    assert "".join(sorted(seen)) == ALPHABET


@given(codes)
def test_formatted_code_reads_back(code: str) -> None:
    assert normalise_code(format_code(code)) == code


@given(codes)
def test_code_reads_back_as_people_type_it(code: str) -> None:
    careless = f"  {format_code(code).lower().replace('0', 'o').replace('1', 'l')} "

    assert normalise_code(careless) == code
    assert normalise_code(careless.replace("l", "i")) == code
    assert normalise_code(careless.replace("-", " \N{EN DASH} ")) == code


@given(codes, st.integers(0, 12), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code: str, place: int, wrong: str) -> None:
    mistyped = code[:place] + wrong + code[place + 1 :]

    assert normalise_code(mistyped) == (code if wrong == code[place] else None)


@given(codes, st.integers(0, 12), st.integers(0, 12))
def test_two_swapped_characters_are_noticed(code: str, one: int, other: int) -> None:
    characters = list(code)
    characters[one], characters[other] = characters[other], characters[one]
    swapped = "".join(characters)

    assert normalise_code(swapped) == (code if swapped == code else None)


@pytest.mark.parametrize(
    "text",
    ["", "7K4Q", "0" * 12, "0" * 14, "000000000000U", "00000000000*0", "٠" * 13, "Đ" * 13],
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert normalise_code(text) is None


def test_full_width_characters_are_read() -> None:
    assert normalise_code("\N{FULLWIDTH DIGIT ZERO}" * 13) == "0" * 13


def test_format_code_groups_by_four() -> None:
    assert format_code("7K4Q9M2XTR8DC") == "7K4Q-9M2X-TR8D-C"
