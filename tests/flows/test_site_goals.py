"""Goals, funnels and reading times as a member asks for them: of a log as it is, and of a site that is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

BEGIN = datetime(2024, 11, 18, 2, tzinfo=UTC)
AGENT = (
    "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile Safari/537.36"
)
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def line(minute: float, address: int, path: str, referrer: str = "-", agent: str = AGENT) -> str:
    at = f"{BEGIN + timedelta(minutes=minute):%d/%b/%Y:%H:%M:%S} +0000"
    return f'203.0.113.{address} - - [{at}] "GET {path} HTTP/1.1" 200 900 "{referrer}" "{agent}"\n'


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Four visits of people: two from Zalo that go all the way, two from Facebook of which one looks at prices."""
    lines = []
    for address, referrer, paths in (
        (1, "https://zalo.me/", ["/", "/bang-gia", "/cam-on"]),
        (2, "https://zalo.me/", ["/", "/bang-gia", "/cam-on", "/cam-on"]),
        (3, "https://l.facebook.com/", ["/khuyen-mai", "/bang-gia"]),
        (4, "https://l.facebook.com/", ["/khuyen-mai"]),
    ):
        lines += [line(place, address, path, referrer if not place else "-") for place, path in enumerate(paths)]
        lines.append(line(0.1, address, "/trang.css"))
    lines += [line(place, 9, path, agent=BOT) for place, path in enumerate(["/", "/bang-gia", "/cam-on"])]
    path = tmp_path / "access.log"
    path.write_text("".join(lines), "utf-8")
    return path


@pytest.fixture
def site(log: Path, cli: Cli) -> str:
    assert cli("sitestats", "add-log", "cuahang", log).exit_code == 0
    assert cli("sitestats", "update", "cuahang").exit_code == 0
    return "cuahang"


def test_a_funnel_of_a_log_tells_how_many_people_came_to_each_step(cli: Cli, log: Path) -> None:
    ran = cli("sitestats", "funnel", "/", "/bang-gia", "/cam-on*", log, "--json")
    assert ran.json["data"]["visits"] == 4
    assert [step["visits"] for step in ran.json["data"]["steps"]] == [2, 2, 2]
    ran = cli("sitestats", "funnel", "/khuyen-mai", "/bang-gia", "/cam-on", log, "--by", "source", "--json")
    assert [(step["visits"], step["of_previous"]) for step in ran.json["data"]["steps"]] == [
        (2, None), (1, 0.5), (0, 0.0),
    ]  # fmt: skip
    assert ran.json["data"]["rows"][0] == {"source": "Facebook", "medium": "social", "visits": 2, "steps": [2, 1, 0]}
    assert "Facebook" in cli("sitestats", "funnel", "/khuyen-mai", "/bang-gia", log, "--by", "source").stdout


def test_programs_are_counted_only_where_they_are_asked_for(cli: Cli, log: Path) -> None:
    whole = cli("sitestats", "funnel", "/", "/cam-on", log, "--all", "--json").json["data"]
    assert (whole["visits"], whole["steps"][1]["visits"]) == (5, 3)


def test_a_goal_of_a_log_needs_no_set_up(cli: Cli, log: Path) -> None:
    [found] = cli("sitestats", "goal", "show", log, "--goal", "/cam-on*", "--by", "all", "--json").json["data"]
    assert (found["visits"], found["conversions"], found["reached"], found["rate"]) == (4, 2, 3, 0.5)
    assert 0 < found["rate_low"] < 0.5 < found["rate_high"] < 1
    assert [(row["source"], row["conversions"]) for row in found["by"]["source"]] == [("Zalo", 2), ("Facebook", 0)]
    assert found["by"]["day"] == [{"date": "2024-11-18", "visits": 4, "conversions": 2, "reached": 3, "rate": 0.5}]
    assert found["worth"] is None


def test_goals_of_a_site_are_kept_shown_replaced_and_dropped(cli: Cli, site: str) -> None:
    assert cli("sitestats", "goal", "add", site, "gửi form", "--path", "/cam-on*", "--value", "500k").exit_code == 0
    assert cli("sitestats", "goal", "add", site, "Xem giá", "--path", "/bang-gia").exit_code == 0
    assert "500.000đ" in cli("sitestats", "goal", "list", site).stdout
    found = cli("sitestats", "goal", "show", "--json").json["data"]  # the only site
    assert [(one["name"], one["conversions"], one["worth"]) for one in found] == [
        ("gửi form", 2, 1_000_000), ("Xem giá", 3, None),
    ]  # fmt: skip
    [one] = cli("sitestats", "goal", "show", site, "--goal", "xem gia", "--json").json["data"]
    assert one["name"] == "Xem giá"
    again = cli("sitestats", "goal", "add", site, "Gửi Form", "--path", "/cam-on", "--value", "300k")
    assert "thay" in again.stdout
    assert cli("sitestats", "goal", "drop", site, "xem giá").exit_code == 0
    kept = cli("sitestats", "goal", "list", site, "--json").json["data"]
    assert kept == [{"name": "Gửi Form", "path": "/cam-on", "event": None, "value": 300_000}]


def test_a_funnel_of_a_site_knows_its_goals_by_name_no_less_than_paths(cli: Cli, site: str) -> None:
    found = cli("sitestats", "funnel", "/", "/cam-on", site, "--json").json["data"]
    assert [step["visits"] for step in found["steps"]] == [2, 2]


def test_retention_tells_what_is_known_and_says_what_cannot_be(cli: Cli, log: Path) -> None:
    found = cli("sitestats", "retention", log, "--json").json["data"]
    assert found["across_days"] is None
    assert (found["visits"], found["visitors"], found["again_same_day"]) == (4, 4, 0)
    assert {row["path"]: (row["views"], row["seconds"]) for row in found["reading_times"]} == {
        "/": (2, 60), "/bang-gia": (2, 60), "/khuyen-mai": (1, 60), "/cam-on": (1, 60),
    }  # fmt: skip
    assert found["bounce_rate"] == 0.25
    ran = cli("sitestats", "retention", log)
    assert "không nối lại được" in ran.stderr + ran.stdout


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("funnel", "/", "{log}"), 2, "sitestats.funnel_steps"),
        (("funnel", "/", "/b"), 2, "sitestats.which_log"),
        (("funnel", "/", "/b", "khong-co.log"), 3, "sitestats.no_such_log"),
        (("goal", "show", "{log}"), 2, "sitestats.no_goals"),
        (("goal", "show", "{log}", "--goal", "cam-on"), 2, "sitestats.goal_unreadable"),
        (("goal", "show", "{log}", "--goal", "event: "), 2, "sitestats.goal_unreadable"),
        (("goal", "add", "nao", "x", "--path", "/x"), 4, "sitestats.no_sites"),
        (("goal", "add", "nao", "x"), 2, "sitestats.goal_one_of"),
        (("goal", "add", "nao", "x", "--path", "/x", "--event", "y"), 2, "sitestats.goal_one_of"),
        (("goal", "add", "nao", "x", "--path", "/x", "--value", "nhiều"), 2, "sitestats.goal_value"),
    ],
)
def test_what_cannot_be_understood_is_said_with_what_to_type(
    cli: Cli, log: Path, words: tuple[str, ...], exit_code: int, code: str
) -> None:
    ran = cli("sitestats", *(word.replace("{log}", str(log)) for word in words), "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (exit_code, code)


def test_a_site_and_files_are_not_mixed_and_a_missing_goal_is_named(cli: Cli, site: str, log: Path) -> None:
    mixed = cli("sitestats", "retention", site, log, "--json")
    assert mixed.json["problems"][0]["code"] == "sitestats.files_or_site"
    gone = cli("sitestats", "goal", "drop", site, "chưa đặt", "--json")
    assert (gone.exit_code, gone.json["problems"][0]["code"]) == (4, "sitestats.no_such_goal")


def test_hostile_paths_reach_the_terminal_as_text_alone(cli: Cli, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(line(0, 1, "/%1b%5b31m", "https://zalo.me/") + line(1, 1, "/b"), "utf-8")
    asked = (("retention",), ("goal", "show", "--goal", "/b", "--by", "entry"), ("funnel", "/*", "/b", "--by", "entry"))
    for words in asked:
        ran = cli("sitestats", *words, log)
        assert ran.exit_code == 0
        assert "\x1b" not in ran.stdout


def test_a_report_tells_of_goals_where_they_are_asked_for(cli: Cli, log: Path) -> None:
    assert "goals" not in cli("sitestats", "report", log, "--json").json["data"]
    found = cli("sitestats", "report", log, "--humans", "--goal", "/cam-on*", "--goal", "event:zalo", "--json")
    assert [(one["name"], one["visits"], one["conversions"]) for one in found.json["data"]["goals"]] == [
        ("/cam-on*", 4, 2), ("event:zalo", 4, 0),
    ]  # fmt: skip
    assert "/cam-on*" in cli("sitestats", "report", log, "--goal", "/cam-on*").stdout


def test_a_report_of_a_site_tells_of_its_goals_by_itself(cli: Cli, site: str) -> None:
    cli("sitestats", "goal", "add", site, "gửi form", "--path", "/cam-on*")
    found = cli("sitestats", "report", site, "--humans", "--goal", "/bang-gia", "--json").json["data"]["goals"]
    assert [(one["name"], one["conversions"]) for one in found] == [("gửi form", 2), ("/bang-gia", 3)]


def test_events_are_those_that_the_collector_was_told_of(cli: Cli, site: str, home: Path, log: Path) -> None:
    from toolkit.sitestats.adapters.collected import collected_of
    from toolkit.sitestats.adapters.ingest import Ingest
    from toolkit.sitestats.adapters.rollup import roll_up
    from toolkit.sitestats.adapters.sites import Sites
    from toolkit.sitestats.adapters.store import open_site

    cli("sitestats", "goal", "add", site, "zalo", "--event", "zalo")
    ran = cli("sitestats", "goal", "show", site, "--from-collector", "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (4, "sitestats.nothing_collected")
    own = collected_of(Sites(home / "sites").find(site))
    own.folder.mkdir(exist_ok=True)
    with open_site(own, home, write=True) as connection:
        ingest = Ingest(connection, zone="UTC", now=int(BEGIN.timestamp()) + 9_999)
        ingest.file(log, name="combined")
        connection.execute("UPDATE hits SET method = 'EVENT', path = 'zalo' WHERE path = '/cam-on'")
        roll_up(connection, ingest.days)
    [found] = cli("sitestats", "goal", "show", site, "--from-collector", "--json").json["data"]
    assert (found["conversions"], found["reached"]) == (2, 3)
    assert cli("sitestats", "goal", "show", site, "--json").json["data"][0]["conversions"] == 0
    ran = cli("sitestats", "goal", "show", log, "--goal", "/x", "--from-collector", "--json")
    assert ran.json["problems"][0]["code"] == "sitestats.collector_of_files"


def test_a_path_may_be_typed_as_a_browser_writes_it_and_a_goal_that_nobody_reached_is_said(
    cli: Cli, tmp_path: Path
) -> None:
    log = tmp_path / "access.log"
    log.write_text(line(0, 1, "/c%E1%BA%A3m-%C6%A1n"), "utf-8")
    for typed in ("/cảm-ơn", "/c%E1%BA%A3m-%C6%A1n", "/cảm*", "/cảm-ơn?x=1"):
        [found] = cli("sitestats", "goal", "show", log, "--goal", typed, "--json").json["data"]
        assert found["conversions"] == 1, typed
    assert "Chưa có lượt ghé nào đạt /x" in cli("sitestats", "goal", "show", log, "--goal", "/x").stdout
