"""Google Analytics and Search Console on this machine: made-up visits and searches, asked for and answered as Google
does, every request and every answer held against Google's own discovery documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from toolkit.demo.google.contract import ApiError, Json, shipped
from toolkit.demo.google.spreadsheets import SheetsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from toolkit.demo.google.contract import Call, Contract

ANALYTICS_PREFIX: Final = "/v1beta/"
SEARCH_PREFIX: Final = "/webmasters/v3/"
_MOST_REPORTS: Final = 5
_MOST_SEARCH_ROWS: Final = 25_000
_HOUR, _DAY = 40_000, 200_000  # tokens of a property that pays nothing


@dataclass(frozen=True)
class View:
    """One page view as Analytics has measured it."""

    day: date
    user: str
    session: str
    path: str
    source: str = "(direct)"
    medium: str = "(none)"
    campaign: str = "(not set)"


@dataclass
class Property:
    """An Analytics property. `zone` cuts its days; `thresholded`: its reports leave out what few people did; `hour`
    and `day`: the tokens it has left."""

    zone: str = "Asia/Ho_Chi_Minh"
    views: list[View] = field(default_factory=list)
    thresholded: bool = False
    hour: int = _HOUR
    day: int = _DAY


@dataclass
class Analytics:
    """The member's properties by number. `closed` are those of others; `off`: the project hasn't switched the API on;
    `most`: how many rows an answer has at most, however many are asked for."""

    properties: dict[str, Property] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    off: bool = False
    most: int = 250_000

    @property
    def contract(self) -> Contract:
        return shipped("analyticsdata", "v1beta")

    def answer(self, call: Call, body: Json, scopes: frozenset[str]) -> Json:
        """What properties.batchRunReports gives."""
        _demand(call, scopes, off=self.off, name="Google Analytics Data API", known="properties.batchRunReports")
        number = call.path["property"].removeprefix("properties/")
        if number in self.closed or number not in self.properties:
            raise SheetsError(403, "", "User does not have sufficient permissions for this property.")
        reports = body.get("requests") or []
        if not 1 <= len(reports) <= _MOST_REPORTS:
            raise SheetsError(400, "", f"The batch has {len(reports)} requests, not 1 to {_MOST_REPORTS}.")
        made = [self._report(self.properties[number], one) for one in reports]
        answer = {"kind": "analyticsData#batchRunReports", "reports": made}
        self.contract.check("BatchRunReportsResponse", answer)
        return answer

    def _report(self, source: Property, asked: Json) -> Json:
        dimensions = [one["name"] for one in asked.get("dimensions") or ()]
        metrics = [one["name"] for one in asked.get("metrics") or ()]
        for name in (*dimensions, *metrics):
            if name not in {**_DIMENSIONS, **_METRICS}:
                raise SheetsError(400, "", f"Field {name} is not a valid dimension or metric.")
        if not metrics or len(dimensions) > 9 or len(metrics) > 10 or len(asked.get("dateRanges") or ()) != 1:
            raise SheetsError(400, "", "A report has one range of days, up to 9 dimensions and 1 to 10 metrics.")
        since, last = (_day(asked["dateRanges"][0].get(name)) for name in ("startDate", "endDate"))
        groups: dict[tuple[str, ...], list[View]] = defaultdict(list)
        for view in source.views:
            if since <= view.day <= last:
                groups[tuple(_DIMENSIONS[name](view) for name in dimensions)].append(view)
        rows = list(groups)
        for order in reversed(asked.get("orderBys") or ()):
            place = dimensions.index(order["dimension"]["dimensionName"])
            rows.sort(key=lambda row: row[place], reverse=bool(order.get("desc")))
        begin, most = int(asked.get("offset") or 0), min(int(asked.get("limit") or 10_000), self.most)
        spent = 3 + len(rows) // 10_000
        source.hour, source.day = max(source.hour - spent, 0), max(source.day - spent, 0)
        report: dict[str, Json] = {
            "kind": "analyticsData#runReport",
            "dimensionHeaders": [{"name": name} for name in dimensions],
            "metricHeaders": [{"name": name, "type": "TYPE_INTEGER"} for name in metrics],
            "rowCount": len(rows),
            "metadata": {"currencyCode": "VND", "timeZone": source.zone},
        }
        if source.thresholded:
            report["metadata"]["subjectToThresholding"] = True
        shown = [
            {
                "dimensionValues": [{"value": value} for value in row],
                "metricValues": [{"value": str(_METRICS[name](groups[row]))} for name in metrics],
            }
            for row in rows[begin : begin + most]
        ]
        if shown:
            report["rows"] = shown
        if asked.get("returnPropertyQuota"):
            left = {"tokensPerHour": source.hour, "tokensPerProjectPerHour": source.hour, "tokensPerDay": source.day}
            report["propertyQuota"] = {name: {"consumed": spent, "remaining": n} for name, n in left.items()}
        return report


@dataclass(frozen=True)
class Searched:
    """How often a page was shown and opened for one search text on a day of California's. "" is a text that Google
    keeps to itself: it counts in the day's total and under its page, and is listed nowhere."""

    day: date
    query: str
    page: str
    clicks: int
    impressions: int
    position: float


@dataclass
class SearchSites:
    """The member's properties of Search Console by address. `unfinished`: the day from which on Google still counts."""

    sites: dict[str, list[Searched]] = field(default_factory=dict)
    off: bool = False
    unfinished: date | None = None

    @property
    def contract(self) -> Contract:
        return shipped("searchconsole", "v1")

    def answer(self, call: Call, body: Json, scopes: frozenset[str]) -> Json:
        """What searchanalytics.query gives."""
        _demand(call, scopes, off=self.off, name="Google Search Console API", known="searchanalytics.query")
        rows = self.sites.get(call.path["siteUrl"])
        if rows is None:
            raise ApiError(403, "forbidden", "User does not have sufficient permission for site.")
        most, begin = body.get("rowLimit", 1_000), body.get("startRow", 0)
        if not 1 <= most <= _MOST_SEARCH_ROWS or begin < 0:
            raise ApiError(400, "invalidParameter", f"rowLimit must be within the range of [1..{_MOST_SEARCH_ROWS}].")
        since, last = _day(body.get("startDate")), _day(body.get("endDate"))
        if since > last:
            raise ApiError(400, "invalidParameter", "startDate must not be after endDate.")
        dimensions = body.get("dimensions") or []
        partial = body.get("dataState") == "ALL"
        within = [
            row for row in rows
            if since <= row.day <= last and (partial or self.unfinished is None or row.day < self.unfinished)
            and not ("QUERY" in dimensions and not row.query)
        ]  # fmt: skip
        found = _summed(within, dimensions)
        answer: dict[str, Json] = {
            "responseAggregationType": "BY_PAGE" if "PAGE" in dimensions else "BY_PROPERTY",
        }
        if found[begin : begin + most]:
            answer["rows"] = found[begin : begin + most]
        if partial and "DATE" in dimensions and self.unfinished is not None and self.unfinished <= last:
            answer["metadata"] = {"firstIncompleteDate": self.unfinished.isoformat()}
        self.contract.check("SearchAnalyticsQueryResponse", answer)
        return answer


def _summed(rows: Iterable[Searched], dimensions: Sequence[str]) -> list[Json]:
    groups: dict[tuple[str, ...], list[Searched]] = defaultdict(list)
    for row in rows:
        groups[tuple(_SEARCH_KEYS[name](row) for name in dimensions)].append(row)
    made = []
    for keys, group in groups.items():
        clicks, shown = sum(row.clicks for row in group), sum(row.impressions for row in group)
        place = sum(row.position * row.impressions for row in group) / shown
        made.append(
            {"keys": list(keys), "clicks": clicks, "impressions": shown, "ctr": clicks / shown, "position": place}
        )
    by_day = list(dimensions) == ["DATE"]
    return sorted(made, key=lambda one: (one["keys"],) if by_day else (-one["clicks"], one["keys"]))


def _demand(call: Call, scopes: frozenset[str], *, off: bool, name: str, known: str) -> None:
    if not scopes & call.method.scopes:
        raise SheetsError(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "Request had insufficient authentication scopes.")
    if off:
        raise SheetsError(403, "SERVICE_DISABLED", f"{name} has not been used in this project before.")
    if call.method.id != known:
        raise SheetsError(404, "", f"Not here: {call.method.id}")


def _day(text: Any) -> date:
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise SheetsError(400, "", f"Not a day: {text}")
    return date.fromisoformat(text)


_DIMENSIONS: Final[Mapping[str, Callable[[View], str]]] = {
    "date": lambda view: f"{view.day:%Y%m%d}",
    "pagePath": lambda view: view.path,
    "sessionSource": lambda view: view.source,
    "sessionMedium": lambda view: view.medium,
    "sessionCampaignName": lambda view: view.campaign,
}
_METRICS: Final[Mapping[str, Callable[[Sequence[View]], int]]] = {
    "totalUsers": lambda views: len({view.user for view in views}),
    "activeUsers": lambda views: len({view.user for view in views}),
    "sessions": lambda views: len({view.session for view in views}),
    "screenPageViews": len,
}
_SEARCH_KEYS: Final[Mapping[str, Callable[[Searched], str]]] = {
    "DATE": lambda row: row.day.isoformat(),
    "QUERY": lambda row: row.query,
    "PAGE": lambda row: row.page,
}
