"""Commission plans and entries for tests: made by hand, and any that hypothesis thinks of."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from typing import Any

from hypothesis import strategies as st

from toolkit.core.dates.periods import Period, month
from toolkit.kpi.commission.entries import Entry, Names, Part
from toolkit.kpi.commission.plans import (
    Bonus,
    ByCompletion,
    Each,
    OnDay,
    Only,
    PerThing,
    Plan,
    Rate,
    Rule,
    Salary,
    Version,
)
from toolkit.kpi.commission.rates import Levels, Tier, Tiers
from toolkit.kpi.commission.statement import Statement, statement

MILLION = 1_000_000
OCTOBER, NOVEMBER, DECEMBER = (month(2026, number) for number in (10, 11, 12))
LATER = date(2027, 12, 31)
STEPS = (Tier(0, Fraction(3, 100)), Tier(50 * MILLION, Fraction(5, 100)), Tier(100 * MILLION, Fraction(8, 100)))
MARGINAL, RETROACTIVE = Tiers(STEPS), Tiers(STEPS, "retroactive")
NO_NAMES = Names({})


def plan(*rules: Rule, **version: Any) -> Plan:
    """A monthly plan of one version that holds from ever."""
    return Plan(1, "", "month", (Version(version.pop("start", None), rules, **version),))


def tiered(mode: str = "marginal", **version: Any) -> Plan:
    """3 % to 50tr, 5 % to 100tr, 8 % beyond."""
    return plan(Rule("tier", MARGINAL if mode == "marginal" else RETROACTIVE), **version)


def sale(day: str | date, amount: int | Fraction, number: int = 0, **fields: Any) -> Entry:
    """A sale of one product, "bảo hiểm" unless `product` names another; `units` pieces."""
    on = day if isinstance(day, date) else date.fromisoformat(day)
    number = number or (on.toordinal() * 1000 + int(amount) % 997)
    product, units = fields.pop("product", "bảo hiểm"), Fraction(fields.pop("units", 1))
    parts = fields.pop("parts", (Part(product, Fraction(amount), units),))
    return Entry("sale", number, on, Fraction(amount), parts, number, **fields)


def refund(of: Entry, day: str | date, amount: int | Fraction, number: int = 0, *, linked: bool = True) -> Entry:
    """A refund of a sale; without `linked` it isn't known which sale it is of."""
    on = day if isinstance(day, date) else date.fromisoformat(day)
    ratio = Fraction(amount) / of.amount if of.amount else Fraction(0)
    parts = tuple(Part(part.product, -part.amount * ratio, -part.units * ratio) for part in of.parts)
    return Entry(
        "refund", number or of.id + 500, on, -Fraction(amount), parts, of.sale if linked else 0,
        of.day if linked else None, of.order, repeat=of.repeat, referral=of.referral,
        new_customer=of.new_customer, share=of.share, doubt="" if linked else "no_sale",
    )  # fmt: skip


def owed(by: Plan, period: Period, *entries: Entry, **more: Any) -> Statement:
    """The statement of a period, everything being known."""
    return statement(by, period, entries, names=more.pop("names", NO_NAMES), as_of=more.pop("as_of", LATER), **more)


# --- any ---

_RATES = st.fractions(min_value=0, max_value=Fraction(1, 2), max_denominator=200)
_AMOUNTS = st.integers(0, 5 * MILLION)
TIERS = st.builds(
    lambda gaps, rates, mode: Tiers(
        tuple(Tier(*pair) for pair in zip([0, *accumulate(gaps)], rates, strict=False)), mode
    ),
    st.lists(st.integers(1, 40 * MILLION), max_size=3),
    st.lists(_RATES, min_size=4, max_size=4),
    st.sampled_from(["marginal", "retroactive"]),
)
_LEVELS = st.builds(
    lambda gaps, paid, mode, quota: ByCompletion(
        Levels(tuple(zip(accumulate(gaps), paid, strict=False)), mode), quota=quota
    ),
    st.lists(st.fractions(min_value=Fraction(1, 10), max_value=1, max_denominator=20), min_size=1, max_size=3),
    st.lists(_AMOUNTS, min_size=3, max_size=3),
    st.sampled_from(["step", "linear"]),
    st.integers(MILLION, 100 * MILLION),
)
_THINGS = st.sampled_from(["order", "unit", "customer"])
_PAYS = st.one_of(
    st.builds(Rate, _RATES),
    TIERS,
    st.builds(Each, TIERS),
    _LEVELS,
    st.builds(PerThing, _AMOUNTS, _THINGS),
    st.builds(Bonus, _AMOUNTS, st.sampled_from(["order", "unit", "amount"]), st.integers(1, 30), st.booleans()),
    st.builds(OnDay, _AMOUNTS, st.dates(date(2026, 10, 1), date(2026, 12, 31))),
    st.builds(Salary, _AMOUNTS),
)
_ONLY = st.one_of(
    st.just(Only()),
    st.sampled_from([Only(products=("bảo hiểm",)), Only(products=("phụ kiện",)), Only(channels=("zalo",))]),
    st.builds(Only, repeat=st.booleans()),
)
_RULES = st.builds(
    lambda pay, only, instead, cap: Rule("salary" if isinstance(pay, Salary) else "basic", pay, only, instead, cap),
    _PAYS,
    _ONLY,
    st.booleans(),
    st.one_of(st.none(), st.integers(0, 10 * MILLION)),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any plan by month, of one to three versions."""
    starts = sorted(draw(st.sets(st.dates(date(2026, 10, 2), date(2026, 12, 20)), max_size=2)))
    versions = []
    for start in [None, *starts]:
        floor = draw(st.one_of(st.none(), st.integers(0, 3 * MILLION)))
        cap = draw(st.one_of(st.none(), st.integers(3 * MILLION, 20 * MILLION)))
        rules = draw(st.lists(_RULES, min_size=1, max_size=4))
        versions.append(Version(start, tuple(rules), cap=cap, floor=floor))
    return Plan(1, "", "month", tuple(versions), rounding=draw(st.sampled_from([1, 1, 100, 1000])))


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    """Sales from October to December with refunds of some of them, on later days, never beyond the sale."""
    found: list[Entry] = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        day = draw(st.dates(date(2026, 10, 1), date(2026, 12, 31)))
        share = draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 3)]))
        one = draw(st.integers(0, 60 * MILLION)) * share
        two = draw(st.integers(0, 20 * MILLION)) * share
        parts = (Part("gói bảo hiểm", one, share), Part("phụ kiện", two, 2 * share))
        made = sale(
            day, one + two, number, parts=parts, share=share, repeat=draw(st.booleans()),
            channel=draw(st.sampled_from(["zalo", ""])), new_customer=draw(st.booleans()),
        )  # fmt: skip
        found.append(made)
        if draw(st.booleans()) and made.amount:
            back = made.amount * draw(st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(1)]))
            later = made.day + timedelta(days=draw(st.integers(0, 60)))
            found.append(refund(made, later, back, 100 + number, linked=draw(st.booleans())))
    return found
