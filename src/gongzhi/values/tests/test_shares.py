from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongzhi.values.shares import Comparator, Threshold, apportion, at_least, more_than

exact_weights = st.one_of(
    st.integers(0, 10**6),
    st.fractions(0, 1000, max_denominator=1000),
    st.decimals(0, 1000, places=2),
)
weight_lists = st.lists(exact_weights, min_size=1, max_size=30).filter(any)


# ── apportionment ──


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),  # one cent over: the first of equals
        (200, [1, 1, 1], [67, 67, 66]),
        (100, [1, 2, 3], [17, 33, 50]),  # 16.67, 33.33, 50
        (10, [3, 3, 4, 0], [3, 3, 4, 0]),
        (7, [0, 5, 0], [0, 7, 0]),
        (0, [1, 2], [0, 0]),
        (0, [0, 0], [0, 0]),
        (0, [], []),
        (1, [1, 1, 2], [0, 0, 1]),
        (1, [1, 1], [1, 0]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (100, [Fraction(1, 3), Fraction(2, 3)], [33, 67]),
        (100001, [Decimal("88.50"), Decimal("121.50")], [42143, 57858]),  # 42143.28, 57857.72
    ],
)
def test_a_sum_is_split_to_the_last_cent(total, weights, shares):
    assert apportion(total, weights) == shares


@given(st.integers(-(10**10), 10**10), weight_lists)
def test_shares_add_up_to_the_total(total, weights):
    assert sum(apportion(total, weights)) == total


@given(st.integers(-(10**10), 10**10), weight_lists)
def test_every_share_lies_within_one_of_the_exact_one(total, weights):
    heavy = sum(map(Fraction, weights))
    for share, weight in zip(apportion(total, weights), weights, strict=True):
        assert abs(share - total * Fraction(weight) / heavy) < 1


@given(st.integers(0, 10**10), weight_lists)
def test_who_weighs_nothing_pays_nothing(total, weights):
    assert all(
        share == 0 for share, weight in zip(apportion(total, weights), weights, strict=True) if weight == 0
    )


@given(st.integers(0, 10**10), weight_lists)
def test_who_weighs_more_never_gets_less(total, weights):
    pairs = sorted(zip(map(Fraction, weights), apportion(total, weights), strict=True))
    assert all(one[1] <= other[1] for one, other in pairwise(pairs) if one[0] < other[0])


@given(st.integers(0, 10**6), st.integers(1, 1000), st.integers(1, 30))
def test_among_equals_the_earlier_position_gets_the_odd_cent(total, weight, number):
    shares = apportion(total, [weight] * number)
    assert shares == sorted(shares, reverse=True)
    assert max(shares) - min(shares) <= 1


@given(st.integers(0, 10**6), weight_lists, st.randoms())
def test_another_order_moves_only_odd_cents_among_equal_remainders(total, weights, chance):
    order = chance.sample(range(len(weights)), len(weights))
    shuffled = apportion(total, [weights[place] for place in order])
    straight = apportion(total, weights)
    heavy = sum(map(Fraction, weights))
    moved = [place for new, place in enumerate(order) if shuffled[new] != straight[place]]
    assert len({total * Fraction(weights[place]) / heavy % 1 for place in moved}) <= 1


@given(st.integers(0, 10**6), weight_lists, st.fractions(Fraction(1, 100), 100))
def test_only_proportions_matter(total, weights, factor):
    assume(factor)
    assert apportion(total, weights) == apportion(total, [Fraction(weight) * factor for weight in weights])


def test_nothing_can_be_split_by_no_weight():
    with pytest.raises(ValueError, match="all weights are zero"):
        apportion(100, [0, 0])
    with pytest.raises(ValueError, match="all weights are zero"):
        apportion(1, [])


def test_a_negative_weight_is_refused():
    with pytest.raises(ValueError, match="never negative"):
        apportion(100, [3, -1])


@pytest.mark.parametrize("weight", [1.5, True, "3"])
def test_an_inexact_weight_is_refused(weight):
    with pytest.raises(TypeError, match="exact"):
        apportion(100, [weight])


# ── thresholds ──


@pytest.mark.parametrize(
    ("threshold", "part", "whole", "met"),
    [
        (at_least(2, 3), 200, 300, True),
        (at_least(2, 3), 199, 300, False),
        (more_than(1, 2), 150, 300, False),
        (more_than(1, 2), 151, 300, True),
        (at_least(2, 3), 67, 100, True),
        (at_least(2, 3), 66, 100, False),
        (more_than(1, 2), Decimal("5000.01"), Decimal("10000.00"), True),
        (more_than(1, 2), Decimal("5000.00"), Decimal("10000.00"), False),
        (at_least(1, 3), Fraction(1, 3), 1, True),
        (at_least(1, 1), 300, 300, True),
        (at_least(2, 3), 0, 0, False),  # of nobody, nobody suffices
        (more_than(1, 2), 0, 0, False),
    ],
)
def test_a_threshold_is_compared_exactly(threshold, part, whole, met):
    assert threshold.is_met(part, whole) is met


@pytest.mark.parametrize(("part", "whole"), [(301, 300), (-1, 300), (1, 0)])
def test_what_is_no_part_of_the_whole_is_refused(part, whole):
    with pytest.raises(ValueError, match="no part"):
        at_least(2, 3).is_met(part, whole)


@pytest.mark.parametrize(
    ("threshold", "whole", "least"),
    [
        (at_least(2, 3), 300, 200),
        (at_least(2, 3), 100, 67),
        (at_least(2, 3), 0, 1),
        (more_than(1, 2), 10, 6),
        (more_than(1, 2), 11, 6),
    ],
)
def test_the_least_number_that_suffices(threshold, whole, least):
    assert threshold.least(whole) == least


@given(st.sampled_from(Comparator), st.fractions(Fraction(1, 100), Fraction(99, 100)), st.integers(1, 10**6))
def test_the_least_number_suffices_and_one_less_does_not(comparator, fraction, whole):
    threshold = Threshold(comparator, fraction)
    least = threshold.least(whole)
    assert least > whole or threshold.is_met(least, whole)
    assert not threshold.is_met(least - 1, whole)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("at_least 2/3", "三分之二以上"),
        ("more_than 1/2", "过半数"),
        ("more_than 1/3", "超过三分之一"),
        ("at_least 1/5", "五分之一以上"),
        ("at_least 1/1", "全部"),
        ("at_least 1/20", "20分之一以上"),
    ],
)
def test_a_threshold_is_read_and_said(code, words):
    threshold = Threshold.parse(code)
    assert str(threshold) == words
    assert threshold.code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2/3",
        "at_least 2/0",
        "at_least 0.66",
        "over 1/2",
        "at_least -1/2",
        "at_least 3/2",
        "more_than 1/1",
    ],
)
def test_what_is_not_a_threshold_is_refused(text):
    with pytest.raises(ValueError, match="threshold"):
        Threshold.parse(text)


def test_a_threshold_takes_no_float():
    with pytest.raises(TypeError, match="exact"):
        Threshold(Comparator.AT_LEAST, 0.66)
