"""What the member plans: budgets, and what they expect again and again. Written through a `Recording`, so undoable."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from toolkit.expenses.budgets import Rule
from toolkit.expenses.model import Kind
from toolkit.expenses.recurring import Recurring, Recurs

if TYPE_CHECKING:
    import sqlite3

    from toolkit.expenses.book.history import Recording

BUDGET = "expense_budget"
RECURRING = "expense_recurring"
SKIP = "expense_recurring_skip"


def rules(db: sqlite3.Connection) -> list[Rule]:
    """Every decision about budgets, in the order of the months that they are about."""
    found = db.execute("SELECT scope, month, amount, standing, rollover FROM expense_budget ORDER BY month, scope")
    return [
        Rule(scope, date.fromisoformat(f"{month}-01"), amount, bool(standing), rollover)
        for scope, month, amount, standing, rollover in found
    ]


def accepted(db: sqlite3.Connection) -> list[Recurring]:
    """What the member expects, by name."""
    skipped: defaultdict[Recurs, set[date]] = defaultdict(set)
    for key, kind, category, day in db.execute("SELECT name_key, kind, category, day FROM expense_recurring_skip"):
        skipped[Recurs(key, Kind(kind), category)].add(date.fromisoformat(day))
    found = db.execute(
        "SELECT name_key, kind, category, name, person, account, every, anchor, since, amount, currency"
        " FROM expense_recurring WHERE state = 'accepted' ORDER BY name_key, category, kind"
    )
    return [
        Recurring(
            (what := Recurs(key, Kind(kind), category)),
            name,
            person,
            account,
            every,
            date.fromisoformat(anchor),
            date.fromisoformat(since),
            amount,
            currency,
            frozenset(skipped[what]),
        )
        for key, kind, category, name, person, account, every, anchor, since, amount, currency in found
    ]


def decided(db: sqlite3.Connection) -> frozenset[Recurs]:
    """What the member has accepted or doesn't want proposed."""
    found = db.execute("SELECT name_key, kind, category FROM expense_recurring")
    return frozenset(Recurs(key, Kind(kind), category) for key, kind, category in found)


def write_rule(recording: Recording, rule: Rule) -> None:
    recording.put(
        BUDGET,
        {
            "scope": rule.scope,
            "month": f"{rule.month:%Y-%m}",
            "standing": int(rule.standing),
            "amount": rule.amount,
            "rollover": rule.rollover,
        },
    )


def forget_rule(recording: Recording, rule: Rule) -> bool:
    """Take a rule away; whether there was one of the same scope, month and standing."""
    return recording.drop(BUDGET, scope=rule.scope, month=f"{rule.month:%Y-%m}", standing=int(rule.standing))


def write_recurring(recording: Recording, one: Recurring, *, declined: bool = False) -> None:
    recording.put(
        RECURRING,
        {
            **_key(one.what),
            "state": "declined" if declined else "accepted",
            "name": one.name,
            "person": one.person,
            "account": one.account,
            "every": one.every,
            "anchor": one.anchor.isoformat(),
            "since": one.since.isoformat(),
            "amount": one.amount,
            "currency": one.currency,
        },
    )


def skip(recording: Recording, what: Recurs, day: date) -> None:
    recording.put(SKIP, {**_key(what), "day": day.isoformat()})


def _key(what: Recurs) -> dict[str, str]:
    return {"name_key": what.key, "kind": what.kind.value, "category": what.category}
