"""What visits come to: goals, funnels, reading times, coming back, each one ibis expression as in `metrics`.

A conversion is a visit in which the goal was reached, however often: it is of visits that a share can be asked. A page
is reached when it was delivered, a form when the server took it; being sent on from a page isn't reaching it. Filters
choose the visits; what was done in them is always looked for in all their requests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.sitestats.metrics import fits, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import ibis.expr.types as ir

    from toolkit.sitestats.metrics import Site
    from toolkit.sitestats.model import Goal

    Metric = Callable[[Site], ir.Table]

EVENT: Final = "EVENT"
"""The method of a row of `hits` that is no request but an event that a page told of; its path is the event's name."""
BY: Final[Mapping[str, tuple[str, ...]]] = {
    "source": ("source", "medium"),
    "campaign": ("campaign",),
    "entry": ("entry",),
    "entry_source": ("entry", "source", "medium"),
    "device": ("device",),
    "day": ("day",),
}
"""What conversions can be looked at by, with the columns of visits that it means."""
_VISIT: Final = ["visitor", "number"]


def conversions(*goals: Goal) -> Metric:
    """goal (its place), conversions, reached (how often), visitors; one row a goal that was reached."""

    def metric(site: Site) -> ir.Table:
        import ibis

        parts = []
        for place, goal in enumerate(goals):
            done = reached(site, goal)
            parts.append(
                done.aggregate(
                    goal=ibis.literal(place, "int32"), conversions=done.count(),
                    reached=done.times.sum().fill_null(0), visitors=done.visitor.nunique(),
                )
            )  # fmt: skip
        return ibis.union(*parts).order_by("goal") if len(parts) > 1 else parts[0]

    return metric


def conversions_by(goal: Goal, by: str) -> Metric:
    """The columns of BY[by], visits, conversions, reached: of all visits, also of those that came to nothing."""

    def metric(site: Site) -> ir.Table:
        import ibis

        keys = list(BY[by])
        visits = site.visits.filter(site.visits.campaign != "") if by == "campaign" else site.visits
        done = reached(site, goal).rename(of_visitor="visitor", of_number="number")
        marked = visits.left_join(done, [visits.visitor == done.of_visitor, visits.number == done.of_number])
        grouped = marked.group_by(keys).aggregate(
            visits=marked.count(),
            conversions=marked.times.notnull().cast("int64").sum(),
            reached=marked.times.sum().fill_null(0),
        )
        order = keys if by == "day" else [ibis.desc("conversions"), ibis.desc("visits"), *keys]
        return grouped.order_by(order)

    return metric


def funnel(steps: Sequence[Goal], by: str = "") -> Metric:
    """visits, step_1 … step_n: how many visits came to each step, in this order, each by a request of its own, whatever
    lay between; with `by` a row for each of BY[by]."""

    def metric(site: Site) -> ir.Table:
        import ibis

        joined = site.visits
        before: ir.Table | None = None
        for place, step in enumerate(steps, start=1):
            done = _moments(site, step)
            if before is not None:
                both = done.join(before, _VISIT)
                done = both.filter(both.turn > both.came).select("visitor", "number", "turn")
            before = done.group_by(_VISIT).aggregate(came=done.turn.min())
            here = before.rename({f"v{place}": "visitor", f"n{place}": "number", f"came_{place}": "came"})
            at = [joined.visitor == here[f"v{place}"], joined.number == here[f"n{place}"]]
            joined = joined.left_join(here, at)
        came = {f"step_{place}": joined[f"came_{place}"] for place in range(1, len(steps) + 1)}
        counted = {name: column.notnull().cast("int64").sum() for name, column in came.items()}
        if not by:
            return joined.aggregate(visits=joined.count(), **counted)
        keys = list(BY[by])
        grouped = joined.group_by(keys).aggregate(visits=joined.count(), **counted)
        return grouped.order_by([ibis.desc("step_1"), ibis.desc("visits"), *keys])

    return metric


def reading_times(site: Site) -> ir.Table:
    """path, views (of which the time is known), seconds: the middle of the times until the next page of the visit.

    The last page of a visit has no next one, so how long it was read isn't known. The middle of an even number of times
    is the lower of the two, so that it is a time that was measured, on every engine.
    """
    import ibis

    hits = tables().hits
    hits = hits.filter(hits.is_page)
    seen = _with_visits(hits, site.visits)
    course = ibis.window(group_by=_VISIT, order_by="turn")
    timed = seen.mutate(next=seen.moment.lead().over(course))
    timed = timed.filter(timed.next.notnull())
    timed = timed.mutate(seconds=timed.next.delta(timed.moment, unit="second"))
    of_page = ibis.window(group_by="path")
    ranked = timed.mutate(
        rank=ibis.row_number().over(ibis.window(group_by="path", order_by=["seconds", "visitor", "turn"])),
        views=timed.path.count().over(of_page),
    )
    middle = ranked.filter(ranked.rank == (ranked.views - 1) // 2)
    return middle.select("path", "views", "seconds").order_by([ibis.desc("views"), "path"])


def visits_a_day(site: Site) -> ir.Table:
    """visits, visitors: how many visitors came once, twice … on one day."""
    visits = site.visits
    each = visits.group_by("visitor").aggregate(visits=visits.count())
    return each.group_by("visits").aggregate(visitors=each.count()).order_by("visits")


def visits_by_source(site: Site) -> ir.Table:
    """source, visits, visitors, whatever the way (a campaign's link, an app, a search)."""
    return _visits_by(site.visits, "source")


def visits_by_campaign(site: Site) -> ir.Table:
    """campaign, visits, visitors of visits that bear a campaign's name."""
    return _visits_by(site.visits.filter(site.visits.campaign != ""), "campaign")


def campaign_sources(site: Site) -> ir.Table:
    """campaign, source, visits, visitors: where visits that bear a campaign's name came from."""
    return _visits_by(site.visits.filter(site.visits.campaign != ""), "campaign", "source")


def visits_by_entry(site: Site) -> ir.Table:
    """entry, visits, visitors: by the page on which visits began."""
    return _visits_by(site.visits.filter(site.visits.entry.notnull()), "entry")


def _visits_by(visits: ir.Table, *keys: str) -> ir.Table:
    import ibis

    grouped = visits.group_by(list(keys)).aggregate(visits=visits.count(), visitors=visits.visitor.nunique())
    return grouped.order_by([ibis.desc("visits"), *keys])


FIGURES: Final[Mapping[str, Callable[[Site], Any]]] = {
    made.__name__: made
    for made in (
        reading_times, visits_a_day, visits_by_source, visits_by_campaign, campaign_sources, visits_by_entry,
    )
}  # fmt: skip
"""Those that need nothing to be said first."""


def reached(site: Site, goal: Goal) -> ir.Table:
    """visitor, number, times: the visits in which a goal was reached."""
    done = _moments(site, goal)
    return done.group_by(_VISIT).aggregate(times=done.count())


def _moments(site: Site, goal: Goal) -> ir.Table:
    """visitor, number, turn: each time that a goal was reached in one of the visits."""
    hits = tables().hits
    if goal.event:
        hits = hits.filter(hits.method == EVENT, hits.path == goal.event)
    else:
        shown = (hits.method == "GET") & ((hits.status < 300) | (hits.status == 304))
        taken = (hits.method == "POST") & (hits.status < 400)
        hits = hits.filter(fits(hits.path, goal.path), shown | taken)
    return _with_visits(hits, site.visits).select("visitor", "number", "turn")


def _with_visits(hits: ir.Table, visits: ir.Table) -> ir.Table:
    """visitor, number, path, moment, turn: requests with the visit that they belong to. `turn` is their order within
    the visitor's one day: by the moment, within a second by their place in the log."""
    import ibis

    of = visits.select("visitor", "number", "began", "ended")
    second = hits.moment.delta(ibis.timestamp("1970-01-01 00:00:00"), unit="second")  # epoch_seconds is no whole number
    hits = hits.select("visitor", "path", "moment", turn=second % 86_400 * (1 << 44) + hits.place)
    joined = hits.join(of, [hits.visitor == of.visitor, hits.moment >= of.began, hits.moment <= of.ended])
    return joined.select("visitor", "number", "path", "moment", "turn")
