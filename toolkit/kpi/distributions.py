"""The few distributions that a forecast needs, in the standard library; scipy is the oracle in the tests."""

from __future__ import annotations

from math import exp, inf, lgamma, log, log1p, nan, sqrt

_EPSILON = 1e-15
_TINY = 1e-300


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b) for a, b > 0 and 0 ≤ x ≤ 1 (DLMF 8.17.22, Lentz's method)."""
    if not 0 < x < 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on the other side
        return 1.0 - incomplete_beta(b, a, 1.0 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1.0 / _away_from_zero(1.0 + even * d)
        c = _away_from_zero(1.0 + even / c)
        fraction *= c * d
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1.0 / _away_from_zero(1.0 + odd * d)
        c = _away_from_zero(1.0 + odd / c)
        fraction *= c * d
        if abs(c * d - 1.0) < _EPSILON:
            break
    return min(front * fraction, 1.0)


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def student_t_cdf(t: float, freedom: float) -> float:
    """P(T ≤ t) of Student's t with `freedom` > 0 degrees of freedom."""
    if t * t < freedom:  # near the middle the tail's argument would be a 1 that has lost its digits
        middle = incomplete_beta(0.5, freedom / 2, t * t / (freedom + t * t)) / 2
        return 0.5 + middle if t > 0 else 0.5 - middle
    tail = incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2
    return 1.0 - tail if t > 0 else tail


def student_t_quantile(probability: float, freedom: float) -> float:
    """The t below which Student's t lies with this probability; −∞ and ∞ at 0 and 1, nan outside."""
    if not 0 < probability < 1:
        return {0.0: -inf, 1.0: inf}.get(probability, nan)
    if probability < 0.5:
        return -student_t_quantile(1 - probability, freedom)
    low, high = 0.0, 1.0
    while student_t_cdf(high, freedom) < probability and high < 1e300:
        low, high = high, high * 4
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if student_t_cdf(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


class NegativeBinomial:
    """Counts Y whose rate is gamma distributed: shape r > 0, success probability 0 < p ≤ 1; mean r(1 − p)/p."""

    def __init__(self, shape: float, probability: float) -> None:
        if not (shape > 0 and 0 < probability <= 1):
            raise ValueError("a negative binomial has a shape above 0 and a probability in (0, 1]")
        self.shape = shape
        self.probability = probability

    @property
    def mean(self) -> float:
        return self.shape * (1 - self.probability) / self.probability

    @property
    def variance(self) -> float:
        return self.mean / self.probability

    def cdf(self, k: int) -> float:
        """P(Y ≤ k)."""
        return 0.0 if k < 0 else incomplete_beta(self.shape, k + 1, self.probability)

    def at_least(self, k: int) -> float:
        """P(Y ≥ k)."""
        return 1.0 if k <= 0 else 1.0 - self.cdf(k - 1)

    def quantile(self, probability: float) -> int:
        """The smallest k with P(Y ≤ k) ≥ probability, for a probability below 1."""
        if not 0 <= probability < 1:
            raise ValueError("a quantile's probability is in [0, 1)")
        high = int(self.mean + 10 * sqrt(self.variance)) + 1
        while self.cdf(high) < probability:
            high *= 2
        low = -1
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.cdf(middle) < probability else (low, middle)
        return high
