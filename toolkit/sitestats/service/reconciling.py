"""A log, the collector and Google Analytics side by side: how far they differ, and why, as far as can be measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.errors import ConflictError
from toolkit.core.text import as_argument
from toolkit.disk.scratch import scratch_folder
from toolkit.sitestats.adapters import comparing, store
from toolkit.sitestats.adapters.collected import collected_of
from toolkit.sitestats.adapters.comparing import Counted
from toolkit.sitestats.adapters.google_tables import open_google
from toolkit.sitestats.service.updating import open_settled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from toolkit.sitestats.adapters.sites import Site

EXAMPLES: Final = 5
_PEOPLE: Final = frozenset({"human", "uncertain"})

Cause = Literal[
    "begins_late", "ends_early", "programs", "uncertain", "only_files", "untagged", "only_in_google", "errors", "zones",
    "thresholded", "unsettled", "blocked", "consent", "cached",
]  # fmt: skip
UNKNOWABLE: Final[tuple[Cause, ...]] = ("blocked", "consent", "cached")
"""What no log can show: pages whose tag was blocked or not agreed to, and pages that never reached the server."""


@dataclass(frozen=True)
class Reason:
    """Why the figures may differ. `n` is its size in page views, visits or days, as the cause has it; None where it
    can't be known; `whole` what it is a part of. `pages`: some of the pages that it is about, the most seen first.
    `at`: the moment at which the log begins or ends, in the site's zone."""

    cause: Cause
    n: int | None
    pages: tuple[str, ...] = ()
    whole: int | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Compared:
    """A day, or all of them together; None: this one has nothing about it."""

    log: Counted
    collector: Counted | None
    google: Counted


@dataclass(frozen=True)
class Reconciled:
    """The days that both the log and Analytics know. `zone` is the site's, `google_zone` Analytics'."""

    site: Site
    zone: str
    google_zone: str
    days: Mapping[date, Compared]
    total: Compared
    reasons: tuple[Reason, ...]


def reconcile(site: Site, since: date | None = None, until: date | None = None) -> Reconciled:
    """Compare what is kept of a site, `until` being exclusive; nothing is fetched.

    ConflictError("sitestats.nothing_read" | "sitestats.no_google_yet" | "sitestats.no_common_days"); StoreError as in
    `store.open_site`.
    """
    with (
        scratch_folder() as scratch,
        open_google(site, scratch) as google,
        open_settled(site) as log,
    ):
        theirs = comparing.analysed(google) if google is not None else comparing.Analysed()
        if google is None or not theirs.days:
            raise ConflictError("sitestats.no_google_yet", value=site.name, name=as_argument(site.name))
        span = comparing.read_days(log)
        common = [
            day for day in theirs.days
            if span and span[0] <= day <= span[1] and (since is None or day >= since) and (until is None or day < until)
        ]  # fmt: skip
        if not common:
            raise ConflictError(
                "sitestats.no_common_days", value=site.name, first=f"{min(theirs.days):%d/%m/%Y}",
                last=f"{max(theirs.days):%d/%m/%Y}", ours="–".join(f"{day:%d/%m/%Y}" for day in span or ()) or "–",
            )  # fmt: skip
        ours, collected = comparing.counted_people(log), _collected(site)
        days = {day: Compared(ours.get(day, Counted()), collected.get(day), theirs.days[day]) for day in sorted(common)}
        kinds = comparing.page_views_by(log, common)
        in_log, in_google = comparing.pages_of_people(log, common), comparing.pages_of_analytics(google, common)
        total = _together(days)
        parts = comparing.part_days(log)
        moved = 0
        if theirs.zone and theirs.zone != site.zone:
            moved = comparing.visits_on_another_day(log, common, site.zone, theirs.zone)
        found = (
            *(
                Reason("begins_late" if begins else "ends_early", 1, at=at)
                for day, (at, begins) in parts.items()
                if day in days
            ),
            Reason("programs", sum(n for who, n in kinds.items() if who not in _PEOPLE), whole=sum(kinds.values())),
            Reason("uncertain", kinds.get("uncertain", 0), whole=sum(kinds.values())),
            Reason("only_files", comparing.visits_without_pages(log, common), whole=total.log.visits),
            _missing("untagged", in_log, in_google),
            _missing("only_in_google", in_google, in_log),
            Reason("errors", comparing.error_pages(log, common)),
            Reason("zones", moved, whole=total.log.visits),
            Reason("thresholded", len(theirs.thresholded & days.keys()), whole=len(days)),
            Reason("unsettled", len(theirs.unsettled & days.keys()), whole=len(days)),
        )
    reasons = (*(one for one in found if one.n), *(Reason(cause, None) for cause in UNKNOWABLE))
    return Reconciled(site, site.zone, theirs.zone, days, total, reasons)


def _collected(site: Site) -> Mapping[date, Counted]:
    own = collected_of(site)
    if not own.database.exists():
        return {}
    with scratch_folder() as scratch, store.open_site(own, scratch) as connection:
        return comparing.counted_people(connection)


def _missing(cause: Cause, here: Mapping[str, int], there: Mapping[str, int]) -> Reason:
    """Pages that one side knows and the other doesn't at all."""
    only = {path: n for path, n in here.items() if path not in there}
    most = sorted(only, key=lambda path: (-only[path], path))[:EXAMPLES]
    return Reason(cause, sum(only.values()), tuple(most), sum(here.values()))


def _together(days: Mapping[date, Compared]) -> Compared:
    """All days; of the collector the sum is told only where it knows every one of them."""
    collected = [one.collector for one in days.values() if one.collector is not None]
    return Compared(
        sum((one.log for one in days.values()), Counted()),
        sum(collected, Counted()) if len(collected) == len(days) else None,
        sum((one.google for one in days.values()), Counted()),
    )
