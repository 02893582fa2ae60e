"""What visits come to: goals with how sure their shares are, funnels, how long pages are read, who comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from toolkit.core.errors import UsageError
from toolkit.core.shares import Share, share
from toolkit.core.text import clean, search_key
from toolkit.sitestats import conversion
from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.metrics import totals
from toolkit.sitestats.model import Goal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.metrics import Filters, Site

LEVEL: Final = 0.95
"""How sure the interval around a share of visits is."""
MOST_STEPS: Final = 10
_EVENT: Final = "event:"
_LONGEST: Final = 500


@dataclass(frozen=True)
class GoalFigures:
    """How often a goal was reached: in how many of the visits, how often in all, by how many visitors. `by` are rows by
    the names of `sitestats.conversion.BY`."""

    goal: Goal
    visits: int
    conversions: int = 0
    reached: int = 0
    visitors: int = 0
    by: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def rate(self) -> Share:
        return share(self.conversions, self.visits, LEVEL)

    @property
    def worth(self) -> int | None:
        """What the conversions are worth in đồng; None where the member has given no value."""
        return None if self.goal.value is None else self.goal.value * self.conversions


@dataclass(frozen=True)
class FunnelFigures:
    """How many of the visits came to each of the steps, in their order. `rows` has the same by the columns of `by`."""

    steps: tuple[Goal, ...]
    visits: int
    counts: tuple[int, ...]
    by: str = ""
    rows: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Staying:
    """How long visitors stay and how often they come on one day; of other days nothing is known, by intent.

    `read` visits saw a page, `bounced` of them one alone. `pages`: path, views with a known time, seconds (the middle).
    `often`: how many visitors (`visitors`) came so many times (`visits`) on one day.
    """

    visits: int
    visitors: int
    read: int
    bounced: int
    pages: Sequence[Mapping[str, Any]]
    often: Sequence[Mapping[str, Any]]


def goal_of(text: str, known: Iterable[Goal] = ()) -> Goal:
    """A goal as it is typed: the name of a known one, a path ("/cam-on*") or an event ("event:gui-form").

    UsageError("sitestats.goal_unreadable") where it is none of these.
    """
    key = search_key(text)
    for goal in known:
        if search_key(goal.name) == key:
            return goal
    typed = clean(text)
    if typed.startswith(_EVENT) and typed[len(_EVENT) :].strip() and len(typed) <= _LONGEST:
        return Goal(typed, event=typed[len(_EVENT) :].strip())
    if typed.startswith(("/", "*")) and len(typed) <= _LONGEST:
        return Goal(typed, unquote(typed.partition("?")[0].partition("#")[0]))  # as paths of logs are kept
    raise UsageError("sitestats.goal_unreadable", value=text[:80])


def goal_figures(
    connection: DuckDBPyConnection, goals: Sequence[Goal], filters: Filters, *, by: Sequence[str] = (),
    top: int | None = None,
) -> tuple[GoalFigures, ...]:  # fmt: skip
    """What has become of each goal in the part of the traffic that is looked at; rows `by` …, at most `top` of each,
    but every day of those by day."""
    return goals_reached(partial(run, connection), goals, filters, by=by, top=top)


def goals_reached(
    count: Callable[[Callable[[Site], Any], Filters, int | None], Sequence[Mapping[str, Any]]], goals: Sequence[Goal],
    filters: Filters, *, by: Sequence[str] = (), top: int | None = None,
) -> tuple[GoalFigures, ...]:  # fmt: skip
    """The same of tables that are anywhere: `count` gives the rows of a metric."""
    if not goals:
        return ()
    visits = int(count(totals, filters, None)[0]["sessions"] or 0)
    rows = {int(row["goal"]): row for row in count(conversion.conversions(*goals), filters, None)}
    return tuple(
        GoalFigures(
            goal, visits,
            **{name: int(rows[place][name]) for name in ("conversions", "reached", "visitors")},
            by={
                name: count(conversion.conversions_by(goal, name), filters, None if name == "day" else top)
                for name in by
            },
        )
        for place, goal in enumerate(goals)
    )  # fmt: skip


def funnel_figures(
    connection: DuckDBPyConnection, steps: Sequence[Goal], filters: Filters, *, by: str = "", top: int | None = None
) -> FunnelFigures:
    """The steps of a funnel within one visit. UsageError("sitestats.funnel_steps") for none, one alone, or too many."""
    if not 2 <= len(steps) <= MOST_STEPS:
        raise UsageError("sitestats.funnel_steps", value=" ".join(step.name for step in steps)[:80], most=MOST_STEPS)
    [whole] = run(connection, conversion.funnel(steps), filters, None)
    rows = run(connection, conversion.funnel(steps, by), filters, top) if by else []
    counts = tuple(int(whole[f"step_{place}"] or 0) for place in range(1, len(steps) + 1))
    return FunnelFigures(tuple(steps), int(whole["visits"]), counts, by, rows)


def staying(connection: DuckDBPyConnection, filters: Filters, *, top: int | None = None) -> Staying:
    """How long visitors stay, and how often they come on one day."""
    whole = {name: int(value or 0) for name, value in run(connection, totals, filters, None)[0].items()}
    return Staying(
        visits=whole["sessions"],
        visitors=whole["visitors"],
        read=whole["read"],
        bounced=whole["bounced"],
        pages=run(connection, conversion.reading_times, filters, top),
        often=run(connection, conversion.visits_a_day, filters, None),
    )
