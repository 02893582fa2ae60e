"""What figures are reckoned from, and a ledger in memory that says what every figure means.

The book answers the same questions in SQL (`toolkit.kpi.book.figures`); a test holds the two against each other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from toolkit.kpi.metrics import METRICS, YES, adds_up, allowed, part_of
from toolkit.kpi.model import WHOLE_SHARE, Activity, Measure, Opportunity, Payment, Promise, Sale

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from toolkit.kpi.model import Line, MetricDef, Product

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
    """One thing that a metric counts: when, how much, and of whom (`key`: what is told apart where each counts once)."""

    day: date
    value: Fraction
    key: int
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
        of = part_of(metric) if metric.aggregate == "ratio" else metric
        return min((fact.day for fact in self._each(of, engagements)), default=None)

    def facts(self, metric: MetricDef, engagements: Collection[str], start: date, end: date) -> Iterator[Fact]:
        """Everything that counts for a metric in a period, in the order of days."""
        found = sorted(
            (fact for fact in self._each(metric, engagements) if start <= fact.day < end),
            key=lambda fact: (fact.day, fact.record.id),
        )
        if metric.aggregate != "distinct":
            yield from found
            return
        seen: set[int] = set()
        for fact in found:
            if fact.key and fact.key not in seen and self._is_wanted(metric, fact, engagements, found):
                seen.add(fact.key)
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
                    one = metric.aggregate == "distinct"
                    yield Fact(activity.day, Fraction(1 if one else activity.count), activity.customer, activity)
        elif metric.object == "payment":
            for payment in self.payments:
                if _among(payment.engagement, engagements):
                    value = Fraction(payment.amount if _is_amount(metric) else 1)
                    yield Fact(payment.day, value, payment.customer, payment)
        else:
            for measure in self.measures:
                if measure.metric == metric.id and _among(measure.engagement, engagements):
                    value = Fraction(1) if metric.aggregate == "count" else measure.value
                    yield Fact(measure.day, value, measure.id, measure)

    def _sales(self, metric: MetricDef, engagements: Collection[str]) -> Iterator[Fact]:
        products = self.products_of(metric)
        for sale in self._chosen(metric, engagements):
            day = day_of(sale, metric)
            if sale.status not in metric.statuses or day is None:
                continue
            if products is not None and not any(line.product in products for line in sale.lines):
                continue
            value = sale.credited if _is_amount(metric) else Fraction(1)
            yield Fact(day, -value if _is_minus(metric, sale) else value, sale.customer, sale)

    def _lines(self, metric: MetricDef, engagements: Collection[str]) -> Iterator[Fact]:
        products = self.products_of(metric)
        for sale in self._chosen(metric, engagements):
            day = day_of(sale, metric)
            if day is None:
                continue
            for line in sale.lines:
                if (line.status or sale.status) in metric.statuses and (products is None or line.product in products):
                    value = line_value(sale, line, metric)
                    yield Fact(day, -value if _is_minus(metric, sale) else value, sale.customer, sale)

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

    def _is_wanted(
        self, metric: MetricDef, fact: Fact, engagements: Collection[str], in_period: Sequence[Fact]
    ) -> bool:
        """Whether a customer is new, or comes again, where the metric asks for that.

        New: the first sale that ever counted lies in the period, and the member didn't call it a repeat one. Again: a
        sale before counts, be it in the period itself, or the member said so.
        """
        first, again = allowed(metric, "first"), allowed(metric, "again")
        if first is None and again is None:
            return True
        counted = [other for other in in_period if other.key == fact.key]
        said = any(isinstance(other.record, Sale) and other.record.repeat for other in counted)
        before = any(other.key == fact.key and other.day < counted[0].day for other in self._each(metric, engagements))
        is_new = not before and not said
        return is_new if first is not None else before or said or len(counted) > 1

    def _opportunities(self, metric: MetricDef, engagements: Collection[str]) -> Iterator[Fact]:
        outcomes, reasons, products = (
            allowed(metric, "outcome"), allowed(metric, "reason"), self.products_of(metric)
        )  # fmt: skip
        for deal in self.opportunities:
            day = deal.closed if metric.date == "completed" else deal.opened
            if day is None or not _among(deal.engagement, engagements):
                continue
            if outcomes is not None and deal.outcome not in outcomes:
                continue
            if (reasons is not None and deal.reason_kind not in reasons) or (
                products is not None and deal.product not in products
            ):
                continue
            if not _is_amount(metric):
                yield Fact(day, Fraction(1), deal.customer, deal)
            elif deal.amount is not None:
                yield Fact(day, Fraction(deal.amount), deal.customer, deal)

    def _promises(self, metric: MetricDef, engagements: Collection[str]) -> Iterator[Fact]:
        outcomes = allowed(metric, "outcome")
        for promise in self.promises:
            day = promise.closed if metric.date == "completed" else promise.made
            wanted = outcomes is None or promise.outcome in outcomes
            if day is not None and wanted and _among(promise.engagement, engagements):
                yield Fact(day, Fraction(1), promise.customer, promise)

    def products_of(self, metric: MetricDef) -> frozenset[str] | None:
        """The names under which the products of a metric's filter stand in lines; None where it takes any."""
        return products_of(metric, self.products)


def ratio(ledger: Ledger, metric: MetricDef, engagements: Collection[str], start: date, end: date) -> Fraction | None:
    """A share: what the metric's filter lets through of the metric `over`; None where that is nothing."""
    below = ledger.metrics.get(metric.over)
    if below is None or below.aggregate == "ratio":
        return None
    whole = ledger.figure(below, engagements, start, end)
    part = ledger.figure(part_of(metric), engagements, start, end)
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
