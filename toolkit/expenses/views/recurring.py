"""What comes back: what is expected, what seems to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses.model import Kind
from toolkit.expenses.views.figures import fitting
from toolkit.expenses.views.words import Amount, category_words
from toolkit.shell.blocks import Column, Heading, Line, Note, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.expenses.recurring import Due, Proposal, Recurring
    from toolkit.expenses.service.recurring import Decision, Expectations
    from toolkit.shell.blocks import Block, Cell


def listing(width: int | None) -> Callable[[Expectations], Iterator[Block]]:
    """What is due, what is expected, what is proposed, each with what may be typed about it, for a screen of `width`
    columns: where it is narrow without the category, then without how often."""

    def view(found: Expectations) -> Iterator[Block]:
        yield from _listing(found, width)

    return view


def _listing(found: Expectations, width: int | None) -> Iterator[Block]:
    year = found.today.year
    if found.due:
        yield from due_only(found)
    if found.accepted:
        yield Heading(Words("expenses.recurring_accepted"))
        rows: list[dict[str, Cell]] = [
            {
                "what": one.name, "amount": _amount(one), "every": Words(f"expenses.every_{one.every}"),
                "next": When(day, this_year=year), "category": category_words(one.what.category, found.categories),
            }
            for one, day in found.accepted
        ]  # fmt: skip
        yield _table(rows, width, "every")
    if found.proposed:
        yield Heading(Words("expenses.recurring_proposed"))
        yield _proposals(found, width)
        yield Note(Words("expenses.recurring_proposed_next", name=found.proposed[0].name))
    if not (found.accepted or found.proposed):
        yield Line(Words("expenses.recurring_nothing"))


def due_only(found: Expectations) -> Iterator[Block]:
    """What is due and not recorded."""
    if not found.due:
        yield Line(Words("expenses.recurring_nothing_due"))
        return
    yield Heading(Words("expenses.recurring_due"))
    rows: list[list[Cell]] = [
        [turn.recurring.name, _amount(turn.recurring), When(turn.day, this_year=found.today.year)] for turn in found.due
    ]
    yield Table(_columns("what", "amount", "due"), rows)
    yield Note(Words("expenses.recurring_due_next", name=found.due[0].recurring.name))


def question(turn: Due) -> Words:
    return Words("expenses.recurring_ask", name=turn.recurring.name, amount=_amount(turn.recurring), day=When(turn.day))


def _proposals(found: Expectations, width: int | None) -> Table:
    rows: list[dict[str, Cell]] = [
        {
            "what": one.name, "amount": _range(one), "every": Words(f"expenses.every_{one.every}"),
            "seen": Words("expenses.times", n=one.seen),
            "category": category_words(one.what.category, found.categories),
        }
        for one in found.proposed
    ]  # fmt: skip
    return _table(rows, width, "seen")


def _table(rows: Sequence[Mapping[str, Cell]], width: int | None, then: str) -> Table:
    codes = fitting(list(rows[0]), width, "category", then)
    return Table(_columns(*codes), [[row[code] for code in codes] for row in rows])


def spreadsheet(found: Expectations) -> Iterator[Block]:
    """One row each, for --csv."""
    codes = ("state", "what", "amount", "currency", "every", "next", "category")
    rows: list[list[Cell]] = [
        [
            Words("expenses.state_accepted"),
            one.name,
            one.amount,
            one.currency,
            one.every,
            day.isoformat(),
            one.what.category,
        ]
        for one, day in found.accepted
    ]
    rows += [
        [Words("expenses.state_proposed"), one.name, one.amount, one.currency, one.every, None, one.what.category]
        for one in found.proposed
    ]
    yield Table(_columns(*codes), rows)


def listing_json(found: Expectations) -> dict[str, Any]:
    return {
        "accepted": [{**_json(one), "next": day.isoformat()} for one, day in found.accepted],
        "due": [{**_json(turn.recurring), "date": turn.day.isoformat()} for turn in found.due],
        "proposed": [
            {**_json(one), "low": one.low, "high": one.high, "last": one.last.isoformat(), "seen": one.seen}
            for one in found.proposed
        ],
    }


def accepted(done: Decision) -> Iterator[Block]:
    yield Line(
        Words(
            "expenses.recurring_accepted_missed" if done.waits else "expenses.recurring_accepted_one",
            name=done.recurring.name,
            amount=_amount(done.recurring),
            every=Words(f"expenses.every_{done.recurring.every}"),
            day=When(done.day),
        )
    )
    code = "expenses.recurring_due_next" if done.waits else "expenses.recurring_never_by_itself"
    yield Note(Words(code, name=done.recurring.name))


def removed(done: Decision) -> Iterator[Block]:
    yield Line(Words("expenses.recurring_removed", name=done.recurring.name))
    yield Note(Words("expenses.budget_undo"))


def skipped(done: Decision) -> Iterator[Block]:
    yield Line(Words("expenses.recurring_skipped", name=done.recurring.name, day=When(done.day)))
    yield Note(Words("expenses.budget_undo"))


def recorded(done: Decision) -> Iterator[Block]:
    assert done.entry is not None
    code = "expenses.recurring_recorded_in" if done.entry.kind is Kind.INCOME else "expenses.recurring_recorded"
    amount = Amount(done.entry.amount, done.entry.currency)
    yield Line(Words(code, id=done.entry.id, name=done.entry.note, amount=amount, day=When(done.entry.day)))
    yield Note(Words("expenses.budget_undo"))


def decision_json(done: Decision) -> dict[str, Any]:
    return {
        **_json(done.recurring),
        "date": done.day.isoformat(),
        "run": done.run,
        "entry": done.entry.id if done.entry else None,
    }


def _json(one: Recurring | Proposal) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": one.what.kind.value,
        "category": one.what.category,
        "person": one.person or None,
        "account": one.account,
        "amount": one.amount,
        "currency": one.currency,
        "every": one.every,
    }


def _columns(*codes: str) -> list[Column]:
    return [Column(Words(f"expenses.column_{code}"), "right" if code == "amount" else "left") for code in codes]


def _amount(one: Recurring | Proposal) -> Amount:
    return Amount(one.amount, one.currency)


def _range(one: Proposal) -> Cell:
    if one.low == one.high:
        return _amount(one)
    return Words("expenses.from_low_to_high", low=Amount(one.low, one.currency), high=Amount(one.high, one.currency))
