"""Figures by day, kind of visitor, source, country and device at once, for a page that is filtered without the logs.

Day, kind, country and device belong to a visitor, so that visitors of different ones are different visitors and may be
added. A source belongs to a visit: whoever came from two is counted for both, and for the `firsts` of one of them only,
so that `visitors` are right for one source and the sum of `firsts` is right for all. Nothing is ever estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from toolkit.sitestats.conversion import reached

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from toolkit.sitestats.metrics import Site
    from toolkit.sitestats.model import Goal

DIMENSIONS: Final = ("day", "who", "source", "country", "device")
"""`month` takes the place of `day` where the logs are long."""
OTHERS: Final = " "
"""Stands for every source or country beyond the kept ones; no source or country is called so."""


@dataclass(frozen=True)
class Cube:
    """Additive figures of each key by some of the dimensions: rows of (place of the key, dimensions, values)."""

    dimensions: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Panel:
    """The rows of one table of the page. `keys` are at most so many as a page holds; `left` more were seen. Values of
    every cube are `values`, then visitors and firsts where it knows sources, else firsts alone."""

    values: tuple[str, ...]
    keys: Sequence[tuple[Any, ...]]
    left: int
    cubes: Sequence[Cube]


@dataclass(frozen=True)
class Facts:
    """All that a page can show. `labels` are the values of each dimension, in order; `step` cuts the time."""

    first: date
    last: date
    step: str
    labels: Mapping[str, Sequence[Any]]
    panels: Mapping[str, Panel]


@dataclass(frozen=True)
class Cut:
    """How a panel is made: from which rows, by which keys, which columns are added, the first of them for order."""

    rows: Callable[[Sources], ir.Table]
    keys: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    """What cuts are made of: requests and visits with every dimension beside them, and the words for agents and
    referrers."""

    seen: ir.Table
    came: ir.Table
    agents: ir.Table
    referrers: ir.Table


SEEN: Final[Mapping[str, str]] = {
    "day": "date", "month": "date", "who": "string", "source": "string", "country": "string", "device": "string",
    "visitor": "int64", "hour": "int32", "agent": "int32", "referrer": "int32", "path": "string", "code": "int16",
    "size": "int64", "is_page": "boolean", "method": "string", "reason": "string",
}  # fmt: skip
CAME: Final[Mapping[str, str]] = {
    "day": "date", "month": "date", "who": "string", "source": "string", "country": "string", "device": "string",
    "visitor": "int64", "number": "int32", "name": "string", "medium": "string", "campaign": "string",
    "entry": "string", "exit": "string", "pages": "int64", "seconds": "int64",
}  # fmt: skip


def seen(site: Site, kept: Mapping[str, Collection[str]]) -> ir.Table:
    """Every request with the dimensions of its visit. `kept` are the sources and countries that have a place of their
    own."""
    # views: with a source or a path chosen, all three are made of one another, and ibis must know which one is meant
    hits, visits, visitors = site.hits.view(), site.visits.view(), site.visitors.view()
    within = [hits.visitor == visits.visitor, hits.moment >= visits.began, hits.moment <= visits.ended]
    joined = hits.join(visits, within).join(visitors, hits.visitor == visitors.visitor)
    made = joined.select(
        **_dimensions(visits, kept),
        visitor=hits.visitor,
        hour=hits.moment.hour(),
        agent=hits.agent,
        referrer=hits.referrer,
        path=hits.path,
        code=hits.status,
        size=hits.size,
        is_page=hits.is_page,
        method=hits.method,
        reason=visitors.reason,
    )
    return made.select(*SEEN)


def came(site: Site, kept: Mapping[str, Collection[str]]) -> ir.Table:
    """Every visit with its dimensions."""
    visits = site.visits
    made = visits.select(
        **_dimensions(visits, kept),
        visitor=visits.visitor,
        number=visits.number,
        name=visits.source,
        medium=visits.medium,
        campaign=visits.campaign,
        entry=visits.entry,
        exit=visits.exit,
        pages=visits.pages,
        seconds=visits.ended.delta(visits.began, unit="second"),
    )
    return made.select(*CAME)


def _dimensions(visits: ir.Table, kept: Mapping[str, Collection[str]]) -> dict[str, ir.Value]:
    import ibis

    def held(name: str, value: ir.StringValue) -> ir.Value:
        return ibis.ifelse(value.isin(sorted(kept[name])), value, OTHERS)

    return {
        "day": visits.day,
        "month": ibis.date(visits.day.year(), visits.day.month(), 1),
        "who": visits.who,
        "source": held("source", visits.source.lower()),
        "country": held("country", visits.country),
        "device": visits.device,
    }


def materials() -> Sources:
    """The tables that `seen` and `came` have been put down as, with those of the site."""
    import ibis

    from toolkit.sitestats.metrics import TABLES

    return Sources(
        ibis.table(dict(SEEN), name="page_seen"),
        ibis.table(dict(CAME), name="page_came"),
        ibis.table(dict(TABLES["agents"]), name="agents"),
        ibis.table(dict(TABLES["referrers"]), name="referrers"),
    )


def keys_of(cut: Cut, sources: Sources) -> ir.Table:
    """The keys with their first value, the largest first."""
    return largest(cut.rows(sources), cut)


def largest(rows: ir.Table, cut: Cut) -> ir.Table:
    """The keys of a panel's rows, or of its cube, the largest first."""
    import ibis

    found = rows.group_by(list(cut.keys)).aggregate(n=rows[cut.values[0]].sum())
    return found.order_by([ibis.desc("n"), *cut.keys])


def cube_of(cut: Cut, sources: Sources, time: str, most: int) -> ir.Table:
    """The finest cube of a panel for its `most` largest keys: keys, dimensions, values, visitors, firsts."""
    import ibis

    rows = cut.rows(sources)
    dims = [time, *DIMENSIONS[1:]]
    by_visitor = rows.group_by([*cut.keys, "visitor", *dims]).aggregate(
        **{value: rows[value].sum() for value in cut.values}
    )
    own = ibis.window(group_by=[*cut.keys, "visitor"])
    told = by_visitor.mutate(first=(by_visitor.source == by_visitor.source.min().over(own)).cast("int64"))
    cube = told.group_by([*cut.keys, *dims]).aggregate(
        **{value: told[value].sum() for value in cut.values}, visitors=told.count(), firsts=told["first"].sum()
    )
    return cube.semi_join(keys_of(cut, sources).limit(most), list(cut.keys)) if cut.keys else cube


def coarser(cube: ir.Table, cut: Cut, dims: Sequence[str]) -> ir.Table:
    """The same figures by fewer dimensions."""
    columns = [*cut.values, *(["visitors"] if "source" in dims else []), "firsts"]
    grouped = cube.group_by([*cut.keys, *dims]).aggregate(**{name: cube[name].sum() for name in columns})
    return grouped.select(*cut.keys, *dims, *columns)


def _hits(sources: Sources) -> ir.Table:
    return sources.seen.mutate(hits=1)


def _all(sources: Sources) -> ir.Table:
    rows = _hits(sources)
    return rows.mutate(page_views=rows.is_page.cast("int64"), bytes=rows["size"])


def _pages(sources: Sources) -> ir.Table:
    rows = _hits(sources)
    return rows.filter(rows.is_page)


def _not_found(sources: Sources) -> ir.Table:
    rows = _hits(sources)
    return rows.filter(rows.code.isin([404, 410]))


def _files(sources: Sources) -> ir.Table:
    rows = _hits(sources)
    return rows.filter(~rows.is_page, rows.method == "GET", (rows.code < 300) | (rows.code == 304))


def _referrers(sources: Sources) -> ir.Table:
    rows, referrers = _hits(sources), sources.referrers
    outside = referrers.filter(~referrers.medium.isin(["direct", "internal"])).select("id", "host", "medium")
    return rows.join(outside, rows.referrer == outside.id)


def _agents(column: str) -> Callable[[Sources], ir.Table]:
    def rows(sources: Sources) -> ir.Table:
        hits, agents = _hits(sources), sources.agents
        named = agents.select("id", name=agents[column])
        return hits.join(named, hits.agent == named.id)

    return rows


def _programs(sources: Sources) -> ir.Table:
    import ibis

    hits, agents = _hits(sources), sources.agents
    named = agents.select("id", name=ibis.coalesce(agents.name.nullif(""), agents.text))
    strange = hits.filter(hits.who != "human").mutate(kind=hits.who)
    return strange.join(named, strange.agent == named.id)


def _visits(sources: Sources) -> ir.Table:
    rows = sources.came
    return rows.mutate(sessions=1, bounced=(rows.pages == 1).cast("int64"), read=(rows.pages > 0).cast("int64"))


def goals_cut(site: Site, goals: Sequence[Goal]) -> Cut:
    """How often each goal was reached, by its place among `goals`, as `conversion.conversions` counts it."""
    import ibis

    def rows(sources: Sources) -> ir.Table:
        parts = [reached(site, goal).mutate(goal=ibis.literal(place, "int32")) for place, goal in enumerate(goals)]
        done = ibis.union(*parts) if len(parts) > 1 else parts[0]
        visits = sources.came
        came_to = visits.join(done, [visits.visitor == done.visitor, visits.number == done.number])
        return came_to.mutate(conversions=1, reached=came_to.times)

    return Cut(rows, ("goal",), ("conversions", "reached"))


def _campaigns(sources: Sources) -> ir.Table:
    rows = _visits(sources)
    return rows.filter(rows.campaign != "")


def _at(end: str) -> Callable[[Sources], ir.Table]:
    def rows(sources: Sources) -> ir.Table:
        visits = _visits(sources)
        known = visits.filter(visits[end].notnull())
        return known.mutate(path=known[end])

    return rows


CUTS: Final[Mapping[str, Cut]] = {
    "all": Cut(_all, (), ("hits", "page_views", "bytes")),
    "visits": Cut(_visits, (), ("sessions", "bounced", "read", "seconds")),
    "hours": Cut(_hits, ("hour",), ("hits",)),
    "sources": Cut(_visits, ("name", "medium"), ("sessions", "pages", "bounced")),
    "campaigns": Cut(_campaigns, ("campaign", "name"), ("sessions",)),
    "pages": Cut(_pages, ("path",), ("hits",)),
    "entry_pages": Cut(_at("entry"), ("path",), ("sessions", "bounced")),
    "exit_pages": Cut(_at("exit"), ("path",), ("sessions",)),
    "referrers": Cut(_referrers, ("host", "medium"), ("hits",)),
    "browsers": Cut(_agents("browser"), ("name",), ("hits",)),
    "systems": Cut(_agents("system"), ("name",), ("hits",)),
    "programs": Cut(_programs, ("name", "kind", "reason"), ("hits",)),
    "files": Cut(_files, ("path",), ("hits",)),
    "not_found": Cut(_not_found, ("path",), ("hits",)),
    "statuses": Cut(_hits, ("code",), ("hits",)),
}
"""Every table of the page that isn't one of its dimensions; the figures are those of the metrics of the same name."""
