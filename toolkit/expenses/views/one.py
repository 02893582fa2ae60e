"""One entry with everything that is known of it, and what was done to it when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.expenses.views.entries import entry_json
from toolkit.expenses.views.receipt import run_words
from toolkit.expenses.views.words import Amount, account_words, category_words, flow_words
from toolkit.shell.blocks import Line, Pairs, When, Words
from toolkit.shell.runs import touches_json, touches_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.expenses.model import Entry
    from toolkit.expenses.service.looking import Shown
    from toolkit.shell.blocks import Block, Cell

# Fields whose change is told in words; the others follow from these.
_TOLD: Final = ("day", "amount", "currency", "kind", "category", "account", "counter", "person", "note")


def shown(found: Shown) -> Iterator[Block]:
    """The entry's fields, then its history."""
    if found.entry is None:
        yield Line(Words("expenses.entry_gone", id=found.id))
    else:
        yield Pairs(list(_pairs(found.entry, found)))
    yield touches_table(found.touches, run_words, _TOLD, lambda entry, name: _field(entry, name, found))


def shown_json(found: Shown) -> dict[str, Any]:
    return {
        "id": found.id,
        "entry": entry_json(found.entry) if found.entry else None,
        "history": touches_json(found.touches, entry_json),
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
