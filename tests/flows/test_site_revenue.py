"""Visits and sales side by side, as a member types it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = ("--today", "2026-11-20")
BEGIN = datetime(2026, 11, 17, 2, tzinfo=UTC)
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Four visits from Zalo, two of them of a campaign, one that came directly, over four days."""
    campaign = "/khuyen-mai?utm_source=zalo&utm_campaign=tet2027"
    lines = []
    for place, target in enumerate(["/", "/", campaign, campaign, "/"]):
        at = f"{BEGIN + timedelta(days=min(place, 3), minutes=place):%d/%b/%Y:%H:%M:%S} +0000"
        referrer = "https://zalo.me/" if place < 4 else "-"
        lines.append(f'203.0.113.{place} - - [{at}] "GET {target} HTTP/1.1" 200 900 "{referrer}" "{AGENT}"\n')
    path = tmp_path / "access.log"
    path.write_text("".join(lines), "utf-8")
    return path


@pytest.fixture
def sold(cli: Cli) -> Cli:
    for words in (
        ("bán cho chị Hoa 12tr", "--channel", "zalo", "--date", "18/11"),
        ("bán cho anh Nam 3tr", "--note", "mã tet2027", "--date", "19/11"),
        ("bán cho cô Tư 5tr", "--channel", "shopee", "--date", "19/11"),
        ("bán cho chị Lan 1tr", "--note", "bạn bè mách", "--date", "20/11"),
        ("bán cho chị Mai 9tr", "--channel", "zalo", "--date", "10/11"),
    ):
        ran = cli("kpi", "log", *words, "--yes", *TODAY)
        assert ran.exit_code == 0, ran.stderr
    return cli


def test_each_source_has_its_visits_its_sales_and_what_a_visit_brings(sold: Cli, log: Path) -> None:
    data = sold("sitestats", "revenue", log, *TODAY, "--json").json["data"]
    assert (data["since"], data["last"]) == ("2026-11-17", "2026-11-20")
    rows = {row["source"]: row for row in data["rows"]}
    assert (rows["Zalo"]["visits"], rows["Zalo"]["sales"], rows["Zalo"]["revenue"]) == (4, 2, 15_000_000)
    assert (rows["Zalo"]["revenue_per_visit"], rows["Zalo"]["revenue_per_visit_exact"]) == (3_750_000, "3750000")
    assert (rows[""]["visits"], rows[""]["sales"]) == (1, 0)
    assert [(one["channel"], one["reason"], one["revenue"]) for one in data["apart"]] == [
        ("shopee", "unknown_channel", 5_000_000), (None, "no_channel", 1_000_000),
    ]  # fmt: skip
    assert data["totals"] == {
        "visits": 5, "sales": 2, "revenue": 15_000_000, "sales_apart": 2, "revenue_apart": 6_000_000,
    }  # fmt: skip


def test_customers_are_never_named(sold: Cli, log: Path) -> None:
    for words in ((), ("--json",), ("--csv",), ("--by", "campaign"), ("--by", "entry", "--json")):
        ran = sold("sitestats", "revenue", log, *TODAY, *words)
        assert ran.exit_code == 0, ran.stderr
        assert not any(name in ran.stdout + ran.stderr for name in ("Hoa", "Nam", "Tư", "Lan", "Mai", "mách"))


def test_campaigns_and_pages_are_joined_by_their_codes(sold: Cli, log: Path) -> None:
    [row] = sold("sitestats", "revenue", "show", log, "--by", "campaign", *TODAY, "--json").json["data"]["rows"]
    assert (row["campaign"], row["visits"], row["sales"], row["revenue_per_visit"]) == ("tet2027", 2, 1, 1_500_000)
    found = sold("sitestats", "revenue", log, "--by", "entry", "--map", "tet2027=/khuyen-mai", *TODAY, "--json")
    rows = {row["entry"]: row for row in found.json["data"]["rows"]}
    assert (rows["/khuyen-mai"]["visits"], rows["/khuyen-mai"]["revenue"]) == (2, 3_000_000)


def test_own_words_are_kept_with_a_site_and_taken_back(sold: Cli, log: Path) -> None:
    assert sold("sitestats", "add-log", "cuahang", log, *TODAY).exit_code == 0
    assert sold("sitestats", "update", "cuahang", *TODAY).exit_code == 0
    assert sold("sitestats", "revenue", "map", "bạn", "bè", "=", "direct").exit_code == 0
    ran = sold("sitestats", "revenue", "map", "Shopee=zalo", "--json")
    assert ran.json["data"] == {"bạn bè": "direct", "Shopee": "Zalo"}
    data = sold("sitestats", "revenue", *TODAY, "--json").json["data"]
    assert {row["source"]: row["revenue"] for row in data["rows"]} == {"Zalo": 20_000_000, "": 1_000_000}
    assert data["apart"] == []
    assert sold("sitestats", "revenue", "unmap", "BẠN BÈ").exit_code == 0
    assert sold("sitestats", "revenue", "map", "--json").json["data"] == {"Shopee": "Zalo"}
    ran = sold("sitestats", "revenue", "unmap", "bạn bè", "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (4, "composed.not_mapped")


def test_jobs_never_mix_unless_they_are_all_named(sold: Cli, log: Path) -> None:
    for name in ("Bảo hiểm ABC", "Shop riêng"):
        assert sold("kpi", "engagement", "add", name, "--kind", "agent").exit_code == 0
    assert (
        sold("kpi", "log", "bán 7tr", "--channel", "zalo", "--engagement", "Shop riêng", "--yes", *TODAY).exit_code == 0
    )
    ran = sold("sitestats", "revenue", log, *TODAY, "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (2, "kpi.engagement_needed")
    one = sold("sitestats", "revenue", log, "--engagement", "shop rieng", *TODAY, "--json").json["data"]
    assert (one["engagements"], one["totals"]["revenue"]) == (["Shop riêng"], 7_000_000)
    both = sold("sitestats", "revenue", log, "--engagement", "own", "--engagement", "Shop riêng", *TODAY, "--json")
    assert both.json["data"]["totals"]["revenue"] == 22_000_000


def test_a_period_narrows_visits_and_sales_alike(sold: Cli, log: Path) -> None:
    data = sold("sitestats", "revenue", log, "--from", "19/11", "--to", "19/11", *TODAY, "--json").json["data"]
    assert (data["totals"]["visits"], data["totals"]["sales"], data["totals"]["sales_apart"]) == (1, 1, 1)
    data = sold("sitestats", "revenue", log, "--period", "2026-11", *TODAY, "--json").json["data"]
    assert (data["since"], data["last"], data["totals"]["revenue"]) == ("2026-11-01", "2026-11-20", 24_000_000)
    ran = sold("sitestats", "revenue", log, "--period", "2026-11", "--from", "19/11", *TODAY, "--json")
    assert ran.json["problems"][0]["code"] == "composed.two_periods"


@pytest.mark.parametrize("typed", ["bạn bè", "= direct", "bạn bè =", "…=x"])
def test_words_without_a_meaning_are_refused(cli: Cli, log: Path, typed: str) -> None:
    ran = cli("sitestats", "revenue", log, "--map", typed, *TODAY, "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (2, "composed.map_unreadable")


def test_help_tells_of_map_and_unmap(cli: Cli) -> None:
    told = cli("sitestats", "revenue", "--help").stdout
    assert "unmap" in told
    assert "show" in told
