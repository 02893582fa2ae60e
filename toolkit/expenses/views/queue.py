"""The queue of what wants a look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses.service.recording import as_problem
from toolkit.expenses.views.entries import entry_json
from toolkit.expenses.views.words import Amount, category_words, flow_words
from toolkit.shell.blocks import Column, Heading, Joined, Line, Sayable, Table, When, Words
from toolkit.shell.problems import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.expenses.model import Doubt
    from toolkit.expenses.service.reviewing import Held, Queue
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages


class Why(Sayable):
    """The doubts of an entry, in a sentence each."""

    def __init__(self, doubts: tuple[Doubt, ...], value: str) -> None:
        self._doubts = doubts
        self._value = value

    def said(self, messages: Messages) -> str:
        return " ".join(sentence(as_problem(doubt, self._value), messages) for doubt in self._doubts)


def queue(found: Queue) -> Iterator[Block]:
    """What waits outside of the book first, then the entries with a doubt, and how to settle them."""
    if not len(found):
        yield Line(Words("expenses.queue_empty"))
    if found.held:
        yield Heading(Words("expenses.queue_held"))
        headings = [Column(Words(f"expenses.column_{code}")) for code in ("held", "amount", "note", "why")]
        yield Table(headings, [_held(one) for one in found.held])
        yield Line(Words("expenses.queue_held_how", id=found.held[0].waiting.id))
    if found.unsure:
        yield Heading(Words("expenses.queue_unsure"))
        codes = ("id", "day", "amount", "category", "note", "why")
        right = ("id", "amount")
        columns = [Column(Words(f"expenses.column_{code}"), "right" if code in right else "left") for code in codes]
        rows: list[list[Cell]] = [
            [
                entry.id,
                When(entry.day, this_year=found.this_year),
                flow_words(entry),
                category_words(entry.category, found.known.categories),
                entry.note,
                Why(entry.doubts, entry.note),
            ]
            for entry in found.unsure
        ]
        yield Table(columns, rows)
        yield Line(Words("expenses.queue_unsure_how", id=found.unsure[0].id))


def queue_json(found: Queue) -> dict[str, Any]:
    return {
        "waiting": [
            {
                "id": one.waiting.id,
                "text": one.proposal.item.text,
                "amounts": [[money.amount, money.currency] for money in one.proposal.item.money.values],
                "category": one.proposal.sorting.category,
                "why": [doubt.code for doubt in one.proposal.doubts],
            }
            for one in found.held
        ],
        "entries": [{**entry_json(entry), "why": [doubt.code for doubt in entry.doubts]} for entry in found.unsure],
    }


def _held(one: Held) -> list[Cell]:
    amounts: list[Cell] = [Amount(money.amount, money.currency) for money in one.proposal.item.money.values]
    return [
        one.waiting.id,
        Joined(amounts or [Words("expenses.amount_missing")], " / "),
        one.proposal.item.text,
        Why(one.proposal.doubts[:1], one.proposal.item.text),
    ]
