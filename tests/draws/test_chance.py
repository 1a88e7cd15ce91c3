"""The probabilities agree with SciPy's, and with counting by hand."""

from __future__ import annotations

from itertools import permutations

import pytest
from scipy import stats

from draws.chance import (
    at_least,
    binomial,
    empirical,
    hypergeometric,
    least_at_least,
    least_two_sided,
    mean,
    together,
    two_sided,
)


@pytest.mark.parametrize(("trials", "wanted", "of"), [(0, 1, 3), (1, 1, 1), (12, 1, 3), (240, 2, 7), (900, 1, 36)])
def test_binomial_two_sided_is_scipys(trials, wanted, of):
    spread = binomial(trials, wanted=wanted, of=of)
    for observed in range(trials + 1):
        here = stats.binomtest(observed, trials, wanted / of).pvalue if trials else 1
        assert two_sided(spread, observed=observed) == pytest.approx(here, rel=1e-6, abs=1e-25)


@pytest.mark.parametrize(("marked", "size", "taken"), [(0, 3, 2), (5, 10, 3), (340, 683, 20), (3, 4, 4)])
def test_hypergeometric_is_scipys(marked, size, taken):
    spread = hypergeometric(marked=marked, size=size, taken=taken)
    other = stats.hypergeom(size, marked, taken)
    assert spread == pytest.approx([other.pmf(k) for k in range(len(spread))], rel=1e-8, abs=1e-30)
    assert at_least(spread, observed=1) == pytest.approx(other.sf(0), rel=1e-9)
    assert sum(spread) == pytest.approx(1)


def test_the_two_sided_hypergeometric_is_fishers_exact_test():
    spread = hypergeometric(marked=10, size=24, taken=8)
    for observed in range(9):
        table = [[observed, 10 - observed], [8 - observed, 14 - 8 + observed]]
        assert two_sided(spread, observed=observed) == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-9)


def test_counts_of_several_draws_add_up_like_scipys_poisson_binomial():
    trials = [(1, 3), (2, 3), (1, 10), (1, 1), (1, 2), (2, 7)]
    spread = together(binomial(1, wanted=wanted, of=of) for wanted, of in trials)
    other = stats.poisson_binom([wanted / of for wanted, of in trials])
    assert spread == pytest.approx([other.pmf(k) for k in range(7)], rel=1e-9, abs=1e-15)
    assert at_least(spread, observed=4) == pytest.approx(other.sf(3), rel=1e-9)
    assert mean(spread) == pytest.approx(sum(wanted / of for wanted, of in trials))


def test_dealing_out_names_anew_is_what_scipys_permutations_count():
    loads = [3, 1, 1, 0]
    dealt = [one[0] for one in permutations(loads)]
    spread = empirical({load: loads.count(load) for load in loads})
    assert spread == tuple(dealt.count(k) / len(dealt) for k in range(4))


def test_the_least_possible_probability_is_that_of_the_most_extreme_result():
    spread = binomial(4, wanted=1, of=2)
    assert least_two_sided(spread) == pytest.approx(2 / 16)
    assert least_at_least(spread) == pytest.approx(1 / 16)
    assert least_two_sided((1.0,)) == 1
