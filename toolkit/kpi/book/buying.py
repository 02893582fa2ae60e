"""Who bought when, of books of any size: only the columns that customers are told by."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator

    from toolkit.kpi.model import SaleKind, Status


class SaleGlance(NamedTuple):
    """What `toolkit.kpi.people` looks at of a sale; the fields are those of `Sale`."""

    id: int
    engagement: str
    kind: SaleKind
    status: Status
    ordered: date
    amount: int
    share: int
    customer: int
    customer_name: str
    referral: bool
    referrer: str
    repeat: bool


def glances(
    db: sqlite3.Connection,
    since: date | None,
    until: date,
    *,
    engagements: Collection[str] = (),
    statuses: Collection[Status] = ("done", "open"),
) -> Iterator[SaleGlance]:
    """Sales and refunds ordered from day `since` (None: ever) to before `until`, in no order."""
    clauses, values = ["ordered < ?"], [until.isoformat()]
    if since:
        clauses.append("ordered >= ?")
        values.append(since.isoformat())
    for column, among in (("engagement", engagements), ("status", statuses)):
        if among:
            clauses.append(f"{column} IN ({', '.join('?' * len(among))})")
            values += among
    columns = ", ".join(SaleGlance._fields)
    days: dict[str, date] = {}  # of a few years, each read once
    for row in db.execute(f"SELECT {columns} FROM kpi_sale WHERE {' AND '.join(clauses)}", values):  # noqa: S608
        day = days.get(row[4])
        if day is None:
            day = days[row[4]] = date.fromisoformat(row[4])
        yield SaleGlance._make((*row[:4], day, *row[5:]))
