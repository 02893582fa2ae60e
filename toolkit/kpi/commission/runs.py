"""One rule within one period: what each entry adds to it, and what moves without an entry of its own.

Every run is the difference of one function of all that has been booked: whatever the entries' own lines don't explain
(a tier reached for what came before, a cap, a count that is full) gets a line of its own, so that the lines always sum
to the function's value.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from toolkit.kpi.commission.accruals import total_of
from toolkit.kpi.commission.plans import Bonus, ByCompletion, Each, OnDay, PerThing, Rate, Rule, Salary, prorated
from toolkit.kpi.commission.rates import Tier, Tiers, TierSlice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from toolkit.core.dates.periods import Period
    from toolkit.kpi.commission.entries import Entry
    from toolkit.kpi.commission.plans import Version

LineKind = Literal["entry", "shift", "level", "bonus", "on_day", "salary", "cap", "floor", "rounding"]
"""`shift`: a tier's rate changed for what had been booked before; `cap` and `floor`: what a most or a least cuts off or
adds; `rounding`: what the step of the rounding adds."""

NOTHING: Final = Fraction(0)


@dataclass(slots=True)
class OwedLine:
    """One line of what is owed. `amount` is exact đồng, `whole` its part of the rounded total.

    `rule` is the rule's place in its version (-1: the plan as a whole), `version` the day that version starts (None:
    from ever), `period` the first day of the period it was earned in. `base` is what was counted: đồng, or pieces.
    `completion` is what a level went by.
    """

    kind: LineKind
    amount: Fraction
    period: date
    rule: int = -1
    version: date | None = None
    base: Fraction = NOTHING
    slices: tuple[TierSlice, ...] = ()
    entry: Entry | None = None
    completion: Fraction | None = None
    whole: int = 0


Booked = tuple["Entry", Fraction]
"""An entry with what of it a rule counts."""


@dataclass(frozen=True)
class Spot:
    """A rule, its place in its version, and the period."""

    rule: Rule
    place: int
    version: Version
    period: Period


class Run(ABC):
    """A rule of a version in a period. `paid` is what it has paid so far, after its cap."""

    def __init__(self, spot: Spot) -> None:
        self.rule, self.place, self.version, self.period = spot.rule, spot.place, spot.version, spot.period
        self.before = NOTHING
        self.base = NOTHING
        self.raw = NOTHING

    @property
    def paid(self) -> Fraction:
        return self.raw if self.rule.cap is None else min(self.raw, Fraction(self.rule.cap))

    def book(self, before: Fraction, mine: Sequence[Booked]) -> list[OwedLine]:
        """The lines for entries, in their order; `before` is what earlier versions of the period counted with them."""
        raw, paid = self.raw, self.paid
        lines = self._lines(before, mine)
        self.raw = raw + total_of(line.amount for line in lines)
        cut = (self.paid - self.raw) - (paid - raw)
        if cut:
            lines.append(self.line("cap", cut))
        return lines

    @abstractmethod
    def _lines(self, before: Fraction, mine: Sequence[Booked]) -> list[OwedLine]: ...

    def line(self, kind: LineKind, amount: Fraction) -> OwedLine:
        return OwedLine(kind, amount, self.period.start, self.place, self.version.start)

    def entry_line(
        self, entry: Entry, base: Fraction, amount: Fraction, slices: tuple[TierSlice, ...] = ()
    ) -> OwedLine:
        return OwedLine("entry", amount, self.period.start, self.place, self.version.start, base, slices, entry)


class Marginal(Run):
    """Each part of the base at its own tier's rate: entries in their order pass through the tiers."""

    def __init__(self, spot: Spot, tiers: Tiers) -> None:
        super().__init__(spot)
        self.tiers = tiers
        self.flat = tiers.tiers[0].rate if len(tiers.tiers) == 1 else None

    def _lines(self, before: Fraction, mine: Sequence[Booked]) -> list[OwedLine]:
        if self.flat is not None:
            return self._flat(mine, self.flat)
        lines = []
        if before:
            low, high = self.before, self.before + self.base
            lost = _sum(self.tiers.between(low, high))
            moved = _sum(self.tiers.between(low + before, high + before)) - lost
            self.before += before
            if moved:
                lines.append(self.line("shift", moved))
        for entry, base in mine:
            start = self.before + self.base
            self.base += base
            slices = self.tiers.between(start, start + base)
            lines.append(self.entry_line(entry, base, _sum(slices), slices))
        return lines

    def _flat(self, mine: Sequence[Booked], rate: Fraction) -> list[OwedLine]:
        lines = []
        for entry, base in mine:
            part = TierSlice(self.base, self.base + base, rate)
            self.base = part.high
            lines.append(self.entry_line(entry, base, base * rate, (part,)))
        return lines


class Whole(Run):
    """The whole base at one rate, which depends on how far the period has come: retroactive tiers, rates by
    completion."""

    def __init__(self, spot: Spot, rate_at: Callable[[Fraction], Fraction]) -> None:
        super().__init__(spot)
        self.rate_at = rate_at

    def _lines(self, before: Fraction, mine: Sequence[Booked]) -> list[OwedLine]:
        old_base, old_rate = self.base, self.rate_at(self.before + self.base)
        self.before += before
        self.base += total_of(base for _, base in mine)
        rate = self.rate_at(self.before + self.base)
        lines = []
        if old_base and rate != old_rate:
            part = TierSlice(NOTHING, old_base, rate - old_rate)
            shift = self.line("shift", part.amount)
            shift.base, shift.slices = old_base, (part,)
            lines.append(shift)
        at = old_base
        for entry, base in mine:
            part = TierSlice(at, at + base, rate)
            at = part.high
            lines.append(self.entry_line(entry, base, base * rate, (part,)))
        return lines


class ByOrder(Run):
    """Tiers that look at every order by itself; a refund is a difference of its own order."""

    def __init__(self, spot: Spot, tiers: Tiers) -> None:
        super().__init__(spot)
        self.tiers = tiers
        self.orders: dict[tuple[str, int], Fraction] = {}

    def _lines(self, before: Fraction, mine: Sequence[Booked]) -> list[OwedLine]:
        del before
        lines = []
        for entry, base in mine:
            key = ("sale", entry.sale) if entry.sale else (entry.kind, entry.id)
            start = self.orders.get(key, NOTHING)
            end = self.orders[key] = start + base
            slices = self._between(start, end)
            lines.append(self.entry_line(entry, base, _sum(slices), slices))
        return lines

    def _between(self, start: Fraction, end: Fraction) -> tuple[TierSlice, ...]:
        if self.tiers.mode == "marginal":
            return self.tiers.between(start, end)
        rate, old = self.tiers.rate_at(end), self.tiers.rate_at(start)
        moved = (TierSlice(NOTHING, start, rate - old),) if start and rate != old else ()
        return (TierSlice(start, end, rate), *moved)


class Counted(Run):
    """A fixed amount for every thing."""

    def __init__(self, spot: Spot, pay: PerThing) -> None:
        super().__init__(spot)
        self.pay = pay

    def _lines(self, before: Fraction, mine: Sequence[Booked]) -> list[OwedLine]:
        del before
        rate = Fraction(self.pay.amount)
        lines = []
        for entry, count in mine:
            if count:
                part = TierSlice(self.base, self.base + count, rate)
                self.base = part.high
                lines.append(self.entry_line(entry, count, count * rate, (part,)))
        return lines


class Once(Run):
    """An amount for a count that is full, or by completion: it moves as a whole, no entry has a part of its own."""

    def __init__(
        self,
        spot: Spot,
        value: Callable[[Fraction], tuple[Fraction, Fraction | None]],
        *,
        beyond: bool,
    ) -> None:
        """`value` gives the amount at a count and the completion that it goes by; `beyond`: what earlier versions had
        counted has been paid by them."""
        super().__init__(spot)
        self.value = value
        self.beyond = beyond
        self.kind: LineKind = "bonus" if isinstance(spot.rule.pay, Bonus) else "level"

    def _lines(self, before: Fraction, mine: Sequence[Booked]) -> list[OwedLine]:
        self.before += before
        self.base += total_of(base for _, base in mine)
        amount, completion = self.value(self.before + self.base)
        if self.beyond:
            amount -= self.value(self.before)[0]
        if amount == self.raw:
            return []
        line = self.line(self.kind, amount - self.raw)
        line.base, line.completion = self.before + self.base, completion
        return [line]


class Fixed(Run):
    """An amount that no entry moves: a salary, a bonus on a day. It is booked once."""

    def __init__(self, spot: Spot, kind: LineKind, amount: Fraction) -> None:
        super().__init__(spot)
        self.kind, self.due = kind, amount

    def _lines(self, before: Fraction, mine: Sequence[Booked]) -> list[OwedLine]:
        del before, mine
        due, self.due = self.due, NOTHING
        return [self.line(self.kind, due)] if due else []


@dataclass(frozen=True)
class Setting:
    """What a run is made in. `days` are those of the version within the period; `completion` gives how far the
    member's own target for a metric has come in the period (None: there is no such target); `as_of` is the last day
    that is known."""

    version: Version
    period: Period
    days: Period
    as_of: date
    completion: Callable[[str, Period], Fraction | None]
    missing: list[str] = field(default_factory=list)


def run_of(rule: Rule, place: int, at: Setting) -> Run:
    """The run for a rule."""
    pay = rule.pay
    spot = Spot(rule, place, at.version, at.period)
    if isinstance(pay, Rate):
        return Marginal(spot, Tiers((Tier(0, pay.rate),)))
    if isinstance(pay, Tiers):
        return Marginal(spot, pay) if pay.mode == "marginal" else Whole(spot, pay.rate_at)
    if isinstance(pay, Each):
        return ByOrder(spot, pay.tiers)
    if isinstance(pay, PerThing):
        return Counted(spot, pay)
    if isinstance(pay, Bonus):
        return Once(spot, lambda count: (_bonus(pay, count), None), beyond=True)
    if isinstance(pay, ByCompletion):
        return _by_completion(spot, pay, at)
    if isinstance(pay, Salary):
        begun = at.days.start <= at.as_of
        return Fixed(spot, "salary", prorated(pay.amount, at.days, at.period) if begun else NOTHING)
    due = Fraction(pay.amount) if pay.day in at.days and pay.day <= at.as_of else NOTHING
    return Fixed(spot, "on_day", due)


def _by_completion(spot: Spot, pay: ByCompletion, at: Setting) -> Run:
    own = at.completion(pay.metric, at.period) if pay.quota is None else None
    if pay.quota is None and own is None:
        at.missing.append(pay.metric)

    def completion(base: Fraction) -> Fraction | None:
        return base / pay.quota if pay.quota else own

    def rate(base: Fraction) -> Fraction:
        done = completion(base)
        return NOTHING if done is None else pay.levels.commission(done)

    if pay.rates:
        return Whole(spot, rate)
    part = Fraction(at.days.days, at.period.days)
    return Once(spot, lambda base: (rate(base) * part, completion(base)), beyond=False)


def _bonus(pay: Bonus, count: Fraction) -> Fraction:
    if count < pay.least:
        return NOTHING
    return Fraction(pay.amount * (count // pay.least if pay.again else 1))


def _sum(slices: Sequence[TierSlice]) -> Fraction:
    if len(slices) == 1:
        return slices[0].amount
    return sum((part.amount for part in slices), NOTHING)


__all__ = ["Booked", "LineKind", "OnDay", "OwedLine", "Run", "Setting", "run_of"]
