"""Every figure of the report as one ibis expression, so that it means the same on DuckDB, Spark and Sail.

An expression is made over tables of the shapes in TABLES; an engine brings it into its own SQL and runs it. Counting is
in whole numbers everywhere; orders are total, so that every engine gives the same rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from toolkit.sitestats.model import Who

TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "hits": {
        "day": "date", "moment": "timestamp", "visitor": "int64", "agent": "int32", "referrer": "int32",
        "campaign": "int32", "country": "string", "host": "string", "method": "string", "path": "string",
        "status": "int16", "size": "int64", "place": "int64", "is_page": "boolean", "is_asset": "boolean",
    },
    "visitors": {
        "visitor": "int64", "day": "date", "agent": "int32", "country": "string", "hits": "int64", "pages": "int64",
        "size": "int64", "who": "string", "reason": "string",
    },
    "visits": {
        "visitor": "int64", "number": "int32", "day": "date", "began": "timestamp", "ended": "timestamp",
        "hits": "int64", "pages": "int64", "entry": "string", "exit": "string", "source": "string", "medium": "string",
        "campaign": "string", "country": "string", "device": "string", "who": "string",
    },
    "agents": {
        "id": "int32", "text": "string", "browser": "string", "system": "string", "device": "string", "who": "string",
        "reason": "string", "name": "string", "app": "string",
    },
    "referrers": {"id": "int32", "text": "string", "name": "string", "medium": "string", "host": "string"},
}  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What part of the traffic is looked at. `since` and `until` (exclusive) are days of the site's zone; `path` may
    hold `*` for anything; empty means everything."""

    since: date | None = None
    until: date | None = None
    who: frozenset[Who] = frozenset()
    path: str = ""
    source: str = ""
    campaign: str = ""
    country: str = ""
    device: str = ""

    @property
    def by_visit(self) -> bool:
        return bool(self.source or self.campaign)


@dataclass(frozen=True)
class Site:
    """The tables, narrowed to what is looked at."""

    hits: ir.Table
    visitors: ir.Table
    visits: ir.Table
    agents: ir.Table
    referrers: ir.Table


def tables() -> Site:
    """The tables as an engine has them."""
    import ibis

    return Site(**{name: ibis.table(dict(columns), name=name) for name, columns in TABLES.items()})


def narrowed(site: Site, chosen: Filters) -> Site:
    """The part of the traffic that `chosen` names: requests, visitors and visits of the same people."""
    hits, visitors, visits = (_period(table, chosen) for table in (site.hits, site.visitors, site.visits))
    if chosen.who:
        wanted = sorted(chosen.who)
        visitors = visitors.filter(visitors.who.isin(wanted))
        visits = visits.filter(visits.who.isin(wanted))
        hits = hits.semi_join(visitors, "visitor")
    if chosen.country:
        hits, visitors, visits = (table.filter(table.country == chosen.country) for table in (hits, visitors, visits))
    if chosen.device:
        of_device = site.agents.filter(site.agents.device == chosen.device)
        visitors = visitors.semi_join(of_device, visitors.agent == of_device.id)
        visits = visits.filter(visits.device == chosen.device)
        hits = hits.semi_join(of_device, hits.agent == of_device.id)
    if chosen.by_visit:
        if chosen.source:
            visits = visits.filter(visits.source.lower() == chosen.source.lower())
        if chosen.campaign:
            visits = visits.filter(visits.campaign.lower() == chosen.campaign.lower())
        within = [hits.visitor == visits.visitor, hits.moment >= visits.began, hits.moment <= visits.ended]
        hits = hits.semi_join(visits, within)
        visitors = visitors.semi_join(visits, "visitor")
    if chosen.path:
        hits = hits.filter(fits(hits.path, chosen.path))
        within = [visits.visitor == hits.visitor, visits.began <= hits.moment, visits.ended >= hits.moment]
        visits = visits.semi_join(hits, within)
        visitors = visitors.semi_join(hits, "visitor")
    if chosen.by_visit or chosen.path:
        visitors = _seen_in(visitors, hits)
    return Site(hits, visitors, visits, site.agents, site.referrers)


def _seen_in(visitors: ir.Table, hits: ir.Table) -> ir.Table:
    """The visitors with what they did in these requests, not with all that they did that day."""
    did = hits.group_by("visitor").aggregate(
        hits=hits.count(), pages=hits.is_page.cast("int64").sum(), size=hits.size.sum()
    )
    joined = visitors.select("visitor", "day", "agent", "country", "who", "reason").join(did, "visitor")
    return joined.select(*TABLES["visitors"])


def _period(table: ir.Table, chosen: Filters) -> ir.Table:
    import ibis

    if chosen.since is not None:
        table = table.filter(table.day >= ibis.date(chosen.since.isoformat()))
    if chosen.until is not None:
        table = table.filter(table.day < ibis.date(chosen.until.isoformat()))
    return table


def fits(path: ir.StringValue, glob: str) -> ir.BooleanValue:
    """Whether a path is the one that was typed; `*` stands for anything, every other sign for itself."""
    if "*" not in glob:
        return path == glob
    return path.re_search(f"^{'.*'.join(re.escape(part) for part in glob.split('*'))}$")


def totals(site: Site) -> ir.Table:
    """hits, page_views, bytes, visitors, bots (requests of programs): one row."""
    import ibis

    programs = site.visitors.who.isin(["search", "ai", "bot"])
    of_hits = site.hits.aggregate(
        hits=site.hits.count(), page_views=site.hits.is_page.cast("int64").sum(), bytes=site.hits.size.sum()
    )
    of_visitors = site.visitors.aggregate(
        visitors=site.visitors.count(), bots=ibis.ifelse(programs, site.visitors.hits, 0).sum()
    )
    of_visits = site.visits.aggregate(
        sessions=site.visits.count(),
        bounced=(site.visits.pages == 1).cast("int64").sum(),
        read=(site.visits.pages > 0).cast("int64").sum(),
        seconds=site.visits.ended.delta(site.visits.began, unit="second").sum(),
    )
    return of_hits.cross_join(of_visitors).cross_join(of_visits)


def statuses(site: Site) -> ir.Table:
    """code, n."""
    hits = site.hits
    return hits.group_by(code=hits.status).aggregate(n=hits.count()).order_by("code")


def pages(site: Site) -> ir.Table:
    """path, hits, visitors of pages that were delivered."""
    return _by_path(site.hits.filter(site.hits.is_page))


def not_found(site: Site) -> ir.Table:
    """path, hits, visitors of addresses that aren't there."""
    return _by_path(site.hits.filter(site.hits.status.isin([404, 410])))


def files(site: Site) -> ir.Table:
    """path, hits, visitors of images, scripts and other files that were delivered."""
    hits = site.hits
    return _by_path(hits.filter(~hits.is_page, hits.method == "GET", (hits.status < 300) | (hits.status == 304)))


def _by_path(hits: ir.Table) -> ir.Table:
    import ibis

    grouped = hits.group_by("path").aggregate(hits=hits.count(), visitors=hits.visitor.nunique(), bytes=hits.size.sum())
    return grouped.order_by([ibis.desc("hits"), "path"])


def referrers(site: Site) -> ir.Table:
    """host, medium, hits, visitors of other sites that links were followed from."""
    import ibis

    joined = site.hits.join(site.referrers, site.hits.referrer == site.referrers.id)
    joined = joined.filter(~joined.medium.isin(["direct", "internal"]))
    grouped = joined.group_by(host=joined.host_right, medium=joined.medium).aggregate(
        hits=joined.count(), visitors=joined.visitor.nunique()
    )
    return grouped.order_by([ibis.desc("hits"), "host", "medium"])


def sources(site: Site) -> ir.Table:
    """source, medium, sessions, visitors, pages, bounced: where visits came from."""
    return _by_visit(site.visits, "source", "medium")


def campaigns(site: Site) -> ir.Table:
    """campaign, source, sessions, visitors, pages, bounced of visits that bear a campaign's name."""
    return _by_visit(site.visits.filter(site.visits.campaign != ""), "campaign", "source")


def entry_pages(site: Site) -> ir.Table:
    """path, sessions, bounced: where visits begin."""
    return _by_visit(_at(site.visits, "entry"), "path")


def exit_pages(site: Site) -> ir.Table:
    """path, sessions: where visits end."""
    return _by_visit(_at(site.visits, "exit"), "path")


def _at(visits: ir.Table, end: str) -> ir.Table:
    known = visits.filter(visits[end].notnull())
    return known.mutate(path=known[end])


def _by_visit(visits: ir.Table, *keys: str) -> ir.Table:
    import ibis

    grouped = visits.group_by(list(keys)).aggregate(
        sessions=visits.count(),
        visitors=visits.visitor.nunique(),
        pages=visits.pages.sum(),
        bounced=(visits.pages == 1).cast("int64").sum(),
    )
    return grouped.order_by([ibis.desc("sessions"), *keys])


def browsers(site: Site) -> ir.Table:
    """name, hits, visitors."""
    return _by_agent(site, "browser")


def systems(site: Site) -> ir.Table:
    """name, hits, visitors."""
    return _by_agent(site, "system")


def devices(site: Site) -> ir.Table:
    """name, hits, visitors."""
    return _by_agent(site, "device")


def programs(site: Site) -> ir.Table:
    """name, who, reason, hits, visitors of what isn't a person, or may not be."""
    import ibis

    joined = site.visitors.join(site.agents, site.visitors.agent == site.agents.id)
    joined = joined.filter(joined.who != "human")
    name = ibis.coalesce(joined.name.nullif(""), joined.text)
    grouped = joined.group_by(name=name, who=joined.who, reason=joined.reason).aggregate(
        hits=joined.hits.sum(), visitors=joined.count()
    )
    return grouped.order_by([ibis.desc("hits"), "name", "who", "reason"])


def kinds(site: Site) -> ir.Table:
    """who, hits, visitors, pages: people, programs, and who can't be told."""
    import ibis

    visitors = site.visitors
    grouped = visitors.group_by("who").aggregate(
        hits=visitors.hits.sum(), visitors=visitors.count(), pages=visitors.pages.sum(), bytes=visitors.size.sum()
    )
    return grouped.order_by([ibis.desc("hits"), "who"])


def _by_agent(site: Site, column: str) -> ir.Table:
    import ibis

    joined = site.visitors.join(site.agents, site.visitors.agent == site.agents.id)
    grouped = joined.group_by(name=joined[column]).aggregate(hits=joined.hits.sum(), visitors=joined.count())
    return grouped.order_by([ibis.desc("hits"), "name"])


def countries(site: Site) -> ir.Table:
    """name (two letters, "" where unknown), hits, visitors."""
    import ibis

    visitors = site.visitors
    grouped = visitors.group_by(name=visitors.country).aggregate(hits=visitors.hits.sum(), visitors=visitors.count())
    return grouped.order_by([ibis.desc("hits"), "name"])


def days(site: Site) -> ir.Table:
    """date, requests, page_views, visitors, bytes."""
    visitors = site.visitors
    grouped = visitors.group_by(date=visitors.day).aggregate(
        requests=visitors.hits.sum(), page_views=visitors.pages.sum(), visitors=visitors.count(),
        bytes=visitors.size.sum(),
    )  # fmt: skip
    return grouped.order_by("date")


def hours(site: Site) -> ir.Table:
    """hour, hits, visitors by the site's clock."""
    hits = site.hits
    grouped = hits.group_by(hour=hits.moment.hour()).aggregate(hits=hits.count(), visitors=hits.visitor.nunique())
    return grouped.order_by("hour")


METRICS: Final[Mapping[str, Callable[[Site], Any]]] = {
    made.__name__: made
    for made in (
        totals, statuses, pages, not_found, files, referrers, sources, campaigns, entry_pages, exit_pages, browsers,
        systems, devices, programs, kinds, countries, days, hours,
    )
}  # fmt: skip
