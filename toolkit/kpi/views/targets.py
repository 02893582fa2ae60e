"""Targets as they are set, changed and listed. A lower target is as good a decision as a higher one."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from toolkit.kpi.views.amounts import Amount, OfGoal, Percent, PeriodName, metric_name, target_name
from toolkit.kpi.views.overview import (
    job,
    need_words,
    number,
    pace_words,
    progress_json,
    range_words,
    state_words,
    together,
)
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Pairs, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from toolkit.kpi.model import Engagement, Target
    from toolkit.kpi.progress import Progress
    from toolkit.kpi.service.standing import Overview
    from toolkit.kpi.service.targets import Decided, Story
    from toolkit.shell.blocks import Block, Cell

_NARROW = 72


def decided(done: Decided) -> Iterator[Block]:
    """What was decided, where it stands, and the way back."""
    one, target = done.progress, done.target
    unit = one.metric.unit
    name = target_name(target, one.metric)
    yield Line(
        Words(
            f"kpi.target_{done.change}", id=target.id, name=name, amount=Amount(one.goal, unit, exact=True),
            period=PeriodName(target.start, target.end, full=True), first=When(target.start),
            last=When(target.end - timedelta(days=1)),
        )
    )  # fmt: skip
    if done.change == "added":
        yield Line(Words("kpi.target_period", first=When(target.start), last=When(target.end - timedelta(days=1))))
    if done.change == "revised":
        revision = target.revisions[-1]
        before = done.before.amount_on(revision.day) if done.before else None
        yield Line(
            Words(
                "kpi.target_revised_from", day=When(revision.day), amount=Amount(revision.amount, unit, exact=True),
                before=Amount(before, unit, exact=True),
            )
        )  # fmt: skip
    if done.change in ("added", "revised"):
        parts = [cell for cell in (pace_words(one), need_words(one), range_words(one)) if cell is not None]
        if parts and one.state != "coming":
            from toolkit.shell.blocks import Joined

            yield Line(Joined([OfGoal(one.actual, one.goal, unit), *parts]))
    if done.run is not None:
        code = "kpi.target_next" if done.change != "dropped" else "kpi.target_dropped_next"
        yield Note(Words(code, id=target.id))


def decided_json(done: Decided) -> dict[str, Any]:
    return {
        "change": done.change,
        "run": done.run,
        "id": done.target.id,
        "before": number(done.before.amount_on(done.progress.as_of)) if done.before else None,
        "target": target_json(done.target, done.progress),
        "status": progress_json(done.progress),
    }


def target_json(target: Target, progress: Progress) -> dict[str, Any]:
    """A target as it was set, for a program; `end` is exclusive."""
    return {
        "id": target.id,
        "metric": target.metric,
        "unit": progress.metric.unit,
        "label": target.label or None,
        "start": target.start.isoformat(),
        "end": target.end.isoformat(),
        "amount": number(target.amount),
        "revisions": [
            {"from": one.day.isoformat(), "amount": number(one.amount), "note": one.note or None}
            for one in sorted(target.revisions, key=lambda one: one.day)
        ],
        "engagements": list(target.engagements),
        "imposed_by": target.imposed_by or None,
        "weight": number(target.weight),
        "shape": target.shape,
        "dropped": target.dropped,
    }


def listing(width: int | None) -> Callable[[Overview], Iterator[Block]]:
    """Every target in a row; on a narrow screen without the period's days."""
    wide = width is None or width >= _NARROW
    codes = ["id", "target", *(("days",) if wide else ()), "amount", "share", "state"]

    def view(found: Overview) -> Iterator[Block]:
        columns = [
            Column(Words(f"kpi.column_{code}"), "right" if code in ("id", "amount", "share") else "left")
            for code in codes
        ]
        rows = []
        for one in found.standing:
            target = one.target
            cells: dict[str, Cell] = {
                "id": str(target.id),
                "target": Joined([target_name(target, one.metric, found.as_of.year), job(one, found.engagements)]),
                "days": When(target.start, target.end, found.as_of.year),
                "amount": OfGoal(one.actual, one.goal, one.metric.unit),
                "share": Percent(one.completion),
                "state": state_words(one),
            }
            rows.append([cells[code] for code in codes])
        yield Table(columns, rows, empty=Words("kpi.no_targets"))
        yield from together(found)
        if not rows:
            yield Note(Words("kpi.no_targets_next"))

    return view


def spreadsheet(found: Overview) -> Iterator[Block]:
    """The same with plain numbers, for --csv."""
    codes = ("id", "target", "metric", "start", "end", "goal", "actual", "expected", "required", "state")
    rows: list[list[Cell]] = [
        [
            one.target.id, target_name(one.target, one.metric), one.target.metric, one.target.start, one.target.end,
            _plain(number(one.goal)), _plain(number(one.actual)), _plain(number(one.expected)),
            _plain(number(one.required)), state_words(one),
        ]
        for one in found.standing
    ]  # fmt: skip
    yield Table([Column(Words(f"kpi.column_{code}")) for code in codes], rows)


def _plain(value: float | None) -> Cell:
    return value if value is None or isinstance(value, int) else f"{value:.2f}"


def story(found: Story) -> Iterator[Block]:
    """One target with its revisions and every run that touched it."""
    one, target = found.progress, found.progress.target
    unit = one.metric.unit
    yield Heading(target_name(target, one.metric))
    pairs: list[tuple[Cell, Cell]] = [
        (Words("kpi.column_id"), str(target.id)),
        (Words("kpi.column_metric"), metric_name(one.metric)),
        (Words("kpi.column_days"), When(target.start, target.end)),
        (Words("kpi.column_goal"), Amount(target.amount, unit, exact=True)),
    ]
    pairs += [
        (
            Words("kpi.revised_from", day=When(revision.day)),
            Words("kpi.revision", amount=Amount(revision.amount, unit, exact=True), note=revision.note)
            if revision.note
            else Amount(revision.amount, unit, exact=True),
        )
        for revision in sorted(target.revisions, key=lambda revision: revision.day)
    ]
    if target.imposed_by:
        pairs.append((Words("kpi.column_imposed_by"), target.imposed_by))
    if found.counting:
        pairs.append((Words("kpi.column_engagements"), engagement_names(found.counting, found.engagements)))
    if target.weight != 1:
        pairs.append((Words("kpi.column_weight"), Amount(target.weight, "number")))
    pairs.append((Words("kpi.column_actual"), OfGoal(one.actual, one.goal, unit)))
    pairs.append((Words("kpi.column_state"), state_words(one)))
    yield Pairs(pairs)
    if found.runs:
        columns = [Column(Words(f"kpi.column_{code}"), "right" if code == "run" else "left") for code in _RUNS]
        rows: list[list[Cell]] = [
            [str(run.number), run.began.date(), Words(f"kpi.run_{run.kind}")] for run in found.runs
        ]
        yield Table(columns, rows)
    yield Note(Words("kpi.target_show_next", id=target.id))


_RUNS = ("run", "day", "change")


def story_json(found: Story) -> dict[str, Any]:
    return {
        **target_json(found.progress.target, found.progress),
        "counting": list(found.counting),
        "status": progress_json(found.progress),
        "runs": [
            {"run": run.number, "kind": run.kind, "began": run.began.isoformat(), "state": run.state}
            for run in found.runs
        ],
    }


def reading_words(reading: object) -> Cell:
    """One of several readings of what was typed: an amount, a period, a job."""
    if isinstance(reading, Fraction):
        return Amount(reading, "number", exact=True)
    return str(reading)


def engagement_names(ids: tuple[str, ...], engagements: Mapping[str, Engagement]) -> str:
    """Jobs by what the member calls them."""
    return ", ".join(engagements[id_].label if id_ in engagements else id_ for id_ in ids)
