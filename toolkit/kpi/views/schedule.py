"""The member's working time: a month day by day, and what was changed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.kpi.views.entries import plain
from toolkit.kpi.views.words import Number
from toolkit.shell.blocks import Column, Joined, Line, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.kpi.service.schedule import DayLine, MonthShown, Settled
    from toolkit.kpi.workweek import OwnWeek
    from toolkit.shell.blocks import Block, Cell


def shown(found: MonthShown) -> Iterator[Block]:
    """The working days, the weeks, and every day that isn't as the week has it."""
    yield Line(Words("kpi.working_days_of", n=Number(found.total), span=When(found.start, found.end)))
    for week in found.weeks:
        if week.since is None or week.since < found.end:
            yield Line(_week(week))
    columns = [Column(Words(f"kpi.listed_{code}")) for code in ("day", "worked", "because")]
    rows: list[list[Cell]] = [
        [When(one.day, this_year=found.today.year), _worked(one), _because(one)]
        for one in found.days
        if _is_special(one)
    ]
    yield Table(columns, rows)


def spreadsheet(found: MonthShown) -> Iterator[Block]:
    """Every day."""
    columns = [Column(Words(f"kpi.listed_{code}")) for code in ("day", "worked", "because")]
    yield Table(columns, [[one.day, Number(one.weight), _because(one)] for one in found.days])


def shown_json(found: MonthShown) -> dict[str, Any]:
    return {
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "working_days": plain(found.total),
        "weeks": [
            {"week": week.week, "from": week.since.isoformat() if week.since else None, "swaps": week.swaps}
            for week in found.weeks
        ],
        "days": [
            {
                "date": one.day.isoformat(),
                "weight": plain(one.weight),
                "off": one.off,
                "holiday": one.holiday.partition("_holiday_")[2] or None,
                "extra": one.extra,
                "note": one.note or None,
            }
            for one in found.days
        ],
    }


def settled(done: Settled) -> Iterator[Block]:
    """What was changed."""
    if done.run is None:
        yield Line(Words("kpi.calendar_unchanged"))
    elif done.week is not None:
        yield Line(Words("kpi.calendar_set", what=_week(done.week)))
    else:
        first, last = done.days[0], done.days[-1]
        span = When(first) if first == last else Joined([When(first), When(last)], " – ")
        code = {"leave": "kpi.leave_set", "work": "kpi.workday_set"}.get(done.what, "kpi.day_forgotten")
        yield Line(Words(code, days=span, n=len(done.days)))


def settled_json(done: Settled) -> dict[str, Any]:
    week = done.week
    return {
        "run": done.run,
        "what": done.what,
        "days": [day.isoformat() for day in done.days],
        "week": week.week if week else None,
        "from": week.since.isoformat() if week and week.since else None,
        "swaps": week.swaps if week else None,
    }


def _week(week: OwnWeek) -> Words:
    name = Words("kpi.week_of", n=week.week.replace(".", ","))
    swaps = Words("kpi.with_swaps") if week.swaps else None
    return Words("kpi.week_from", week=Joined([name, swaps]), day=When(week.since)) if week.since else Words(
        "kpi.week_always", week=Joined([name, swaps])
    )  # fmt: skip


def _is_special(one: DayLine) -> bool:
    return one.extra or bool(one.holiday) or one.off in ("leave", "swap", "holiday", "compensation")


def _worked(one: DayLine) -> Cell:
    if not one.weight:
        return Words("kpi.day_off")
    return Words("kpi.day_worked") if one.weight == 1 else Words("kpi.day_half")


def _because(one: DayLine) -> Cell:
    why: Cell = None
    if one.extra:
        why = Words("kpi.day_extra")
    elif one.off == "leave":
        why = Words("kpi.day_leave")
    elif one.off == "swap":
        why = Words("kpi.day_swap")
    elif one.off == "compensation":
        why = Words("kpi.day_compensation", name=Words(one.holiday))
    elif one.holiday:
        why = Words(one.holiday)
    elif one.off:
        why = Words("kpi.day_rest")
    return Joined([why, one.note or None])
