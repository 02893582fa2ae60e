"""Receipts: what a sentence, a correction, an undo left in the book, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses.ledger import person_key
from toolkit.expenses.model import DEBTS, Kind
from toolkit.expenses.service.waiting import from_waiting
from toolkit.expenses.views.entries import entry_json
from toolkit.expenses.views.words import account_words, category_words, flow_words
from toolkit.shell.blocks import Joined, Line, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.expenses.model import Entry
    from toolkit.expenses.service.recording import Receipt, Undone
    from toolkit.shell.blocks import Block, Cell


def receipt(done: Receipt) -> Iterator[Block]:
    """What was written, in one line; what waits is said by its problem."""
    if done.entries:
        code = {"add": "expenses.recorded", "settle": "expenses.recorded", "confirm": "expenses.confirmed"}
        words = code.get(done.kind, "expenses.changed")
        if done.run is None:
            words = "expenses.unchanged"
        yield Line(Words(words, entries=Joined([_entry(entry, done) for entry in done.entries], "; ")))
    elif done.kind == "delete":
        yield Line(Words("expenses.deleted", entries=Joined([_entry(entry, done) for entry in done.before], "; ")))


def receipt_json(done: Receipt) -> dict[str, Any]:
    return {
        "run": done.run,
        "entries": [entry_json(entry) for entry in done.entries],
        "before": [entry_json(entry) for entry in done.before],
        "waiting": [{"id": one.id, "text": from_waiting(one).item.text} for one in done.waiting],
    }


def receipts(done: Sequence[Receipt]) -> Iterator[Block]:
    """Several sentences, a line each."""
    for one in done:
        yield from receipt(one)


def receipts_json(done: Sequence[Receipt]) -> list[dict[str, Any]]:
    return [receipt_json(one) for one in done]


def undone(back: Undone) -> Iterator[Block]:
    """What was taken back."""
    yield Line(Words("expenses.undone", run=back.run.number, what=run_words(back.run.kind), rows=_rows(back)))


def undone_json(back: Undone) -> dict[str, Any]:
    return {"run": back.run.number, "kind": back.run.kind, "changes": len(back.changes)}


def run_words(kind: str) -> Words:
    """What a run did, in a word or two."""
    return Words(f"expenses.run_{kind}")


def _rows(back: Undone) -> Joined:
    """The entries that were touched, as they were listed: a few by name, more as a number."""
    notes: list[Cell] = []
    for change in back.changes:
        row = change.after or change.before
        if change.table == "expense_entry" and row is not None:
            notes.append(str(row["note"]))
        elif change.table == "expense_waiting" and row is not None:
            notes.append(str(row["sentence"]))
    if not notes and back.run.note:
        notes = [back.run.note]
    if len(notes) > 3:
        return Joined([Words("expenses.count_entries", n=len(notes))])
    return Joined(notes, "; ")


def _entry(entry: Entry, done: Receipt) -> Joined:
    debt = entry.kind in DEBTS and person_key(entry.person) not in person_key(entry.note)
    elsewhere = entry.account != done.known.usual
    both = Words(
        "expenses.from_to",
        source=account_words(entry.account, done.known.accounts),
        target=account_words(entry.counter, done.known.accounts),
    )
    where: Cell = None
    if entry.kind is Kind.TRANSFER:
        where = both
    elif elsewhere:
        where = account_words(entry.account, done.known.accounts)
    return Joined(
        [
            Words("expenses.numbered", id=entry.id, note=entry.note),
            flow_words(entry),
            category_words(entry.category, done.known.categories),
            entry.person if debt else None,
            where,
            When(entry.day, this_year=done.this_year),
        ]
    )
