"""What is told of promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.kpi.views.shares import share_json, sure
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Pairs, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.kpi.people.word import Word
    from toolkit.kpi.service.promises import PromiseChanged, PromiseLine, PromiseList
    from toolkit.shell.blocks import Block, Cell


def listing(found: PromiseList) -> Iterator[Block]:
    """One line a promise, then what was kept so far."""
    codes = ("id", "promise", "to", "due", "standing")
    columns = [Column(Words(f"kpi.heading_{code}"), "right" if code == "id" else "left") for code in codes]
    rows: list[list[Cell]] = [
        [
            line.promise.id,
            line.promise.text,
            line.promise.customer_name,
            _day(line, found.this_year),
            _standing(line),
        ]
        for line in found.lines
    ]
    yield Table(columns, rows, empty=Words("kpi.no_promises"))
    if found.word.share.whole:
        yield Line(Words("kpi.word_kept", share=sure(found.word.share)))


def _day(line: PromiseLine, year: int) -> Cell:
    return When(line.promise.due, this_year=year) if line.promise.due else None


def _standing(line: PromiseLine) -> Cell:
    return Words(f"kpi.promise_is_{line.standing}")


def listing_json(found: PromiseList) -> dict[str, Any]:
    return {"promises": [line_json(line) for line in found.lines], **word_json(found.word)}


def word_json(word: Word) -> dict[str, Any]:
    return {
        "kept": word.kept,
        "broken": word.broken,
        "released": word.released,
        "open": word.open,
        "unmarked": word.unmarked,
        "kept_share": share_json(word.share),
    }


def line_json(line: PromiseLine) -> dict[str, Any]:
    promise = line.promise
    return {
        "id": promise.id,
        "engagement": promise.engagement,
        "text": promise.text,
        "to": promise.customer_name or None,
        "made": promise.made.isoformat(),
        "due": promise.due.isoformat() if promise.due else None,
        "outcome": promise.outcome,
        "standing": line.standing,
        "closed": promise.closed.isoformat() if promise.closed else None,
    }


def changed(done: PromiseChanged) -> Iterator[Block]:
    """One receipt line, and how to take it back."""
    promise, year = done.line.promise, done.this_year
    if done.done == "shown":
        yield Heading(Joined([Words("kpi.promise_number", id=promise.id), promise.text]))
        pairs: list[tuple[Cell, Cell]] = [(Words("kpi.heading_standing"), _standing(done.line))]
        if promise.customer_name:
            pairs.append((Words("kpi.heading_to"), promise.customer_name))
        pairs.append((Words("kpi.heading_made"), When(promise.made, this_year=year)))
        if promise.due:
            pairs.append((Words("kpi.heading_due"), When(promise.due, this_year=year)))
        if promise.closed:
            pairs.append((Words("kpi.heading_closed"), When(promise.closed, this_year=year)))
        yield Pairs(pairs)
        return
    due = Words("kpi.promise_due", day=When(promise.due, this_year=year)) if promise.due else None
    yield Line(
        Joined([Words(f"kpi.promise_marked_{done.done}", id=promise.id), promise.text, promise.customer_name, due])
    )
    yield Note(Words("kpi.undo_hint"))


def changed_json(done: PromiseChanged) -> dict[str, Any]:
    return {"done": done.done, **line_json(done.line)}
