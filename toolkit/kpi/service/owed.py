"""What the member is owed: the book's sales, refunds, payments and deeds, put before a plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.outcome import Outcome, Problem
from toolkit.core.text import search_key
from toolkit.kpi.book import commissions
from toolkit.kpi.commission.entries import Entry, Names, Part
from toolkit.kpi.commission.gathering import Gatherer
from toolkit.kpi.commission.plans import ACTIVITIES, Bonus, PerThing
from toolkit.kpi.commission.statement import statement
from toolkit.kpi.model import Target
from toolkit.kpi.people.buyers import buyer
from toolkit.kpi.service.standing import counting, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from toolkit.core.dates.periods import Period
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.commission.entries import Doubtful
    from toolkit.kpi.commission.plans import Plan
    from toolkit.kpi.commission.statement import Statement
    from toolkit.kpi.model import Sale

_NOTED = ("open", "unknown", "cancelled", "returned")


@dataclass(frozen=True)
class Owed:
    """A plan's statements for the periods asked for, at the end of the day `as_of`. `left_out` counts the orders of
    those periods that don't count, by status; "unpaid" are done ones that wait for their day of payment.

    `more` is the same with what the member asks "what if" about, `asked` that amount in đồng.
    """

    plan: Plan
    periods: tuple[Period, ...]
    statements: tuple[Statement, ...]
    as_of: date
    left_out: Counter[str] = field(default_factory=Counter)
    more: Statement | None = None
    asked: int | None = None

    @property
    def total(self) -> int:
        return sum(one.total for one in self.statements)

    @property
    def exact(self) -> Fraction:
        return sum((one.exact for one in self.statements), Fraction(0))


class Owing:
    """Reckons what one plan owes; looks each thing up once."""

    def __init__(self, book: KpiBook, plan: Plan, as_of: date) -> None:
        self._book, self.plan, self._as_of = book, plan, as_of
        asked = (plan.engagement,) if plan.engagement else ()
        self._engagements = counting(book, Target(0, "", as_of, as_of, Fraction(0), engagements=asked))
        self._gatherer = Gatherer(plan, _Known(book, self._engagements))
        self._completions: dict[tuple[str, date], Fraction | None] = {}
        rules = [rule for version in plan.versions for rule in version.rules]
        things = {rule.pay.thing for rule in rules if isinstance(rule.pay, PerThing | Bonus)}
        self._activities = things & set(ACTIVITIES)
        self._received = any(version.base == "received" for version in plan.versions)
        self._other_days = any(version.date != "ordered" for version in plan.versions)

    def owed(self, periods: Iterable[Period], ask: int | None = None) -> Outcome[Owed]:
        """The statements of these periods of the plan. `ask`: đồng that would be sold (below nothing: refunded) on
        the day `as_of`."""
        asked = tuple(periods)
        left_out: Counter[str] = Counter()
        found = tuple(self._statement(period, self.entries(period, left_out)) for period in asked)
        more = None
        if ask is not None:
            now = next((period for period in asked if self._as_of in period), None)
            if now is None:
                raise UsageError("kpi.commission_if_elsewhere", value=f"{self._as_of:%d/%m/%Y}")
            if any(version.base == "units" for version in self.plan.versions):
                raise UsageError("kpi.commission_if_units", value=str(ask))
            thought = Entry(
                "what_if", 0, self._as_of, Fraction(ask), (Part("", Fraction(ask), Fraction(1 if ask > 0 else -1)),)
            )
            if self._received:
                thought = replace(thought, kind="payment")
            more = self._statement(now, [*self.entries(now, Counter()), thought])
        result = Owed(self.plan, asked, found, self._as_of, left_out, more, ask)
        return Outcome(result, notes=tuple(_notes(result)))

    def _statement(self, period: Period, entries: Iterable[Entry]) -> Statement:
        return statement(self.plan, period, entries, names=self._names, as_of=self._as_of, completion=self._completion)

    def entries(self, period: Period, left_out: Counter[str]) -> list[Entry]:
        """Everything that counts in a period, and what belongs to the earlier periods that its refunds are of."""
        found = list(self._booked(period.start, period, left_out))
        earlier = {self.plan.period_of(entry.origin).start for entry in found if entry.origin is not None}
        earlier.discard(period.start)
        if not earlier:
            return found
        for start in sorted(earlier):
            past = self.plan.period_of(start)
            found += (entry for entry in self._booked(start, past, Counter()) if entry.earned_on in past)
        between = self._book.sales(
            min(earlier), period.start, engagements=self._engagements, kinds=["refund"], statuses=["done"]
        )
        known = {(entry.kind, entry.id) for entry in found}
        for refund in between:
            entry = self._gatherer.refund(refund)
            if entry is None or entry.origin is None or (entry.kind, entry.id) in known:
                continue
            if self.plan.period_of(entry.origin).start in earlier:
                found.append(entry)
        return found

    def _booked(self, start: date, period: Period, left_out: Counter[str]) -> Iterator[Entry]:
        """What counts on the days of a period."""
        since = None if self._other_days else start
        for sale in self._book.sales(since, period.end, engagements=self._engagements):
            if sale.ordered > self._as_of:
                continue
            if sale.kind == "refund":
                entry = self._gatherer.refund(sale) if sale.ordered in period else None
            else:
                entry = self._gatherer.sale(sale)
                if entry is None and sale.ordered in period:
                    left_out[sale.status if sale.status != "done" else "unpaid"] += 1
            if entry is not None and entry.day in period and entry.day <= self._as_of:
                yield entry
            if self._received:
                money = self._gatherer.given_back(sale) if sale.kind == "refund" else self._gatherer.paid_at_once(sale)
                if money is not None and money.day in period and money.day <= self._as_of:
                    yield money
        if self._received:
            yield from self._payments(period)
        if self._activities:
            for done in self._book.activities(
                period.start, period.end, engagements=self._engagements, kinds=sorted(self._activities)
            ):
                yield self._gatherer.activity(done)

    def _payments(self, period: Period) -> Iterator[Entry]:
        for payment in self._book.payments(period.start, period.end, engagements=self._engagements):
            yield self._gatherer.payment(payment)

    @cached_property
    def _names(self) -> Names:
        return Names(self._book.products())

    def _completion(self, metric: str, period: Period) -> Fraction | None:
        """How far the member's own target for a metric in exactly this period has come."""
        key = metric, period.start
        if key not in self._completions:
            self._completions[key] = None
            for target in self._book.targets():
                if (target.metric, target.start, target.end) == (metric, period.start, period.end) and (
                    not self.plan.engagement or target.engagements in ((), (self.plan.engagement,))
                ):
                    self._completions[key] = standing(self._book, target, min(self._as_of, period.last)).completion
        return self._completions[key]


class _Known:
    """What the book knows about a sale, looked up when a plan asks for it."""

    def __init__(self, book: KpiBook, engagements: tuple[str, ...]) -> None:
        self._book, self._engagements = book, engagements
        self._sales: dict[int, Sale | None] = {}

    def sale_refunded(self, refund: Sale) -> tuple[Sale, Doubtful] | None:
        db = self._book.read()
        number = refund.refunds or commissions.sale_of_order(db, refund)
        sale = self.sale(number) if number else None
        if sale is not None:
            return sale, ""
        if buyer(refund) is None:
            return None
        likely = commissions.sales_of_customer(db, refund)
        sale = self.sale(likely[0]) if len(likely) == 1 else None
        return None if sale is None else (sale, "same_customer")

    def sale(self, number: int) -> Sale | None:
        if number not in self._sales:
            try:
                self._sales[number] = self._book.sale(number)
            except ConflictError:  # it was deleted
                self._sales[number] = None
        return self._sales[number]

    def bought_before(self, sale: Sale) -> bool:
        who = buyer(sale)
        first = self._first.get(who[1:]) if who is not None else None
        return first is not None and first < sale.ordered

    def received(self, sale: int, until: date) -> int | None:
        return commissions.received(self._book.read(), sale, until)

    @cached_property
    def _first(self) -> dict[tuple[int, str], date]:
        found: dict[tuple[int, str], date] = {}
        for customer, name, day in commissions.first_purchases(self._book.read(), self._engagements):
            key = customer, "" if customer else search_key(name)
            found[key] = min(day, found.get(key, day))
        return found


def periods_asked(plan: Plan, asked: Period | None, today: date) -> tuple[Period, ...]:
    """The plan's periods that are asked for: that of today where none is named. UsageError "kpi.commission_period_…"
    where the stretch cuts through one."""
    if asked is None:
        return (plan.period_of(today),)
    found = plan.periods_of(asked) if asked.kind != "day" else (plan.period_of(asked.start),)
    if found is None:
        raise UsageError(f"kpi.commission_period_{plan.every}", value=str(asked))
    return found


def _notes(owed: Owed) -> Iterator[Problem]:
    for status in (*_NOTED, "unpaid"):
        if owed.left_out[status]:
            yield Problem(f"kpi.commission_left_{status}", params={"n": owed.left_out[status]})
    doubts = Counter(
        entry.doubt for entry in {(line.entry.kind, line.entry.id): line.entry for one in owed.statements
                                  for line in one.lines if line.entry is not None}.values() if entry.doubt
    )  # fmt: skip
    for doubt in ("no_sale", "same_customer", "by_value", "no_amount"):
        if doubts[doubt]:
            yield Problem(f"kpi.commission_doubt_{doubt}", params={"n": doubts[doubt]})
    missing = dict.fromkeys(metric for one in owed.statements for metric in one.missing)
    for metric in missing:
        yield Problem("kpi.commission_no_target", params={"metric": metric})
    unpaid = sum(len(one.unpaid) for one in owed.statements)
    if unpaid:
        yield Problem("kpi.commission_no_version", params={"n": unpaid})
