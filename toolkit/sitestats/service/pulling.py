"""Fetching what Google has counted of a site, whole days at a time: what is there already isn't asked for again."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toolkit.core.errors import ConflictError, ToolkitError, UsageError
from toolkit.core.outcome import Outcome, Problem
from toolkit.disk.folders import private_folder
from toolkit.disk.scratch import scratch_folder
from toolkit.google.accounts import DEFAULT_ACCOUNT
from toolkit.google.measurement import Analytics, Asked, SearchConsole
from toolkit.sitestats.adapters.google_tables import TABLES, Kind, google_of, known, put_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.google.client import GoogleClient
    from toolkit.google.measurement import Answered, Found, Quota
    from toolkit.sitestats.adapters.sites import Site

    Tables = Mapping[str, Sequence[Sequence[Any]]]

FIRST: Final = 90
"""Days that are fetched the first time, where the member names none."""
AT_ONCE: Final = 7
"""Days in one request of Analytics, and in one transaction."""
STILL_COUNTED: Final = 4
"""Days before today from which on Analytics takes figures for final: it may change them for up to 72 hours after a day
has ended (support.google.com/analytics/answer/11198161)."""
PACIFIC: Final = ZoneInfo("America/Los_Angeles")
_LATE: Final = 4  # days after which Search Console is done with one on which the site was never seen

_REPORTS: Final = (
    Asked(("date",), ("totalUsers", "activeUsers", "sessions", "screenPageViews")),
    Asked(("date", "pagePath"), ("screenPageViews", "totalUsers")),
    Asked(("date", "sessionSource", "sessionMedium", "sessionCampaignName"), ("sessions", "totalUsers")),
)
_ONCE_MORE: Final = 2  # requests for which tokens have to be left, so that a stretch isn't begun in vain


@dataclass
class Pulled:
    """What was fetched. `first` and `last` are the days that were wanted, `fetched` those that are there now anew,
    `waiting` those that Google is still counting, `kept` how many days there are altogether."""

    site: Site
    kind: Kind
    origin: str
    first: date
    last: date
    zone: str
    fetched: list[date] = field(default_factory=list)
    waiting: list[date] = field(default_factory=list)
    rows: int = 0
    kept: int = 0
    quota: Quota | None = None
    thresholded: bool = False
    merged: bool = False
    sampled: bool = False


@dataclass(frozen=True)
class Span:
    """Which days the member wants, the last one included; None: as usual. `again`: also those that are there and
    settled."""

    since: date | None = None
    last: date | None = None
    again: bool = False


def pull_analytics(
    site: Site, client: GoogleClient, number: str, *, span: Span, now: datetime, account: str = DEFAULT_ACCOUNT,
    stop: Callable[[], bool] = bool, progress: Callable[[int], None] | None = None,
) -> Outcome[Pulled]:  # fmt: skip
    """Fetch visitors, visits, page views, pages and sources of each day from Google Analytics 4. `number` "" means the
    property that was fetched from before. `stop` is asked between stretches of days; `progress` is told how many
    days are done.

    What was fetched before something went wrong stays, and the next call goes on from there. Raises UsageError
    ("sitestats.which_property"), ConflictError("sitestats.google_other"), SignInError, InputError; and RemoteError
    where nothing at all could be fetched.
    """
    today = now.astimezone(ZoneInfo(site.zone)).date()
    with _running(site, "ga4", number, span=span, today=today, progress=progress) as run:
        source = Analytics(client, run.done.origin, account)
        for stretch in run.stretches(AT_ONCE):
            if stop():
                break
            if _is_spent(run.done.quota):
                run.problems.append(Problem("sitestats.tokens_out"))
                break
            try:
                answer = source.reports(_REPORTS, stretch[0], stretch[-1])
            except ToolkitError as error:
                run.failed(error)
                break
            _note(run.done, answer)
            note = "thresholded" if answer.thresholded else ""
            settled = _is_final(answer.zone, now)
            rows = _analytics_rows(answer, stretch)
            run.take(stretch, rows, at=now, settled=settled, note=note, zone=answer.zone)
        return run.outcome()


def pull_search(
    site: Site, client: GoogleClient, url: str, *, span: Span, now: datetime, account: str = DEFAULT_ACCOUNT,
    stop: Callable[[], bool] = bool, progress: Callable[[int], None] | None = None,
) -> Outcome[Pulled]:  # fmt: skip
    """Fetch clicks, impressions and places, by search text and page, of each day from Search Console; days are those of
    California, and one that Google is still counting is left for the next time. `url` "" means the one that was
    fetched from before; the rest is as in `pull_analytics`, with UsageError("sitestats.which_search_site")."""
    today = now.astimezone(PACIFIC).date()
    with _running(site, "gsc", url, span=span, today=today, progress=progress) as run:
        run.done.zone = PACIFIC.key
        source = SearchConsole(client, run.done.origin, account)
        if not run.wanted:
            return run.outcome()
        totals, unfinished = _totals(source, run.wanted, today)
        run.wait_for([day for day in run.wanted if day >= unfinished])
        for (day,) in run.stretches(1):
            if stop():
                break
            try:
                run.take([day], _search_rows(source, day, totals.get(day)), at=now)
            except ToolkitError as error:
                run.failed(error)
                break
        return run.outcome()


@dataclass
class _Run:
    """One pull, while it lasts."""

    done: Pulled
    wanted: list[date]
    scratch: Path
    before: frozenset[date]
    progress: Callable[[int], None] | None
    problems: list[Problem] = field(default_factory=list)
    ended: ToolkitError | None = None

    def stretches(self, most: int) -> Iterator[list[date]]:
        """The days that are wanted, neighbours together."""
        stretch: list[date] = []
        for day in self.wanted:
            if stretch and (len(stretch) == most or day - stretch[-1] > timedelta(days=1)):
                yield stretch
                stretch = []
            stretch.append(day)
        if stretch:
            yield stretch

    def wait_for(self, days: list[date]) -> None:
        """These are left for the next time."""
        self.done.waiting += days
        self.wanted = [day for day in self.wanted if day not in set(days)]

    def take(
        self, days: Sequence[date], tables: Tables, *, at: datetime, settled: Callable[[date], bool] = lambda _: True,
        note: str = "", zone: str = "",
    ) -> None:  # fmt: skip
        """Keep what was fetched of these days."""
        done = self.done
        put_days(
            done.site, self.scratch, done.kind, origin=done.origin, days={day: settled(day) for day in days},
            tables=tables, at=at.astimezone(UTC).replace(tzinfo=None), note=note, zone=zone,
        )  # fmt: skip
        done.fetched += days
        done.waiting += [day for day in days if not settled(day)]
        done.rows += sum(map(len, tables.values()))
        if self.progress is not None:
            self.progress(len(done.fetched))

    def failed(self, error: ToolkitError) -> None:
        """What was fetched before stays; where that is nothing, the error is the answer."""
        if not self.done.fetched:
            raise error
        self.problems.append(error.problem)
        self.ended = error

    def outcome(self) -> Outcome[Pulled]:
        self.done.kept = len(self.before | set(self.done.fetched))
        made = Outcome(self.done).with_problems(*self.problems)
        return replace(made, exit=self.ended.exit) if self.ended else made


@contextmanager
def _running(
    site: Site, kind: Kind, origin: str, *, span: Span, today: date, progress: Callable[[int], None] | None
) -> Iterator[_Run]:
    """A pull, planned, while nobody else fetches for the same site."""
    own = google_of(site)
    private_folder(own.folder)
    with scratch_folder() as folder, own.lock(f"sitestats {kind} pull"):
        before = known(site, folder, kind)
        origin = origin or before.origin
        if not origin:
            raise UsageError("sitestats.which_property" if kind == "ga4" else "sitestats.which_search_site", value="")
        is_other = bool(before.origin) and before.origin != origin
        if is_other and not span.again:
            raise ConflictError("sitestats.google_other", value=origin, known=before.origin)
        last = min(span.last or today, today - timedelta(days=1))
        first = span.since or last - timedelta(days=FIRST - 1)
        there = frozenset[date]() if span.again else before.settled
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        wanted = [day for day in every if day not in there]
        stays = frozenset() if is_other else frozenset(before.days)
        yield _Run(Pulled(site, kind, origin, first, last, site.zone), wanted, Path(folder), stays, progress)


def _analytics_rows(answer: Answered, stretch: Sequence[date]) -> Tables:
    """The rows of Analytics with days as ISO text; what it has put together over days is of none of them."""
    written = {f"{day:%Y%m%d}": day.isoformat() for day in stretch}
    return {
        table: [
            (written[day], *(text.replace("\0", "") for text in texts), *numbers)
            for (day, *texts), numbers in rows
            if day in written
        ]
        for table, rows in zip(TABLES["ga4"], answer.tables, strict=True)
    }


def _note(done: Pulled, answer: Answered) -> None:
    done.zone = answer.zone or done.zone
    done.quota = answer.quota or done.quota
    done.thresholded |= answer.thresholded
    done.merged |= answer.merged
    done.sampled |= answer.sampled


def _is_final(zone: str, now: datetime) -> Callable[[date], bool]:
    """Whether Analytics won't change a day any more; days are those of the property's `zone`."""
    try:
        today = now.astimezone(ZoneInfo(zone or "UTC")).date()
    except (ZoneInfoNotFoundError, ValueError):
        today = now.astimezone(UTC).date()
    return lambda day: (today - day).days >= STILL_COUNTED


def _is_spent(quota: Quota | None) -> bool:
    """Whether another request might be refused for want of tokens."""
    return quota is not None and min(quota.hour, quota.day) < _ONCE_MORE * quota.spent


def _totals(source: SearchConsole, wanted: Sequence[date], today: date) -> tuple[dict[date, Found], date]:
    """What Search Console says of each day, and the first day with which it isn't done."""
    found, begun = source.days(wanted[0], wanted[-1])
    totals = {date.fromisoformat(one.key): one for one in found}
    unseen = max([today - timedelta(days=_LATE), *(day + timedelta(days=1) for day in totals)])
    return totals, min(begun or unseen, unseen)


def _search_rows(source: SearchConsole, day: date, total: Found | None) -> Tables:
    """The rows of a day; one on which the site was never seen has none."""
    if total is None:
        return {table: [] for table in TABLES["gsc"]}
    told = day.isoformat()
    return {
        "gsc_days": [(told, total.clicks, total.impressions, total.position)],
        "gsc_queries": [_search_row(told, one) for one in source.of_day("QUERY", day)],
        "gsc_pages": [_search_row(told, one) for one in source.of_day("PAGE", day)],
    }


def _search_row(day: str, one: Found) -> tuple[str, str, int, int, float]:
    return day, one.key.replace("\0", ""), one.clicks, one.impressions, one.position
