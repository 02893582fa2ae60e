"""Accounts with their balances, and categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses.categories import LEAVES
from toolkit.expenses.views.words import Amount, account_words, category_words, parent_words
from toolkit.shell.blocks import Column, Line, Table, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.expenses.service.keeping import Balances, Named, Opened, Shelf
    from toolkit.shell.blocks import Block, Cell


def balances(found: Balances) -> Iterator[Block]:
    """What stands in each own account."""
    codes = ("account", "account_kind", "balance")
    columns = [Column(Words(f"expenses.column_{code}"), "right" if code == "balance" else "left") for code in codes]
    rows: list[list[Cell]] = []
    for line in found.lines:
        name = account_words(line.account.id, {line.account.id: line.account})
        usual = line.account.id == found.usual
        rows.append(
            [
                Words("expenses.usual_account", name=name) if usual else name,
                Words(f"expenses.account_kind_{line.account.kind}"),
                Amount(line.amount, line.currency),
            ]
        )
    yield Table(columns, rows, empty=Words("expenses.no_accounts"))
    unknown = next((line for line in found.lines if line.amount < 0 and line.account.opened is None), None)
    if unknown is not None:
        yield Line(Words("expenses.balance_from_nothing", id=unknown.account.id))


def balances_json(found: Balances) -> list[dict[str, Any]]:
    return [
        {
            "id": line.account.id,
            "label": line.account.label or None,
            "kind": line.account.kind,
            "currency": line.currency,
            "balance": line.amount,
            "usual": line.account.id == found.usual,
        }
        for line in found.lines
    ]


def opened(done: Opened) -> Iterator[Block]:
    """An account was set up or changed."""
    code = "expenses.unchanged_account" if done.run is None else "expenses.account_set"
    yield Line(Words(code, name=account_words(done.account.id, {done.account.id: done.account})))


def opened_json(done: Opened) -> dict[str, Any]:
    account = done.account
    return {"run": done.run, "id": account.id, "label": account.label or None, "kind": account.kind}


def shelf(found: Shelf) -> Iterator[Block]:
    """Every category under its parent, with its id for options and how many entries it has."""
    codes = ("parent", "category", "category_id", "entries")
    columns = [Column(Words(f"expenses.column_{code}"), "right" if code == "entries" else "left") for code in codes]
    rows: list[list[Cell]] = []
    before = ""
    for category in found.categories:
        parent = parent_words(category.parent) if category.parent != before else None
        before = category.parent
        own = {category.id: category}
        rows.append([parent, category_words(category.id, own), category.id, found.counts.get(category.id, 0) or None])
    yield Table(columns, rows)


def shelf_json(found: Shelf) -> list[dict[str, Any]]:
    return [
        {
            "id": category.id,
            "parent": category.parent,
            "kind": category.kind.value,
            "label": category.label or None,
            "own": category.id not in LEAVES,
            "entries": found.counts.get(category.id, 0),
        }
        for category in found.categories
    ]


def named(done: Named) -> Iterator[Block]:
    """A category was added or has another name."""
    if done.run is None:
        code = "expenses.unchanged_category"
    else:
        code = "expenses.category_added" if done.before is None else "expenses.category_renamed"
    yield Line(Words(code, name=done.category.label, id=done.category.id))


def named_json(done: Named) -> dict[str, Any]:
    return {"run": done.run, "id": done.category.id, "parent": done.category.parent, "label": done.category.label}
