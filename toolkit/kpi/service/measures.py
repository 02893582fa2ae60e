"""Metrics of the member's own, and the figures that they enter themself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError, InputError, UsageError
from toolkit.core.outcome import Outcome
from toolkit.core.text import clean, search_key
from toolkit.kpi.metrics import METRICS, metric_text
from toolkit.kpi.model import DEFAULT_ENGAGEMENT, Measure, MetricDef
from toolkit.kpi.products import product_id
from toolkit.kpi.service.targets import MOST, metrics_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import Aggregate, MetricObject, Unit

ENTERED: Final = frozenset({"manual", "feedback"})
_LONGEST: Final = 60
_FITTING: Final[Mapping[str, frozenset[str]]] = {
    "sale": frozenset({"count", "sum", "avg", "median", "latest", "ratio"}),
    "line": frozenset({"count", "sum", "avg", "median"}),
    "customer": frozenset({"distinct", "ratio"}),
    "opportunity": frozenset({"count", "sum", "avg", "median", "ratio"}),
    "payment": frozenset({"count", "sum", "avg", "median"}),
    "activity": frozenset({"count"}),
    "promise": frozenset({"count", "ratio"}),
    "manual": frozenset({"count", "sum", "avg", "median", "latest"}),
    "feedback": frozenset({"count", "sum", "avg", "median", "latest"}),
}
_FILTERS: Final[Mapping[str, frozenset[str]]] = {
    "sale": frozenset({"product", "category", "channel", "referral", "repeat"}),
    "line": frozenset({"product", "category", "channel", "referral", "repeat"}),
    "customer": frozenset({"product", "category", "channel", "first", "again"}),
    "opportunity": frozenset({"product", "outcome", "reason"}),
    "activity": frozenset({"kind"}),
    "promise": frozenset({"outcome"}),
}


@dataclass(frozen=True)
class Metrics:
    """Every metric, with which of them are the member's own."""

    metrics: tuple[MetricDef, ...]
    own: frozenset[str]


@dataclass(frozen=True)
class Kept:
    """What was written of a metric; `run` is what `undo` takes, None where nothing was. `measure`: a figure of it."""

    metric: MetricDef
    run: int | None
    measure: Measure | None = None


def all_metrics(book: KpiBook) -> Outcome[Metrics]:
    found = metrics_of(book)
    return Outcome(Metrics(tuple(found.values()), frozenset(found) - frozenset(METRICS)))


def add_metric(book: KpiBook, clock: Clock, metric: MetricDef) -> Outcome[Kept]:
    """Keep a metric of the member's own, or have it under a new definition.

    InputError where its parts don't fit together; ConflictError("kpi.metric_shipped") for the id of one that comes with
    the tool.
    """
    if metric.id in METRICS:
        raise ConflictError("kpi.metric_shipped", value=metric.id)
    _check(metric, metrics_of(book))
    with book.recording("metric_add", at=clock.now(), note=metric.id) as recording:
        recording.put("kpi_metric", {"id": metric.id, "definition": metric_text(metric)})
        run = recording.number if recording.changes else None
    return Outcome(Kept(metric, run))


def drop_metric(book: KpiBook, clock: Clock, metric: MetricDef) -> Outcome[Kept]:
    """Let go of an own metric. ConflictError where a target still goes by it, or where it comes with the tool."""
    if metric.id in METRICS:
        raise ConflictError("kpi.metric_shipped", value=metric.id)
    used = [target.id for target in book.targets() if target.metric == metric.id]
    if used:
        raise ConflictError("kpi.metric_used", value=metric.id, id=used[0])
    with book.recording("metric_drop", at=clock.now(), note=metric.id) as recording:
        run = recording.number if recording.drop("kpi_metric", id=metric.id) else None
    return Outcome(Kept(metric, run))


def record_measure(
    book: KpiBook, clock: Clock, metric: MetricDef, value: Fraction, day: date, *, engagement: str = "", note: str = ""
) -> Outcome[Kept]:
    """Write down a figure of an own metric; the same figure of the same day again changes nothing.

    UsageError("kpi.metric_not_entered") for a metric that is reckoned from sales and deeds.
    """
    if metric.object not in ENTERED:
        raise UsageError("kpi.metric_not_entered", value=metric.id)
    if abs(value) > MOST:
        raise InputError("kpi.amount_range", value=str(value))
    where = engagement or DEFAULT_ENGAGEMENT
    made = Measure(0, metric.id, day, value, 0, clock.now(), where, clean(note))
    for other in book.measures(day, None, metric=metric.id):
        if (other.day, other.value, other.engagement, other.note) == (day, value, where, made.note):
            return Outcome(Kept(metric, None, other))
    with book.recording("measure", at=clock.now(), note=metric.id) as recording:
        kept = recording.add(made)
        run = recording.number
    return Outcome(Kept(metric, run, kept))


def own_metric(
    label: str, object_: MetricObject, aggregate: Aggregate | None, unit: Unit | None, filters: Mapping[str, str],
    *, direction: str = "up", over: str = "", id_: str = "",
) -> MetricDef:  # fmt: skip
    """A definition from what was typed; what wasn't said follows from the rest."""
    usual: Aggregate = aggregate or _usual(object_, over)
    of_lines = object_ == "sale" and {"product", "category"} & set(filters) and usual in ("sum", "avg", "median")
    return MetricDef(
        id_ or product_id(label), "line" if of_lines else object_, usual, unit or _unit(object_, usual),
        label=clean(label), kind="sale" if object_ in ("sale", "line", "customer") else "",
        date="completed" if object_ in ("opportunity", "promise") and "outcome" in filters else "ordered",
        direction="down" if direction == "down" else "up", filter=dict(filters), over=over,
    )  # fmt: skip


def _usual(object_: MetricObject, over: str) -> Aggregate:
    if over:
        return "ratio"
    if object_ in ("sale", "line", "payment"):
        return "sum"
    return {"customer": "distinct", "manual": "latest", "feedback": "avg"}.get(object_, "count")  # type: ignore[return-value]


def _unit(object_: MetricObject, aggregate: Aggregate) -> Unit:
    if aggregate == "ratio":
        return "share"
    if aggregate in ("count", "distinct") or object_ in ("activity", "promise", "customer"):
        return "count"
    return "number" if object_ in ENTERED else "dong"


def _check(metric: MetricDef, known: Mapping[str, MetricDef]) -> None:
    if not metric.label or not search_key(metric.label) or len(metric.label) > _LONGEST or len(metric.id) > _LONGEST:
        raise InputError("kpi.metric_name", value=metric.label, most=_LONGEST)
    if metric.aggregate not in _FITTING[metric.object]:
        fitting = ", ".join(sorted(_FITTING[metric.object]))
        raise InputError("kpi.metric_aggregate", value=metric.aggregate, object=metric.object, fitting=fitting)
    wrong = set(metric.filter) - _FILTERS.get(metric.object, frozenset())
    if wrong:
        fitting = ", ".join(sorted(_FILTERS.get(metric.object, frozenset()))) or "-"
        raise InputError("kpi.metric_filter", value=min(wrong), object=metric.object, fitting=fitting)
    if metric.aggregate == "ratio":
        over = known.get(metric.over)
        if over is None or over.aggregate == "ratio":
            raise InputError("kpi.metric_over", value=metric.over)
