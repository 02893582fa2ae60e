"""Goals as they are kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from toolkit.core.text import as_argument
from toolkit.shell.blocks import Column, Line, Note, Table, Words
from toolkit.sitestats.views.conversion import Dong, goal_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.shell.blocks import Block
    from toolkit.sitestats.model import Goal


def goal_json(goal: Goal) -> dict[str, Any]:
    """A goal for a program; what it isn't (a page, an event) is null."""
    told = asdict(goal)
    return told | {name: told[name] or None for name in ("path", "event")}


def kept_json(goals: Sequence[Goal]) -> list[dict[str, Any]]:
    """Goals for a program."""
    return [goal_json(goal) for goal in goals]


def added(site: str, *, is_new: bool) -> Callable[[Goal], Iterator[Block]]:
    """A goal of the site of this name that has just been kept."""

    def view(goal: Goal) -> Iterator[Block]:
        yield Line(Words("sitestats.goal_added" if is_new else "sitestats.goal_replaced", goal=goal_name(goal)))
        collected = " --from-collector" if goal.event else ""  # events are told by pages alone
        yield Note(Words("sitestats.goal_next", name=as_argument(site) + collected))

    return view


def dropped(goal: Goal) -> Iterator[Block]:
    """A goal that was let go of."""
    yield Line(Words("sitestats.goal_dropped", goal=goal_name(goal)))


def kept(goals: Sequence[Goal]) -> Iterator[Block]:
    """The goals of a site."""
    if not goals:
        yield Line(Words("sitestats.goals_none"))
        yield Note(Words("sitestats.goals_none.fix"))
        return
    columns = [Column(Words("sitestats.panel_goals")), Column(Words("sitestats.column_value"), "right")]
    yield Table(columns, [[goal_name(goal), Dong(goal.value)] for goal in goals])
