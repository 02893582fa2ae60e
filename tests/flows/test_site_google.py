"""`ga4 pull` and `gsc pull` as a member types them, against a Google on this machine that knows its own contracts."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders.google_figures import NUMBER, SCOPES, TODAY, URL, a_site, fill, searches, views
from builders.kept_sites import log_lines
from toolkit.demo.google.measurement import Property, Searched, View
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.sitestats.adapters.google_tables import open_google

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Cli
    from toolkit.sitestats.adapters.sites import Site

GA4 = ("sitestats", "ga4", "pull", "shop", "--today", TODAY.isoformat())
GSC = ("sitestats", "gsc", "pull", "shop", "--today", TODAY.isoformat())
FIRST = ("--from", "2026-11-01")


@pytest.fixture
def google(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", server.root)
        server.sign_in(home / "google", SCOPES)
        fill(server)
        yield server


@pytest.fixture
def site(home: Path) -> Site:
    return a_site(home)


def rows(site: Site, query: str) -> list[tuple[Any, ...]]:
    with tempfile.TemporaryDirectory() as scratch, open_google(site, Path(scratch)) as connection:
        return connection.execute(query).fetchall() if connection else []


def test_what_analytics_has_counted_is_kept_by_day_page_and_source(
    cli: Cli, google: LoopbackGoogle, site: Site
) -> None:
    ran = cli(*GA4, "--property", NUMBER, *FIRST, "--json")
    assert ran.exit_code == 0, ran.stdout + ran.stderr
    data = ran.json["data"]
    assert (len(data["fetched"]), data["days_kept"], data["timezone"]) == (21, 21, "Asia/Ho_Chi_Minh")
    assert data["waiting"] == ["2026-11-19", "2026-11-20", "2026-11-21"]
    assert rows(site, "SELECT count(*), sum(visitors), sum(visits), sum(page_views) FROM ga_days") == [
        (21, 84, 84, 168)
    ]
    assert rows(site, "SELECT path, sum(page_views) FROM ga_pages GROUP BY path ORDER BY 2 DESC, 1 LIMIT 2") == [
        ("/", 84),
        ("/ao-dai-0", 21),
    ]
    assert rows(site, "SELECT source, medium, campaign, sum(visits) FROM ga_sources GROUP BY ALL ORDER BY 1") == [
        ("(direct)", "(none)", "(not set)", 42),
        ("facebook", "social", "tet2027", 42),
    ]
    assert set(google.counts()) == {"properties.batchRunReports"}
    assert google.round_trips == 3, "three weeks, a request each"


def test_only_what_is_new_or_still_counted_is_asked_for_again(cli: Cli, google: LoopbackGoogle, site: Site) -> None:
    cli(*GA4, "--property", NUMBER, *FIRST)
    google.forget_requests()
    again = cli("sitestats", "ga4", "pull", "shop", *FIRST, "--today", "2026-11-23", "--json")
    assert again.json["data"]["fetched"] == ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"]
    assert google.round_trips == 1
    google.forget_requests()
    assert cli("sitestats", "ga4", "pull", "shop", *FIRST, "--today", "2026-12-22", "--to", "2026-11-18").exit_code == 0
    assert google.round_trips == 0


def test_a_day_that_google_has_changed_is_replaced_as_a_whole(cli: Cli, google: LoopbackGoogle, site: Site) -> None:
    cli(*GA4, "--property", NUMBER, *FIRST)
    google.analytics.properties[NUMBER].views = views(date(2026, 11, 1), 21, a_day=1)
    assert len(cli(*GA4, *FIRST, "--json").json["data"]["fetched"]) == 3
    assert rows(site, "SELECT sum(visits) FROM ga_days WHERE day >= '2026-11-19'") == [(3,)]
    assert rows(site, "SELECT sum(visits) FROM ga_days") == [(18 * 4 + 3,)]
    assert len(cli(*GA4, *FIRST, "--again", "--json").json["data"]["fetched"]) == 21
    for table in ("ga_days", "ga_sources"):
        assert rows(site, f"SELECT sum(visits) FROM {table}") == [(21,)]
    assert rows(site, "SELECT sum(page_views) FROM ga_pages") == [(42,)]


def test_every_page_of_a_long_answer_is_fetched(cli: Cli, google: LoopbackGoogle, site: Site) -> None:
    day = date(2026, 11, 10)
    google.analytics.properties[NUMBER] = Property(views=[View(day, "u", "s", f"/p/{n}") for n in range(2_345)])
    google.analytics.most = 1_000  # as Google does at 250,000, however many are asked for
    ran = cli(*GA4, "--property", NUMBER, "--from", "2026-11-10", "--to", "2026-11-10", "--json")
    assert ran.exit_code == 0, ran.stdout
    assert rows(site, "SELECT count(DISTINCT path), count(*) FROM ga_pages") == [(2_345, 2_345)]
    assert google.round_trips == 3


def test_what_search_console_has_counted_is_kept_with_what_it_keeps_to_itself_in_the_totals(
    cli: Cli, google: LoopbackGoogle, site: Site
) -> None:
    google.search.unfinished = date(2026, 11, 19)
    ran = cli(*GSC, "--url", URL, *FIRST, "--json")
    assert ran.exit_code == 0, ran.stdout + ran.stderr
    data = ran.json["data"]
    assert (len(data["fetched"]), data["timezone"]) == (18, "America/Los_Angeles")
    assert data["waiting"][0] == "2026-11-19"
    assert rows(site, "SELECT sum(clicks), sum(impressions) FROM gsc_days") == [(18 * 6, 18 * 55)]
    assert rows(site, "SELECT query, sum(clicks), min(position) FROM gsc_queries GROUP BY query ORDER BY 2 DESC") == [
        ("áo dài tết", 18 * 3, 4.5),
        ("may áo dài", 18, 12.0),
    ]
    assert rows(site, "SELECT page, sum(clicks) FROM gsc_pages GROUP BY page ORDER BY 2 DESC") == [
        ("https://shop.example/ao-dai", 18 * 5),
        ("https://shop.example/", 18),
    ]
    google.search.unfinished = None
    google.forget_requests()
    more = cli("sitestats", "gsc", "pull", "shop", *FIRST, "--today", "2026-11-25", "--json").json["data"]
    assert (more["fetched"][0], more["days_kept"]) == ("2026-11-19", 21)
    assert google.round_trips == 1 + 2 * len(more["fetched"])


def test_a_search_day_has_more_texts_than_one_answer_holds(cli: Cli, google: LoopbackGoogle, site: Site) -> None:
    day = date(2026, 11, 10)
    google.search.sites[URL] = [Searched(day, f"từ {n}", "https://shop.example/", 0, 1, 9.0) for n in range(25_001)]
    ran = cli(*GSC, "--url", URL, "--from", "2026-11-10", "--to", "2026-11-10")
    assert ran.exit_code == 0, ran.stderr
    assert rows(site, "SELECT count(DISTINCT query) FROM gsc_queries") == [(25_001,)]


def test_a_day_on_which_nobody_saw_the_site_is_done_and_empty(cli: Cli, google: LoopbackGoogle, site: Site) -> None:
    google.search.sites[URL] = searches(date(2026, 11, 3), 2)
    data = cli(*GSC, "--url", URL, *FIRST, "--json").json["data"]
    last = {(TODAY - timedelta(days=n)).isoformat() for n in (5, 6)}  # it may still be yesterday in California
    assert data["fetched"][-1] in last, "the newest days may still come"
    google.forget_requests()
    assert cli(*GSC, *FIRST, "--json").json["data"]["fetched"] == []
    assert rows(site, "SELECT count(*) FROM gsc_days") == [(2,)]


def test_two_properties_are_never_mixed(cli: Cli, google: LoopbackGoogle, site: Site) -> None:
    cli(*GA4, "--property", NUMBER, *FIRST)
    google.analytics.properties["99"] = Property(views=views(date(2026, 11, 20), 2, a_day=1))
    refused = cli(*GA4, "--property", "99", "--from", "2026-11-20", "--json")
    assert (refused.exit_code, refused.json["problems"][0]["code"]) == (4, "sitestats.google_other")
    moved = cli(*GA4, "--property", "properties/99", "--from", "2026-11-20", "--again", "--json")
    assert moved.json["data"]["days_kept"] == 2
    assert rows(site, "SELECT count(*), sum(visits) FROM ga_days") == [(2, 2)]
    assert rows(site, "SELECT sum(page_views) FROM ga_pages") == [(4,)]


def test_the_tokens_that_are_left_are_shown_and_not_used_up(cli: Cli, google: LoopbackGoogle, site: Site) -> None:
    shown = cli(*GA4, "--property", NUMBER, "--from", "2026-11-20")
    assert "39.991 token" in shown.stdout + shown.stderr
    google.analytics.properties[NUMBER].hour = 20
    ran = cli(*GA4, "--property", NUMBER, *FIRST, "--json")
    assert ran.exit_code == 1
    assert ran.json["problems"][0]["code"] == "sitestats.tokens_out"
    assert len(ran.json["data"]["fetched"]) == 7
    google.analytics.properties[NUMBER].hour = 40_000
    assert cli(*GA4, *FIRST, "--json").json["data"]["days_kept"] == 21


def test_what_makes_the_figures_less_than_whole_is_said(cli: Cli, google: LoopbackGoogle, site: Site) -> None:
    google.analytics.properties[NUMBER].thresholded = True
    google.analytics.properties[NUMBER].zone = "America/New_York"
    ran = cli(*GA4, "--property", NUMBER, *FIRST)
    assert "thresholding" in ran.stdout
    assert "America/New_York" in ran.stdout
    assert "sitestats." not in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("command", "exit_code", "code"),
    [
        ((*GA4, "--property", "G-ABC123"), 2, "google.not_a_property"),
        (GA4, 2, "sitestats.which_property"),
        ((*GA4, "--property", "5"), 3, "google.analytics_not_yours"),
        ((*GSC, "--url", "shop.example"), 2, "google.not_a_search_site"),
        (GSC, 2, "sitestats.which_search_site"),
        ((*GSC, "--url", "https://shop.example"), 3, "google.search_not_yours"),
        ((*GA4, "--property", NUMBER, "--from", "2026-11-05", "--to", "2026-11-01"), 2,
         "sitestats.ends_before_it_begins"),
        ((*GA4, "--property", NUMBER, "--account", "khac"), 5, "sitestats.not_signed_in"),
    ],
)  # fmt: skip
def test_what_was_typed_wrongly_is_said(
    cli: Cli, google: LoopbackGoogle, site: Site, command: tuple[str, ...], exit_code: int, code: str
) -> None:
    ran = cli(*command, "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (exit_code, code)
    assert rows(site, "SELECT * FROM pulled") == []


@pytest.mark.parametrize(("command", "scope"), [(GA4, "analytics"), (GSC, "search-console")])
def test_a_sign_in_that_may_not_read_it_is_told_how_to(
    cli: Cli, google: LoopbackGoogle, site: Site, home: Path, command: tuple[str, ...], scope: str
) -> None:
    google.sign_in(home / "google", ("https://www.googleapis.com/auth/calendar.app.created",))
    origin = ("--property", NUMBER) if scope == "analytics" else ("--url", URL)
    ran = cli(*command, *origin)
    assert ran.exit_code == 5
    assert f"toolkit google login --scope {scope}" in ran.stderr
    assert google.round_trips == 0


def test_an_api_that_isnt_switched_on_is_named(cli: Cli, google: LoopbackGoogle, site: Site) -> None:
    google.analytics.off = google.search.off = True
    for command, origin in ((GA4, ("--property", NUMBER)), (GSC, ("--url", URL))):
        ran = cli(*command, *origin)
        assert ran.exit_code == 6
        assert "console.cloud.google.com/apis/library" in ran.stderr


def test_making_a_site_anew_from_its_logs_leaves_what_google_counted(
    cli: Cli, google: LoopbackGoogle, site: Site, tmp_path: Path
) -> None:
    cli(*GA4, "--property", NUMBER, *FIRST)
    cli("sitestats", "update", "shop", "--again", "--yes")
    assert rows(site, "SELECT count(*) FROM ga_days") == [(21,)]


def test_a_sites_report_tells_what_was_searched(cli: Cli, google: LoopbackGoogle, site: Site, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(log_lines(1, 30), encoding="utf-8")
    cli("sitestats", "add-log", "shop", log)
    cli("sitestats", "update")
    assert "search" not in cli("sitestats", "report", "shop", "--json").json["data"]
    google.search.sites[URL] = searches(date(2026, 11, 1), 21)
    assert cli(*GSC, "--url", URL, "--from", "2026-11-17", "--to", "2026-11-19").exit_code == 0
    search = cli("sitestats", "report", "shop", "--json").json["data"]["search"]
    assert search == {
        "from": "2026-11-17", "to": "2026-11-19", "clicks": 18, "impressions": 165, "position": 5.6,
        "hidden_clicks": 6,
        "queries": [{"query": "áo dài tết", "clicks": 9, "impressions": 120, "position": 4.5},
                    {"query": "may áo dài", "clicks": 3, "impressions": 30, "position": 12.0}],
        "pages": [{"page": "https://shop.example/ao-dai", "clicks": 15, "impressions": 135, "position": 4.2},
                  {"page": "https://shop.example/", "clicks": 3, "impressions": 30, "position": 12.0}],
    }  # fmt: skip
    one_day = cli("sitestats", "report", "shop", "--from", "2026-11-18", "--to", "2026-11-18", "--json").json["data"]
    assert one_day["search"]["clicks"] == 6
    assert "search" not in cli("sitestats", "report", "shop", "--path", "/p/1", "--json").json["data"]
    shown = cli("sitestats", "report", "shop").stdout
    assert "áo dài tết" in shown
    assert "4,5" in shown
    assert "Và 6 lần bấm" in shown
