"""What a sentence says, without writing it down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses.categories import leaves_of
from toolkit.expenses.model import DEBTS
from toolkit.expenses.service.recording import as_problem
from toolkit.expenses.views.words import Amount, category_words
from toolkit.shell.blocks import Joined, Line, When, Words
from toolkit.shell.problems import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.expenses.model import Doubt
    from toolkit.expenses.service.understanding import Known, Proposal, Understood
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages

_GUESSES = 3


def parsed(understood: Understood, known: Known) -> Iterator[Block]:
    """One line an entry; a sentence that is none says why."""
    for doubt in understood.questions:
        yield Line(Words(doubt.code, value=understood.text, **doubt.params))
    if not understood.proposals and not understood.questions:
        yield Line(Words(f"expenses.nothing_to_record_{understood.intent}", value=understood.text))
    for proposal in understood.proposals:
        yield Line(_proposal(proposal, known))


def parsed_json(understood: Understood, messages: Messages) -> dict[str, Any]:
    """The object of one line; the keys are a promise (the design of the expenses tool)."""
    questions = [_question(doubt, None, understood.text, messages) for doubt in understood.questions]
    for n, proposal in enumerate(understood.proposals):
        questions += [_question(doubt, n, proposal.item.text, messages) for doubt in proposal.doubts]
    return {
        "text": understood.text,
        "entries": [_entry_json(proposal) for proposal in understood.proposals],
        "questions": questions,
    }


def _entry_json(proposal: Proposal) -> dict[str, Any]:
    money = next(iter(proposal.item.money.values), None)
    likely = {guess.category: round(guess.probability, 4) for guess in proposal.sorting.guesses}
    # Where the grammar leaves one category, the others are no less impossible than each other.
    alternatives = {**likely, **{leaf: 0.0 for leaf in leaves_of(DEBTS) if leaf not in likely}}
    return {
        "amount": money.amount if money else None,
        "currency": money.currency if money else "VND",
        "date": proposal.day.isoformat(),
        "kind": proposal.kind.value,
        "category": proposal.sorting.category,
        "confidence": round(proposal.sorting.probability, 4),
        "alternatives": [list(one) for one in list(alternatives.items())[:_GUESSES]],
        "person": proposal.item.person or None,
        "note": proposal.item.note,
        "needs_confirm": proposal.needs_confirm,
        "why": proposal.sorting.by,
    }


def _question(doubt: Doubt, entry: int | None, value: str, messages: Messages) -> dict[str, Any]:
    """A doubt for a program; `entry` counts from 0, None concerns the whole sentence."""
    return {"code": doubt.code, "entry": entry, "message": sentence(as_problem(doubt, value), messages)}


def _proposal(proposal: Proposal, known: Known) -> Joined:
    money = proposal.item.money.values
    amounts: list[Cell] = [Amount(one.amount, one.currency) for one in money]
    return Joined(
        [
            proposal.item.note,
            Joined(amounts or [Words("expenses.amount_missing")], " / "),
            Words(f"expenses.kind_{proposal.kind}"),
            category_words(proposal.sorting.category, known.categories),
            proposal.item.person,
            When(proposal.day, this_year=proposal.typed.year),
            Words("expenses.unsure") if proposal.needs_confirm else None,
        ]
    )
