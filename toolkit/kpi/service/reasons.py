"""Why a target stands where it does: what counted and what didn't, which days were worked, how each figure is made."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from toolkit.core.outcome import Outcome
from toolkit.kpi.book.figures import SqlLedger
from toolkit.kpi.ledger import MemoryLedger, day_of
from toolkit.kpi.metrics import part_of
from toolkit.kpi.model import Payment, Sale
from toolkit.kpi.progress import counted_until
from toolkit.kpi.service.foreseeing import chosen_target
from toolkit.kpi.service.standing import counting, standing
from toolkit.kpi.service.targets import metrics_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.core.workdays import OffReason
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.ledger import Record
    from toolkit.kpi.model import Engagement, MetricDef
    from toolkit.kpi.progress import Progress
    from toolkit.kpi.workweek import OwnWeek, WorkWeeks

Reason: TypeAlias = Literal[
    "after", "engagement", "open", "cancelled", "returned", "unknown", "refund", "unpaid", "other"
]
"""Why a sale of the period doesn't count: it lies after the day asked about, belongs to another job, has a status that
doesn't count, is a refund, isn't paid, or is none of those that the metric asks for."""

SHOWN: Final = 10
"""How many of what counted are shown, with everything that is known of them."""
_BEFORE_COMPLETION = timedelta(days=400)  # how long before its completion or payment an order may have been placed


@dataclass(frozen=True)
class Counted:
    """One thing that counts, with how much of it."""

    record: Record
    day: date
    value: Fraction


@dataclass(frozen=True)
class LeftOut:
    """Things of the period that don't count, for one reason; `value`: what the member's part of them comes to."""

    reason: Reason
    records: tuple[Record, ...]
    value: Fraction


@dataclass(frozen=True)
class DayOff:
    """A day of the period that isn't worked though the member's week has it; `name` is the code of a holiday."""

    day: date
    reason: OffReason
    name: str


@dataclass(frozen=True)
class Reasons:
    """Everything behind a target's figures. `weeks` are the working weeks of the period; `rests` counts its weekly rest
    days, `off` are the other days off, `extra` days worked beside the week. `goods` are products as they are called."""

    progress: Progress
    counting: tuple[str, ...]
    engagements: Mapping[str, Engagement]
    counted: tuple[Counted, ...]
    left_out: tuple[LeftOut, ...]
    weeks: tuple[str, ...]
    rests: int
    off: tuple[DayOff, ...]
    extra: tuple[date, ...]
    goods: Mapping[str, str] = field(default_factory=dict)


def reasons(book: KpiBook, number: int | None, as_of: date) -> Outcome[Reasons]:
    """What is behind the figures of target `number` (None: the one that runs) at the end of `as_of`. ConflictError:
    "kpi.target_unknown", or one of `chosen_target`."""
    target = chosen_target(book, number, as_of)
    found, of = standing(book, target, as_of), counting(book, target)
    ledger = _loaded(book, found.metric, target.start, target.end)
    metric = part_of(found.metric, metrics_of(book))
    until = counted_until(target, as_of)
    values: dict[int, Counted] = {}
    for fact in ledger.facts(metric, of, target.start, until):
        before = values.get(fact.record.id)
        total = fact.value + (before.value if before else 0)
        values[fact.record.id] = Counted(fact.record, fact.day, total)
    left: dict[Reason, list[Record]] = defaultdict(list)
    for record in _records(ledger):
        if record.id not in values and (reason := _reason(record, metric, of, found)) is not None:
            left[reason].append(record)
    left_out = tuple(LeftOut(reason, tuple(some), _worth(some)) for reason, some in sorted(left.items()))
    calendar = book.calendar()
    rests, off, extra = _days_off(calendar, target.start, target.end)
    weeks = tuple(dict.fromkeys(week.week for week in _weeks(calendar, target.start, target.end)))
    counted = sorted(values.values(), key=lambda one: (one.day, one.record.id))
    counted[-SHOWN:] = [
        replace(one, record=book.sale(one.record.id)) if isinstance(one.record, Sale) else one
        for one in counted[-SHOWN:]
    ]
    goods = {id_: product.label for id_, product in book.products().items()}
    return Outcome(Reasons(found, of, book.engagements(), tuple(counted), left_out, weeks, rests, off, extra, goods))


def _loaded(book: KpiBook, metric: MetricDef, start: date, end: date) -> MemoryLedger:
    """The records that could matter to a metric in a period, of every job."""
    products = tuple(book.products().values())
    if metric.object in ("sale", "line", "customer"):
        since: date | None = start
        if metric.object == "customer" and {"first", "again"} & set(metric.filter):
            since = None  # who is new can only be told from all that was before
        elif metric.date != "ordered":
            since = start - _BEFORE_COMPLETION
        if metric.object == "line" or {"product", "category"} & set(metric.filter):
            return MemoryLedger(sales=list(book.sales(since, end)), products=products)
        return MemoryLedger(sales=list(_bare_sales(book, since or date.min, end)))
    if metric.object == "opportunity":
        sales = list(book.sales(start, end, source="log"))
        return MemoryLedger(sales=sales, opportunities=list(book.opportunities()), products=products)
    if metric.object == "activity":
        return MemoryLedger(activities=list(book.activities(start, end)))
    if metric.object == "payment":
        return MemoryLedger(payments=list(book.payments(start, end)))
    if metric.object == "promise":
        return MemoryLedger(promises=list(book.promises()))
    return MemoryLedger(measures=list(book.measures(start, end, metric=metric.id)))


def _bare_sales(book: KpiBook, since: date, end: date) -> Iterator[Sale]:
    """Sales without their lines and sentences: a year of a busy shop has a hundred thousand."""
    columns = (
        "id, engagement, kind, status, ordered, completed, paid, amount, share, customer, customer_name, referral,"
        " repeat, channel, source"
    )
    query = f"SELECT {columns} FROM kpi_sale WHERE engagement = ? AND ordered >= ? AND ordered < ?"  # noqa: S608 (ours)
    at, day = datetime.min.replace(tzinfo=UTC), lru_cache(date.fromisoformat)
    for job in SqlLedger(book.read()).engagements:
        for row in book.read().execute(query, (job, since.isoformat(), end.isoformat())):
            (
                id_,
                engagement,
                kind,
                status,
                ordered,
                completed,
                paid,
                amount,
                share,
                customer,
                name,
                sent,
                again,
                *rest,
            ) = row
            yield Sale(
                id_, engagement, kind, status, day(ordered), amount, 0, at, source=rest[1], share=share,
                completed=day(completed) if completed else None, paid=day(paid) if paid else None, customer=customer,
                customer_name=name, referral=bool(sent), repeat=bool(again), channel=rest[0],
            )  # fmt: skip


def _records(ledger: MemoryLedger) -> Iterator[Record]:
    yield from ledger.sales
    yield from ledger.payments
    yield from ledger.activities
    yield from ledger.measures


def _reason(record: Record, metric: MetricDef, of: tuple[str, ...], found: Progress) -> Reason | None:
    """Why a record doesn't count; None where it isn't of the period at all, or nobody would expect it to."""
    if metric.object in ("opportunity", "promise"):
        return None
    target = found.target
    day = day_of(record, metric) if isinstance(record, Sale) else getattr(record, "day", None)
    placed = record.ordered if isinstance(record, Sale) and day is None else day
    if placed is None or not target.start <= placed < target.end:
        return None
    if of and record.engagement not in of:
        return "engagement"
    if placed >= counted_until(target, found.as_of):
        return "after"
    if not isinstance(record, Sale):
        return "other"
    if metric.kind not in (record.kind, "net"):
        return "refund" if record.kind == "refund" else None  # nobody expects a sale among refunds
    if record.status != "done" and record.status not in metric.statuses:
        return record.status
    return "unpaid" if day is None else "other"


def _worth(records: Iterable[Record]) -> Fraction:
    total = Fraction(0)
    for record in records:
        if isinstance(record, Sale):
            total += record.credited
        elif isinstance(record, Payment):
            total += record.amount
    return total


def _days_off(calendar: WorkWeeks, start: date, end: date) -> tuple[int, tuple[DayOff, ...], tuple[date, ...]]:
    rests, off = 0, []
    for day, weight in calendar.days(start, end):
        reason = calendar.off_because(day)
        if reason == "rest":
            rests += 1
        elif reason is not None and not weight:
            off.append(DayOff(day, reason, calendar.holiday(day)))
    return rests, tuple(off), tuple(sorted(day for day in calendar.extra if start <= day < end))


def _weeks(calendar: WorkWeeks, start: date, end: date) -> Iterator[OwnWeek]:
    for n, one in enumerate(calendar.weeks):
        following = calendar.weeks[n + 1].since if n + 1 < len(calendar.weeks) else None
        if (one.since is None or one.since < end) and (following is None or following > start):
            yield one
