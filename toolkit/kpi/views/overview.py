"""`toolkit kpi`: one line per running target. Facts, how sure they are, and what comes next; no verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from toolkit.kpi.progress import LEVEL
from toolkit.kpi.views.amounts import Amount, Days, OfGoal, Percent, PeriodName, Span, metric_name, target_name
from toolkit.shell.blocks import Joined, Line, Note, Sayable, Verbatim, Words, said
from toolkit.shell.layout import cell_width, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.kpi.model import Engagement
    from toolkit.kpi.progress import Progress
    from toolkit.kpi.service.standing import Overview
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages

BAR: Final = 11
_FULL, _EMPTY, _TICK = "▓", "░", "│"
ONE_LINE: Final = 84
"""Columns from which a target has one line; below, it has two short ones."""


@dataclass(frozen=True)
class Bar(Sayable):
    """How much of a target there is, with a tick where an even walk would stand (None: it has none)."""

    part: Fraction
    pace: Fraction | None = None

    def said(self, messages: Messages) -> str:
        del messages
        inside = min(max(self.part, Fraction(0)), Fraction(1))
        room = BAR if self.pace is not None else BAR + 1
        filled = int(inside * room) or int(inside > 0)
        cells = _FULL * filled + _EMPTY * (room - filled)
        if self.pace is None:
            return cells
        place = int(min(max(self.pace, Fraction(0)), Fraction(1)) * BAR)
        return cells[:place] + _TICK + cells[place:]


def lines(width: int | None, *, plain: bool = False) -> Callable[[Overview], Iterator[Block]]:
    """The running targets for a screen of `width` columns; `plain`: in words, without anything drawn."""

    def view(found: Overview) -> Iterator[Block]:
        if not found.standing:
            yield from _nothing(found)
            return
        if plain:
            for one in found.standing:
                yield Line(sentence(one, found.engagements))
        else:
            yield Verbatim(_Drawn(found.standing, width, found.as_of.year, found.engagements))
        yield from together(found)
        several = len(found.standing) > 1  # their numbers aren't on the lines
        code = "kpi.overview_next_several" if several else "kpi.overview_next"
        yield Note(Words(code, id=found.standing[0].target.id))

    return view


def together(found: Overview) -> Iterator[Block]:
    """The completion of all of them by their weights, where the member gave them weights."""
    if found.weighted is not None:
        yield Line(Words("kpi.weighted", share=Percent(found.weighted)))


def _nothing(found: Overview) -> Iterator[Block]:
    if not found.targets:
        yield Line(Words("kpi.no_targets"))
        yield Note(Words("kpi.no_targets_next"))
        return
    yield Line(
        Words(
            "kpi.none_running", coming=Words("kpi.n_coming", n=found.coming), ended=Words("kpi.n_ended", n=found.ended)
        )
    )
    yield Note(Words("kpi.none_running_next"))


class _Row(NamedTuple):
    """What is said of one target: its name, how much there is of it, a bar, a share; pace, need and range."""

    name: str
    amount: str
    bar: str
    share: str
    rest: tuple[str, ...]


@dataclass(frozen=True)
class _Drawn(Sayable):
    """All running targets, their columns below each other."""

    standing: Sequence[Progress]
    width: int | None
    this_year: int
    engagements: Mapping[str, Engagement]

    def said(self, messages: Messages) -> str:
        rows = [self._row(one, messages) for one in self.standing]
        names = max(cell_width(row.name) for row in rows)
        amounts = max(cell_width(row.amount) for row in rows)
        if self.width is not None and self.width < ONE_LINE:
            return "\n".join(line for row in rows for line in self._small(row))
        heads = [
            " ".join((pad(row.name, names + 1), pad(row.amount, amounts, "right"), row.bar, pad(row.share, 4, "right")))
            for row in rows
        ]
        tails = [" · ".join(part for part in row.rest if part) for row in rows]
        lines = [f"{head}  {tail}".rstrip() for head, tail in zip(heads, tails, strict=True)]
        if self.width is None or max(map(cell_width, lines)) <= self.width:
            return "\n".join(lines)
        found: list[str] = []
        for head, tail in zip(heads, tails, strict=True):
            found += [head.rstrip(), *(wrap(f"  {tail}", self.width, 2) if tail else ())]
        return "\n".join(found)

    def _row(self, one: Progress, messages: Messages) -> _Row:
        return _Row(
            said(Joined([target_name(one.target, one.metric, self.this_year), job(one, self.engagements)]), messages),
            said(OfGoal(one.actual, one.goal, one.metric.unit), messages),
            said(bar_of(one), messages),
            said(Percent(one.completion), messages) if one.completion is not None else "",
            tuple(said(cell, messages) for cell in (pace_words(one), need_words(one), range_words(one))),
        )

    def _small(self, row: _Row) -> list[str]:
        pace, need, span = row.rest
        first = wrap(f"{row.name} {row.amount} {row.share}", self.width, 2)
        second = f"{row.bar} {need or pace or span}".rstrip()
        if cell_width(second) > (self.width or ONE_LINE):
            return [*first, row.bar, *wrap(need or pace or span, self.width, 2)]
        return [*first, second]


def bar_of(one: Progress) -> Bar:
    """A bar with the pace as its tick; of a target where lower is better, and of a level, without one."""
    paced = one.line is not None and one.metric.direction == "up" and one.expected is not None and one.goal > 0
    pace = one.expected / one.goal if paced and one.expected is not None else None
    return Bar(one.completion or Fraction(0), pace)


def pace_words(one: Progress) -> Cell:
    """`nhịp 73%`, or the state where that says more."""
    if one.state in ("coming", "ended_reached", "ended_short", "dropped", "settles_at_end"):
        return state_words(one)
    if one.line is None or one.pace_index is None:
        return state_words(one) if one.state == "reached" else None
    return Joined(
        [state_words(one) if one.state == "reached" else None, Words("kpi.pace", share=Percent(one.pace_index))]
    )


def state_words(one: Progress) -> Words:
    return Words(f"kpi.state_{one.state}", day=f"{one.target.start:%d/%m}", share=Percent(one.completion))


def need_words(one: Progress) -> Cell:
    """`cần 10,8tr/ngày × 5 ngày`, where something is still asked for and there is a day left for it."""
    if one.state not in ("running", "coming") or not one.required:
        return None
    code = "kpi.need" if one.target.shape != "calendar_days" else "kpi.need_calendar"
    return Words(code, amount=Amount(one.required, one.metric.unit), days=Days(one.remaining))


def range_words(one: Progress) -> Cell:
    """`84–114tr (80%)`, while there are days to come in the period."""
    ahead = one.forecast
    if ahead is None or not one.remaining or one.state not in ("running", "reached", "settles_at_end"):
        return None
    return Words("kpi.range", span=Span(ahead.low, ahead.high, one.metric.unit, one.actual), level=Percent(ahead.level))


def chance_words(one: Progress) -> Cell:
    """How likely the target is reached, as far as that can be said."""
    ahead = one.forecast
    if ahead is None or ahead.spoken is None:
        return None
    edge = ahead.step
    computed = ahead.probability if ahead.probability is not None else ahead.spoken
    if ahead.spoken <= edge and computed < ahead.spoken:
        return Words("kpi.chance_most", share=Percent(ahead.spoken))
    if ahead.spoken >= 1 - edge - 1e-9 and computed > ahead.spoken:
        return Words("kpi.chance_least", share=Percent(ahead.spoken))
    return Words("kpi.chance", share=Percent(ahead.spoken))


def job(one: Progress, engagements: Mapping[str, Engagement]) -> Cell:
    """Which of the member's jobs a target is for; nothing where they have but one, or gave the target a name."""
    if len(engagements) < 2 or one.target.label:
        return None
    return ", ".join(engagements[id_].label if id_ in engagements else id_ for id_ in one.target.engagements) or None


def sentence(one: Progress, engagements: Mapping[str, Engagement]) -> Joined:
    """A target in words, for a screen reader: nothing drawn, units in full."""
    unit = one.metric.unit
    period = PeriodName(one.target.start, one.target.end, full=True)
    name = one.target.label or Joined([Joined([metric_name(one.metric), period], " "), job(one, engagements)], ", ")
    parts: list[Cell] = [
        Words(
            "kpi.plain_amount", name=name,
            actual=Amount(one.actual, unit, spoken=True), goal=Amount(one.goal, unit, spoken=True),
        )
    ]  # fmt: skip
    if one.completion is not None:
        parts.append(Percent(one.completion))
    parts.append(pace_words(one))
    if need_words(one) is not None:
        amount = Amount(one.required, unit, spoken=True)
        parts.append(Words("kpi.plain_need", amount=amount, days=Days(one.remaining)))
    if one.forecast is not None and range_words(one) is not None:
        reached = one.actual is not None and one.forecast.low <= one.actual
        low = Amount(one.actual if reached else one.forecast.low, unit, 3 if reached else 2, spoken=True)
        high = Amount(one.forecast.high, unit, 2, spoken=True)
        parts.append(Words("kpi.plain_range", low=low, high=high, level=Percent(one.forecast.level)))
    return Joined(parts, ", ")


def number(value: Fraction | float | None) -> int | float | None:
    """A figure for a program: a whole number where it is one."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def progress_json(one: Progress) -> dict[str, Any]:
    """Where a target stands, for a program; the keys are a promise. What has no value is null.

    `forecast.probability` is as it is said (none below ten days, to 10 % up to 19, to 5 % from 20);
    `forecast.computed` is what it was rounded from.
    """
    ahead = one.forecast
    return {
        "id": one.target.id,
        "metric": one.target.metric,
        "label": one.target.label or None,
        "unit": one.metric.unit,
        "engagements": list(one.target.engagements),
        "imposed_by": one.target.imposed_by or None,
        "start": one.target.start.isoformat(),
        "end": one.target.end.isoformat(),
        "as_of": one.as_of.isoformat(),
        "target": number(one.goal),
        "actual": number(one.actual),
        "completion": number(one.completion),
        "expected": number(one.expected),
        "gap": number(one.gap),
        "pace_index": number(one.pace_index),
        "run_rate": number(one.run_rate),
        "projection": number(one.projection),
        "required": number(one.required),
        "safe_days": one.safe_days,
        "working_days": {
            "total": number(one.total), "elapsed": number(one.elapsed), "remaining": number(one.remaining),
        },
        "forecast": {
            "low": number(ahead.low) if ahead else None,
            "mid": number(ahead.mid) if ahead else None,
            "high": number(ahead.high) if ahead else None,
            "level": ahead.level if ahead else LEVEL,
            "probability": ahead.spoken if ahead else None,
            "computed": ahead.probability if ahead else None,
            "n": ahead.days if ahead else len(one.daily),
            "method": ahead.method if ahead else None,
        },
        "weight": number(one.target.weight),
        "shape": one.target.shape,
        "state": one.state,
    }  # fmt: skip


def overview_json(found: Overview) -> dict[str, Any]:
    return {
        "as_of": found.as_of.isoformat(),
        "targets": [progress_json(one) for one in found.standing],
        "weighted_completion": number(found.weighted),
    }
