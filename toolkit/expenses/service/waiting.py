"""Entries whose amount isn't certain, as they are kept outside of the book: text that is read back as the same."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from toolkit.core.money import Money
from toolkit.core.readings import Reading, Readings
from toolkit.expenses.model import Account, Doubt, Guess, Item, Kind, Sorting
from toolkit.expenses.service.understanding import Proposal

if TYPE_CHECKING:
    from toolkit.expenses.book import Waiting


def to_text(proposal: Proposal) -> str:
    """A proposal as JSON."""
    item, sorting = proposal.item, proposal.sorting
    value = {
        "text": item.text,
        "core": item.core,
        "note": item.note,
        "money": [[money.amount, money.currency] for money in item.money.values],
        "money_code": item.money.code,
        "money_params": dict(item.money.params),
        "day": [day.isoformat() for day in item.day.values],
        "day_code": item.day.code,
        "day_params": dict(item.day.params),
        "kinds": sorted(kind.value for kind in item.kinds),
        "person": item.person,
        "account_named": item.account,
        "counter_named": item.counter,
        "doubts": [[doubt.code, dict(doubt.params)] for doubt in item.doubts],
        "guesses": [[guess.category, guess.probability] for guess in sorting.guesses],
        "sure": sorting.sure,
        "by": sorting.by,
        "kind": proposal.kind.value,
        "typed": proposal.typed.isoformat(),
        "account": proposal.account,
        "counter": proposal.counter,
        "opened": [[account.id, account.label, account.kind] for account in proposal.opened],
    }
    return json.dumps(value, ensure_ascii=False)


def from_waiting(waiting: Waiting) -> Proposal:
    """The proposal that waits."""
    value: dict[str, Any] = json.loads(waiting.draft)
    amounts = tuple(Reading(Money(*one)) for one in value["money"])
    days = tuple(Reading(date.fromisoformat(day)) for day in value["day"])
    item = Item(
        text=value["text"],
        core=value["core"],
        note=value["note"],
        money=Readings(amounts, value["money_code"], value["money_params"]),
        day=Readings(days, value["day_code"], value["day_params"]),
        kinds=frozenset(map(Kind, value["kinds"])),
        person=value["person"],
        account=value["account_named"],
        counter=value["counter_named"],
        doubts=tuple(Doubt(code, params) for code, params in value["doubts"]),
    )
    sorting = Sorting(tuple(Guess(*guess) for guess in value["guesses"]), value["sure"], value["by"])
    opened = tuple(Account(*account) for account in value["opened"])
    typed = date.fromisoformat(value["typed"])
    return Proposal(item, sorting, Kind(value["kind"]), typed, value["account"], value["counter"], opened)
