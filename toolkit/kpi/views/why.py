"""A target's figures with how each of them is made: in words, with the numbers filled in."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from toolkit.kpi.model import Activity, Opportunity, Promise, Sale
from toolkit.kpi.service.reasons import SHOWN
from toolkit.kpi.views.amounts import Amount, Days, Percent, Span, metric_name, target_name
from toolkit.kpi.views.overview import chance_words, number, progress_json
from toolkit.kpi.views.targets import engagement_names
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Pairs, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from toolkit.kpi.ledger import Record
    from toolkit.kpi.progress import Progress
    from toolkit.kpi.service.reasons import Counted, LeftOut, Reasons
    from toolkit.shell.blocks import Block, Cell

_NARROW: Final = 64
_NAMED: Final = 6  # numbers of what didn't


def explanation(width: int | None) -> Callable[[Reasons], Iterator[Block]]:
    """Everything behind a target, for a screen of `width` columns."""
    return partial(_explanation, narrow=width is not None and width < _NARROW)


def _explanation(found: Reasons, *, narrow: bool) -> Iterator[Block]:
    one = found.progress
    year = one.as_of.year
    yield Heading(target_name(one.target, one.metric))
    yield Line(
        Words(
            "kpi.why_target", metric=metric_name(one.metric), amount=_full(one, one.goal),
            days=When(one.target.start, one.target.end), day=When(one.as_of),
        )
    )  # fmt: skip
    if found.counting:
        yield Line(Words("kpi.why_engagements", names=engagement_names(found.counting, found.engagements)))
    for revision in sorted(one.target.revisions, key=lambda revision: revision.day):
        yield Line(Words("kpi.why_revised", day=When(revision.day, this_year=year), amount=_full(one, revision.amount)))
    yield from _actual(found, year)
    yield from _days(found, year)
    if one.line is not None:
        yield Heading(Words("kpi.why_pace"))
        pairs = list(pace_figures(one))
        if narrow:  # beside their labels the formulas would have no room
            yield from (Line(Words("kpi.why_label", label=label, value=value)) for label, value in pairs)
        else:
            yield Pairs(pairs)
    elif one.expected is not None:
        yield Heading(Words("kpi.why_pace"))
        yield Line(
            Words("kpi.why_level", actual=_full(one, one.actual), goal=_full(one, one.goal), gap=_full(one, one.gap))
        )
    yield from _forecast(one)
    yield Note(Words("kpi.why_next", id=one.target.id))


def _actual(found: Reasons, year: int) -> Iterator[Block]:
    one = found.progress
    yield Heading(Words("kpi.why_actual", actual=_full(one, one.actual)))
    if found.counted:
        yield Line(Words(f"kpi.why_{_made_by(one)}", n=len(found.counted)))
    else:
        yield Line(Words("kpi.why_nothing_counts"))
    shown = found.counted[-SHOWN:]
    if shown:
        columns = [
            Column(Words(f"kpi.column_{code}"), "right" if code in ("id", "counts") else "left")
            for code in ("id", "day", "who", "counts")
        ]
        rows: list[list[Cell]] = [
            [
                str(counted.record.id),
                When(counted.day, this_year=year),
                _who(counted.record, found.goods),
                _counts(one, counted),
            ]
            for counted in shown
        ]
        yield Table(columns, rows)
    if len(found.counted) > len(shown):
        yield Line(Words("kpi.why_more", n=len(found.counted) - len(shown)))
    for left in found.left_out:
        yield Line(_left(one, left))


def _made_by(one: Progress) -> str:
    """How the figure is put together: a code of the catalogue."""
    return {"avg": "average", "median": "median", "latest": "latest", "ratio": "ratio", "distinct": "distinct"}.get(
        one.metric.aggregate, "count" if one.metric.aggregate == "count" else "sum"
    )


def _left(one: Progress, left: LeftOut) -> Words:
    numbers = ", ".join(str(record.id) for record in left.records[:_NAMED])
    more = "…" if len(left.records) > _NAMED else ""
    value: Cell = None
    if one.metric.unit == "dong" and left.value:
        value = Amount(left.value, "dong")
    return Words(
        "kpi.why_left", reason=Words(f"kpi.why_left_{left.reason}"), n=len(left.records),
        what=Joined([value, Words("kpi.why_numbers", numbers=numbers + more)], ", "),
    )  # fmt: skip


def _days(found: Reasons, year: int) -> Iterator[Block]:
    one = found.progress
    yield Heading(Words("kpi.why_days"))
    if one.target.shape == "calendar_days":
        yield Line(
            Words("kpi.why_calendar_days", total=Days(one.total), gone=Days(one.elapsed), left=Days(one.remaining))
        )
        return
    weeks = Joined([Words("kpi.why_week", days=week.replace(".", ",")) for week in found.weeks], ", ")
    yield Line(
        Words(
            "kpi.why_working_days", total=Days(one.total), gone=Days(one.elapsed), left=Days(one.remaining), week=weeks
        )
    )
    off: list[Cell] = []
    for day in found.off:
        name: Cell = Words(day.name) if day.name else None
        reason: Cell = Words(f"kpi.why_off_{day.reason}") if day.reason != "holiday" or not day.name else None
        off.append(Words("kpi.why_off", day=When(day.day, this_year=year), why=Joined([reason, name], ": ")))
    if off:
        yield Line(Words("kpi.why_days_off", days=Joined(off, "; ")))
    if found.extra:
        yield Line(Words("kpi.why_extra", days=Joined([When(day, this_year=year) for day in found.extra], ", ")))


def pace_figures(one: Progress) -> Iterator[tuple[Cell, Cell]]:
    """Each figure with its formula, the numbers filled in."""
    goal, actual = Amount(one.goal, one.metric.unit), Amount(one.actual, one.metric.unit)
    total, gone, left = Days(one.total), Days(one.elapsed), Days(one.remaining)
    expected = Amount(one.expected, one.metric.unit)
    even = one.line is not None and len(one.line.corners) == 2
    made = _formula("kpi.why_even" if even else "kpi.why_bent", goal=goal, gone=gone, total=total, bends=_bends(one))
    yield Words("kpi.why_expected"), _equals(made, _full(one, one.expected))
    yield Words("kpi.why_gap"), _equals(_formula("kpi.why_minus", a=actual, b=expected), _full(one, one.gap))
    if one.pace_index is not None:
        yield Words("kpi.why_index"), _equals(_formula("kpi.why_over", a=actual, b=expected), Percent(one.pace_index))
    if one.run_rate is not None:
        yield Words("kpi.why_rate"), _equals(_formula("kpi.why_over", a=actual, b=gone), _full(one, one.run_rate))
    if one.required is not None:
        made = _formula("kpi.why_rest", goal=goal, actual=actual, left=left)
        yield Words("kpi.why_required"), _equals(made, _full(one, one.required))
    if one.safe_days is not None:
        stands = Fraction(one.safe_days) + one.elapsed
        made = _formula("kpi.why_safe_formula", actual=actual, day=Days(stands), gone=gone)
        yield Words("kpi.why_safe"), _equals(made, Amount(Fraction(one.safe_days), "number"))


def _bends(one: Progress) -> Cell:
    corners = one.line.corners if one.line is not None else ()
    parts: list[Cell] = [
        Words(
            "kpi.why_bend", first=Days(a[0]), last=Days(b[0]), low=Amount(a[1], one.metric.unit),
            high=Amount(b[1], one.metric.unit),
        )
        for a, b in pairwise(corners)
    ]  # fmt: skip
    return Joined(parts, "; ")


def _forecast(one: Progress) -> Iterator[Block]:
    ahead = one.forecast
    yield Heading(Words("kpi.why_forecast"))
    if ahead is None:
        yield Line(Words("kpi.why_no_forecast"))
        return
    mean = sum(one.daily, Fraction(0)) / len(one.daily) if one.daily else None
    yield Line(
        Words(
            "kpi.why_range", span=Span(ahead.low, ahead.high, one.metric.unit, one.actual), level=Percent(ahead.level),
            mid=Amount(ahead.mid, one.metric.unit, _digits(one, ahead.mid)), days=str(ahead.days),
            mean=Amount(mean, one.metric.unit),
        )
    )  # fmt: skip
    chance = chance_words(one)
    yield Line(Words("kpi.why_no_chance") if chance is None else Words("kpi.why_chance", chance=chance))


def _digits(one: Progress, mid: float) -> int:
    """How exactly the middle is said: as what there is already, where it is that."""
    return 3 if one.actual is not None and mid <= one.actual else 2


def _formula(code: str, **values: Cell) -> Words:
    return Words(code, **values)


def _equals(formula: Cell, value: Cell) -> Words:
    return Words("kpi.why_equals", formula=formula, value=value)


def _full(one: Progress, value: Fraction | None) -> Amount:
    return Amount(value, one.metric.unit, exact=True)


def _counts(one: Progress, counted: Counted) -> Cell:
    """How much of a record counts; with the member's share where that isn't all of it."""
    unit = one.metric.unit
    amount = Amount(counted.value, "count" if unit == "share" else unit, exact=True)
    record = counted.record
    if isinstance(record, Sale) and record.share != 10_000 and unit == "dong":
        return Words("kpi.why_share", amount=amount, share=Percent(Fraction(record.share, 10_000)))
    return amount


def _who(record: Record, goods: Mapping[str, str]) -> Cell:
    """Whom and what it was about; a product by what it is called."""
    if isinstance(record, Sale):
        sold = ", ".join(goods.get(line.product, line.product) for line in record.lines if line.product)
        return Joined([record.customer_name, sold], ": ")
    if isinstance(record, Activity):
        return Joined([Words(f"kpi.why_kind_{record.kind}"), record.customer_name], ": ")
    if isinstance(record, Opportunity):
        return Joined([record.customer_name, goods.get(record.product, record.product)], ": ")
    if isinstance(record, Promise):
        return record.text
    return record.note


def explanation_json(found: Reasons) -> dict[str, Any]:
    """The same for a program: `formulas` with the numbers filled in, in the metric's unit and exact."""
    one = found.progress
    return {
        "status": progress_json(one),
        "counting": list(found.counting),
        "counted": [
            {"id": counted.record.id, "date": counted.day.isoformat(), "counts": number(counted.value)}
            for counted in found.counted
        ],
        "left_out": [
            {"reason": left.reason, "ids": [record.id for record in left.records], "amount": number(left.value)}
            for left in found.left_out
        ],
        "weeks": list(found.weeks),
        "rest_days": found.rests,
        "days_off": [
            {"date": day.day.isoformat(), "reason": day.reason, "holiday": day.name.rpartition("_")[2] or None}
            for day in found.off
        ],
        "extra_days": [day.isoformat() for day in found.extra],
        "line": [[number(day), number(amount)] for day, amount in one.line.corners] if one.line else None,
        "formulas": _formulas_json(one),
    }


def _formulas_json(one: Progress) -> dict[str, str]:
    goal, actual, expected = (str(number(value)) for value in (one.goal, one.actual, one.expected))
    total, gone, left = (str(number(value)) for value in (one.total, one.elapsed, one.remaining))
    made = {
        "gap": f"{actual} - {expected}",
        "pace_index": f"{actual} / {expected}",
        "run_rate": f"{actual} / {gone}",
        "required": f"max({goal} - {actual}, 0) / {left}",
        "safe_days": f"floor({actual} * {total} / {goal}) - {gone}",
        "expected": f"{goal} * {gone} / {total}",
    }
    if one.line is not None and len(one.line.corners) > 2:  # a bent line: its corners tell
        made.pop("expected")
        made.pop("safe_days")
    return {name: formula for name, formula in made.items() if getattr(one, name) is not None}
