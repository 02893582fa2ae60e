"""Entries as rows, and the questions that the book answers about them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from toolkit.core.text import search_key
from toolkit.expenses.model import Doubt, Draft, Entry, Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator

    from toolkit.store.history import Row, Value

_COLUMNS = (
    "id, day, kind, category, amount, currency, account, counter, person, note, sentence, core, run, made_at,"
    " needs_confirm, confidence, doubts"
)
_MOST_WORDS = 20  # of a search; more are a slip of pasting


@dataclass(frozen=True)
class Filter:
    """Which entries: days from `since` to before `until`; of any of the kinds, categories, accounts named (none named:
    all); of one person ("Nam" is also "anh Nam"); with every word of `words` somewhere, marks aside."""

    since: date | None = None
    until: date | None = None
    kinds: Collection[Kind] = ()
    categories: Collection[str] = ()
    account: str = ""
    person: str = ""
    words: str = ""
    unsure: bool = False
    currency: str = ""


def row_of(entry: Draft | Entry, *, run: int, made_at: datetime) -> dict[str, Value]:
    """The row of an entry, without its number."""
    return {
        "day": entry.day.isoformat(),
        "kind": entry.kind.value,
        "category": entry.category,
        "amount": entry.amount,
        "currency": entry.currency,
        "account": entry.account,
        "counter": entry.counter,
        "person": entry.person,
        "note": entry.note,
        "sentence": entry.sentence,
        "core": entry.core,
        "run": run,
        "made_at": made_at.isoformat(),
        "needs_confirm": int(entry.needs_confirm),
        "confidence": float(entry.confidence),
        "doubts": _doubts_to_text(entry.doubts),
        "words": f" {search_key(f'{entry.note} {entry.sentence} {entry.person}')} ",
        "who": f" {search_key(entry.person)} ",
    }


def waiting_row(sentence: str, draft: str, run: int, made_at: datetime) -> dict[str, Value]:
    return {"sentence": sentence, "draft": draft, "run": run, "made_at": made_at.isoformat()}


def entry_of(row: Row) -> Entry:
    """The entry of a row."""
    value: dict[str, Any] = dict(row)
    for searched in ("words", "who"):
        value.pop(searched, None)
    return Entry(
        **value
        | {
            "day": date.fromisoformat(value["day"]),
            "kind": Kind(value["kind"]),
            "made_at": datetime.fromisoformat(value["made_at"]),
            "needs_confirm": bool(value["needs_confirm"]),
            "doubts": _doubts_from_text(value["doubts"]),
        }
    )


def find(
    db: sqlite3.Connection, chosen: Filter, *, newest_first: bool = False, most: int | None = None
) -> Iterator[Entry]:
    """The entries that `chosen` names, by day and number, one at a time."""
    clauses, values = _clauses(chosen)
    where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
    order = "day DESC, id DESC" if newest_first else "day, id"
    limit = "" if most is None else " LIMIT ?"
    query = f"SELECT {_COLUMNS} FROM expense_entry{where} ORDER BY {order}{limit}"  # noqa: S608 - clauses of ours
    found = db.execute(query, (*values, *(() if most is None else (most,))))
    names = [column[0] for column in found.description]
    return (entry_of(dict(zip(names, row, strict=True))) for row in found)


def one(db: sqlite3.Connection, entry_id: int) -> Entry | None:
    found = db.execute(f"SELECT {_COLUMNS} FROM expense_entry WHERE id = ?", (entry_id,))  # noqa: S608
    names = [column[0] for column in found.description]
    row = found.fetchone()
    return entry_of(dict(zip(names, row, strict=True))) if row else None


def count(db: sqlite3.Connection, chosen: Filter) -> int:
    clauses, values = _clauses(chosen)
    where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
    return int(db.execute(f"SELECT count(*) FROM expense_entry{where}", values).fetchone()[0])  # noqa: S608


def summed(db: sqlite3.Connection, until: date | None) -> Iterator[Draft]:
    """The entries before day `until`, those with the same postings as one: for balances of books of any size."""
    where, values = ("", ()) if until is None else (" WHERE day < ?", (until.isoformat(),))
    found = db.execute(
        "SELECT min(day), kind, category, sum(amount), account, currency, counter, person FROM expense_entry"  # noqa: S608
        f"{where} GROUP BY kind, category, account, currency, counter, person",
        values,
    )
    for day, kind, category, amount, account, currency, counter, person in found:
        yield Draft(date.fromisoformat(day), Kind(kind), category, amount, account, currency, counter, person)


def of_run(db: sqlite3.Connection, run: int, most: int) -> list[Entry]:
    """The entries that a run put into the book and that are still there, at most the first `most` of them."""
    query = f"SELECT {_COLUMNS} FROM expense_entry WHERE run = ? ORDER BY id LIMIT ?"  # noqa: S608 - columns of ours
    found = db.execute(query, (run, most))
    names = [column[0] for column in found.description]
    return [entry_of(dict(zip(names, row, strict=True))) for row in found]


def _clauses(chosen: Filter) -> tuple[list[str], list[Value]]:
    clauses: list[str] = []
    values: list[Value] = []

    def add(clause: str, *given: Value) -> None:
        clauses.append(clause)
        values.extend(given)

    if chosen.since:
        add("day >= ?", chosen.since.isoformat())
    if chosen.until:
        add("day < ?", chosen.until.isoformat())
    for column, several in (("kind", [kind.value for kind in chosen.kinds]), ("category", list(chosen.categories))):
        if several:
            add(f"{column} IN ({', '.join('?' * len(several))})", *several)
    if chosen.account:
        add("(account = ? OR counter = ?)", chosen.account, chosen.account)
    if chosen.currency:
        add("currency = ?", chosen.currency)
    if chosen.unsure:
        add("needs_confirm = 1")
    if chosen.person:
        add("instr(who, ?) > 0", f" {search_key(chosen.person)} ")
    for word in search_key(chosen.words).split()[:_MOST_WORDS]:
        add("instr(words, ?) > 0", word)
    return clauses, values


def _doubts_to_text(doubts: tuple[Doubt, ...]) -> str:
    return json.dumps([[doubt.code, dict(doubt.params)] for doubt in doubts], ensure_ascii=False) if doubts else ""


def _doubts_from_text(text: str) -> tuple[Doubt, ...]:
    return tuple(Doubt(code, params) for code, params in json.loads(text)) if text else ()
