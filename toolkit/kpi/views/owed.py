"""What is owed, line by line: for a person, for a spreadsheet, for a program."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.hidden import shown
from toolkit.kpi.views.amounts import PeriodName
from toolkit.kpi.views.commission import RateOf, plan_name, rule_name
from toolkit.kpi.views.words import Dong, Number
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Pairs, Sayable, Table, Words, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from fractions import Fraction

    from toolkit.kpi.commission.entries import Entry
    from toolkit.kpi.commission.plans import Base, Plan, Rule, Version
    from toolkit.kpi.commission.runs import OwedLine
    from toolkit.kpi.commission.statement import Statement
    from toolkit.kpi.service.owed import Owed
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages

MOST_LINES: Final = 60
"""Lines of a period that a screen shows unless all are asked for; sums are always of all."""


def rule_of(plan: Plan, line: OwedLine) -> Rule | None:
    """The rule that a line is of; None where it is of the plan as a whole."""
    version = version_of(plan, line)
    return version.rules[line.rule] if version is not None and line.rule >= 0 else None


def version_of(plan: Plan, line: OwedLine) -> Version | None:
    return next((version for version in plan.versions if version.start == line.version), None)


def explained(every: bool) -> Callable[[Owed], Iterator[Block]]:
    """All periods that were asked for; with `every` all their lines, however many."""

    def view(owed: Owed) -> Iterator[Block]:
        for one in owed.statements:
            yield from _period(one, None if every else MOST_LINES, owed)
        if len(owed.statements) > 1:
            yield Line(Words("kpi.owed_together", n=len(owed.statements), amount=Dong(owed.total)))
        if owed.more is not None and owed.asked is not None:
            yield from _what_if(owed)
        yield Note(Words("kpi.owed_rounded"))

    return view


def _period(one: Statement, most: int | None, owed: Owed) -> Iterator[Block]:
    period = PeriodName(one.period.start, one.period.end, full=True)
    yield Heading(Joined([Words("kpi.owed_title", period=period), plan_name(one.plan)]))
    if owed.as_of in one.period and owed.as_of != one.period.last:
        yield Line(Words("kpi.owed_until", day=f"{owed.as_of:%d/%m/%Y}"))
    columns = [
        Column(Words("kpi.column_owed_day")), Column(Words("kpi.column_owed_what")),
        Column(Words("kpi.column_owed_how")), Column(Words("kpi.column_owed_amount"), "right"),
    ]  # fmt: skip
    lines = one.lines if most is None else one.lines[:most]
    rows = [[_day(line), _what(one, line), how_words(one.plan, line), Dong(line.whole)] for line in lines]
    yield Table(columns, rows, empty=Words("kpi.owed_nothing"))
    if len(lines) < len(one.lines):
        yield Note(Words("kpi.owed_more_lines", n=len(one.lines) - len(lines)))
    sums: defaultdict[tuple[int, Any], int] = defaultdict(int)
    for line in one.lines:
        sums[line.rule, line.version] += line.whole
    pairs: list[tuple[Cell, Cell]] = []
    if len(sums) > 1:
        first = {(line.rule, line.version): line for line in reversed(one.lines)}
        pairs += [(sum_name(one.plan, first[key]), Dong(amount)) for key, amount in sums.items()]
    pairs.append((Words("kpi.owed_total"), Dong(one.total)))
    yield Pairs(pairs)


def sum_name(plan: Plan, line: OwedLine) -> Cell:
    rule = rule_of(plan, line)
    return rule_name(rule) if rule is not None else Words("kpi.owed_whole_plan")


def _what_if(owed: Owed) -> Iterator[Block]:
    assert owed.more is not None
    assert owed.asked is not None
    before = next(one for one in owed.statements if one.period == owed.more.period)
    change = owed.more.total - before.total
    code = "kpi.owed_if" if owed.asked >= 0 else "kpi.owed_if_refund"
    yield Heading(Words(code, amount=Dong(abs(owed.asked))))
    lines = [line for line in owed.more.lines if line.entry is not None and line.entry.id == 0 and line.entry.kind in
             ("what_if", "payment")]  # fmt: skip
    yield Table(
        [Column(Words("kpi.column_owed_what")), Column(Words("kpi.column_owed_how")),
         Column(Words("kpi.column_owed_amount"), "right")],
        [[sum_name(owed.plan, line), how_words(owed.plan, line), Dong(line.whole)] for line in lines],
    )  # fmt: skip
    yield Line(
        Words(
            "kpi.owed_if_total",
            before=Dong(before.total),
            after=Dong(owed.more.total),
            change=Dong(change, signed=True),
        )
    )


def _day(line: OwedLine) -> Cell:
    return f"{line.entry.day:%d/%m}" if line.entry is not None else None


def _what(one: Statement, line: OwedLine) -> Cell:
    rule = rule_of(one.plan, line)
    cells: list[Cell] = []
    if line.entry is not None:
        cells.append(entry_words(line.entry))
    if rule is not None:
        cells.append(rule_name(rule))
    if line.period != one.period.start:
        earned = one.plan.period_of(line.period)
        cells.append(Words("kpi.owed_earned_in", period=PeriodName(earned.start, earned.end, one.period.start.year)))
    return Joined(cells, " · ")


def entry_words(entry: Entry) -> Cell:
    """What was sold, refunded, paid or done, in a few words."""
    named = entry.order or (f"#{entry.sale or entry.id}" if entry.id else "")
    what = Words(f"kpi.owed_entry_{entry.kind}", named=named)
    if entry.kind == "payment" and entry.amount < 0:
        what = Words("kpi.owed_entry_refund", named=named)
    return Joined([what, shown(entry.customer_name)], " ")


def how_words(plan: Plan, line: OwedLine) -> Cell:
    """How a line came to its amount: `20.000.000đ × 3% + 10.000.000đ × 5%`."""
    version = version_of(plan, line)
    if line.kind == "entry" and version is not None and line.rule >= 0:
        pay = version.rules[line.rule].pay
        per_thing = hasattr(pay, "thing")
        slices = ((part.high - part.low, part.rate) for part in line.slices)
        return _Sum(tuple((size, _slice(abs(size), rate, version.base, fixed=per_thing)) for size, rate in slices))
    if line.kind == "shift" and line.slices and version is not None:
        part = line.slices[0]
        moved = Joined([_counted(part.high - part.low, version.base), RateOf(part.rate, version.base)], " × ")
        return Words("kpi.owed_shift_of", what=moved)
    if line.kind == "level" and line.completion is not None:
        return Words("kpi.owed_level", done=RateOf(line.completion))
    if line.kind == "bonus":
        return Words("kpi.owed_bonus", count=Number(line.base))
    return Words(f"kpi.owed_kind_{line.kind}")


@dataclass(frozen=True)
class _Sum(Sayable):
    """Products with their signs: `20.000.000đ × 3% + 10.000.000đ × 5%`, `−20.000.000đ × 8% − 10.000.000đ × 5%`."""

    parts: tuple[tuple[Fraction, Cell], ...]

    def said(self, messages: Messages) -> str:
        text = ""
        for size, cell in self.parts:
            sign = "−" if size < 0 else "+" if text else ""
            text += (f" {sign} " if text else sign) + said(cell, messages)
        return text


def _slice(size: Fraction, rate: Fraction, base: Base, *, fixed: bool) -> Cell:
    if fixed:
        return Joined([Number(size), Dong(round(rate))], " × ")
    return Joined([_counted(size, base), RateOf(rate, base)], " × ")


def _counted(size: Fraction, base: Base) -> Cell:
    return Number(size) if base == "units" else Dong(round(size))


# --- for a spreadsheet and for a program ---


def spreadsheet(owed: Owed) -> Iterator[Block]:
    """Every line with plain numbers, for --csv."""
    codes = (
        "period", "day", "kind", "sale", "order", "customer", "rule", "earned", "base", "how", "amount",
    )  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for one in owed.statements:
        for line in one.lines:
            entry = line.entry
            rows.append([
                one.period.start, entry.day if entry else None, entry.kind if entry else line.kind,
                entry.sale or entry.id if entry else None, entry.order if entry else None,
                shown(entry.customer_name) if entry else None, sum_name(one.plan, line), line.period,
                _plain(line.base), how_words(one.plan, line), line.whole,
            ])  # fmt: skip
    yield Table([Column(Words(f"kpi.column_csv_{code}")) for code in codes], rows)


def owed_json(owed: Owed) -> dict[str, Any]:
    """What is owed; the keys are a promise. `amount` is whole đồng and sums to `total`; `exact` is "n/d" đồng."""
    found: dict[str, Any] = {
        "plan": owed.plan.id,
        "as_of": owed.as_of.isoformat(),
        "total": owed.total,
        "periods": [statement_json(one) for one in owed.statements],
        "left_out": {status: count for status, count in sorted(owed.left_out.items()) if count},
    }
    if owed.more is not None and owed.asked is not None:
        before = next(one for one in owed.statements if one.period == owed.more.period)
        found["if"] = {
            "amount": owed.asked,
            "total": owed.more.total,
            "change": owed.more.total - before.total,
        }
    return found


def statement_json(one: Statement) -> dict[str, Any]:
    sums: defaultdict[tuple[int, Any], int] = defaultdict(int)
    for line in one.lines:
        sums[line.rule, line.version] += line.whole
    return {
        "start": one.period.start.isoformat(),
        "end": one.period.end.isoformat(),
        "total": one.total,
        "exact": str(one.exact),
        "rules": [
            {"rule": rule + 1 or None, "version": _iso(version), "amount": amount}
            for (rule, version), amount in sums.items()
        ],
        "lines": [line_json(one.plan, line) for line in one.lines],
        "missing_targets": list(one.missing),
    }


def line_json(plan: Plan, line: OwedLine) -> dict[str, Any]:
    rule, entry = rule_of(plan, line), line.entry
    return {
        "kind": line.kind,
        "rule": line.rule + 1 or None,
        "rule_kind": rule.kind if rule else None,
        "version": _iso(line.version),
        "earned_in": line.period.isoformat(),
        "entry": {
            "kind": entry.kind,
            "id": entry.id,
            "sale": entry.sale or None,
            "day": entry.day.isoformat(),
            "order": entry.order,
            "customer": shown(entry.customer_name),
            "doubt": entry.doubt or None,
        } if entry else None,
        "base": _plain(line.base),
        "completion": _plain(line.completion) if line.completion is not None else None,
        "slices": [
            {"base": _plain(part.high - part.low), "rate": str(part.rate), "exact": str(part.amount)}
            for part in line.slices
        ],
        "amount": line.whole,
        "exact": str(line.amount),
    }  # fmt: skip


def _plain(value: Fraction) -> int | str:
    return int(value) if value.denominator == 1 else str(value)


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
