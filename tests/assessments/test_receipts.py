import re

from hypothesis import given
from hypothesis import strategies as st

from assessments.receipts import SPACE, receipt_code

numbers = st.integers(1, SPACE - 1)


@given(numbers)
def test_receipt_code_can_be_read_out(number: int) -> None:
    assert re.fullmatch(r"R-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}", receipt_code(number))


@given(numbers, numbers)
def test_receipt_code_differs_for_different_attempts(one: int, other: int) -> None:
    assert (receipt_code(one) == receipt_code(other)) is (one == other)
