"""The figures of a book in SQL: the same as `toolkit.kpi.ledger.MemoryLedger` reckons, without reading every sale.

Every metric is a question for rows of (day, number, share, value): the member's share in hundredths of a percent, and a
whole number of units. Sums are made by the database in whole numbers, and divided here.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING, Final

from toolkit.core.text import search_key
from toolkit.kpi.ledger import NOTHING, products_of, ratio
from toolkit.kpi.metrics import METRICS, YES, adds_up, allowed, metric_of, part_of
from toolkit.kpi.model import QUANTITY_UNIT, WHOLE_SHARE, Product
from toolkit.kpi.people.buyers import TYPED, is_nobody

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping

    from toolkit.kpi.model import MetricDef
    from toolkit.kpi.people.buyers import Buyer

_DAYS: Final = {
    "ordered": "s.ordered",
    "completed": "CASE s.completed WHEN '' THEN s.ordered ELSE s.completed END",
    "paid": "s.paid",
}
_LINE_AMOUNT: Final = (
    "CASE WHEN l.amount IS NOT NULL THEN l.amount"
    " WHEN (SELECT count(*) FROM kpi_line o WHERE o.sale = l.sale AND o.amount IS NULL) > 1 THEN 0"
    " ELSE max(s.amount - (SELECT coalesce(sum(o.amount), 0) FROM kpi_line o WHERE o.sale = l.sale), 0) END"
)
_DECIDED: Final = f"""(
    SELECT id, engagement, outcome, closed, amount, product, reason_kind FROM kpi_opportunity
    WHERE closed <> '' AND outcome <> 'open'
    UNION ALL
    SELECT s.id, s.engagement, 'won', s.ordered, s.amount,
        CASE (SELECT count(DISTINCT l.product) FROM kpi_line l WHERE l.sale = s.id AND l.product <> '')
        WHEN 1 THEN (SELECT max(l.product) FROM kpi_line l WHERE l.sale = s.id) ELSE '' END,
        ''
    FROM kpi_sale s WHERE s.source = '{TYPED}' AND s.kind = 'sale' AND s.status = 'done'
    AND (s.engagement, s.id) NOT IN (SELECT o.engagement, o.sale FROM kpi_opportunity o)
)"""  # noqa: S608 (text of ours)


@dataclass
class _Query:
    """A question for rows: columns `day`, `id`, `share`, `value`, from tables, under conditions that all hold."""

    day: str
    id: str
    share: str
    value: str
    tables: str
    unit: int = 1

    def __post_init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[str | int] = []

    def where(self, condition: str, *values: str | int) -> None:
        self.conditions.append(condition)
        self.values += values

    def among(self, column: str, wanted: Iterable[str] | None) -> None:
        if wanted is not None:
            values = sorted(wanted)
            self.where(f"{column} IN ({', '.join('?' * len(values))})", *values)

    def asking(self, columns: str, tail: str = "") -> str:
        conditions = " AND ".join(self.conditions) or "1"
        return f"SELECT {columns} FROM {self.tables} WHERE {conditions} {tail}"  # noqa: S608 (text of ours; what members typed is bound)


class SqlLedger:
    """The `Ledger` of a member's book. `db` is a connection to their store."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @cached_property
    def metrics(self) -> Mapping[str, MetricDef]:
        own = {}
        for id_, text in self._db.execute("SELECT id, definition FROM kpi_metric ORDER BY id"):
            with suppress(ValueError):  # of a newer program, perhaps; the others are still good
                own[id_] = metric_of(id_, text)
        return {**METRICS, **own}

    @cached_property
    def engagements(self) -> tuple[str, ...]:
        """Every engagement that has a sale, found by leaping through the index."""
        query = """
            WITH RECURSIVE one (id) AS (
                SELECT min(engagement) FROM kpi_sale
                UNION ALL
                SELECT (SELECT min(engagement) FROM kpi_sale WHERE engagement > one.id) FROM one WHERE id IS NOT NULL
            )
            SELECT id FROM one WHERE id IS NOT NULL
        """
        return tuple(id_ for (id_,) in self._db.execute(query))

    @cached_property
    def _products(self) -> tuple[Product, ...]:
        found = self._db.execute("SELECT id, label, category, aliases FROM kpi_product")
        return tuple(
            Product(id_, label, category, tuple(json.loads(aliases))) for id_, label, category, aliases in found
        )

    def daily(self, metric: MetricDef, engagements: Collection[str], start: date, end: date) -> Mapping[date, Fraction]:
        if not adds_up(metric):
            raise ValueError(f"{metric.aggregate} doesn't add up over days")
        if metric.aggregate == "distinct":
            return _by_day(self._first_visits(metric, engagements, start, end))
        if metric.object in ("manual", "feedback") and metric.aggregate == "sum":
            measured: dict[date, Fraction] = defaultdict(Fraction)
            for day, _, value in self._measured(metric, engagements, start, end):
                measured[day] += value
            return dict(measured)
        query = self._between(metric, engagements, start, end)
        columns = f"{query.day}, {query.share}, sum({query.value})"
        sums: dict[date, Fraction] = defaultdict(Fraction)
        for day, share, value in self._db.execute(query.asking(columns, "GROUP BY 1, 2"), query.values):
            sums[date.fromisoformat(day)] += Fraction(share * value, WHOLE_SHARE * query.unit)
        return dict(sums)

    def figure(self, metric: MetricDef, engagements: Collection[str], start: date, end: date) -> Fraction | None:
        if metric.aggregate == "ratio":
            return ratio(self, metric, engagements, start, end)
        if metric.aggregate == "distinct":
            return Fraction(len(self._first_visits(metric, engagements, start, end)))
        if metric.object in ("manual", "feedback") and metric.aggregate != "count":
            return _aggregated(metric, self._measured(metric, engagements, start, end))
        query = self._between(metric, engagements, start, end)
        if metric.aggregate in ("median", "latest"):
            part = f"{query.share} * ({query.value})"  # whole numbers; the division waits until one is left
            newest = f"ORDER BY {query.day} DESC, {query.id} DESC LIMIT 1" if metric.aggregate == "latest" else ""
            parts = [part for (part,) in self._db.execute(query.asking(part, newest), query.values)]
            return Fraction(median(map(Fraction, _middle(parts)))) / (WHOLE_SHARE * query.unit) if parts else None
        columns = f"{query.share}, sum({query.value}), count(*)"
        total, rows = NOTHING, 0
        for share, value, count in self._db.execute(query.asking(columns, "GROUP BY 1"), query.values):
            total += Fraction(share * value, WHOLE_SHARE * query.unit)
            rows += count
        if metric.aggregate == "avg":
            return total / rows if rows else None
        return total

    def first_day(self, metric: MetricDef, engagements: Collection[str]) -> date | None:
        of = part_of(metric, self.metrics)
        query = self._query(of, engagements)
        first: str | None = None
        if query.tables == "kpi_sale s" and of.date == "ordered":
            # a walk along the index per engagement, that ends at the first sale
            for engagement in engagements or self.engagements:
                one = self._query(of, (engagement,))
                row = self._db.execute(one.asking(one.day, f"ORDER BY {one.day} LIMIT 1"), one.values).fetchone()
                first = min(filter(None, (first, row and row[0])), default=None)
        else:
            first = self._db.execute(query.asking(f"min({query.day})"), query.values).fetchone()[0]
        return date.fromisoformat(first) if first else None

    def _between(self, metric: MetricDef, engagements: Collection[str], start: date, end: date) -> _Query:
        query = self._query(metric, engagements)
        query.where(f"{query.day} >= ?", start.isoformat())
        query.where(f"{query.day} < ?", end.isoformat())
        return query

    def _query(self, metric: MetricDef, engagements: Collection[str]) -> _Query:
        if metric.object in ("sale", "customer"):
            return self._sales(metric, engagements)
        if metric.object == "line":
            return self._lines(metric, engagements)
        if metric.object == "opportunity":
            return self._opportunities(metric, engagements)
        if metric.object == "promise":
            day = "p.closed" if metric.date == "completed" else "p.made"
            query = _Query(day, "p.id", str(WHOLE_SHARE), "1", "kpi_promise p")
            query.among("p.outcome", allowed(metric, "outcome"))
            query.where(f"{day} <> ''")
        elif metric.object == "activity":
            query = _Query("p.day", "p.id", str(WHOLE_SHARE), "p.count", "kpi_activity p")
            query.among("p.kind", allowed(metric, "kind"))
        elif metric.object == "payment":
            value = "p.amount" if _is_amount(metric) else "1"
            query = _Query("p.day", "p.id", str(WHOLE_SHARE), value, "kpi_payment p")
        else:
            query = _Query("p.day", "p.id", str(WHOLE_SHARE), "1", "kpi_measure p")
            query.where("p.metric = ?", metric.id)
        query.among("p.engagement", engagements or None)
        return query

    def _sales(self, metric: MetricDef, engagements: Collection[str]) -> _Query:
        value, share = ("s.amount", "s.share") if _is_amount(metric) else ("1", str(WHOLE_SHARE))
        query = _Query(_DAYS[metric.date], "s.id", share, _signed(metric, value), "kpi_sale s")
        self._choose(query, metric, engagements)
        query.among("s.status", metric.statuses)
        products = products_of(metric, self._products)
        if products is not None:
            marks = ", ".join("?" * len(products))
            query.where(
                f"EXISTS (SELECT 1 FROM kpi_line l WHERE l.sale = s.id AND l.product IN ({marks}))",  # noqa: S608
                *sorted(products),
            )
        return query

    def _lines(self, metric: MetricDef, engagements: Collection[str]) -> _Query:
        amount = metric.unit == "dong"
        value, share, unit = (_LINE_AMOUNT, "s.share", 1) if amount else ("l.quantity", "s.share", QUANTITY_UNIT)
        if metric.aggregate in ("count", "ratio"):
            value, share, unit = "1", str(WHOLE_SHARE), 1
        tables = "kpi_sale s JOIN kpi_line l ON l.sale = s.id"
        query = _Query(_DAYS[metric.date], "s.id", share, _signed(metric, value), tables, unit)
        self._choose(query, metric, engagements)
        query.among("CASE l.status WHEN '' THEN s.status ELSE l.status END", metric.statuses)
        query.among("l.product", products_of(metric, self._products))
        return query

    def _choose(self, query: _Query, metric: MetricDef, engagements: Collection[str]) -> None:
        query.among("s.engagement", engagements or self.engagements)
        query.among("s.kind", ("sale", "refund") if metric.kind in ("", "net") else (metric.kind,))
        if metric.date == "paid":
            query.where("s.paid <> ''")
        query.among("s.channel", allowed(metric, "channel"))
        for field in ("referral", "repeat"):
            wanted = allowed(metric, field)
            if wanted is not None:
                query.where(f"s.{field} = ?", int(YES in wanted))

    def _opportunities(self, metric: MetricDef, engagements: Collection[str]) -> _Query:
        """Deals, those that were typed as sales among them (`toolkit.kpi.people.deals`)."""
        decided = metric.date == "completed"
        day = "p.closed" if decided else "p.opened"
        deals = _DECIDED if decided else "kpi_opportunity"
        value = "p.amount" if _is_amount(metric) else "1"
        query = _Query(day, "p.id", str(WHOLE_SHARE), value, f"{deals} p")
        if _is_amount(metric):
            query.where("p.amount IS NOT NULL")
        query.among("p.outcome", allowed(metric, "outcome"))
        if decided:
            query.among("p.reason_kind", allowed(metric, "reason"))
        query.among("p.product", products_of(metric, self._products))
        query.among("p.engagement", engagements or None)
        return query

    def _measured(
        self, metric: MetricDef, engagements: Collection[str], start: date, end: date
    ) -> list[tuple[date, int, Fraction]]:
        query = self._between(metric, engagements, start, end)
        found = self._db.execute(query.asking("p.day, p.id, p.value"), query.values)
        return [(date.fromisoformat(day), id_, Fraction(value)) for day, id_, value in found]

    def _first_visits(
        self, metric: MetricDef, engagements: Collection[str], start: date, end: date
    ) -> dict[Buyer, date]:
        """Whom a metric of customers counts, with the first day in the period."""
        visits: dict[Buyer, set[str]] = defaultdict(set)
        said: set[Buyer] = set()
        query = self._between(metric, engagements, start, end)
        columns = f"DISTINCT {query.day}, s.engagement, s.customer, s.customer_name, s.repeat"
        for day, engagement, customer, name, repeat in self._db.execute(query.asking(columns), query.values):
            who = _buyer(engagement, customer, name)
            if who is not None:
                visits[who].add(day)
                if repeat:
                    said.add(who)
        first, again = allowed(metric, "first"), allowed(metric, "again")
        if first is not None or again is not None:
            known = self._bought_before(metric, engagements, start, visits) | said
            visits = {
                who: times
                for who, times in visits.items()
                if (who not in known if first is not None else who in known or len(times) > 1)
            }
        return {who: date.fromisoformat(min(times)) for who, times in visits.items()}

    def _bought_before(
        self, metric: MetricDef, engagements: Collection[str], start: date, buyers: Iterable[Buyer]
    ) -> set[Buyer]:
        """Which of these had bought before the period: asked one by one where they are contacts (an index answers),
        all names at once where a name is all that is known."""
        query = self._query(metric, engagements)
        query.where(f"{query.day} < ?", start.isoformat())
        known: set[Buyer] = set()
        if any(not customer for _, customer, _ in buyers):
            columns = "DISTINCT s.engagement, s.customer_name"
            found = self._db.execute(query.asking(columns, "AND s.customer = 0"), query.values)
            known = {who for engagement, name in found if (who := _buyer(engagement, 0, name)) is not None}
        one = query.asking("1", "AND s.customer = ? AND s.customer <> 0 AND s.engagement = ? LIMIT 1")
        for who in buyers:
            engagement, customer, _ = who
            if customer and self._db.execute(one, (*query.values, customer, engagement)).fetchone():
                known.add(who)
        return known


def _buyer(engagement: str, customer: int, name: str) -> Buyer | None:
    """As `toolkit.kpi.people.buyers.buyer` has it."""
    if is_nobody(name) and (name or not customer):
        return None
    return (engagement, customer, "" if customer else search_key(name))


def _middle(parts: list[int]) -> list[int]:
    """The one or two numbers that stand in the middle; one where only one is left."""
    ordered = sorted(parts)
    return ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]


def _by_day(first_visits: Mapping[Buyer, date]) -> dict[date, Fraction]:
    return {day: Fraction(count) for day, count in Counter(first_visits.values()).items()}


def _aggregated(metric: MetricDef, rows: Collection[tuple[date, int, Fraction]]) -> Fraction | None:
    values = [value for _, _, value in rows]
    if metric.aggregate == "sum":
        return sum(values, NOTHING)
    if not values:
        return None
    if metric.aggregate == "avg":
        return sum(values, NOTHING) / len(values)
    return Fraction(median(values)) if metric.aggregate == "median" else max(rows)[2]


def _is_amount(metric: MetricDef) -> bool:
    return metric.aggregate in ("sum", "avg", "median", "latest")


def _signed(metric: MetricDef, value: str) -> str:
    return f"CASE s.kind WHEN 'refund' THEN -({value}) ELSE {value} END" if metric.kind == "net" else value
