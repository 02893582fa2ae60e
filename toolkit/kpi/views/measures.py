"""Metrics: the list of them, what was added, a figure that was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.kpi.views.amounts import Amount, metric_name
from toolkit.kpi.views.overview import number
from toolkit.shell.blocks import Column, Line, Note, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.kpi.model import MetricDef
    from toolkit.kpi.service.measures import Kept, Metrics
    from toolkit.shell.blocks import Block, Cell


def listing(found: Metrics) -> Iterator[Block]:
    """Every metric with its id for options, the member's own first."""
    codes = ("metric_id", "metric", "measured")
    ordered = sorted(found.metrics, key=lambda metric: metric.id not in found.own)
    rows: list[list[Cell]] = [[metric.id, metric_name(metric), how(metric)] for metric in ordered]
    yield Table([Column(Words(f"kpi.column_{code}")) for code in codes], rows)
    yield Note(Words("kpi.metrics_next"))


def how(metric: MetricDef) -> Words:
    """What a metric counts, and how."""
    return Words(
        "kpi.metric_how", how=Words(f"kpi.aggregate_{metric.aggregate}"), what=Words(f"kpi.object_{metric.object}")
    )


def listing_json(found: Metrics) -> list[dict[str, Any]]:
    return [metric_json(metric) | {"own": metric.id in found.own} for metric in found.metrics]


def metric_json(metric: MetricDef) -> dict[str, Any]:
    return {
        "id": metric.id,
        "label": metric.label or None,
        "object": metric.object,
        "aggregate": metric.aggregate,
        "unit": metric.unit,
        "kind": metric.kind or None,
        "statuses": sorted(metric.statuses),
        "date": metric.date,
        "direction": metric.direction,
        "filter": dict(metric.filter),
        "over": metric.over or None,
    }


def kept(done: Kept) -> Iterator[Block]:
    """What was written down of a metric."""
    metric, measure = done.metric, done.measure
    if measure is not None:
        code = "kpi.measure_recorded" if done.run is not None else "kpi.measure_already"
        value = Amount(measure.value, metric.unit, exact=True)
        yield Line(Words(code, name=metric_name(metric), value=value, day=When(measure.day)))
    else:
        code = "kpi.metric_kept" if done.run is not None else "kpi.metric_already"
        yield Line(Words(code, id=metric.id, name=metric_name(metric), how=how(metric)))
        yield Note(Words("kpi.metric_next", id=metric.id))
    if done.run is not None:
        yield Note(Words("kpi.measure_undo"))


def dropped(done: Kept) -> Iterator[Block]:
    yield Line(Words("kpi.metric_dropped", name=metric_name(done.metric)))
    yield Note(Words("kpi.measure_undo"))


def kept_json(done: Kept) -> dict[str, Any]:
    measure = done.measure
    return {
        "run": done.run,
        "metric": metric_json(done.metric),
        "measure": None
        if measure is None
        else {
            "id": measure.id,
            "date": measure.day.isoformat(),
            "value": number(measure.value),
            "engagement": measure.engagement,
            "note": measure.note or None,
        },
    }
