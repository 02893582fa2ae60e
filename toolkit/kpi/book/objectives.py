"""Objectives and key results as rows of the book."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError
from toolkit.kpi.okr import Objective, Result, Value

if TYPE_CHECKING:
    import sqlite3

    from toolkit.store.history import Row

OBJECTIVE, RESULT, VALUE = "kpi_objective", "kpi_result", "kpi_value"


def objectives(db: sqlite3.Connection) -> list[Objective]:
    """Every objective with its results and their values, the oldest first."""
    values: dict[int, list[Value]] = {}
    for id_, result, day, value, note in db.execute("SELECT id, result, day, value, note FROM kpi_value ORDER BY id"):
        values.setdefault(result, []).append(Value(id_, date.fromisoformat(day), Fraction(value), note))
    results: dict[int, list[Result]] = {}
    for id_, objective, title, start, goal, unit, metric, dropped in db.execute(
        "SELECT id, objective, title, start, goal, unit, metric, dropped FROM kpi_result ORDER BY id"
    ):
        results.setdefault(objective, []).append(
            Result(
                id_, objective, title, Fraction(start), Fraction(goal), unit, metric, bool(dropped),
                tuple(values.get(id_, ())),
            )
        )  # fmt: skip
    return [
        Objective(
            id_, title, date.fromisoformat(starts), date.fromisoformat(ends), tuple(json.loads(engagements)),
            date.fromisoformat(closed) if closed else None, note, tuple(results.get(id_, ())),
        )
        for id_, title, starts, ends, engagements, closed, note in db.execute(
            "SELECT id, title, starts, ends, engagements, closed, note FROM kpi_objective ORDER BY id"
        )
    ]  # fmt: skip


def objective(db: sqlite3.Connection, number: int) -> Objective:
    """One objective. ConflictError("kpi.objective_unknown") if there is none of that number."""
    found = next((one for one in objectives(db) if one.id == number), None)
    if found is None:
        raise ConflictError("kpi.objective_unknown", value=str(number), id=number)
    return found


def result(db: sqlite3.Connection, number: int) -> tuple[Objective, Result]:
    """One key result with its objective. ConflictError("kpi.result_unknown") if there is none of that number."""
    for one in objectives(db):
        for found in one.results:
            if found.id == number:
                return one, found
    raise ConflictError("kpi.result_unknown", value=str(number), id=number)


def objective_row(one: Objective) -> Row:
    """The row of an objective, without its number, run and time."""
    return {
        "title": one.text,
        "starts": one.start.isoformat(),
        "ends": one.end.isoformat(),
        "engagements": json.dumps(one.engagements),
        "closed": one.closed.isoformat() if one.closed else "",
        "note": one.note,
    }


def result_row(one: Result) -> Row:
    """The row of a key result, without its number, run and time."""
    return {
        "objective": one.objective,
        "title": one.text,
        "start": str(one.start),
        "goal": str(one.goal),
        "unit": one.unit,
        "metric": one.metric,
        "dropped": int(one.dropped),
    }


def value_row(result: int, one: Value) -> Row:
    """The row of a value, without its number, run and time."""
    return {"result": result, "day": one.day.isoformat(), "value": str(one.value), "note": one.note}
