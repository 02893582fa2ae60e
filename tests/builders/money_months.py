"""Books of expenses for tests of reports, budgets and what comes back."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from toolkit.expenses.book import ExpenseBook
from toolkit.expenses.categories import SHIPPED
from toolkit.expenses.model import Draft, Entry, Kind
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TODAY = date(2026, 11, 18)
AT = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
LEAVES_OF = {kind: [one.id for one in SHIPPED if one.kind is kind] for kind in Kind}


def entry(day: date, amount: int, category: str = "food", **more: Any) -> Entry:
    """An expense in cash, unless it is said otherwise."""
    kind = next((one.kind for one in SHIPPED if one.id == category), Kind.EXPENSE)
    given: dict[str, Any] = {
        "id": 1, "day": day, "kind": kind, "category": category, "amount": amount, "currency": "VND", "account": "cash",
        "counter": "", "person": "", "note": category, "sentence": "", "run": 1, "made_at": AT,
    }  # fmt: skip
    return Entry(**{**given, **more})


def entries(first: date = date(2026, 1, 1), last: date = date(2026, 12, 31)) -> st.SearchStrategy[list[Entry]]:
    """Any book: every kind, several people, accounts and currencies."""
    kinds = st.sampled_from(list(Kind))
    one = kinds.flatmap(
        lambda kind: st.builds(
            lambda day, amount, category, currency, person, account: entry(
                day, amount, category, currency=currency, person=person, account=account
            ),
            st.dates(first, last),
            st.integers(1, 10**12),
            st.sampled_from(LEAVES_OF[kind]),
            st.sampled_from(["VND", "VND", "VND", "USD", "JPY"]),
            st.sampled_from(["", "Lan", "lan ", "anh Nam"]),
            st.sampled_from(["cash", "momo", "vietcombank"]),
        )
    )
    return st.lists(one, max_size=40)


def drafted(one: Entry) -> Draft:
    names = {field.name for field in fields(Draft)}
    return Draft(**{name: getattr(one, name) for name in names})


def write_book(home: Path, written: Iterable[Entry]) -> None:
    """Put entries into the book of `home`."""
    with (
        Store.open(home / "toolkit.db", backups=home / "backups") as store,
        ExpenseBook(store).recording("import", at=AT) as recording,
    ):
        for one in written:
            recording.add(drafted(one))


def months(amounts: Iterable[int], *, note: str, category: str, day: int, until: date = TODAY) -> list[Entry]:
    """An entry a month on the same day, the last one in the month of `until`, if its day has come."""
    listed = list(amounts)
    start = until.replace(day=1)
    found: list[Entry] = []
    for back, amount in enumerate(reversed(listed)):
        month = start
        for _ in range(back):
            month = (month - timedelta(days=1)).replace(day=1)
        found.insert(0, entry(month.replace(day=day), amount, category, note=f"{note} tháng {month.month}"))
    return found
