"""The figures that can be asked of a ledger: those that come with the tool, and how a member's own are written down."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, cast, get_args

from toolkit.core.text import search_key
from toolkit.kpi.model import ActivityKind, Aggregate, DateKind, MetricDef, MetricObject, Status, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

YES: Final = "yes"
"""How a filter asks for something that is so (`referral`, `repeat`, `first`, `again`)."""
OR: Final = "|"
"""Between the values of a filter any of which will do."""

DONE: Final[frozenset[Status]] = frozenset({"done"})
ORDERED: Final[frozenset[Status]] = frozenset({"open", "done"})

_ACTIVITIES: Final[Mapping[str, ActivityKind]] = {
    "meetings": "meeting", "calls": "call", "messages": "message", "quotes": "quote", "demos": "demo",
    "visits": "visit", "leads": "lead", "posts": "post", "follow_ups": "follow_up",
}  # fmt: skip


def _shipped() -> Iterable[MetricDef]:
    yield MetricDef("revenue", "sale", "sum", "dong", kind="sale")
    yield MetricDef("net_revenue", "sale", "sum", "dong", kind="net")
    yield MetricDef("refunds", "sale", "sum", "dong", kind="refund", direction="down")
    yield MetricDef("ordered_revenue", "sale", "sum", "dong", kind="sale", statuses=ORDERED)
    yield MetricDef("paid_revenue", "sale", "sum", "dong", kind="sale", date="paid")
    yield MetricDef("received", "payment", "sum", "dong")
    yield MetricDef("orders", "sale", "count", "count", kind="sale")
    yield MetricDef("ordered_orders", "sale", "count", "count", kind="sale", statuses=ORDERED)
    yield MetricDef("units", "line", "sum", "count", kind="sale")
    yield MetricDef("average_order", "sale", "avg", "dong", kind="sale")
    yield MetricDef("median_order", "sale", "median", "dong", kind="sale")
    yield MetricDef("customers", "customer", "distinct", "count", kind="sale")
    yield MetricDef("new_customers", "customer", "distinct", "count", kind="sale", filter={"first": YES})
    yield MetricDef("repeat_customers", "customer", "distinct", "count", kind="sale", filter={"again": YES})
    yield MetricDef("repeat_share", "customer", "ratio", "share", kind="sale", filter={"again": YES}, over="customers")
    yield MetricDef("refund_share", "sale", "ratio", "share", kind="refund", direction="down", over="revenue")
    yield MetricDef("referrals", "sale", "count", "count", kind="sale", filter={"referral": YES})
    yield MetricDef("referral_share", "sale", "ratio", "share", kind="sale", filter={"referral": YES}, over="orders")
    yield MetricDef("won", "opportunity", "count", "count", date="completed", filter={"outcome": "won"})
    yield MetricDef("lost", "opportunity", "count", "count", date="completed", filter={"outcome": "lost"})
    yield MetricDef("decided", "opportunity", "count", "count", date="completed", filter={"outcome": "won|lost"})
    yield MetricDef(
        "win_rate", "opportunity", "ratio", "share", date="completed", filter={"outcome": "won"}, over="decided"
    )
    yield MetricDef("opportunities", "opportunity", "count", "count")
    for id_, kind in _ACTIVITIES.items():
        yield MetricDef(id_, "activity", "count", "count", filter={"kind": kind})
    yield MetricDef("promises_kept", "promise", "count", "count", date="completed", filter={"outcome": "kept"})
    yield MetricDef("promises_closed", "promise", "count", "count", date="completed", filter={"outcome": "kept|broken"})
    yield MetricDef(
        "promises_kept_share", "promise", "ratio", "share", date="completed", filter={"outcome": "kept"},
        over="promises_closed",
    )  # fmt: skip


METRICS: Final[Mapping[str, MetricDef]] = MappingProxyType({metric.id: metric for metric in _shipped()})
"""The figures that come with the tool, by id. Their names are in the catalogue: `kpi.metric_<id>`."""

ADDS_UP: Final[frozenset[Aggregate]] = frozenset({"count", "sum", "distinct"})


def adds_up(metric: MetricDef) -> bool:
    """Whether a figure fills up day by day, so that it has a pace and a forecast; an average or a share has not."""
    return metric.aggregate in ADDS_UP


def comes_in_ones(metric: MetricDef) -> bool:
    """Whether it is a count of things that come one at a time, such as orders. Units and own figures come in lots."""
    return metric.aggregate in ("count", "distinct")


def allowed(metric: MetricDef, field: str) -> frozenset[str] | None:
    """The values that a metric's filter lets through in a field; None where it doesn't look at it."""
    wanted = metric.filter.get(field)
    return None if wanted is None else frozenset(wanted.split(OR))


def part_of(metric: MetricDef, metrics: Mapping[str, MetricDef]) -> MetricDef:
    """What a ratio counts above the line, in the way of the metric `over` below it: amounts over amounts, orders over
    orders. Any other metric is itself."""
    if metric.aggregate != "ratio":
        return metric
    below = metrics.get(metric.over)
    usual: Aggregate = "distinct" if metric.object == "customer" else "count"
    if below is None or below.aggregate == "ratio":
        return replace(metric, aggregate=usual, unit="count", over="")
    return replace(metric, aggregate=below.aggregate, unit=below.unit, over="")


def find_metrics(text: str, metrics: Mapping[str, MetricDef], names: Mapping[str, Iterable[str]]) -> list[str]:
    """The metrics that `text` names, by id or by one of their names, however typed; several if it isn't one."""
    key = search_key(text)
    ids = [id_ for id_ in metrics if key in (search_key(id_), search_key(id_.replace("_", " ")))]
    return ids or [id_ for id_ in metrics if any(search_key(name) == key for name in names.get(id_, ()))]


def narrowed(metric: MetricDef, filters: Mapping[str, str], direction: Literal["up", "down"] = "up") -> MetricDef:
    """The metric for one product, channel … alone, or with lower as better; itself where nothing narrows it.

    Amounts of one product are those of its lines, not of the sales that it is in.
    """
    turned = direction == "down" and metric.direction == "up"
    if not filters and not turned:
        return metric
    of_lines = metric.object == "sale" and metric.aggregate != "count" and {"product", "category"} & set(filters)
    tail = "".join(f".{field}={value}" for field, value in sorted(filters.items()))
    return replace(
        metric, id=f"{metric.id}{tail}{'.down' if turned else ''}", object="line" if of_lines else metric.object,
        filter={**metric.filter, **filters}, direction="down" if turned else metric.direction,
    )  # fmt: skip


def metric_text(metric: MetricDef) -> str:
    """A member's own metric as it is kept (JSON)."""
    kept: dict[str, Any] = {
        "object": metric.object, "aggregate": metric.aggregate, "unit": metric.unit, "label": metric.label,
        "kind": metric.kind, "statuses": sorted(metric.statuses), "date": metric.date,
        "direction": metric.direction, "filter": dict(sorted(metric.filter.items())), "over": metric.over,
    }  # fmt: skip
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def metric_of(id_: str, text: str) -> MetricDef:
    """A member's own metric as it was kept. ValueError where the text isn't one."""
    kept = json.loads(text)
    if not isinstance(kept, dict):
        raise ValueError("a metric is an object")  # noqa: TRY004 (what is kept is wrong, not a caller's type)
    statuses = [status for status in kept.get("statuses", ["done"]) if status in get_args(Status)]
    return MetricDef(
        id_,
        cast("MetricObject", _one(kept, "object", get_args(MetricObject))),
        cast("Aggregate", _one(kept, "aggregate", get_args(Aggregate))),
        cast("Unit", _one(kept, "unit", get_args(Unit))),
        label=str(kept.get("label", "")),
        kind=cast("Any", _one(kept, "kind", ("sale", "refund", "net", ""))),
        statuses=frozenset(statuses),
        date=cast("DateKind", _one(kept, "date", get_args(DateKind))),
        direction=cast("Any", _one(kept, "direction", ("up", "down"))),
        filter={str(field): str(value) for field, value in dict(kept.get("filter", {})).items()},
        over=str(kept.get("over", "")),
    )


def _one(kept: Mapping[str, Any], field: str, known: tuple[str, ...]) -> str:
    value = kept.get(field)
    if value not in known:
        raise ValueError(f"a metric's {field} is none of {known}")
    return str(value)
