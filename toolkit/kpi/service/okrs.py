"""Objectives and their key results: setting them, saying where they stand, looking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.outcome import Outcome
from toolkit.kpi.book import objectives as rows
from toolkit.kpi.okr import KeyResult, Objective, Result, Value, in_unit, objective_progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from fractions import Fraction

    from toolkit.core.dates import Clock, Period
    from toolkit.kpi.book import KpiBook, Recording
    from toolkit.kpi.ledger import Ledger
    from toolkit.kpi.model import MetricDef
    from toolkit.kpi.okr import Figure, ResultUnit
    from toolkit.store.history import Row


@dataclass(frozen=True)
class ResultState:
    """A key result as it stands; `day` is when its newest value was told, `metric` the figure that it follows."""

    result: Result
    key: KeyResult
    day: date | None = None
    metric: MetricDef | None = None


@dataclass(frozen=True)
class ObjectiveState:
    """An objective as it stands; dropped results are left out. `progress` is None while nothing is measured."""

    objective: Objective
    results: tuple[ResultState, ...]
    progress: Fraction | None


@dataclass(frozen=True)
class Changed:
    """What a verb did (a code `kpi.okr_<done>`) and how the objective stands now."""

    done: str
    state: ObjectiveState
    result: Result | None = None


class Okrs:
    """The verbs on one book. `ledger` is asked where a key result follows a figure."""

    def __init__(self, book: KpiBook, clock: Clock, ledger: Ledger) -> None:
        self.book = book
        self._clock = clock
        self._ledger = ledger

    # --- looking ---

    def listing(self, *, everything: bool = False) -> Outcome[tuple[ObjectiveState, ...]]:
        """The objectives that aren't closed, by their end; with `everything` the closed ones too."""
        today = self._clock.today()
        known = rows.objectives(self.book.read())
        chosen = [one for one in known if everything or one.closed is None or one.closed > today]
        return Outcome(tuple(self.state(one) for one in sorted(chosen, key=lambda one: (one.end, one.id))))

    def show(self, number: int) -> Outcome[ObjectiveState]:
        """One objective. ConflictError("kpi.objective_unknown")."""
        return Outcome(self.state(rows.objective(self.book.read(), number)))

    def state(self, objective: Objective) -> ObjectiveState:
        """How an objective stands today, or stood on the day it was closed."""
        as_of = min(self._clock.today(), objective.closed or self._clock.today())
        results = tuple(self._result(objective, one, as_of) for one in objective.results if not one.dropped)
        return ObjectiveState(objective, results, objective_progress([one.key for one in results]))

    def _result(self, objective: Objective, result: Result, as_of: date) -> ResultState:
        if not result.metric:
            told = [value.day for value in result.values if value.day <= as_of]
            key = KeyResult(result.start, result.goal, result.said(as_of))
            return ResultState(result, key, max(told, default=None))
        metric = self._ledger.metrics.get(result.metric)
        now = self._figure(objective, metric, as_of) if metric else None
        return ResultState(result, KeyResult(result.start, result.goal, now), metric=metric)

    def _figure(self, objective: Objective, metric: MetricDef, as_of: date) -> Fraction | None:
        end = min(objective.end, as_of + timedelta(days=1))
        if end <= objective.start:
            return None
        return self._ledger.figure(metric, objective.engagements, objective.start, end)

    # --- objectives ---

    def add(self, text: str, period: Period, engagements: Sequence[str] = ()) -> Outcome[Changed]:
        """A new objective for a period."""
        if not text:
            raise UsageError("kpi.objective_needs_words")
        objective = Objective(0, text, period.start, period.end, tuple(engagements))
        with self.book.recording("okr", at=self._clock.now(), note=text) as run:
            number = run.insert(rows.OBJECTIVE, {**rows.objective_row(objective), **_stamp(run)})
        return self._changed("objective_added", number)

    def edit(self, number: int, *, text: str | None = None, period: Period | None = None) -> Outcome[Changed]:
        """Other words or another period; the results stay."""
        before = rows.objective(self.book.read(), number)
        after = replace(before, text=text or before.text)
        if period is not None:
            after = replace(after, start=period.start, end=period.end)
        written = self._write(after, rows.OBJECTIVE, rows.objective_row(after))
        return self._changed("objective_edited" if written else "unchanged", number)

    def close(self, number: int, day: date | None = None, note: str = "") -> Outcome[Changed]:
        """Be done with an objective, however far it came; it stands as it did on that day."""
        before = rows.objective(self.book.read(), number)
        if before.closed is not None:
            raise ConflictError("kpi.objective_closed", value=str(number), id=number, day=before.closed.isoformat())
        closed = day or self._clock.today()
        if closed < before.start:
            raise UsageError(
                "kpi.objective_closed_too_early", value=f"{closed:%d/%m/%Y}", start=f"{before.start:%d/%m/%Y}"
            )
        after = replace(before, closed=closed, note=note or before.note)
        self._write(after, rows.OBJECTIVE, rows.objective_row(after))
        return self._changed("objective_closed", number)

    def reopen(self, number: int) -> Outcome[Changed]:
        """Take up a closed objective again."""
        before = rows.objective(self.book.read(), number)
        if before.closed is None:
            raise ConflictError("kpi.objective_still_open", value=str(number), id=number)
        after = replace(before, closed=None)
        self._write(after, rows.OBJECTIVE, rows.objective_row(after))
        return self._changed("objective_reopened", number)

    # --- key results ---

    def add_result(
        self, number: int, text: str, start: Figure | None, goal: Figure, metric: str = ""
    ) -> Outcome[Changed]:
        """A key result of objective `number`, from `start` (None: 0) to `goal`. UsageError("kpi.result_goes_nowhere")
        where both are the same, "kpi.result_two_units" where one is money and the other isn't."""
        objective = self._open(number)
        if not text:
            raise UsageError("kpi.result_needs_words", id=number)
        unit = self._unit_of(metric) if metric else goal.unit
        first, last = in_unit(start, unit) if start else goal.value * 0, in_unit(goal, unit)
        if first is None or last is None:
            raise UsageError("kpi.result_two_units")
        if first == last:
            raise UsageError("kpi.result_goes_nowhere")
        result = Result(0, objective.id, text, first, last, unit, metric)
        with self.book.recording("okr", at=self._clock.now(), note=text) as run:
            made = run.insert(rows.RESULT, {**rows.result_row(result), **_stamp(run)})
        return self._changed("result_added", number, made)

    def update(self, number: int, value: Figure, day: date | None = None, note: str = "") -> Outcome[Changed]:
        """Say where key result `number` stands. ConflictError("kpi.result_linked") where it follows a figure."""
        objective, result = rows.result(self.book.read(), number)
        self._open(objective.id)
        self._counts(result)
        if result.metric:
            raise ConflictError("kpi.result_linked", value=str(number), id=number, metric=result.metric)
        exact = in_unit(value, result.unit)
        if exact is None:
            raise UsageError("kpi.result_two_units")
        told = Value(0, day or self._clock.today(), exact, note)
        with self.book.recording("okr", at=self._clock.now(), note=result.text) as run:
            run.insert(rows.VALUE, {**rows.value_row(number, told), **_stamp(run)})
        return self._changed("result_updated", objective.id, number)

    def link(self, number: int, metric: str) -> Outcome[Changed]:
        """Let key result `number` follow a figure over the objective's period; "" lets it go. What was typed stays."""
        objective, result = rows.result(self.book.read(), number)
        self._counts(result)
        if metric and self._unit_of(metric) != result.unit:
            raise UsageError("kpi.result_metric_unit", value=metric, id=number)
        after = replace(result, metric=metric)
        written = self._write(after, rows.RESULT, rows.result_row(after))
        done = "unchanged" if not written else "result_linked" if metric else "result_unlinked"
        return self._changed(done, objective.id, number)

    def drop(self, number: int) -> Outcome[Changed]:
        """Let a key result count no more."""
        objective, result = rows.result(self.book.read(), number)
        self._counts(result)
        after = replace(result, dropped=True)
        self._write(after, rows.RESULT, rows.result_row(after))
        return self._changed("result_dropped", objective.id, number)

    def _open(self, number: int) -> Objective:
        objective = rows.objective(self.book.read(), number)
        if objective.closed is not None:
            raise ConflictError("kpi.objective_closed", value=str(number), id=number, day=objective.closed.isoformat())
        return objective

    def _counts(self, result: Result) -> None:
        if result.dropped:
            raise ConflictError("kpi.result_dropped", value=str(result.id), id=result.id)

    def _unit_of(self, metric: str) -> ResultUnit:
        known = self._ledger.metrics.get(metric)
        if known is None:
            raise UsageError("kpi.result_metric_unknown", value=metric)
        return "number" if known.unit == "count" else known.unit

    def _write(self, thing: Objective | Result, table: str, changed: Row) -> bool:
        """Write the row anew; whether that changed anything."""
        with self.book.recording("okr", at=self._clock.now(), note=thing.text) as run:
            before = run.row(table, id=thing.id)
            assert before is not None
            run.put(table, {**before, **changed})
        return bool(run.changes)

    def _changed(self, done: str, objective: int, result: int = 0) -> Outcome[Changed]:
        state = self.state(rows.objective(self.book.read(), objective))
        found = next((one for one in state.objective.results if one.id == result), None)
        return Outcome(Changed(done, state, found))


def _stamp(run: Recording) -> dict[str, str | int]:
    return {"run": run.number, "made_at": run.at.isoformat()}
