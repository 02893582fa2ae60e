"""How often the forecast's 80 % band holds the truth, on simulated members; the promise is 75–88 % from 15 days on."""

from __future__ import annotations

import random
from fractions import Fraction
from math import exp
from typing import TYPE_CHECKING

from toolkit.kpi.forecast import forecast_amount

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 400
Member = list[float]


def orders(rng: random.Random, rate: float) -> float:
    """One day of orders that come by themselves (Poisson), their amounts log-normal, around 160,000đ."""
    total, waited = 0.0, rng.expovariate(rate)
    while waited < 1:
        total += rng.lognormvariate(12, 0.6)
        waited += rng.expovariate(rate)
    return total


def retail(rng: random.Random, days: int) -> Member:
    rate = rng.uniform(3, 12)
    return [orders(rng, rate) for _ in range(days)]


def lumpy(rng: random.Random, days: int) -> Member:
    chance, spread = rng.uniform(0.1, 0.4), rng.uniform(0.5, 1.2)
    return [rng.lognormvariate(16, spread) if rng.random() < chance else 0.0 for _ in range(days)]


def trending(rng: random.Random, days: int) -> Member:
    """Growing or shrinking by up to 13 % in a month of 22 working days."""
    rate, growth = rng.uniform(3, 12), rng.uniform(-0.0055, 0.0055)
    return [orders(rng, rate * exp(growth * day)) for day in range(days)]


def coverage(member: Callable[[random.Random, int], Member], days: int, ahead: int) -> float:
    rng = random.Random(f"{member.__name__} {days} {ahead}")
    held = 0
    for _ in range(RUNS):
        life = member(rng, days + ahead)
        forecast = forecast_amount(life[:days], Fraction(ahead), 0.0)
        assert forecast is not None
        held += forecast.low <= sum(life[days:]) <= forecast.high
    return held / RUNS


def main() -> None:
    print(f"Share of {RUNS} simulated members whose period ended within the 80 % band (promise: 75–88 %)")
    print(f"{'member':<10}{'own days':>9}" + "".join(f"{f'{ahead} ahead':>10}" for ahead in (5, 10, 20)))
    for member in (retail, lumpy, trending):
        for days in (15, 20, 30, 60):
            shares = "".join(f"{coverage(member, days, ahead):>10.1%}" for ahead in (5, 10, 20))
            print(f"{member.__name__:<10}{days:>9}{shares}")


if __name__ == "__main__":
    main()
