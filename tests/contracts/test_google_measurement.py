"""What we ask Analytics and Search Console for is what Google has published, and the loopback Google holds us to it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders.google_figures import NUMBER, SCOPES, URL, fill
from builders.google_side import client_of
from toolkit.core.errors import UsageError
from toolkit.demo.google.contract import shipped
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.client import _document
from toolkit.google.endpoint import REAL_ROOT
from toolkit.google.measurement import Analytics, Asked, SearchConsole, read_property, read_search_site
from toolkit.google.retry import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = (date(2026, 11, 1), date(2026, 11, 21))
RANGE = {"startDate": "2026-11-01", "endDate": "2026-11-21"}
REPORT = {"dateRanges": [RANGE], "metrics": [{"name": "sessions"}]}


@pytest.fixture(scope="module")
def google() -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle(scopes=SCOPES) as server:
        fill(server)
        yield server


@pytest.mark.parametrize(
    "body",
    [
        {"requests": [REPORT] * 6},
        {"requests": []},
        {"requests": [{**REPORT, "limit": "x"}]},
        {"requests": [{**REPORT, "limit": 5}]},
        {"requests": [{**REPORT, "unheardOf": 1}]},
        {"requests": [{**REPORT, "metrics": [{"name": "guesses"}]}]},
        {"requests": [{**REPORT, "dateRanges": [{"startDate": "1/11/2026", "endDate": "2026-11-21"}]}]},
        {"requests": [{**REPORT, "metricAggregations": ["SUM"]}]},
    ],
)
def test_analytics_refuses_what_google_would(google: LoopbackGoogle, body: Any) -> None:
    with client_of(google) as client:
        service = client.service("analyticsdata", "v1beta")
        request = service.properties().batchRunReports(property=f"properties/{NUMBER}", body=body)
        with pytest.raises(RefusedError) as refused:
            client.send(request, bool)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "body",
    [
        {**RANGE, "rowLimit": 25_001},
        {**RANGE, "rowLimit": 0},
        {**RANGE, "startRow": -1},
        {**RANGE, "dimensions": ["QUERIES"]},
        {**RANGE, "type": "ALL"},
        {"startDate": "2026-11-21", "endDate": "2026-11-01"},
        {"startDate": "2026-11-21"},
        {**RANGE, "rows": 5},
    ],
)
def test_search_console_refuses_what_google_would(google: LoopbackGoogle, body: Any) -> None:
    with client_of(google) as client:
        request = client.service("searchconsole", "v1").searchanalytics().query(siteUrl=URL, body=body)
        with pytest.raises(RefusedError) as refused:
            client.send(request, bool)
    assert refused.value.status == 400


def test_each_service_is_asked_on_its_own_host_and_only_for_reading() -> None:
    for name, version, host in (
        ("analyticsdata", "v1beta", "https://analyticsdata.googleapis.com/"),
        ("searchconsole", "v1", "https://searchconsole.googleapis.com/"),
    ):
        assert json.loads(_document(name, version, REAL_ROOT))["baseUrl"] == host
    wanted = {"properties.batchRunReports": SCOPES[0], "searchanalytics.query": SCOPES[1]}
    methods = [*shipped("analyticsdata", "v1beta").methods, *shipped("searchconsole", "v1").methods]
    assert {method.id for method in methods if wanted.get(method.id, "") in method.scopes} == set(wanted)
    assert all(scope.endswith(".readonly") for scope in SCOPES)


def test_five_reports_of_any_length_come_whole_and_in_order(google: LoopbackGoogle) -> None:
    asked = [Asked(("date",), ("sessions",)), Asked(("date", "pagePath"), ("screenPageViews", "totalUsers"))] * 2
    with client_of(google) as client:
        at_once = Analytics(client, NUMBER).reports(asked, *DAYS)
        in_parts = Analytics(client, NUMBER, most=7).reports(asked, *DAYS)
    assert at_once.tables == in_parts.tables
    assert [len(table) for table in at_once.tables] == [21, 21 * 5, 21, 21 * 5]
    assert at_once.quota is not None
    assert at_once.quota.spent == 3 * 4


def test_searches_in_parts_are_the_same_as_at_once(google: LoopbackGoogle) -> None:
    with client_of(google) as client:
        assert SearchConsole(client, URL, most=4).days(*DAYS) == SearchConsole(client, URL).days(*DAYS)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("123456789", "123456789"), (" properties/42 ", "42")],
)
def test_a_property_is_read(typed: str, wanted: str) -> None:
    assert read_property(typed) == wanted


@pytest.mark.parametrize(
    "typed", ["G-AB12CD34", "UA-1-2", "", "properties/", "1" * 16, "١٢٣", "1/2", "12 34", "9" * 10**6]
)
def test_what_is_no_property_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        read_property(typed)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("sc-domain:example.vn", "sc-domain:example.vn"),
        ("https://example.vn", "https://example.vn/"),
        (" http://www.example.com.vn/shop/ ", "http://www.example.com.vn/shop/"),
    ],
)
def test_a_site_of_search_console_is_read(typed: str, wanted: str) -> None:
    assert read_search_site(typed) == wanted


@pytest.mark.parametrize(
    "typed",
    ["example.vn", "sc-domain:", "sc-domain:example", "https://", "https://a b/", "https://example.vn/?q=1", "ftp://x.vn/",
     "sc-domain:" + "a." * 100_000, "https://" + "a" * 10**6],
)  # fmt: skip
def test_what_is_no_site_of_search_console_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        read_search_site(typed)
