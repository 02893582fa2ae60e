"""Receipts: what a line, a correction, an undo left in the book, in one line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from toolkit.kpi.model import WHOLE_SHARE
from toolkit.kpi.service.told import Told
from toolkit.kpi.views.entries import told_json
from toolkit.kpi.views.words import Dong, Number, Share, counts_words, note_words, run_words, splits_words
from toolkit.shell.blocks import Joined, Line, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.kpi.service.recording import Logged, Receipt, Undone
    from toolkit.shell.blocks import Block, Cell


def receipt(done: Receipt) -> Iterator[Block]:
    """What was written, in one line; what couldn't be is said by its problem."""
    if done.kind == "delete":
        yield Line(Words("kpi.deleted", things=Joined([_before(one, done) for one in done.before], "; ")))
        return
    written = [item for item in done.items if item.numbers]
    if written:
        code = "kpi.recorded" if done.kind == "log" else "kpi.unchanged" if done.run is None else "kpi.changed"
        yield Line(Words(code, things=Joined([_logged(item, done) for item in written], "; ")))


def preview(done: Receipt) -> Iterator[Block]:
    """What would be written."""
    if done.items:
        things = [item_words(item.told, done.this_year) for item in done.items]
        yield Line(Words("kpi.would_record", things=Joined(things, "; ")))


def receipt_json(done: Receipt) -> dict[str, Any]:
    """The first thing of the line at the top, all of them under `items`; the keys are a promise."""
    items = [{**told_json(item.told), "id": item.numbers[0] if item.numbers else None, "ids": list(item.numbers)}
             for item in done.items]  # fmt: skip
    first = items[0] if items else _nothing()
    more: dict[str, Any] = {"before": [told_json(one) | {"id": one.id} for one in done.before]} if done.before else {}
    return {**first, "text": done.text, "run": done.run, "items": items, **more} | (
        {"known": True} if done.known else {}
    )


def _nothing() -> dict[str, Any]:
    """The fields of a line that tells of nothing, so that a program finds the same ones in every answer."""
    empty = told_json(Told("sale", date.min))
    return {**empty, "kind": None, "date": None, "engagement": None, "id": None, "ids": []}


def undone(back: Undone) -> Iterator[Block]:
    """What was taken back."""
    yield Line(Words("kpi.undone", run=back.run.number, what=run_words(back.run.kind), things=_things(back)))


def undone_json(back: Undone) -> dict[str, Any]:
    return {"run": back.run.number, "kind": back.run.kind, "changes": sum(back.rows.values())}


def item_words(one: Told, this_year: int) -> Joined:
    """A thing in a line: what, how much, to whom, when."""
    return Joined([*_what(one), *_how(one), When(one.day, this_year=this_year)])


def _logged(item: Logged, done: Receipt) -> Cell:
    words = item_words(item.told, done.this_year)
    return Words("kpi.numbered", ids=", ".join(map(str, item.numbers)), thing=words)


def _before(one: Told, done: Receipt) -> Cell:
    return Words("kpi.numbered", ids=str(one.id), thing=item_words(one, done.this_year))


def _what(one: Told) -> Iterator[Cell]:
    yield Joined([Words(f"kpi.kind_{one.kind}"), _goods(one)], " ")
    if one.kind == "activity":
        yield counts_words(one.counts)
    if one.promise:
        yield one.promise
    if one.amount is not None:
        several = one.total and one.quantity is not None and one.quantity != 1
        amount = Dong(one.amount)
        yield Words("kpi.amount_in_all", amount=amount, n=Number(one.quantity or Fraction(1))) if several else amount
    if one.customer:
        yield one.customer


def _how(one: Told) -> Iterator[Cell]:
    if one.reason:
        yield Words("kpi.because", reason=one.reason)
    if one.referral:
        yield Words("kpi.sent_by", name=one.referrer) if one.referrer else Words("kpi.referred")
    if one.repeat:
        yield Words("kpi.bought_again")
    if one.channel:
        yield one.channel
    if one.share != WHOLE_SHARE:
        yield Words("kpi.my_share", share=Share(one.share))
    if one.splits:
        yield splits_words(one.splits)
    if one.due:
        yield Words("kpi.due_on", day=When(one.due))
    if one.linked:
        yield Words("kpi.of_number", id=one.linked)


def _goods(one: Told) -> Cell:
    if not one.product:
        return None
    if one.quantity is None or one.quantity == 1:
        return one.product
    return Words("kpi.quantity_of", n=Number(one.quantity), product=one.product)


def _things(back: Undone) -> Cell:
    """A few by name, more as a number."""
    if back.run.note:
        return note_words(back.run.note)
    names = [name for name in back.things if name]
    if 0 < len(names) <= 3:
        return Joined(names, "; ")
    return Words("kpi.count_things", n=back.count or sum(back.rows.values()))
