"""What is told of objectives and key results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.kpi.views.amounts import metric_name
from toolkit.kpi.views.shares import Exact, Percent, exact_json, rounded
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction

    from toolkit.kpi.okr import Objective
    from toolkit.kpi.service.okrs import Changed, ObjectiveState, ResultState
    from toolkit.shell.blocks import Block, Cell

_NARROW = 60
_BAR = 10  # cells


def listing(
    width: int | None, this_year: int, *, plain: bool = False
) -> Callable[[tuple[ObjectiveState, ...]], Iterator[Block]]:
    """Every objective with its key results."""

    def view(found: tuple[ObjectiveState, ...]) -> Iterator[Block]:
        if not found:
            yield Line(Words("kpi.no_objectives"))
        for state in found:
            yield from one(width, this_year, plain=plain)(state)

    return view


def one(width: int | None, this_year: int, *, plain: bool = False) -> Callable[[ObjectiveState], Iterator[Block]]:
    """One objective; on a narrow screen its results without bars."""
    bars = not plain and (width is None or width >= _NARROW)

    def view(state: ObjectiveState) -> Iterator[Block]:
        objective = state.objective
        yield Heading(
            Joined(
                [
                    Words("kpi.objective_number", id=objective.id, text=objective.text),
                    _period(objective, this_year),
                    _share(state.progress),
                    Words("kpi.objective_is_closed", day=When(objective.closed, this_year=this_year))
                    if objective.closed
                    else None,
                ]
            )
        )
        if width is not None and width < _NARROW:
            yield from _narrow(state)
            return
        codes = ("id", "result", "from_to", "now", "progress")
        columns = [Column(Words(f"kpi.heading_{code}"), "right" if code == "id" else "left") for code in codes]
        yield Table(columns, [_row(one, bars) for one in state.results], empty=Words("kpi.no_results", id=objective.id))
        if objective.note:
            yield Line(objective.note)

    return view


def _narrow(state: ObjectiveState) -> Iterator[Block]:
    """Two lines a key result, for a screen of 40 columns."""
    if not state.results:
        yield Line(Words("kpi.no_results", id=state.objective.id))
    for one in state.results:
        number, text, from_to, now, progress = _row(one, False)
        yield Line(Joined([number, text], ". "))
        yield Line(Joined(["  ", Joined([now, from_to, progress])], ""))


def _period(objective: Objective, this_year: int) -> Cell:
    return When(objective.start, objective.end, this_year=this_year)


def _share(progress: Fraction | None) -> Cell:
    return Percent(progress) if progress is not None else Words("kpi.not_measured")


def _row(state: ResultState, bars: bool) -> list[Cell]:
    result, key = state.result, state.key
    followed = Words("kpi.follows_metric", metric=metric_name(state.metric)) if state.metric else None
    return [
        result.id,
        Joined([result.text, followed]),
        Joined([Exact(result.start, result.unit), Exact(result.goal, result.unit)], " → "),
        Exact(key.now, result.unit) if key.now is not None else Words("kpi.not_measured"),
        Joined([_bar(key.progress) if bars and key.progress is not None else None, _share(key.progress)], " ")
        if key.now is not None
        else None,
    ]


def _bar(progress: Fraction) -> str:
    full = int(progress * _BAR)
    return "▓" * full + "░" * (_BAR - full)


def changed(this_year: int) -> Callable[[Changed], Iterator[Block]]:
    """One receipt line with how far the objective has come, and how to take it back."""

    def view(done: Changed) -> Iterator[Block]:
        objective, result = done.state.objective, done.result
        key = next((one.key for one in done.state.results if result and one.result.id == result.id), None)
        now = Exact(key.now, result.unit) if key and key.now is not None and result else None
        goal = (
            Joined([Exact(result.start, result.unit), Exact(result.goal, result.unit)], " → ")
            if result and done.done != "result_updated"
            else None
        )
        yield Line(
            Joined(
                [
                    Words(f"kpi.okr_{done.done}", id=result.id if result else objective.id),
                    result.text if result else objective.text,
                    goal,
                    now,
                    None if result else _period(objective, this_year),
                    Words("kpi.objective_progress", share=_share(done.state.progress)) if result else None,
                ]
            )
        )
        if done.done == "objective_added":
            yield Note(Words("kpi.objective_next", id=objective.id))
        if done.done != "unchanged":
            yield Note(Words("kpi.undo_hint"))

    return view


def listing_json(found: tuple[ObjectiveState, ...]) -> list[dict[str, Any]]:
    return [one_json(state) for state in found]


def one_json(state: ObjectiveState) -> dict[str, Any]:
    objective = state.objective
    return {
        "id": objective.id,
        "objective": objective.text,
        "start": objective.start.isoformat(),
        "end": objective.end.isoformat(),
        "engagements": list(objective.engagements),
        "closed": objective.closed.isoformat() if objective.closed else None,
        "note": objective.note or None,
        "progress": rounded(state.progress),
        "results": [_result_json(one) for one in state.results],
    }


def _result_json(state: ResultState) -> dict[str, Any]:
    result, key = state.result, state.key
    return {
        "id": result.id,
        "result": result.text,
        "unit": result.unit,
        "from": exact_json(result.start),
        "to": exact_json(result.goal),
        "now": exact_json(key.now),
        "progress": rounded(key.progress),
        "metric": result.metric or None,
        "history": [
            {"date": value.day.isoformat(), "value": exact_json(value.value), "note": value.note or None}
            for value in result.values
        ],
    }


def changed_json(done: Changed) -> dict[str, Any]:
    return {"done": done.done, "result_id": done.result.id if done.result else None, **one_json(done.state)}
