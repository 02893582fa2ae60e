"""What the days to come may bring, as distributions: one model for each kind of member.

`even`: Student's t around a level that stays. `moving`: a level that wanders (West & Harrison's discounted level).
`sloping`: a level that may grow or shrink slowly; nobody's sales stand still over two months, and fifty days can't show
a slope that matters in the sixty to come, so that it is allowed for from the start. `lumpy`: few days with a sale but
much at once. How often each of them holds what it promises is measured by `bench/bench_forecast.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, inf, lgamma, log, log1p, pi, sqrt
from statistics import fmean, mean, stdev, variance
from typing import TYPE_CHECKING, Final, Literal

from toolkit.kpi.distributions import NegativeBinomial, student_t_cdf, student_t_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

Method = Literal["counts", "even", "moving", "sloping", "lumpy"]

_DISCOUNTS: Final = (0.98, 0.95, 0.92, 0.88, 0.8)
_WORTH_IT: Final = 1.0  # how much likelier (in logarithms) a moving level must make the past than a steady one
_WARM_UP: Final = 5
_FEW_SALES: Final = 0.5  # sells on fewer than this share of the days: lumpy
_NO_LOG_NORMAL: Final = 9.0  # amounts whose logarithms vary more than this are not one kind of sale
_USUAL_LOG_VARIANCE, _ITS_WEIGHT = 0.7, 3  # how amounts of one sale vary before a member's own sales say better
_UNSURE_SIZE: Final = 1.5  # sizes are a little less log-normal than the model, and known from few sales
_UNLIKELY: Final = 1e-4
_MOST_PARTS: Final = 16
_NEAR_ENOUGH: Final = 1e-5  # of a logarithm: a thousandth of a percent
_STEADY_FOR: Final = 30
"""Over so many days, past and to come together, a level may be taken as steady."""
_SLOPE: Final = 0.003  # standard deviation of a member's growth a day: 6.6 % in a month of 22 days
_FOLLOWED_FOR: Final = 60  # days from the middle of the past over which a slope is thought to go on


@dataclass(frozen=True)
class Around:
    """Student's t around `middle`. `nothing` is the probability that the days bring nothing, where that matters."""

    method: Method
    middle: float
    scale: float
    freedom: float
    nothing: float = 0.0

    def quantile(self, probability: float) -> float:
        """The amount below which it stays with this probability, 0 < probability < 1."""
        return self.middle + student_t_quantile(probability, self.freedom) * self.scale

    def at_least(self, amount: float) -> float:
        """The probability of at least this amount."""
        if amount <= 0:
            return 1.0
        if not self.scale:
            return 1.0 if amount <= self.middle else 0.0
        return 1 - student_t_cdf((amount - self.middle) / self.scale, self.freedom)


NOTHING: Final = Around("even", 0.0, 0.0, 1.0)
"""No day is left."""


def amount_to_come(days: Sequence[float], remaining: float) -> Around | Lumps:
    """The sum of `remaining` days like `days` (two or more, oldest first), by the model that fits such a member."""
    return lumpy(days, remaining) or moving(days, remaining) or sloping(days, remaining) or even(days, remaining)


def even(days: Sequence[float], remaining: float) -> Around:
    """The sum of `remaining` days like the past ones: s·√(R + R²/n) around R·mean, n − 1 degrees of freedom."""
    n = len(days)
    scale = stdev(days) * sqrt(remaining + remaining**2 / n)
    return Around("even", fmean(days) * remaining, scale, n - 1)


def sloping(days: Sequence[float], remaining: float) -> Around | None:
    """The same where past and coming days together are long: Bayesian regression on the day, the slope normal around 0
    with standard deviation 0.3 % of the level a day. None over a short stretch, or where every day was alike."""
    n, level = len(days), fmean(days)
    if n + remaining <= _STEADY_FOR or n < 3 or level <= 0:
        return None
    line = _Line(days)
    noise = line.residual / (n - 2)
    if not noise > 0:
        return None
    held = noise / (_SLOPE * level) ** 2  # what the prior is worth, in squared days
    slope = line.tilt / (line.spread + held)
    ahead = (n + remaining) / 2
    middle = remaining * (level + slope * min(ahead, _FOLLOWED_FOR))
    scale = sqrt(noise * (remaining + remaining**2 / n + (remaining * ahead) ** 2 / (line.spread + held)))
    return Around("sloping", max(middle, 0.0), scale, n - 2)


class _Line:
    """Sums of a regression on the day, counted from the middle one."""

    def __init__(self, days: Sequence[float]) -> None:
        n, level = len(days), fmean(days)
        places = [place - (n - 1) / 2 for place in range(n)]
        self.spread = (n**3 - n) / 12
        self.tilt = sum(place * value for place, value in zip(places, days, strict=True))
        steep = self.tilt / self.spread
        self.residual = sum((value - level - steep * place) ** 2 for place, value in zip(places, days, strict=True))


def moving(days: Sequence[float], remaining: float) -> Around | None:
    """Around a level that moves, by the discount that predicts the member's past days best; None where a steady level
    does nearly as well."""
    if len(days) < 3 * _WARM_UP or not variance(days[:_WARM_UP]):
        return None
    steady = _Level(days, 1.0)
    best, discount = max(((_Level(days, discount), discount) for discount in _DISCOUNTS), key=lambda pair: pair[0].fit)
    if best.fit - _WORTH_IT <= steady.fit:
        return None
    drift = best.spread * (1 - discount) / discount
    # the sum of R days: their noise, the level's own uncertainty R times, and its walk over the days to come
    walk = drift * remaining * (remaining + 1) * (2 * remaining + 1) / 6
    scale = sqrt(best.noise * (remaining + best.spread * remaining**2 + walk))
    return Around("moving", max(best.level * remaining, 0.0), scale, best.freedom)


class _Level:
    """A level under noise, learnt day by day, forgetting by `discount` (West & Harrison 1997, 4.3 and 10.8)."""

    def __init__(self, days: Sequence[float], discount: float) -> None:
        begin = days[:_WARM_UP]
        self.level, self.noise, self.freedom = fmean(begin), variance(begin), float(_WARM_UP - 1)
        self.spread = 1 / _WARM_UP if discount == 1 else (1 - discount) / (1 - discount**_WARM_UP)
        self.fit = 0.0
        for value in days[_WARM_UP:]:
            self._learn(value, discount)

    def _learn(self, value: float, discount: float) -> None:
        self.freedom *= discount
        before = self.spread / discount
        ahead = 1 + before
        missed = value - self.level
        self.fit += _log_density(missed, self.noise * ahead, self.freedom)
        self.spread = before / ahead
        self.level += self.spread * missed
        freedom = self.freedom + 1
        self.noise = (self.freedom * self.noise + missed**2 / ahead) / freedom
        self.freedom = freedom


def _log_density(away: float, squared_scale: float, freedom: float) -> float:
    """The logarithm of Student's t density, scaled."""
    half = (freedom + 1) / 2
    norm = lgamma(half) - lgamma(freedom / 2) - log(freedom * pi * squared_scale) / 2
    return norm - half * log1p(away**2 / (freedom * squared_scale))


@dataclass(frozen=True)
class Lumps:
    """A mixture over how many days with a sale there will be: (probability, middle and scale of the logarithm)."""

    parts: Sequence[tuple[float, float, float]]
    nothing: float
    freedom: float
    method: Method = "lumpy"

    def quantile(self, probability: float) -> float:
        if probability <= self.nothing:
            return 0.0
        low = min(middle - scale for _, middle, scale in self.parts)
        high = max(middle + scale for _, middle, scale in self.parts)
        step = high - low
        while self._below(low) > probability:
            low, step = low - step, 2 * step
        while self._below(high) < probability:
            high, step = high + step, 2 * step
        while high - low > _NEAR_ENOUGH:
            half = (low + high) / 2
            low, high = (half, high) if self._below(half) < probability else (low, half)
        return exp(high)

    def at_least(self, amount: float) -> float:
        return 1.0 if amount <= 0 else 1 - self._below(log(amount))

    def _below(self, logarithm: float) -> float:
        return self.nothing + sum(
            share * student_t_cdf((logarithm - middle) / scale, self.freedom) for share, middle, scale in self.parts
        )


def lumpy(days: Sequence[float], remaining: float) -> Lumps | None:
    """Few days with a sale: how many of the coming days bring one is beta-binomial (Jeffreys' prior), and the sum of j
    sales log-normal with the moments of j log-normal ones (Fenton 1960). None for other members."""
    sold = [value for value in days if value > 0]
    n, k, ahead = len(days), len(sold), ceil(remaining)
    if not sold or k >= _FEW_SALES * n or min(days) < 0 or not ahead:
        return None
    logs = [log(value) for value in sold]
    centre = mean(logs)
    spread = (_ITS_WEIGHT * _USUAL_LOG_VARIANCE + sum((value - centre) ** 2 for value in logs)) / (_ITS_WEIGHT + k - 1)
    if spread > _NO_LOG_NORMAL:
        return None
    chances = _beta_binomial(ahead, k + 0.5, n - k + 0.5)
    unsure = _UNSURE_SIZE * (spread / k + spread**2 / (2 * (k + 2)))
    parts = []
    for chance, sales in _thinned(chances):
        own = log1p((exp(spread) - 1) / sales)
        parts.append((chance, centre + spread / 2 + log(sales) - own / 2, sqrt(own + unsure)))
    return Lumps(parts, chances[0], k + 1)


def _beta_binomial(n: int, a: float, b: float) -> list[float]:
    """The probabilities of 0 … n."""
    whole = lgamma(n + 1) + lgamma(a + b) - lgamma(a) - lgamma(b) - lgamma(a + b + n)
    return [
        exp(whole - lgamma(j + 1) - lgamma(n - j + 1) + lgamma(a + j) + lgamma(b + n - j)) for j in range(n + 1)
    ]  # fmt: skip


def _thinned(chances: Sequence[float]) -> list[tuple[float, float]]:
    """(probability, number) of one or more, neighbours taken together where there are many, the unlikely left out."""
    likely = [j for j, chance in enumerate(chances) if j and chance >= _UNLIKELY]
    step = max(-(-len(likely) // _MOST_PARTS), 1)
    groups = [likely[place : place + step] for place in range(0, len(likely), step)]
    whole = sum(chances[j] for j in likely)
    share = (1 - chances[0]) / whole if whole else 0.0
    return [
        (share * sum(chances[j] for j in group), sum(j * chances[j] for j in group) / sum(chances[j] for j in group))
        for group in groups
    ]


def counts_to_come(daily: Sequence[float], shape: float, rate: float, remaining: float) -> NegativeBinomial:
    """What `remaining` days bring where the daily rate is gamma distributed with (`shape`, `rate`).

    `daily` are the days that this rests on: where they vary more than Poisson's would (Pearson's index, less half its
    standard error), or are many enough to hide a slope, the distribution is wider, its moments matched.
    """
    if not remaining:
        return NegativeBinomial(shape, 1.0)
    level = shape / rate
    spread = _overdispersion(daily)
    expected, squared = level * remaining, level * remaining * spread * (1 + remaining / rate)
    n = len(daily)
    if n > 2 and n + remaining > _STEADY_FOR:
        line = _Line(daily)
        held = spread / (_SLOPE**2 * level)
        ahead = (n + remaining) / 2
        leaning = remaining * min(ahead, _FOLLOWED_FOR) * line.tilt / (line.spread + held)
        grown = max(1 + leaning / expected, 0.2)
        squared = squared * grown + spread * level * (remaining * ahead) ** 2 / (line.spread + held)
        expected *= grown
    return NegativeBinomial(expected**2 / (squared - expected), expected / squared)


def _overdispersion(daily: Sequence[float]) -> float:
    n = len(daily)
    level = fmean(daily) if n > 1 else 0.0
    if not level > 0:
        return 1.0
    index = variance(daily) / level
    return max(index * (1 - 0.5 * sqrt(2 / (n - 1))), 1.0) if index < inf else 1.0
