"""What was paid beside what is owed, and a text for the accountant that accuses nobody and names no customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.core.hidden import shown
from toolkit.kpi.views.amounts import PeriodName
from toolkit.kpi.views.commission import RateOf, plan_name
from toolkit.kpi.views.words import Dong
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Pairs, Table, Verbatim, Words, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.kpi.commission.comparing import Compared
    from toolkit.kpi.service.pay_slips import Comparison
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages


def compared(found: Comparison) -> Iterator[Block]:
    """The totals, the lines that differ, and what the total paid equals."""
    yield Heading(Joined([Words("kpi.compare_title", period=_period(found)), plan_name(found.owed.plan)]))
    yield Pairs(
        [
            (Words("kpi.compare_paid"), Dong(found.paid)),
            (Words("kpi.compare_owed"), Dong(found.owed.total)),
            (Words("kpi.compare_difference"), Dong(found.difference, signed=True)),
        ]
    )
    if found.difference == 0:
        yield Line(Words("kpi.compare_same"))
    different = [line for line in found.lines if line.reason != "same"]
    if different:
        columns = [Column(Words(f"kpi.column_compare_{name}"), align) for name, align in _COLUMNS]
        yield Table(columns, [_row(line) for line in different])
    if found.has_slip:
        yield Line(Words("kpi.compare_lines_same", n=len(found.lines) - len(different)))
    if found.equals:
        yield Heading(Words("kpi.compare_equals"))
        for other in found.equals:
            yield Line(Words(other.code, **dict(other.params)))
    elif found.difference and not found.has_slip:
        yield Line(Words("kpi.compare_equals_nothing"))
    if found.difference:
        yield Note(Words("kpi.compare_next"))


_COLUMNS: tuple[tuple[str, Any], ...] = (
    ("what", "left"), ("paid", "right"), ("owed", "right"), ("difference", "right"), ("reason", "left"),
)  # fmt: skip


def _row(line: Compared) -> Sequence[Cell]:
    return [
        line.name,
        Dong(line.paid) if line.paid is not None else None,
        Dong(line.owed) if line.owed is not None else None,
        Dong(line.difference, signed=True),
        reason_words(line),
    ]


def reason_words(line: Compared) -> Words:
    """What the figures of a line agree with."""
    if line.reason == "other_rate" and line.theirs is not None and line.ours is not None:
        return Words("kpi.compare_reason_other_rate", theirs=RateOf(line.theirs), ours=RateOf(line.ours))
    if line.reason in ("other_base", "share") and line.theirs is not None and line.ours is not None:
        return Words(f"kpi.compare_reason_{line.reason}", theirs=Dong(round(line.theirs)), ours=Dong(round(line.ours)))
    return Words(f"kpi.compare_reason_{line.reason}")


def letter(found: Comparison) -> Iterator[Block]:
    """The text as it can be sent: orders and amounts, no names of customers."""
    yield Verbatim(_Letter(found))


class _Letter:
    """The letter as one text, so that no line of it is broken."""

    def __init__(self, found: Comparison) -> None:
        self._found = found

    def said(self, messages: Messages) -> str:
        return "\n".join(said(cell, messages) for cell in _letter(self._found))


def _letter(found: Comparison) -> Iterator[Cell]:
    period = _period(found)
    yield Words("kpi.letter_greeting", period=period)
    yield ""
    if not found.difference:
        yield Words("kpi.letter_same", amount=Dong(found.paid))
    else:
        yield Words("kpi.letter_totals", paid=Dong(found.paid), owed=Dong(found.owed.total))
        yield Words("kpi.letter_difference", amount=Dong(abs(found.difference)))
    different = [line for line in found.lines if line.reason not in ("same", "rounding")]
    if different:
        yield ""
        yield Words("kpi.letter_lines")
        for line in different:
            paid: Cell = Dong(line.paid) if line.paid is not None else Words("kpi.letter_none")
            owed: Cell = Dong(line.owed) if line.owed is not None else Words("kpi.letter_none")
            yield Words("kpi.letter_line", name=shown(line.name), paid=paid, owed=owed, reason=reason_words(line))
    elif found.equals and found.difference:
        yield ""
        yield Words("kpi.letter_equals")
        for other in found.equals:
            yield Joined(["-", Words(other.code, **dict(other.params))], " ")
    yield ""
    yield Words("kpi.letter_close")


def spreadsheet(found: Comparison) -> Iterator[Block]:
    """Every line, also those that agree, with plain numbers."""
    columns = [Column(Words(f"kpi.column_compare_{name}")) for name, _ in _COLUMNS]
    rows: list[Sequence[Cell]] = [
        [line.name, line.paid, line.owed, line.difference, reason_words(line)] for line in found.lines
    ]
    if not rows:
        rows = [[Words("kpi.owed_total"), found.paid, found.owed.total, found.difference, None]]
    yield Table(columns, rows)


def compared_json(messages: Messages) -> Callable[[Comparison], dict[str, Any]]:
    """The comparison; the keys are a promise. `letter` is the text in the member's language."""

    def as_json(found: Comparison) -> dict[str, Any]:
        return {
            "plan": found.owed.plan.id,
            "start": found.owed.periods[0].start.isoformat(),
            "end": found.owed.periods[-1].end.isoformat(),
            "paid": found.paid,
            "owed": found.owed.total,
            "difference": found.difference,
            "lines": [
                {
                    "by": line.by,
                    "name": line.name,
                    "paid": line.paid,
                    "owed": line.owed,
                    "difference": line.difference,
                    "reason": line.reason,
                    "rows": list(line.rows),
                }
                for line in found.lines
            ],
            "equals": [other.code.partition("_equals_")[2] for other in found.equals],
            "letter": _Letter(found).said(messages),
        }

    return as_json


def _period(found: Comparison) -> PeriodName:
    return PeriodName(found.owed.periods[0].start, found.owed.periods[-1].end, full=True)
