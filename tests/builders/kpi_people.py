"""People in a book of sales: who bought when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from builders.kpi_books import NOW, sale
from toolkit.kpi.book import KpiBook
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from toolkit.kpi.book import Recording

FIRST = date(2026, 11, 2)  # a Monday


def keep(home: Path, write: Callable[[Recording], object]) -> None:
    """Write into the book of a home, in one run."""
    path = home / "toolkit.db"
    with Store.open(path, backups=home / "backups") as store, KpiBook(store).recording("log", at=NOW) as run:
        write(run)


def bought(run: Recording, name: str, days: Sequence[int], *, amount: int = 1_000_000, **fields: Any) -> int:
    """Somebody who bought on these days of November; their number."""
    contact = run.contact("own", name, phone=fields.pop("phone", "")) if name else None
    for day in days:
        who = {"customer": contact.id if contact else 0, "customer_name": name}
        run.add(sale(amount, ordered=FIRST + timedelta(days=day), sentence=f"bán {name} {day}", **who, **fields))
    return contact.id if contact else 0
