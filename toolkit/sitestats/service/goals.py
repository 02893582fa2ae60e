"""Goals of a site: what the member has said counts as success, kept beside what else they have said of it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ConflictError, StoreError, UsageError
from toolkit.core.text import search_key
from toolkit.sitestats.model import Goal

if TYPE_CHECKING:
    from toolkit.sitestats.adapters.sites import Site, Sites

MOST: Final = 50
_GOALS: Final = "goals"


def goals_of(site: Site) -> tuple[Goal, ...]:
    """The goals of a site in the order in which they were added. StoreError("sitestats.site_unreadable")."""
    try:
        return tuple(_goal(told) for told in site.more.get(_GOALS, ()))
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError("sitestats.site_unreadable", path=str(site.folder / "site.json")) from error


def add_goal(sites: Sites, site: Site, goal: Goal) -> bool:
    """Keep a goal; one of the same name is replaced, and False says so. UsageError("sitestats.goal_nameless" |
    "sitestats.goals_many")."""
    if not search_key(goal.name):
        raise UsageError("sitestats.goal_nameless", value=goal.name)
    is_new = True

    def with_goal(standing: Site) -> Site:
        nonlocal is_new
        known = goals_of(standing)
        others = [one for one in known if search_key(one.name) != search_key(goal.name)]
        if len(others) >= MOST:
            raise UsageError("sitestats.goals_many", value=goal.name, most=MOST)
        is_new = len(others) == len(known)
        return _with_goals(standing, [*others, goal])

    sites.change(site, with_goal)
    return is_new


def drop_goal(sites: Sites, site: Site, name: str) -> Goal:
    """Let go of a goal. ConflictError("sitestats.no_such_goal")."""
    dropped: list[Goal] = []

    def without(standing: Site) -> Site:
        known = goals_of(standing)
        dropped.extend(one for one in known if search_key(one.name) == search_key(name))
        if not dropped:
            names = ", ".join(one.name for one in known) or "–"
            raise ConflictError("sitestats.no_such_goal", value=name, known=names)
        return _with_goals(standing, [one for one in known if one not in dropped])

    sites.change(site, without)
    return dropped[0]


def _with_goals(site: Site, goals: list[Goal]) -> Site:
    return replace(site, more={**site.more, _GOALS: [asdict(one) for one in goals]})


def _goal(told: dict[str, Any]) -> Goal:
    value = told["value"]
    return Goal(str(told["name"]), str(told["path"]), str(told["event"]), None if value is None else int(value))
