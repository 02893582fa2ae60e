"""Lists of entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.expenses.views.figures import fitting
from toolkit.expenses.views.words import account_words, category_words, flow_words
from toolkit.shell.blocks import Column, Line, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.expenses.model import Entry
    from toolkit.expenses.service.looking import Listing
    from toolkit.shell.blocks import Block, Cell

_CODES: Final = ("id", "day", "amount", "category", "note", "account")


def listing(width: int | None) -> Callable[[Listing], Iterator[Block]]:
    """The entries, the newest last, with how many more there are, for a screen of `width` columns: where it is narrow
    without the wallet, then without the category; `show` tells both."""
    codes = fitting(_CODES, width, "account", "category")
    columns = [
        Column(Words(f"expenses.column_{code}"), "right" if code in ("id", "amount") else "left") for code in codes
    ]

    def view(found: Listing) -> Iterator[Block]:
        rows = [[cell for code, cell in _row(entry, found).items() if code in codes] for entry in found.entries]
        yield Table(columns, rows, empty=_nothing(found))
        if found.more:
            yield Line(Words("expenses.more_entries", n=found.more))

    return view


def spreadsheet(found: Listing) -> Iterator[Block]:
    """The same for a spreadsheet: amounts as numbers with their sign, days in ISO form, everything that is known."""
    codes = ("id", "day", "amount", "currency", "kind", "category", "person", "note", "account", "counter", "sentence")
    rows: list[list[Cell]] = []
    for entry in found.entries:
        counter = account_words(entry.counter, found.accounts) if entry.counter else None
        rows.append(
            [
                entry.id,
                entry.day,
                flow_words(entry).amount,
                entry.currency,
                Words(f"expenses.kind_{entry.kind}"),
                category_words(entry.category, found.categories),
                entry.person,
                entry.note,
                account_words(entry.account, found.accounts),
                counter,
                entry.sentence,
            ]
        )
    yield Table([Column(Words(f"expenses.column_{code}")) for code in codes], rows)


def listing_json(found: Listing) -> dict[str, Any]:
    return {"entries": [entry_json(entry) for entry in found.entries], "more": found.more}


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry for a program; the keys are a promise."""
    return {
        "id": entry.id,
        "date": entry.day.isoformat(),
        "kind": entry.kind.value,
        "category": entry.category,
        "amount": entry.amount,
        "currency": entry.currency,
        "account": entry.account,
        "counter": entry.counter or None,
        "person": entry.person or None,
        "note": entry.note,
        "text": entry.sentence,
        "confidence": round(entry.confidence, 4),
        "needs_confirm": entry.needs_confirm,
        "run": entry.run,
    }


def _nothing(found: Listing) -> Words:
    """That there is none; after a search with the words that it is for."""
    if not found.sought:
        return Words("expenses.nothing_found")
    code = "expenses.nothing_found_with" if found.missing else "expenses.nothing_found_together"
    return Words(code, words=", ".join(f"“{word}”" for word in found.missing or found.sought))


def _row(entry: Entry, found: Listing) -> dict[str, Cell]:
    account = account_words(entry.account, found.accounts)
    if entry.counter:
        account = Words("expenses.from_to", source=account, target=account_words(entry.counter, found.accounts))
    return {
        "id": entry.id,
        "day": When(entry.day, this_year=found.this_year),
        "amount": flow_words(entry),
        "category": category_words(entry.category, found.categories),
        "note": entry.note,
        "account": account,
    }
