"""Setting targets, changing them with their history kept, letting go of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from toolkit.core.errors import ConflictError, InputError
from toolkit.core.outcome import Outcome
from toolkit.kpi.book.figures import SqlLedger
from toolkit.kpi.metrics import metric_text
from toolkit.kpi.model import Revision
from toolkit.kpi.service.finding import labels
from toolkit.kpi.service.standing import counting, standing
from toolkit.store.history import row_to_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import Engagement, MetricDef, Target
    from toolkit.kpi.progress import Progress
    from toolkit.store.history import Run

Change: TypeAlias = Literal["added", "already", "revised", "dropped", "unchanged"]

LONGEST: Final = 3_660  # days: ten years; what is longer is a slip of typing
FIRST_DAY, LAST_DAY = date(1995, 1, 1), date(2100, 1, 1)
MOST: Final = 10**15
_MOST_RUNS: Final = 10_000  # that are looked through for those of one target


@dataclass(frozen=True)
class Decided:
    """What was decided about a target, what it was before, and where it stands now. `run` is what `undo` takes, None
    where nothing was written."""

    change: Change
    target: Target
    before: Target | None
    run: int | None
    progress: Progress
    engagements: Mapping[str, Engagement]


@dataclass(frozen=True)
class Story:
    """A target with where it stands and every run that touched it."""

    progress: Progress
    engagements: Mapping[str, Engagement]
    counting: tuple[str, ...]
    runs: tuple[Run, ...]


def add_target(book: KpiBook, clock: Clock, target: Target, *, metric: MetricDef | None = None) -> Outcome[Decided]:
    """Set a target; `metric` is one of the member's own that is kept with it. The same target again changes nothing.

    InputError for a period or an amount that can't be meant; ConflictError("kpi.engagement_which") where the member
    sells for several and none was named, "kpi.engagement_unknown" for one that they haven't told of.
    """
    _check(target)
    _check_engagements(book, target)
    for other in book.targets():
        if _same(other, target):
            return _decided(book, clock, "already", other, before=other)
    with book.recording("target_add", at=clock.now(), note=_called(book, target)) as recording:
        if metric is not None:
            recording.put("kpi_metric", {"id": metric.id, "definition": metric_text(metric)})
        kept = recording.add(target)
        run = recording.number
    return _decided(book, clock, "added", kept, before=None, run=run)


def revise_target(
    book: KpiBook, clock: Clock, number: int, amount: Fraction, *, since: date | None = None, note: str = ""
) -> Outcome[Decided]:
    """From day `since` on (today, where none is said) the target is `amount`, higher or lower; what lies before keeps
    its line. A day before the period counts as its first; one after it is refused (InputError)."""
    target = _standing_target(book, number)
    _check_amount(amount)
    day = max(since or clock.today(), target.start)
    if day >= target.end:
        raise InputError("kpi.revision_after_end", value=f"{day:%d/%m/%Y}", end=f"{target.end:%d/%m/%Y}", id=number)
    if target.amount_on(day) == amount and not any(revision.day > day for revision in target.revisions):
        return _decided(book, clock, "unchanged", target, before=target)
    others = tuple(revision for revision in target.revisions if revision.day < day)
    with book.recording("target_revise", at=clock.now(), note=_called(book, target)) as recording:
        revised = recording.change(target, revisions=(*others, Revision(day, amount, note, recording.at)))
        run = recording.number
    return _decided(book, clock, "revised", revised, before=target, run=run)


def drop_target(book: KpiBook, clock: Clock, number: int) -> Outcome[Decided]:
    """Let go of a target. It stays in the book, and `undo` brings it back."""
    target = _standing_target(book, number)
    with book.recording("target_drop", at=clock.now(), note=_called(book, target)) as recording:
        dropped = recording.change(target, dropped=True)
        run = recording.number
    return _decided(book, clock, "dropped", dropped, before=target, run=run)


def _called(book: KpiBook, target: Target) -> str:
    """What a run about a target says it was about."""
    metric = metrics_of(book).get(target.metric)
    return target.label or (metric.label if metric else "") or target.metric


def tell_target(book: KpiBook, number: int, as_of: date) -> Outcome[Story]:
    """Everything about one target."""
    target = book.target(number)
    touching = _runs_of(book, number)
    touched = tuple(run for run in book.runs(_MOST_RUNS) if run.number in touching)
    return Outcome(Story(standing(book, target, as_of), book.engagements(), counting(book, target), touched))


def _runs_of(book: KpiBook, number: int) -> set[int]:
    query = (
        "SELECT run FROM kpi_change WHERE (tbl = 'kpi_target' AND key = ?)"
        " OR (tbl = 'kpi_revision' AND json_extract(key, '$.target') = ?)"
    )
    return {run for (run,) in book.read().execute(query, (row_to_text({"id": number}), number))}


def metrics_of(book: KpiBook) -> Mapping[str, MetricDef]:
    """Every metric that is known, the member's own among them, by id."""
    return SqlLedger(book.read()).metrics


def _decided(
    book: KpiBook, clock: Clock, change: Change, target: Target, *, before: Target | None, run: int | None = None
) -> Outcome[Decided]:
    progress = standing(book, target, clock.today())
    return Outcome(Decided(change, target, before, run, progress, book.engagements()))


def _standing_target(book: KpiBook, number: int) -> Target:
    target = book.target(number)
    if target.dropped:
        raise ConflictError("kpi.target_dropped_already", value=str(number), id=number)
    return target


def _same(one: Target, other: Target) -> bool:
    return replace(one, id=0, run=0, revisions=()) == replace(other, id=0, run=0, revisions=()) and not one.revisions


def _check(target: Target) -> None:
    if target.end <= target.start:
        raise InputError("kpi.period_backwards", start=f"{target.start:%d/%m/%Y}", end=f"{target.end:%d/%m/%Y}")
    if not FIRST_DAY <= target.start < target.end <= LAST_DAY:
        raise InputError("kpi.period_far", first=FIRST_DAY.year, last=LAST_DAY.year - 1)
    if (target.end - target.start).days > LONGEST:
        raise InputError("kpi.period_long", years=LONGEST // 366)
    _check_amount(target.amount)
    if not 0 < target.weight <= 1000:
        raise InputError("kpi.weight_range")


def _check_amount(amount: Fraction) -> None:
    if not 0 <= amount <= MOST:
        raise InputError("kpi.amount_range", value=str(amount))


def _check_engagements(book: KpiBook, target: Target) -> None:
    named = book.engagements()
    for id_ in target.engagements:
        if id_ not in named:
            raise ConflictError("kpi.target_engagement_unknown", value=id_, known=labels(named.values()) or "-")
    if not target.engagements and len(named) > 1:
        raise ConflictError("kpi.target_engagement_which", known=labels(named.values()))
