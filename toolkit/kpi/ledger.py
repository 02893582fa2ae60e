"""What figures are reckoned from, and a ledger in memory that says what every figure means.

The book answers the same questions in SQL (`toolkit.kpi.book.figures`); a test holds the two against each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from toolkit.kpi.metrics import METRICS, YES, adds_up, allowed, part_of
from toolkit.kpi.model import WHOLE_SHARE, Activity, Measure, Opportunity, Payment, Promise, Sale
from toolkit.kpi.people.buyers import buyer
from toolkit.kpi.people.deals import decisions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from toolkit.kpi.model import Line, MetricDef, Product
    from toolkit.kpi.people.buyers import Buyer
    from toolkit.kpi.people.deals import Decision

Record: TypeAlias = Sale | Payment | Opportunity | Activity | Promise | Measure

NOTHING: Final = Fraction(0)


class Ledger(Protocol):
    """What was sold and done, as figures. Periods are half-open; no engagements means all of them.

    Amounts and quantities count by the member's share of a sale; orders and customers count whole.
    """

    @property
    def metrics(self) -> Mapping[str, MetricDef]:
        """Every metric that is known, by id."""

    def daily(self, metric: MetricDef, engagements: Collection[str], start: date, end: date) -> Mapping[date, Fraction]:
        """What each day brought, days without anything left out. A customer who counts once counts on the first day.

        ValueError for a metric that doesn't add up over days (`metrics.adds_up`).
        """

    def figure(self, metric: MetricDef, engagements: Collection[str], start: date, end: date) -> Fraction | None:
        """The metric over a period: 0 for a sum or a count of nothing, None where it has no value."""

    def first_day(self, metric: MetricDef, engagements: Collection[str]) -> date | None:
        """The first day on which anything counted for the metric."""


@dataclass(frozen=True)
class Fact:
    """One thing that a metric counts: when, how much, and who bought, where that is known."""

    day: date
    value: Fraction
    buyer: Buyer | None
    record: Record


@dataclass(frozen=True)
class MemoryLedger:
    """A ledger of records in memory: the meaning of every figure, in the order of reading and not of speed."""

    sales: Sequence[Sale] = ()
    payments: Sequence[Payment] = ()
    opportunities: Sequence[Opportunity] = ()
    activities: Sequence[Activity] = ()
    promises: Sequence[Promise] = ()
    measures: Sequence[Measure] = ()
    products: Sequence[Product] = ()
    own_metrics: Sequence[MetricDef] = ()

    @property
    def metrics(self) -> Mapping[str, MetricDef]:
        return {**METRICS, **{metric.id: metric for metric in self.own_metrics}}

    def daily(self, metric: MetricDef, engagements: Collection[str], start: date, end: date) -> Mapping[date, Fraction]:
        if not adds_up(metric):
            raise ValueError(f"{metric.aggregate} doesn't add up over days")
        sums: dict[date, Fraction] = defaultdict(Fraction)
        for fact in self.facts(metric, engagements, start, end):
            sums[fact.day] += fact.value
        return dict(sums)

    def figure(self, metric: MetricDef, engagements: Collection[str], start: date, end: date) -> Fraction | None:
        if metric.aggregate == "ratio":
            return ratio(self, metric, engagements, start, end)
        facts = list(self.facts(metric, engagements, start, end))
        values = [fact.value for fact in facts]
        if metric.aggregate in ("count", "sum", "distinct"):
            return sum(values, NOTHING)
        if not values:
            return None
        if metric.aggregate == "avg":
            return sum(values, NOTHING) / len(values)
        if metric.aggregate == "median":
            return Fraction(median(values))
        return max(facts, key=lambda fact: (fact.day, fact.record.id)).value

    def first_day(self, metric: MetricDef, engagements: Collection[str]) -> date | None:
        return min((fact.day for fact in self._each(part_of(metric, self.metrics), engagements)), default=None)

    def facts(self, metric: MetricDef, engagements: Collection[str], start: date, end: date) -> Iterator[Fact]:
        """Everything that counts for a metric in a period, in the order of days."""
        found = sorted(
            (fact for fact in self._each(metric, engagements) if start <= fact.day < end),
            key=lambda fact: (fact.day, fact.record.id),
        )
        if metric.aggregate != "distinct":
            yield from found
            return
        chosen = _chosen_buyers(metric, found, self._each(metric, engagements), start)
        for fact in found:
            if fact.buyer in chosen:
                chosen.discard(fact.buyer)
                yield fact

    def _each(self, metric: MetricDef, engagements: Collection[str]) -> Iterator[Fact]:
        if metric.object in ("sale", "customer"):
            yield from self._sales(metric, engagements)
        elif metric.object == "line":
            yield from self._lines(metric, engagements)
        elif metric.object == "opportunity":
            yield from self._opportunities(metric, engagements)
        elif metric.object == "promise":
            yield from self._promises(metric, engagements)
        elif metric.object == "activity":
            kinds = allowed(metric, "kind")
            for activity in self.activities:
                if _among(activity.engagement, engagements) and (kinds is None or activity.kind in kinds):
                    yield Fact(activity.day, Fraction(activity.count), None, activity)
        elif metric.object == "payment":
            for payment in self.payments:
                if _among(payment.engagement, engagements):
                    value = Fraction(payment.amount if _is_amount(metric) else 1)
                    yield Fact(payment.day, value, None, payment)
        else:
            for measure in self.measures:
                if measure.metric == metric.id and _among(measure.engagement, engagements):
                    value = Fraction(1) if metric.aggregate == "count" else measure.value
                    yield Fact(measure.day, value, None, measure)

    def _sales(self, metric: MetricDef, engagements: Collection[str]) -> Iterator[Fact]:
        products = self.products_of(metric)
        for sale in self._chosen(metric, engagements):
            day = day_of(sale, metric)
            if sale.status not in metric.statuses or day is None:
                continue
            if products is not None and not any(line.product in products for line in sale.lines):
                continue
            value = sale.credited if _is_amount(metric) else Fraction(1)
            yield Fact(day, -value if _is_minus(metric, sale) else value, buyer(sale), sale)

    def _lines(self, metric: MetricDef, engagements: Collection[str]) -> Iterator[Fact]:
        products = self.products_of(metric)
        for sale in self._chosen(metric, engagements):
            day = day_of(sale, metric)
            if day is None:
                continue
            for line in sale.lines:
                if (line.status or sale.status) in metric.statuses and (products is None or line.product in products):
                    value = line_value(sale, line, metric)
                    yield Fact(day, -value if _is_minus(metric, sale) else value, buyer(sale), sale)

    def _chosen(self, metric: MetricDef, engagements: Collection[str]) -> Iterator[Sale]:
        channels, referral, again = (allowed(metric, field) for field in ("channel", "referral", "repeat"))
        for sale in self.sales:
            if not _among(sale.engagement, engagements) or metric.kind not in ("", "net", sale.kind):
                continue
            if channels is not None and sale.channel not in channels:
                continue
            if (referral is None or sale.referral == (YES in referral)) and (
                again is None or sale.repeat == (YES in again)
            ):
                yield sale

    def _opportunities(self, metric: MetricDef, engagements: Collection[str]) -> Iterator[Fact]:
        """Deals: by the day on which they were opened, or decided. A sale that was typed is a deal won."""
        outcomes, products = allowed(metric, "outcome"), self.products_of(metric)
        if metric.date != "completed":
            for deal in self.opportunities:
                wanted = _among(deal.engagement, engagements) and (outcomes is None or deal.outcome in outcomes)
                if wanted and (products is None or deal.product in products):
                    yield from _deal(metric, deal.opened, deal.amount, deal)
            return
        deals, typed = {deal.id: deal for deal in self.opportunities}, {sale.id: sale for sale in self.sales}
        reasons = allowed(metric, "reason")
        for one in self._decided(engagements):
            if reasons is not None and one.kind not in reasons:
                continue
            wanted = outcomes is None or ("won" if one.won else "lost") in outcomes
            if wanted and (products is None or one.product in products):
                record: Record = deals[one.opportunity] if one.opportunity else typed[one.sale]
                yield from _deal(metric, one.day, one.amount, record)

    def _decided(self, engagements: Collection[str]) -> Iterator[Decision]:
        """What was decided, job by job."""
        for job in sorted({deal.engagement for deal in self.opportunities} | {sale.engagement for sale in self.sales}):
            if _among(job, engagements):
                here = [deal for deal in self.opportunities if deal.engagement == job]
                yield from decisions(here, [sale for sale in self.sales if sale.engagement == job], None, date.max)

    def _promises(self, metric: MetricDef, engagements: Collection[str]) -> Iterator[Fact]:
        outcomes = allowed(metric, "outcome")
        for promise in self.promises:
            day = promise.closed if metric.date == "completed" else promise.made
            wanted = outcomes is None or promise.outcome in outcomes
            if day is not None and wanted and _among(promise.engagement, engagements):
                yield Fact(day, Fraction(1), None, promise)

    def products_of(self, metric: MetricDef) -> frozenset[str] | None:
        """The names under which the products of a metric's filter stand in lines; None where it takes any."""
        return products_of(metric, self.products)


def _deal(metric: MetricDef, day: date, amount: int | None, record: Record) -> Iterator[Fact]:
    if not _is_amount(metric):
        yield Fact(day, Fraction(1), None, record)
    elif amount is not None:
        yield Fact(day, Fraction(amount), None, record)


def _chosen_buyers(metric: MetricDef, inside: Sequence[Fact], ever: Iterable[Fact], start: date) -> set[Buyer | None]:
    """Whom a metric of customers counts, of those who bought in the period.

    New ("first"): nothing of theirs counted before, and the member didn't say that they had bought before. Again: on an
    earlier day, be it in the period itself, or the member said so. Two orders of one day are one visit.
    """
    first, again = allowed(metric, "first"), allowed(metric, "again")
    chosen = {fact.buyer for fact in inside if fact.buyer is not None}
    if first is None and again is None:
        return {*chosen}
    before = {fact.buyer for fact in ever if fact.day < start}
    said = {fact.buyer for fact in inside if isinstance(fact.record, Sale) and fact.record.repeat}
    if first is not None:
        return {*(chosen - before - said)}
    visits = Counter(who for who, _ in {(fact.buyer, fact.day) for fact in inside})
    return {one for one in chosen if one in before or one in said or visits[one] > 1}


def ratio(ledger: Ledger, metric: MetricDef, engagements: Collection[str], start: date, end: date) -> Fraction | None:
    """A share: what the metric's filter lets through of the metric `over`; None where that is nothing."""
    below = ledger.metrics.get(metric.over)
    if below is None or below.aggregate == "ratio":
        return None
    whole = ledger.figure(below, engagements, start, end)
    part = ledger.figure(part_of(metric, ledger.metrics), engagements, start, end)
    return part / whole if part is not None and whole else None


def products_of(metric: MetricDef, products: Iterable[Product]) -> frozenset[str] | None:
    """The names under which the products of a metric's filter stand in lines; None where it takes any."""
    named, categories = allowed(metric, "product"), allowed(metric, "category")
    if named is None and categories is None:
        return None
    found = set(named or ())
    for product in products:
        names = {product.id, product.label, *product.aliases}
        if (named is not None and names & named) or (categories is not None and product.category in categories):
            found |= names
    return frozenset(found)


def day_of(sale: Sale, metric: MetricDef) -> date | None:
    """The day on which a sale counts for a metric: that of the order, of its completion (of the order where no other is
    known), or of the payment (None where it isn't paid)."""
    if metric.date == "paid":
        return sale.paid
    return sale.completed or sale.ordered if metric.date == "completed" else sale.ordered


def line_value(sale: Sale, line: Line, metric: MetricDef) -> Fraction:
    """What a line counts: its amount or its quantity, by the member's share.

    A line without an amount has what the others leave of the sale's; where several have none, nobody knows, and none
    of them counts.
    """
    if metric.aggregate in ("count", "ratio"):
        return Fraction(1)
    share = Fraction(sale.share, WHOLE_SHARE)
    if metric.unit != "dong":
        return line.quantity * share
    if line.amount is not None:
        return line.amount * share
    if sum(other.amount is None for other in sale.lines) > 1:
        return NOTHING
    return max(sale.amount - sum(other.amount or 0 for other in sale.lines), 0) * share


def _among(engagement: str, engagements: Collection[str]) -> bool:
    return not engagements or engagement in engagements


def _is_amount(metric: MetricDef) -> bool:
    return metric.aggregate in ("sum", "avg", "median", "latest")


def _is_minus(metric: MetricDef, sale: Sale) -> bool:
    return metric.kind == "net" and sale.kind == "refund"
