from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assessments.drawing import Candidate, ThinPool, belongs_to, draw, fits, option_order, thinness

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


# Hundreds of small blueprints over a small bank: pools overlap, cross and contain one another.
OUTCOMES = st.sampled_from(["C1", "C1.1", "C1.2", "C2", "C2.1"])
SMALL_BANK = st.lists(st.tuples(OUTCOMES, st.integers(1, 3)), max_size=9).map(
    lambda facts: [Candidate(f"q{n}", n, *fact) for n, fact in enumerate(facts, start=1)]
)
POOLS = st.lists(
    st.fixed_dictionaries(
        {
            "outcome": OUTCOMES,
            "difficulty": st.sampled_from([None, 1, 2, 3]),
            "count": st.integers(1, 3),
        }
    ),
    min_size=1,
    max_size=4,
)


def can_be_filled(pools: list[dict[str, Any]], bank: list[Candidate]) -> bool:
    """Hall's condition: whichever pools are looked at together, there are questions enough for them."""
    return all(
        sum(pool["count"] for pool in some)
        <= sum(any(fits(c.outcome, c.difficulty, pool) for pool in some) for c in bank)
        for number in range(1, len(pools) + 1)
        for some in combinations(pools, number)
    )


@hypothesis_settings(max_examples=400)
@given(POOLS, SMALL_BANK, st.integers(0, 2**62 - 1))
def test_draw_fills_every_pool_whenever_that_can_be_done_at_all(
    pools: list[dict[str, Any]], bank: list[Candidate], seed: int
) -> None:
    if not can_be_filled(pools, bank):
        with pytest.raises(ThinPool):
            draw(pools, bank, seed)
        return
    drawn = draw(pools, bank, seed)
    facts = {c.version: c for c in bank}
    assert len(set(drawn)) == len(drawn) == sum(pool["count"] for pool in pools)
    for pool in pools:
        mine, drawn = drawn[: pool["count"]], drawn[pool["count"] :]
        assert all(fits(facts[v].outcome, facts[v].difficulty, pool) for v in mine)


def test_draw_of_crossing_pools_lets_questions_change_hands() -> None:
    bank = [Candidate("a", 1, "C1.1", 3), Candidate("b", 2, "C1.1", 1), Candidate("c", 3, "C1.2", 3)]
    pools = [{"outcome": "C1.1", "count": 1}, {"outcome": "C1", "difficulty": 3, "count": 2}]

    for seed in range(30):
        first, *rest = draw(pools, bank, seed)
        assert (first, sorted(rest)) == (2, [1, 3])


def test_draw_of_a_thin_pool_names_its_difficulty() -> None:
    with pytest.raises(ThinPool) as thin:
        draw([{"outcome": "C1", "difficulty": 3, "count": 1}], BANK, 1)

    assert (thin.value.outcome, thin.value.difficulty, thin.value.available) == ("C1", 3, 0)


def test_draw_over_many_seeds_asks_every_question_of_a_pool() -> None:
    pools = [{"outcome": "C1", "count": 3}, {"outcome": "C1.0", "count": 1}]
    asked = {version for seed in range(200) for version in draw(pools, BANK, seed)}

    assert asked == {c.version for c in BANK if belongs_to(c.outcome, "C1")}


@pytest.mark.parametrize(
    ("wanted", "available", "found"),
    [(3, 7, ""), (3, 6, "thin"), (6, 6, "thin"), (7, 6, "short"), (1, 0, "short")],
)
def test_thinness_warns_from_half_on(wanted: int, available: int, found: str) -> None:
    assert thinness(wanted, available) == found


@given(st.integers(0, 2**62 - 1), st.integers(1, 40))
def test_option_order_is_a_reproducible_permutation(seed: int, position: int) -> None:
    order = option_order("abcd", kind="single", seed=seed, position=position)

    assert sorted(order) == list("abcd")
    assert order == option_order("abcd", kind="single", seed=seed, position=position)


def test_option_order_leaves_true_before_false() -> None:
    assert option_order(["true", "false"], kind="truefalse", seed=5, position=1) == ["true", "false"]
