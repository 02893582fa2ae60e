"""Google's own figures about a website: Analytics 4 and Search Console, read with the permissions that read them and
nothing else.

What is asked for, the limits and the shape of answers: developers.google.com/analytics/devguides/reporting/data/v1 and
developers.google.com/webmaster-tools/v1/searchanalytics/query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import InputError, RemoteError, SignInError, UsageError
from toolkit.google.accounts import DEFAULT_ACCOUNT, login_command
from toolkit.google.client import is_object
from toolkit.google.retry import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.google.client import Check, GoogleClient

ANALYTICS_READONLY: Final = "https://www.googleapis.com/auth/analytics.readonly"
SEARCH_READONLY: Final = "https://www.googleapis.com/auth/webmasters.readonly"
MOST_REPORTS: Final = 5
"""Reports in one request of Analytics."""
MOST_ROWS: Final = 250_000
"""Rows in one answer of Analytics, however many are asked for."""
MOST_SEARCH_ROWS: Final = 25_000
"""Rows in one answer of Search Console."""

_OFF: Final = frozenset({"SERVICE_DISABLED", "accessNotConfigured"})
_WHOLE: Final = re.compile(r"[0-9]{1,15}")
_LONGEST: Final = 2_000  # characters of an address


def read_property(typed: str) -> str:
    """The number of an Analytics property: `123456789` or `properties/123456789`. UsageError("google.not_a_property"),
    also for the G-… of a page's tag, which is another thing."""
    number = typed.strip().removeprefix("properties/")
    if not re.fullmatch(r"[0-9]{1,15}", number):
        raise UsageError("google.not_a_property", value=typed[:100])
    return number


def read_search_site(typed: str) -> str:
    """A property of Search Console as Google writes it: `sc-domain:example.vn`, or an address that ends in a stroke.
    UsageError("google.not_a_search_site")."""
    text = typed.strip()
    domain = re.fullmatch(r"sc-domain:([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})", text)
    address = re.fullmatch(r"https?://[^/?#\s]{1,253}(?:/[^?#\s]{0,1000})?", text)
    if len(text) > _LONGEST or not (domain or address):
        raise UsageError("google.not_a_search_site", value=typed[:100])
    return text if domain or text.endswith("/") else f"{text}/"


@dataclass(frozen=True)
class _Api:
    """One of the two services: which permissions read it, how they are asked for, what its refusals are called."""

    scopes: frozenset[str]
    scope: str
    not_allowed: str
    not_yours: str
    off: str


_ANALYTICS: Final = _Api(
    frozenset({ANALYTICS_READONLY, "https://www.googleapis.com/auth/analytics"}),
    "analytics",
    "google.analytics_not_allowed",
    "google.analytics_not_yours",
    "google.analytics_off",
)
_SEARCH: Final = _Api(
    frozenset({SEARCH_READONLY, "https://www.googleapis.com/auth/webmasters"}),
    "search-console",
    "google.search_not_allowed",
    "google.search_not_yours",
    "google.search_off",
)


@dataclass(frozen=True)
class Asked:
    """One report of Analytics: what its rows are of, and what is counted, by Google's names."""

    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]


@dataclass(frozen=True)
class Quota:
    """What a request has cost and what is left of the property's tokens, for this hour and this day."""

    spent: int
    hour: int
    day: int


@dataclass(frozen=True)
class Answered:
    """What Analytics has answered: for each report its rows, a text for each dimension and a number for each metric.

    `zone` is the property's, in which its days are cut. `thresholded`: Google has withheld rows of few people;
    `merged`: it has put rows together as "(other)"; `sampled`: it has counted a part and extrapolated.
    """

    tables: tuple[Sequence[tuple[tuple[str, ...], tuple[int, ...]]], ...]
    zone: str
    thresholded: bool = False
    merged: bool = False
    sampled: bool = False
    quota: Quota | None = None


class Analytics:
    """A property of Google Analytics 4. SignInError("google.analytics_not_allowed")."""

    def __init__(
        self, client: GoogleClient, number: str, account: str = DEFAULT_ACCOUNT, *, most: int = MOST_ROWS
    ) -> None:
        """`most`: rows to ask for at once."""
        _demand(client, _ANALYTICS, account)
        self._client, self._number, self._account, self._most = client, number, account, most
        self._service = client.service("analyticsdata", "v1beta")

    def reports(self, asked: Sequence[Asked], since: date, last: date) -> Answered:
        """Up to five reports of these days, the last one included, every row of them.

        Raises InputError("google.analytics_not_yours"), RemoteError("google.analytics_off" | …), SignInError.
        """
        tables: list[list[tuple[tuple[str, ...], tuple[int, ...]]]] = [[] for _ in asked]
        told: list[Mapping[str, Any]] = []
        open_ = dict.fromkeys(range(len(asked)), 0)
        while open_:
            turn = [(asked[number], begin) for number, begin in open_.items()]
            body = {"requests": [self._request(one, since, last, begin) for one, begin in turn]}
            request = self._service.properties().batchRunReports(property=f"properties/{self._number}", body=body)
            reply = _send(
                self._client, request, partial(_is_batch, turn),
                api=_ANALYTICS, value=self._number, account=self._account,
            )  # fmt: skip
            for (number, begin), report in zip(list(open_.items()), reply["reports"], strict=True):
                rows = report.get("rows", [])
                tables[number] += [_row(row) for row in rows]
                told.append(report)
                if begin + len(rows) < report.get("rowCount", 0):
                    open_[number] = begin + len(rows)
                else:
                    del open_[number]
        notes = [report.get("metadata") or {} for report in told]
        return Answered(
            tuple(tables),
            next((str(note["timeZone"]) for note in notes if note.get("timeZone")), ""),
            thresholded=any(note.get("subjectToThresholding") for note in notes),
            merged=any(note.get("dataLossFromOtherRow") for note in notes),
            sampled=any(note.get("samplingMetadatas") for note in notes),
            quota=_quota(told),
        )

    def _request(self, one: Asked, since: date, last: date, begin: int) -> dict[str, Any]:
        return {
            "dateRanges": [{"startDate": since.isoformat(), "endDate": last.isoformat()}],
            "dimensions": [{"name": name} for name in one.dimensions],
            "metrics": [{"name": name} for name in one.metrics],
            # pages fit together only where the order of rows is settled
            "orderBys": [{"dimension": {"dimensionName": name}} for name in one.dimensions],
            "limit": str(self._most),
            "offset": str(begin),
            "returnPropertyQuota": True,
        }


@dataclass(frozen=True)
class Found:
    """What Search Console says of one day, search text or page. `position` is the mean place in the results, the first
    being 1."""

    key: str
    clicks: int
    impressions: int
    position: float


class SearchConsole:
    """A property of Search Console. Its days are those of California. SignInError("google.search_not_allowed")."""

    def __init__(
        self, client: GoogleClient, url: str, account: str = DEFAULT_ACCOUNT, *, most: int = MOST_SEARCH_ROWS
    ) -> None:
        """`most`: rows to ask for at once."""
        _demand(client, _SEARCH, account)
        self._client, self._url, self._account, self._most = client, url, account, most
        self._service = client.service("searchconsole", "v1")

    def days(self, since: date, last: date) -> tuple[list[Found], date | None]:
        """The days on which the site was seen at all, and from which one on Google is still counting (None: it is done
        with all of them). The totals count what `of_day` leaves out: searches that Google keeps to itself.

        Raises InputError("google.search_not_yours"), RemoteError("google.search_off" | …), SignInError.
        """
        rows, reply = self._rows("DATE", since, last, dataState="ALL")
        begun = (reply.get("metadata") or {}).get("firstIncompleteDate")
        return rows, date.fromisoformat(begun) if isinstance(begun, str) else None

    def of_day(self, dimension: str, day: date) -> list[Found]:
        """Each QUERY or PAGE of a day, as far as Google tells them. Raises as `days` does."""
        return self._rows(dimension, day, day)[0]

    def _rows(self, dimension: str, since: date, last: date, **more: str) -> tuple[list[Found], Mapping[str, Any]]:
        found: list[Found] = []
        while True:
            body = {
                "startDate": since.isoformat(),
                "endDate": last.isoformat(),
                "dimensions": [dimension],
                "type": "WEB",
                "rowLimit": self._most,
                "startRow": len(found),
                **more,
            }
            request = self._service.searchanalytics().query(siteUrl=self._url, body=body)
            check = partial(_is_search, dimension, since, last, self._most)
            reply: Mapping[str, Any] = _send(
                self._client, request, check, api=_SEARCH, value=self._url, account=self._account
            )
            rows = reply.get("rows", [])
            found += [
                Found(row["keys"][0], round(row["clicks"]), round(row["impressions"]), float(row["position"]))
                for row in rows
            ]
            if len(rows) < self._most:
                return found, reply


def _demand(client: GoogleClient, api: _Api, account: str) -> None:
    if not client.scopes & api.scopes:
        raise SignInError(api.not_allowed, command=f"{login_command(account)} --scope {api.scope}")


def _send(client: GoogleClient, request: Any, check: Check, *, api: _Api, value: str, account: str) -> Any:
    try:
        return client.send(request, check)
    except RefusedError as refused:
        if refused.reason in _OFF:
            raise RemoteError(api.off) from refused
        if refused.status in {403, 404}:
            raise InputError(api.not_yours, value=value, account=account) from refused
        raise


def _is_batch(asked: Sequence[tuple[Asked, int]], reply: Any) -> bool:
    """Whether an answer is one of Analytics, with a report for each that was asked for, none of them cut short."""
    reports = reply.get("reports") if is_object(reply, kind="analyticsData#batchRunReports") else None
    return (
        isinstance(reports, list)
        and len(reports) == len(asked)
        and all(_is_report(report, one, begin) for report, (one, begin) in zip(reports, asked, strict=True))
    )


def _is_report(report: Any, one: Asked, begin: int) -> bool:
    if not isinstance(report, dict):
        return False
    rows, count = report.get("rows", []), report.get("rowCount", 0)
    if not isinstance(rows, list) or not isinstance(count, int) or begin + len(rows) > count:
        return False
    if not rows:
        return begin >= count
    try:
        heads = [head["name"] for head in (*report["dimensionHeaders"], *report["metricHeaders"])]
        return heads == [*one.dimensions, *one.metrics] and all(
            len(dimensions) == len(one.dimensions) and len(metrics) == len(one.metrics)
            for dimensions, metrics in map(_row, rows)
        )
    except (KeyError, TypeError, ValueError):
        return False


def _row(row: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    return (
        tuple(str(one.get("value", "")) for one in row["dimensionValues"]),
        tuple(_whole(one["value"]) for one in row["metricValues"]),
    )


def _whole(text: Any) -> int:
    if not isinstance(text, str) or not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _quota(told: Sequence[Mapping[str, Any]]) -> Quota | None:
    """What all the reports have cost, and what is left after the last of them."""
    found = [report["propertyQuota"] for report in told if report.get("propertyQuota")]
    try:
        return Quota(
            sum(int(one["tokensPerHour"].get("consumed", 0)) for one in found),
            min(int(one["tokensPerHour"].get("remaining", 0)) for one in found),
            min(int(one["tokensPerDay"].get("remaining", 0)) for one in found),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # the figures don't depend on it


def _is_search(dimension: str, since: date, last: date, most: int, reply: Any) -> bool:
    """Whether an answer is one of Search Console about these days."""
    if not isinstance(reply, dict) or "responseAggregationType" not in reply:
        return False
    rows = reply.get("rows", [])
    try:
        return len(rows) <= most and all(
            len(row["keys"]) == 1
            and isinstance(row["keys"][0], str)
            and (dimension != "DATE" or since <= date.fromisoformat(row["keys"][0]) <= last)
            and 0 <= row["clicks"] <= row["impressions"]
            and row["position"] >= 0
            for row in rows
        )
    except (KeyError, TypeError, ValueError):
        return False
