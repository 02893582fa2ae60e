"""Visits and sales side by side, on a screen and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from toolkit.core.money import format_money
from toolkit.core.text import terminal_safe
from toolkit.shell.blocks import Column, Heading, Line, Note, Sayable, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from toolkit.composed.channels import By, Row
    from toolkit.composed.site_revenue import Revenue
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages


@dataclass(frozen=True)
class Dong(Sayable):
    """An exact amount in whole đồng, half up; a stroke where there is none."""

    amount: Fraction | None

    def said(self, messages: Messages) -> str:
        return "–" if self.amount is None else format_money(_whole(self.amount), "VND", messages.lang)


def revenue_json(found: Revenue) -> dict[str, Any]:
    """For a program. Amounts are whole đồng, half up; those that end in `_exact` are exact ("n/d")."""
    rows, apart = found.whole.rows, found.whole.apart
    matched = sum((row.revenue for row in rows), Fraction(0))
    left = sum((one.revenue for one in apart), Fraction(0))
    return {
        "since": found.since, "last": found.until - timedelta(days=1), "by": found.by,
        "engagements": list(found.jobs),
        "rows": [_row_json(row, found.by) for row in rows],
        "apart": [
            {"channel": one.channel or None, "reason": one.reason, "sales": one.sales, "revenue": _whole(one.revenue)}
            for one in apart
        ],
        "totals": {
            "visits": sum(row.visits for row in rows), "sales": sum(row.sales for row in rows),
            "revenue": _whole(matched), "sales_apart": sum(one.sales for one in apart), "revenue_apart": _whole(left),
        },
    }  # fmt: skip


def _row_json(row: Row, by: By) -> dict[str, Any]:
    each = row.per_visit
    return {
        by: row.name, "visits": row.visits, "visitors": row.visitors, "sales": row.sales,
        "revenue": _whole(row.revenue), "revenue_exact": row.revenue,
        "revenue_per_visit": None if each is None else _whole(each), "revenue_per_visit_exact": each,
    }  # fmt: skip


def revenue(most: int) -> Callable[[Revenue], Iterator[Block]]:
    """At most `most` rows; those with sales are shown before those with visits alone."""

    def view(found: Revenue) -> Iterator[Block]:
        yield Heading(Words("composed.revenue_span", days=When(found.since, found.until)))
        rows = sorted(found.whole.rows, key=lambda row: not row.sales)
        columns = [Column(Words(f"composed.by_{found.by}")), *_right("visits", "sales", "revenue", "per_visit")]
        cells: list[list[Cell]] = [
            [_name(row.name, found.by), row.visits, row.sales, Dong(row.revenue if row.sales else None),
             Dong(row.per_visit if row.sales else None)]
            for row in rows[:most]
        ]  # fmt: skip
        yield Table(columns, cells, empty=Words(f"composed.no_visits_by_{found.by}"))
        if len(rows) > most:
            yield Line(Words("composed.more_rows", n=len(rows) - most))
        if found.whole.apart:
            columns = [Column(Words("composed.apart")), Column(Words("composed.apart_why"))]
            cells = [
                [terminal_safe(one.channel) or Words("composed.without_channel"),
                 Words(f"composed.apart_{one.reason}"), one.sales, Dong(one.revenue)]
                for one in found.whole.apart[:most]
            ]  # fmt: skip
            yield Table([*columns, *_right("sales", "revenue")], cells)
        yield Note(Words("composed.revenue_how"))

    return view


def mapping(own: Mapping[str, str]) -> Iterator[Block]:
    """What the member's own words mean."""
    columns = [Column(Words("composed.map_word")), Column(Words("composed.map_means"))]
    rows: list[list[Cell]] = [
        [terminal_safe(typed), terminal_safe(meant) or Words("composed.direct")] for typed, meant in own.items()
    ]
    yield Table(columns, rows, empty=Words("composed.map_none"))


def mapping_json(own: Mapping[str, str]) -> dict[str, str]:
    """For a program: word to meaning; "direct" is written out."""
    return {typed: meant or "direct" for typed, meant in own.items()}


def _name(name: str, by: By) -> Cell:
    if not name and by == "source":
        return Words("composed.direct")
    return terminal_safe(name)


def _right(*names: str) -> list[Column]:
    return [Column(Words(f"composed.column_{name}"), "right") for name in names]


def _whole(amount: Fraction) -> int:
    """Half up."""
    return int((amount + Fraction(1, 2)) // 1)
