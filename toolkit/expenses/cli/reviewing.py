"""`review`: what was saved with doubt, one by one at a terminal, as a list in a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from toolkit.core.errors import UsageError
from toolkit.expenses.cli.opening import open_desk
from toolkit.expenses.cli.params import ENTRY_ID
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import csv_option, today_option

if TYPE_CHECKING:
    from toolkit.core.outcome import Outcome
    from toolkit.expenses.cli.opening import Desk
    from toolkit.expenses.model import Entry
    from toolkit.expenses.service.recording import Receipt
    from toolkit.expenses.service.reviewing import Held, Queue


@click.command(
    cls=Command,
    examples=[
        ("toolkit expenses review", "Xem lần lượt những khoản chưa chắc"),
        ("toolkit expenses review 3 --amount 45k", "Khoản chờ số 3 là 45 nghìn"),
        ("toolkit expenses review --accept", "Mọi khoản đã ghi đều đúng như đang có"),
    ],
)
@click.argument("number", type=ENTRY_ID, metavar="[SỐ]", required=False)
@click.option("--amount", metavar="TIỀN", help="Số tiền của khoản chờ số ấy.")
@click.option("--drop", is_flag=True, help="Khoản chờ số ấy không phải là một khoản.")
@click.option("--accept", is_flag=True, help="Giữ mọi khoản đã ghi như đang có, không hỏi từng khoản.")
@today_option
@csv_option
@pass_app
def review(app: App, number: int | None, amount: str | None, drop: bool, accept: bool) -> None:
    """Xem lại những khoản máy chưa chắc: trong cửa sổ lệnh thì hỏi từng khoản, trong tập lệnh thì liệt kê."""
    from toolkit.expenses.service.reviewing import queue
    from toolkit.expenses.views import queue as views
    from toolkit.expenses.views import receipt as receipts

    if number is None and (amount is not None or drop):
        raise UsageError("expenses.review_needs_number")
    with open_desk(app) as desk:
        if number is not None:
            outcome = _settle(desk, number, amount, drop)
            app.say(outcome, receipts.receipt, as_json=receipts.receipt_json)
            return
        found = queue(desk.book, desk.clock, desk.known)
        if accept:
            done = desk.recorder.accept(found.data.unsure)
            app.say(done, receipts.receipt, as_json=receipts.receipt_json)
            return
        if app.ask.is_possible and len(found.data):
            _one_by_one(app, desk, found.data)
            found = queue(desk.book, desk.clock, desk.known)
    app.say(found, views.queue, as_json=views.queue_json)


def _settle(desk: Desk, number: int, amount: str | None, drop: bool) -> Outcome[Receipt]:
    from toolkit.expenses.cli.mending import amount_given
    from toolkit.expenses.service.reviewing import held_of

    held = held_of(desk.book, number)
    if drop:
        return desk.recorder.drop_waiting(held.waiting)
    if amount is None:
        raise UsageError("expenses.review_needs_amount", id=number)
    return desk.recorder.settle_waiting(held.waiting, held.proposal.with_money(amount_given(amount)))


def _one_by_one(app: App, desk: Desk, found: Queue) -> None:
    """Ask about each; an empty answer leaves it in the queue and goes on."""
    for held in found.held:
        _ask_held(app, desk, held)
    for entry in found.unsure:
        _ask_entry(app, desk, entry, found.this_year)


def _ask_held(app: App, desk: Desk, held: Held) -> None:
    from toolkit.expenses.cli.asking import settle_one
    from toolkit.expenses.views import receipt as views

    answered = settle_one(app, desk, held.proposal)
    if answered is None:
        desk.recorder.drop_waiting(held.waiting)
        app.say.note("expenses.dropped_held", note=held.proposal.item.text)
    elif answered.money is not None:
        outcome = desk.recorder.settle_waiting(held.waiting, answered)
        app.say.talk(*views.receipt(outcome.data))


def _ask_entry(app: App, desk: Desk, entry: Entry, year: int) -> None:
    from toolkit.expenses.cli.asking import choose_category
    from toolkit.expenses.service.understanding import CATEGORY_DOUBTFUL
    from toolkit.expenses.views import receipt as views
    from toolkit.expenses.views.queue import Why
    from toolkit.expenses.views.words import category_words, flow_words
    from toolkit.shell.blocks import Line, When, Words

    others = tuple(doubt for doubt in entry.doubts if doubt.code != CATEGORY_DOUBTFUL)
    if others:  # the question alone would sound as if only the category were in doubt
        app.say.talk(Line(Why(others, entry.note)))
    question = Words(
        "expenses.ask_review",
        id=entry.id,
        day=When(entry.day, this_year=year),
        amount=flow_words(entry),
        note=entry.note,
        category=category_words(entry.category, desk.known.categories),
    )
    guesses = [guess.category for guess in desk.understanding.sort(entry.core, frozenset({entry.kind})).guesses]
    ranked = list(dict.fromkeys([entry.category, *guesses]))
    chosen = choose_category(app.ask, desk, question, ranked)
    if chosen is None:
        return
    outcome: Any = desk.recorder.fix(entry, chosen)
    app.say.talk(*views.receipt(outcome.data))
