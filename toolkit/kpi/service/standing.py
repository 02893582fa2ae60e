"""Where targets stand: the book's figures and the member's calendar, put before `evaluate`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.outcome import Outcome, Problem
from toolkit.kpi.book.figures import SqlLedger
from toolkit.kpi.model import DEFAULT_ENGAGEMENT
from toolkit.kpi.progress import counted_until, evaluate, weighted_completion
from toolkit.store.history import row_to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import Engagement, Target
    from toolkit.kpi.progress import Progress

_OF_SALES = ("sale", "line", "customer")


@dataclass(frozen=True)
class Overview:
    """Where targets stand at the end of the day `as_of`. `targets`: how many the member has that weren't let go of,
    `coming` and `ended` how many of them lie ahead or behind. `weighted` is their completion together, where it was
    asked for."""

    as_of: date
    standing: tuple[Progress, ...]
    targets: int
    coming: int
    ended: int
    engagements: Mapping[str, Engagement]
    weighted: Fraction | None = None


def overview(book: KpiBook, as_of: date) -> Outcome[Overview]:
    """The targets that run on a day."""
    every = book.targets()
    running = [target for target in every if target.start <= as_of < target.end]
    return _stand(book, as_of, running, every)


def statuses(book: KpiBook, as_of: date, numbers: Sequence[int] = (), *, dropped: bool = False) -> Outcome[Overview]:
    """These targets (also those let go of), or all of them: those that run first, then those ahead, then those that
    have ended. ConflictError("kpi.target_unknown")."""
    every = book.targets(dropped=dropped)
    chosen = [book.target(number) for number in dict.fromkeys(numbers)] if numbers else sorted(every, key=_order(as_of))
    return _stand(book, as_of, chosen, every)


def standing(book: KpiBook, target: Target, as_of: date) -> Progress:
    """Where one target stands."""
    return evaluate(target, as_of, SqlLedger(book.read()), book.calendar(), engagements=counting(book, target))


def counting(book: KpiBook, target: Target) -> tuple[str, ...]:
    """The engagements whose sales count for a target; () for everything in the book.

    A target that names none is for all that the member sells while that is one job. Where they have told of several,
    sales don't mix: it stays with the job that was told of first, and with what was written down before any was.
    """
    if target.engagements:
        return target.engagements
    named = book.engagements()
    if len(named) < 2:
        return ()
    query = "SELECT min(run) FROM kpi_change WHERE tbl = 'kpi_engagement' AND key = ?"
    told = {id_: book.read().execute(query, (row_to_text({"id": id_}),)).fetchone()[0] or 0 for id_ in sorted(named)}
    return (DEFAULT_ENGAGEMENT, min(told, key=lambda id_: told[id_]))


def _stand(book: KpiBook, as_of: date, chosen: Sequence[Target], every: Sequence[Target]) -> Outcome[Overview]:
    ledger, calendar = SqlLedger(book.read()), book.calendar()
    found = tuple(evaluate(target, as_of, ledger, calendar, engagements=counting(book, target)) for target in chosen)
    weights = {target.weight for target in chosen}
    return Outcome(
        Overview(
            as_of, found, len(every), sum(as_of < target.start for target in every),
            sum(as_of >= target.end for target in every), book.engagements(),
            weighted_completion(found) if weights - {1} else None,
        ),
        notes=tuple(_left_out(book, found)),
    )  # fmt: skip


def _left_out(book: KpiBook, found: Sequence[Progress]) -> list[Problem]:
    """Orders whose status isn't known count nowhere; that is said, once."""
    spans = [
        (one.target.start, counted_until(one.target, one.as_of)) for one in found if one.metric.object in _OF_SALES
    ]
    if not spans:
        return []
    query = "SELECT count(*) FROM kpi_sale WHERE engagement = ? AND ordered >= ? AND ordered < ? AND status = 'unknown'"
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    count = sum(
        book.read().execute(query, (engagement, start.isoformat(), end.isoformat())).fetchone()[0]
        for engagement in SqlLedger(book.read()).engagements
    )
    return [Problem("kpi.unknown_left_out", params={"n": count})] if count else []


def _order(as_of: date) -> Callable[[Target], tuple[int, date, int]]:
    def key(target: Target) -> tuple[int, date, int]:
        place = 0 if target.start <= as_of < target.end else 1 if as_of < target.start else 2
        return place, target.end, target.id

    return key
