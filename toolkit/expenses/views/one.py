"""One entry with everything that is known of it, and what was done to it when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.expenses.views.entries import entry_json
from toolkit.expenses.views.receipt import run_words
from toolkit.expenses.views.words import Amount, account_words, category_words, flow_words
from toolkit.shell.blocks import Column, Joined, Line, Pairs, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.expenses.model import Entry
    from toolkit.expenses.service.looking import Shown, Touch
    from toolkit.shell.blocks import Block, Cell

# Fields whose change is told in words; the others follow from these.
_TOLD: Final = ("day", "amount", "currency", "kind", "category", "account", "counter", "person", "note")


def shown(found: Shown) -> Iterator[Block]:
    """The entry's fields, then its history."""
    if found.entry is None:
        yield Line(Words("expenses.entry_gone", id=found.id))
    else:
        yield Pairs(list(_pairs(found.entry, found)))
    columns = [Column(Words(f"expenses.column_{code}")) for code in ("run", "when", "done", "changes", "state")]
    yield Table(columns, [_row(touch, found) for touch in found.touches])


def shown_json(found: Shown) -> dict[str, Any]:
    return {
        "id": found.id,
        "entry": entry_json(found.entry) if found.entry else None,
        "history": [
            {
                "run": touch.run.number,
                "kind": touch.run.kind,
                "at": touch.run.began.isoformat(timespec="seconds"),
                "state": touch.run.state,
                "before": entry_json(touch.before) if touch.before else None,
                "after": entry_json(touch.after) if touch.after else None,
            }
            for touch in found.touches
        ],
    }


def _pairs(entry: Entry, found: Shown) -> Iterator[tuple[Cell, Cell]]:
    account = account_words(entry.account, found.accounts)
    if entry.counter:
        account = Words("expenses.from_to", source=account, target=account_words(entry.counter, found.accounts))
    told: list[tuple[str, Cell]] = [
        ("id", entry.id),
        ("note", entry.note),
        ("amount", flow_words(entry)),
        ("day", When(entry.day)),
        ("category", category_words(entry.category, found.categories)),
        ("kind", Words(f"expenses.kind_{entry.kind}")),
        ("person", entry.person or None),
        ("account", account),
        ("sentence", entry.sentence or None),
        ("state", Words("expenses.unsure") if entry.needs_confirm else None),
    ]
    return ((Words(f"expenses.column_{code}"), value) for code, value in told if value is not None)


def _row(touch: Touch, found: Shown) -> list[Cell]:
    changes: list[Cell] = []
    if touch.before is not None and touch.after is not None:
        for name in touch.fields:
            if name in _TOLD:
                before, after = _field(touch.before, name, found), _field(touch.after, name, found)
                changes.append(Words("expenses.from_to", source=before, target=after))
    undone = Words("shell.run_undone") if touch.run.state == "undone" else None
    return [touch.run.number, When(touch.run.began), run_words(touch.run.kind), Joined(changes, "; "), undone]


def _field(entry: Entry, name: str, found: Shown) -> Cell:
    if name == "amount":
        return Amount(entry.amount, entry.currency)
    if name == "day":
        return When(entry.day)
    if name == "category":
        return category_words(entry.category, found.categories)
    if name == "kind":
        return Words(f"expenses.kind_{entry.kind}")
    if name in ("account", "counter"):
        account: str = getattr(entry, name)
        return account_words(account, found.accounts) if account else "–"
    text: str = getattr(entry, name)
    return text or "–"
