from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.drawing import Candidate, ThinPool, belongs_to, draw, option_order

BANK = [Candidate(f"q{n:02}", n, f"C{n % 3 + 1}.{n % 4}") for n in range(1, 31)]
SLOTS: list[dict[str, Any]] = [
    {"question": 101},
    {"outcome": "C1", "count": 3},
    {"outcome": "C1.0", "count": 1},
]


@pytest.mark.parametrize(
    ("outcome", "prefix", "belongs"),
    [
        ("C1.2", "C1", True),
        ("C1", "C1", True),
        ("C10.1", "C1", False),
        ("C1.20", "C1.2", False),
        ("", "C1", False),
    ],
)
def test_belongs_to_stops_at_the_dot(outcome: str, prefix: str, belongs: bool) -> None:
    assert belongs_to(outcome, prefix) is belongs


@given(st.integers(0, 2**62 - 1), st.permutations(BANK))
def test_draw_is_reproducible_whatever_order_the_bank_comes_in(seed: int, bank: list[Candidate]) -> None:
    assert draw(SLOTS, bank, seed) == draw(SLOTS, BANK, seed)


@given(st.integers(0, 2**62 - 1))
def test_draw_keeps_to_pools_and_repeats_nothing(seed: int) -> None:
    drawn = draw(SLOTS, BANK, seed)
    outcomes = {candidate.version: candidate.outcome for candidate in BANK}

    assert drawn[0] == 101
    assert len(set(drawn)) == 5
    assert all(belongs_to(outcomes[version], "C1") for version in drawn[1:])


def test_draw_differs_between_seeds() -> None:
    assert len({tuple(draw(SLOTS, BANK, seed)) for seed in range(20)}) > 1


def test_draw_from_a_thin_pool_names_the_outcome() -> None:
    with pytest.raises(ThinPool) as thin:
        draw([{"outcome": "C1", "count": 11}], BANK, 1)

    assert (thin.value.outcome, thin.value.wanted, thin.value.available) == ("C1", 11, 10)


def test_draw_counts_an_overlapping_pool_after_what_is_already_drawn() -> None:
    with pytest.raises(ThinPool):
        draw([{"outcome": "C1", "count": 10}, {"outcome": "C1", "count": 1}], BANK, 1)


@given(st.integers(0, 2**62 - 1), st.integers(1, 40))
def test_option_order_is_a_reproducible_permutation(seed: int, position: int) -> None:
    order = option_order("abcd", kind="single", seed=seed, position=position)

    assert sorted(order) == list("abcd")
    assert order == option_order("abcd", kind="single", seed=seed, position=position)


def test_option_order_leaves_true_before_false() -> None:
    assert option_order(["true", "false"], kind="truefalse", seed=5, position=1) == ["true", "false"]
