"""Goals, funnels and reading times, on a screen and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.money import format_money
from toolkit.core.text import terminal_safe
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Sayable, Table, Words
from toolkit.sitestats.conversion import BY
from toolkit.sitestats.views.nothing import nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from toolkit.core.shares import Share
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages
    from toolkit.sitestats.metrics import Filters
    from toolkit.sitestats.model import Goal
    from toolkit.sitestats.service.choices import Choices
    from toolkit.sitestats.service.conversion import FunnelFigures, GoalFigures, Staying

_PLACES: Final = 4
_OFTEN: Final = 5


@dataclass(frozen=True)
class Part(Sayable):
    """A share in percent, with one decimal below ten; nothing where there is no whole. `low` and `high` follow it where
    they are given."""

    value: Fraction | None
    low: float | None = None
    high: float | None = None

    def said(self, messages: Messages) -> str:
        if self.value is None:
            return "–"
        shown = f"{_percent(self.value, messages)} %"
        if self.low is None or self.high is None:
            return shown
        ends = "–".join(_percent(Fraction(end), messages) for end in (self.low, self.high))
        return f"{shown} ({ends})"


@dataclass(frozen=True)
class Dong(Sayable):
    """Whole đồng; nothing where no amount is known."""

    amount: int | None

    def said(self, messages: Messages) -> str:
        return "" if self.amount is None else format_money(self.amount, "VND", messages.lang)


@dataclass(frozen=True)
class Lasting(Sayable):
    """Seconds as a reader's time: `45 giây`, `2 phút 05`."""

    seconds: int

    def said(self, messages: Messages) -> str:
        minutes, seconds = divmod(self.seconds, 60)
        if minutes:
            return messages.text("sitestats.minutes", minutes=minutes, seconds=f"{seconds:02d}")
        return messages.text("sitestats.seconds", seconds=seconds)


def of(share: Share, *, sure: bool = True) -> Part:
    """A share as a cell, `sure` with its interval."""
    return Part(share.value, share.low, share.high) if sure and share.part < share.whole else Part(share.value)


def goals_json(found: Sequence[GoalFigures]) -> list[dict[str, Any]]:
    """Goals for a program; shares are between 0 and 1, null where nobody came."""
    return [_goal_json(one) for one in found]


def _goal_json(one: GoalFigures) -> dict[str, Any]:
    rate = one.rate
    data: dict[str, Any] = {
        "name": one.goal.name, "path": one.goal.path or None, "event": one.goal.event or None, "value": one.goal.value,
        "visits": one.visits, "conversions": one.conversions, "reached": one.reached, "visitors": one.visitors,
        "rate": _number(rate.value), "rate_low": _number(rate.low), "rate_high": _number(rate.high),
        "worth": one.worth,
    }  # fmt: skip
    if one.by:
        data["by"] = {
            name: [
                {"date" if key == "day" else key: _plain(row[key]) for key in BY[name]}
                | {key: int(row[key]) for key in ("visits", "conversions", "reached")}
                | {"rate": _number(Fraction(int(row["conversions"]), int(row["visits"])))}
                for row in rows
            ]
            for name, rows in one.by.items()
        }
    return data


def goals_table(found: Sequence[GoalFigures], *, everyone: bool = False) -> Iterator[Block]:
    """A row for each goal. `everyone`: visits of programs count too; the heading says whose visits count."""
    if not found:
        return
    worth = any(one.worth is not None for one in found)
    heading = Words("sitestats.panel_goals_everyone" if everyone else "sitestats.panel_goals_people")
    columns = [Column(heading), *_right("conversions", "visitors_of", "rate")]
    rows: list[list[Cell]] = []
    for one in found:
        row: list[Cell] = [goal_name(one.goal), one.conversions, one.visitors, of(one.rate)]
        rows.append([*row, Dong(one.worth)] if worth else row)
    yield Table([*columns, *(_right("worth") if worth else ())], rows)


def goals(chosen: Filters, there: Choices | None) -> Callable[[Sequence[GoalFigures]], Iterator[Block]]:
    """Goals with everything that they are looked at by. `there`: what could have been chosen, where nothing fits."""

    def view(found: Sequence[GoalFigures]) -> Iterator[Block]:
        if there is not None:
            yield from nothing(chosen, there)
            return
        yield from goals_table(found, everyone=not chosen.who)
        for one in found:
            if not one.conversions:
                code = "sitestats.goal_unreached" if one.goal.path else "sitestats.event_unreached"
                yield Line(Words(code, goal=goal_name(one.goal)))
                continue
            for name, rows in one.by.items():
                yield Heading(goal_name(one.goal))
                yield _goal_by(name, rows)
        yield Note(Words("sitestats.goals_how"))
        yield _whose(chosen)

    return view


def _goal_by(name: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    columns = [Column(Words(f"sitestats.by_{name}")), *_right("conversions", "sessions", "rate")]
    cells: list[list[Cell]] = [
        [_key(name, row), int(row["conversions"]), int(row["visits"]),
         Part(Fraction(int(row["conversions"]), int(row["visits"])))]
        for row in rows
    ]  # fmt: skip
    return Table(columns, cells, empty=Words("sitestats.nothing_seen"))


def _whose(chosen: Filters) -> Note:
    """Whose visits count, and how to have the others."""
    return Note(Words("sitestats.counts_people" if chosen.who else "sitestats.counts_everyone"))


def funnel_json(found: FunnelFigures) -> dict[str, Any]:
    """A funnel for a program: each step with its share of the step before it and of the first."""
    data: dict[str, Any] = {"visits": found.visits, "steps": []}
    for place, (step, count) in enumerate(zip(found.steps, found.counts, strict=True)):
        before, first = found.counts[place - 1] if place else 0, found.counts[0]
        data["steps"].append(
            {
                "step": step.name, "visits": count, "left_before": before - count if place else None,
                "of_previous": _number(Fraction(count, before)) if place and before else None,
                "of_first": _number(Fraction(count, first)) if place and first else None,
            }
        )  # fmt: skip
    if found.by:
        data["by"] = found.by
        data["rows"] = [
            {"date" if key == "day" else key: _plain(row[key]) for key in BY[found.by]}
            | {"visits": int(row["visits"]), "steps": _steps(row, len(found.steps))}
            for row in found.rows
        ]
    return data


def funnel(chosen: Filters, there: Choices | None) -> Callable[[FunnelFigures], Iterator[Block]]:
    """A funnel, step by step, then by what it is looked at by. `there` as in `goals`."""

    def view(found: FunnelFigures) -> Iterator[Block]:
        if there is not None:
            yield from nothing(chosen, there)
            return
        yield from _funnel(found)
        yield Note(Words("sitestats.funnel_how"))
        yield _whose(chosen)

    return view


def _funnel(found: FunnelFigures) -> Iterator[Block]:
    yield Line(Words("sitestats.funnel_visits", n=found.visits))
    columns = [Column(Words("sitestats.column_step")), *_right("sessions", "of_previous", "of_first")]
    rows: list[list[Cell]] = []
    for place, (step, count) in enumerate(zip(found.steps, found.counts, strict=True)):
        before, first = found.counts[place - 1] if place else 0, found.counts[0]
        rows.append(
            [
                f"{place + 1}. {terminal_safe(step.name)}", count,
                Part(Fraction(count, before) if before else None) if place else "",
                Part(Fraction(count, first) if first else None) if place else "",
            ]
        )  # fmt: skip
    yield Table(columns, rows)
    if found.by:
        steps = range(1, len(found.steps) + 1)
        heads = [Column(str(place), "right") for place in steps]
        rows = [[_key(found.by, row), *_steps(row, len(found.steps))] for row in found.rows if row["step_1"]]
        empty = Words("sitestats.nothing_seen")
        yield Table([Column(Words(f"sitestats.by_{found.by}")), *heads], rows, empty=empty)


def staying_json(found: Staying) -> dict[str, Any]:
    """How long visitors stay, for a program. `across_days` is null always: it can't be known without marking people."""
    again = sum(int(row["visitors"]) for row in found.often if int(row["visits"]) > 1)
    return {
        "visits": found.visits, "visitors": found.visitors,
        "bounce_rate": _number(Fraction(found.bounced, found.read)) if found.read else None,
        "visits_per_visitor": _number(Fraction(found.visits, found.visitors)) if found.visitors else None,
        "again_same_day": again, "across_days": None,
        "visits_a_day": [{"visits": int(row["visits"]), "visitors": int(row["visitors"])} for row in found.often],
        "reading_times": [{key: row[key] for key in ("path", "views", "seconds")} for row in found.pages],
    }  # fmt: skip


def staying(chosen: Filters, there: Choices | None) -> Callable[[Staying], Iterator[Block]]:
    """How long visitors stay and how often they come on one day, with what can't be known. `there` as in `goals`."""

    def view(found: Staying) -> Iterator[Block]:
        if there is not None:
            yield from nothing(chosen, there)
            return
        yield from _staying(found)
        yield Note(Words("sitestats.across_days"))
        yield _whose(chosen)

    return view


def _staying(found: Staying) -> Iterator[Block]:
    bounced = Part(Fraction(found.bounced, found.read) if found.read else None)
    yield Line(Words("sitestats.bounced", share=bounced, n=found.read))
    rows: list[list[Cell]] = [
        [terminal_safe(str(row["path"])), Lasting(int(row["seconds"])), int(row["views"])] for row in found.pages
    ]
    yield Table([Column(Words("sitestats.panel_pages")), *_right("reading", "views")], rows)
    often = [row for row in found.often if int(row["visits"]) < _OFTEN]
    more = sum(int(row["visitors"]) for row in found.often if int(row["visits"]) >= _OFTEN)
    counted: list[list[Cell]] = [[str(int(row["visits"])), int(row["visitors"])] for row in often]
    columns = [Column(Words("sitestats.column_times_a_day")), *_right("visitors")]
    if more:
        counted.append([f"{_OFTEN}+", more])
    yield Table(columns, counted)


def goal_name(goal: Goal) -> Cell:
    """A goal as the member calls it, with what it is where that says more."""
    what = goal.path or f"event:{goal.event}"
    name = terminal_safe(goal.name)
    return name if goal.name == what else Joined([name, terminal_safe(what)])


def _key(by: str, row: Mapping[str, Any]) -> Cell:
    cells: list[Cell] = []
    for column in BY[by]:
        value = row[column]
        if column == "medium":
            cells.append(Words(f"sitestats.medium_{value}"))
        elif column == "device":
            cells.append(Words(f"sitestats.device_{value}"))
        elif column == "day":
            cells.append(_day(value))
        elif value or column != "source":
            cells.append(terminal_safe(str(value)) if value else Words("sitestats.unknown"))
    return Joined(cells)


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def _steps(row: Mapping[str, Any], n: int) -> list[int]:
    return [int(row[f"step_{place}"] or 0) for place in range(1, n + 1)]


def _right(*names: str) -> list[Column]:
    return [Column(Words(f"sitestats.column_{name}"), "right") for name in names]


def _percent(value: Fraction, messages: Messages) -> str:
    """In whole percent, from ten on; below that with one decimal, half up."""
    tenths = int(value * 1000 + Fraction(1, 2))
    if value >= Fraction(1, 10) or tenths == 0:
        return str(int(value * 100 + Fraction(1, 2)))
    mark = "," if messages.lang == "vi" else "."
    return f"{tenths // 10}{mark}{tenths % 10}"


def _number(value: Fraction | float | None) -> float | None:
    return None if value is None else round(float(value), _PLACES)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
