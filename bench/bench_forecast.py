"""How often the forecast's 80 % band holds the truth, on simulated members; the promise is 75–88 % from 15 days on.

Members of the promise sell like a shop (`retail`), seldom but much (`lumpy`), or grow and shrink (`trending`). The
others show how far it carries: a busy end of the week or of the month, days without a sale, a level that wanders or
jumps. Sixty days ahead is a quarter; there it errs on the wide side. One standard error of a share is 1.3 points for
members of the promise, 2 for the others.
"""

from __future__ import annotations

import random
from fractions import Fraction
from math import exp, log
from typing import TYPE_CHECKING, Final

from toolkit.kpi.daykinds import MONTH_END, DayKind, Days
from toolkit.kpi.forecast import forecast_amount, forecast_counts

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.kpi.forecast import Forecast

RUNS, RUNS_OF_OTHERS = 1000, 400
AHEAD: Final = (5, 10, 20, 60)
MONTH: Final = 22
WEEK: Final = 6
Member = list[float]


def orders(rng: random.Random, rate: float) -> float:
    """One day of orders that come by themselves (Poisson), their amounts log-normal, around 160,000đ."""
    return sum(rng.lognormvariate(12, 0.6) for _ in range(arrivals(rng, rate)))


def arrivals(rng: random.Random, rate: float) -> int:
    """How many come in a day, Poisson distributed."""
    came, waited = 0, rng.expovariate(rate)
    while waited < 1:
        came += 1
        waited += rng.expovariate(rate)
    return came


def retail(rng: random.Random, days: int) -> Member:
    rate = rng.uniform(3, 12)
    return [orders(rng, rate) for _ in range(days)]


def lumpy(rng: random.Random, days: int) -> Member:
    return _now_and_then(rng, days, rng.uniform(0.1, 0.4))


def trending(rng: random.Random, days: int) -> Member:
    """Growing or shrinking by up to 13 % in a month of 22 working days."""
    rate, growth = rng.uniform(3, 12), rng.uniform(-0.0055, 0.0055)
    return [orders(rng, rate * exp(growth * day)) for day in range(days)]


def weekly(rng: random.Random, days: int) -> Member:
    """A week of six days whose last one or two bring up to 2.5 times as much."""
    rate, more, busy, begin = rng.uniform(3, 12), rng.uniform(1.2, 2.5), rng.choice([1, 2]), rng.randrange(WEEK)
    return [orders(rng, rate * (more if (day + begin) % WEEK >= WEEK - busy else 1)) for day in range(days)]


def sparse(rng: random.Random, days: int) -> Member:
    """Something on four to nine days of ten."""
    return _now_and_then(rng, days, rng.uniform(0.4, 0.9))


def wandering(rng: random.Random, days: int) -> Member:
    rate, step, level, life = rng.uniform(3, 12), rng.uniform(0.005, 0.03), 0.0, []
    for _ in range(days):
        level += rng.gauss(0, step)
        life.append(orders(rng, rate * exp(level)))
    return life


def jumping(rng: random.Random, days: int) -> Member:
    """One day, known to nobody beforehand, the level changes by up to 65 %."""
    rate, at, factor = rng.uniform(3, 12), rng.randrange(days), exp(rng.uniform(-0.5, 0.5))
    return [orders(rng, rate * (factor if day >= at else 1)) for day in range(days)]


def month_end(rng: random.Random, days: int) -> Member:
    """The last five days of every month bring up to three times as much."""
    rate, more = rng.uniform(3, 12), rng.uniform(1.5, 3)
    return [orders(rng, rate * (more if day % MONTH >= MONTH - MONTH_END else 1)) for day in range(days)]


def steady_count(rng: random.Random, days: int) -> Member:
    rate = _count_rate(rng)
    return [arrivals(rng, rate) for _ in range(days)]


def trending_count(rng: random.Random, days: int) -> Member:
    rate, growth = _count_rate(rng), rng.uniform(-0.0055, 0.0055)
    return [arrivals(rng, rate * exp(growth * day)) for day in range(days)]


def uneven_count(rng: random.Random, days: int) -> Member:
    """Good days and bad ones: the rate itself is gamma distributed from day to day."""
    rate, shape = _count_rate(rng), rng.uniform(1, 6)
    return [arrivals(rng, max(rate * rng.gammavariate(shape, 1 / shape), 1e-9)) for _ in range(days)]


def _count_rate(rng: random.Random) -> float:
    return exp(rng.uniform(log(0.1), log(15)))


def _now_and_then(rng: random.Random, days: int, chance: float) -> Member:
    spread = rng.uniform(0.5, 1.2)
    return [rng.lognormvariate(16, spread) if rng.random() < chance else 0.0 for _ in range(days)]


def of_amounts(past: Member, ahead: int) -> Forecast | None:
    return forecast_amount(past, Fraction(ahead), 0.0, kinds=_kinds(len(past), ahead))


def of_counts(past: Member, ahead: int) -> Forecast | None:
    return forecast_counts(past, Fraction(ahead), 0, kinds=_kinds(len(past), ahead))


def _kinds(past: int, ahead: int) -> Days:
    days = [DayKind(day % WEEK, day % MONTH >= MONTH - MONTH_END) for day in range(past + ahead)]
    return Days(days[:past], days[past:])


def coverage(
    member: Callable[[random.Random, int], Member], days: int, ahead: int,
    forecast_of: Callable[[Member, int], Forecast | None], runs: int = RUNS_OF_OTHERS,
) -> float:  # fmt: skip
    """The share of simulated members whose sum lay within the band. Who has sold nothing yet has no forecast."""
    rng = random.Random(f"{member.__name__} {days} {ahead}")
    held = asked = 0
    for _ in range(runs):
        life = member(rng, days + ahead)
        forecast = forecast_of(life[:days], ahead)
        if forecast is not None:
            asked += 1
            held += forecast.low <= sum(life[days:]) <= forecast.high
    return held / asked


def main() -> None:
    print(f"Share of {RUNS} simulated members whose period ended within the 80 % band (promise: 75–88 %)")
    print(_heading())
    for member in (retail, lumpy, trending):
        _row(member, of_amounts, RUNS)
    print(f"\nOthers ({RUNS_OF_OTHERS} of each), and counts")
    print(_heading())
    for other in (weekly, sparse, wandering, jumping, month_end):
        _row(other, of_amounts, RUNS_OF_OTHERS)
    for counted in (steady_count, trending_count, uneven_count):
        _row(counted, of_counts, RUNS_OF_OTHERS)


def _heading() -> str:
    return f"{'member':<15}{'own days':>9}" + "".join(f"{f'{ahead} ahead':>10}" for ahead in AHEAD)


def _row(
    member: Callable[[random.Random, int], Member], forecast_of: Callable[[Member, int], Forecast | None], runs: int
) -> None:
    for days in (15, 20, 30, 60):
        shares = "".join(f"{coverage(member, days, ahead, forecast_of, runs):>10.1%}" for ahead in AHEAD)
        print(f"{member.__name__:<15}{days:>9}{shares}", flush=True)


if __name__ == "__main__":
    main()
