"""What imports need of the book: sales by the numbers of their exports, and the layouts that the member explained."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from toolkit.kpi.book.records import SALES, each

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from toolkit.kpi.book.recording import Recording
    from toolkit.kpi.model import Sale

PROFILE = "kpi_profile"
_MOST_VALUES = 500  # of one query


def sales_numbered(db: sqlite3.Connection, engagement: str, source: str, numbers: Iterable[str]) -> Iterator[Sale]:
    """The sales and refunds of an engagement that bear these numbers; `source` "" for any export's."""
    wanted = [number for number in dict.fromkeys(numbers) if number]
    where = ["engagement = ?", "source = ?"] if source else ["engagement = ?"]
    fixed = [engagement, source] if source else [engagement]
    if not source:
        # The index begins with the source: ask for every one that there is.
        for (one,) in db.execute("SELECT DISTINCT source FROM kpi_sale WHERE engagement = ?", (engagement,)).fetchall():
            if one:
                yield from sales_numbered(db, engagement, one, wanted)
        return
    for start in range(0, len(wanted), _MOST_VALUES):
        part = wanted[start : start + _MOST_VALUES]
        clauses = [
            *where,
            "kind IN ('sale', 'refund')",
            f"order_id IN ({', '.join('?' * len(part))})",
            "order_id <> ''",
        ]
        yield from each(db, SALES, clauses, (*fixed, *part))


def typed_sales(db: sqlite3.Connection, engagement: str) -> Iterator[Sale]:
    """The sales and refunds of an engagement that bear no number of an export."""
    return each(db, SALES, ("engagement = ?", "order_id = ''"), (engagement,), "ORDER BY id")


def own_profiles(db: sqlite3.Connection) -> list[tuple[str, dict[str, Any]]]:
    """The layouts that the member explained: their names and definitions."""
    return [
        (str(name), json.loads(definition))
        for name, definition in db.execute(f"SELECT name, definition FROM {PROFILE} ORDER BY name")  # noqa: S608
    ]


def write_profile(recording: Recording, name: str, definition: dict[str, Any]) -> None:
    recording.put(PROFILE, {"name": name, "definition": json.dumps(definition, ensure_ascii=False, sort_keys=True)})


def forget_profile(recording: Recording, name: str) -> bool:
    """Take a layout of the member's own away; whether there was one of that name."""
    return recording.drop(PROFILE, name=name)
