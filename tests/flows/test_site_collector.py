"""The collector from its first line in a page to the figures."""

from __future__ import annotations

import re
import socket
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from builders.collecting import HOST, ORIGIN, PHONE, collecting, new_site
from toolkit.core.errors import ConflictError, StoreError, UsageError
from toolkit.sitestats.adapters.collected import intake_of
from toolkit.sitestats.adapters.intake import Intake
from toolkit.sitestats.beacon import script
from toolkit.sitestats.service import collecting as service

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def at(day: int, hour: int, minute: int = 0) -> float:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp()


def test_what_pages_tell_becomes_rows_like_those_of_a_log(tmp_path: Path) -> None:
    clock = [at(20, 2)]
    with collecting(tmp_path, now=lambda: clock[0]) as collector:
        collector.send(path="/b%C3%A1n?utm_source=zalo&utm_campaign=tet", r="https://chat.zalo.me/?x=1")
        clock[0] += 60
        collector.send(path="/gio-hang", r=f"{ORIGIN}/b%C3%A1n")
        collector.send(kind="event", path="/gio-hang", n="dat-hang")
        collector.send(kind="link", path="/gio-hang", n="https://zalo.me/0912?x=1")
        clock[0] += 45 * 60
        collector.send(path="/", r="https://www.google.com/")
        collector.send(path="/", headers={"User-Agent": BOT})
    assert collector.ended[0].kept == 6
    assert collector.take() == 6
    hits = collector.rows("SELECT day, hour(moment), method, path, is_page, host FROM hits ORDER BY place")
    day = date(2026, 11, 20)
    assert hits == [
        (day, 9, "GET", "/bán", True, HOST),
        (day, 9, "GET", "/gio-hang", True, HOST),
        (day, 9, "EVENT", "dat-hang", False, HOST),
        (day, 9, "LINK", "zalo.me/0912", False, HOST),
        (day, 9, "GET", "/", True, HOST),
        (day, 9, "GET", "/", True, HOST),
    ]
    sql = "SELECT source, medium, campaign, pages, hits, entry, exit, device, who FROM visits"
    assert sorted(collector.rows(sql)) == [
        ("", "direct", "", 1, 1, "/", "/", "bot", "search"),
        ("Google", "search", "", 1, 1, "/", "/", "phone", "human"),
        ("Zalo", "campaign", "tet", 2, 4, "/bán", "/gio-hang", "phone", "human"),
    ]
    assert not collector.told()


def test_what_is_taken_over_bit_by_bit_is_what_is_taken_over_at_once(tmp_path: Path) -> None:
    clock = [at(20, 2)]
    with (
        collecting(tmp_path / "a", now=lambda: clock[0]) as bit,
        collecting(tmp_path / "b", now=lambda: clock[0]) as once,
    ):
        for number in range(9):
            clock[0] = at(20, 2, number * 7)
            for collector in (bit, once):
                collector.send(path=f"/{number % 3}", headers={"User-Agent": f"{PHONE} {number % 2}"})
            bit.take(now=clock[0])  # while the collector goes on
    assert once.take(now=clock[0]) == 9
    sql = "SELECT day, began, ended, hits, pages, entry, exit FROM visits ORDER BY ALL"
    assert bit.rows(sql) == once.rows(sql)
    for sql in ("SELECT sum(hits) FROM visitors", "SELECT count(*) FROM hits", "SELECT lines FROM cursors"):
        assert bit.rows(sql) == once.rows(sql) == [(9,)]
    assert bit.take(now=clock[0]) == 0


@pytest.mark.parametrize("wish", [{"DNT": "1"}, {"Sec-GPC": "1"}], ids=str)
def test_whoever_does_not_want_to_be_counted_is_not(tmp_path: Path, wish: dict[str, str]) -> None:
    with collecting(tmp_path) as collector:
        assert collector.send(headers=wish) == 204
        assert collector.send() == 204
    assert len(collector.told()) == 1
    assert collector.ended[0].refused == {"wishes": 1}


def test_the_script_is_served_as_its_hash_says(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        status, headers, body = collector.ask("GET", f"/{script.NAME}")
    assert (status, body) == (200, script.script())
    assert headers["content-type"].startswith("text/javascript")
    assert headers["access-control-allow-origin"] == "*"


def test_sites_of_one_collector_are_kept_apart(tmp_path: Path) -> None:
    other = new_site(tmp_path, "Blog", "blog.example")
    with collecting(tmp_path, every=True) as collector:
        assert collector.send() == 204
        assert collector.send(site=other.key) == 400  # a page of the one doesn't speak for the other
        assert collector.send(site=other.key, headers={"Origin": "https://blog.example"}) == 204
        assert collector.send(headers={"Origin": "https://blog.example"}) == 400
    assert [told.host for told in collector.told()] == [HOST]
    assert [told.host for told in other.told()] == ["blog.example"]


def test_a_site_that_was_not_named_is_not_collected_for(tmp_path: Path) -> None:
    other = new_site(tmp_path, "Blog", "blog.example")
    with collecting(tmp_path) as collector:
        assert collector.send(site=other.key) == 400
        assert collector.send(site=other.key, headers={"Origin": "https://blog.example"}) == 403


@pytest.mark.parametrize("error", [sqlite3.OperationalError("database or disk is full"), ValueError("a bug")])
def test_a_disk_that_refuses_is_said_nothing_is_acknowledged_and_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    with collecting(tmp_path) as collector:
        assert collector.send() == 204
        with monkeypatch.context() as patched:

            def full(*rows: object) -> None:
                raise error

            patched.setattr(Intake, "add", full)
            status, headers, _ = collector.ask("POST", "/t", collector.message())
            assert (status, headers["retry-after"]) == (503, "30")
        assert collector.send() == 204
    assert len(collector.told()) == 2
    assert collector.ended[0].refused == {"disk": 1}


def test_two_collectors_for_one_site_are_one_too_many(tmp_path: Path) -> None:
    with collecting(tmp_path), pytest.raises(StoreError, match=r"disk\.busy"), collecting(tmp_path):
        pass


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConflictError, match="port_taken"), collecting(tmp_path, port=port):
            pass


def test_the_line_for_a_page(cli: Cli) -> None:
    ran = cli(
        "sitestats", "collect", "snippet", "Cửa hàng", "https://stats.example/", "--host", "www.shop.example", "--json"
    )
    assert ran.exit_code == 0
    data = ran.json["data"]
    assert re.fullmatch(
        rf'<script defer src="https://stats\.example/t1\.js" data-site="{data["key"]}" integrity="sha256-[\w+/=]{{44}}"'
        r' crossorigin="anonymous"></script>',
        data["tag"],
    )
    assert data["policy"] == "script-src https://stats.example; connect-src https://stats.example"
    assert script.script().decode() in data["inline"]
    again = cli("sitestats", "collect", "snippet", "cua hang", "https://stats.example", "--json")
    assert again.json["data"]["tag"] == data["tag"]
    shown = cli("sitestats", "collect", "snippet", "Cửa hàng", "https://stats.example")
    assert data["tag"] in shown.stdout
    assert (
        script.script().decode()
        in cli("sitestats", "collect", "snippet", "Cửa hàng", "https://stats.example", "--inline").stdout
    )


@pytest.mark.parametrize(
    ("typed", "code", "exit_code"),
    [
        (("shop", "stats.example", "--host", HOST), "sitestats.not_an_address", 2),
        (("shop", "https://stats.example/?a", "--host", HOST), "sitestats.not_an_address", 2),
        (("shop", 'https://stats.example/"onload="x', "--host", HOST), "sitestats.not_an_address", 2),
        (("shop", "https://stats.example", "--host", "a/b"), "sitestats.not_a_host", 2),
        (("shop", "https://stats.example"), "sitestats.host_unknown", 4),
    ],
)
def test_what_can_not_be_meant_is_said(cli: Cli, typed: tuple[str, ...], code: str, exit_code: int) -> None:
    ran = cli("sitestats", "collect", "snippet", *typed, "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (exit_code, code)
    assert cli("sitestats", "sites", "list", "--json").json["data"] == []


def test_an_address_without_https_is_remarked(cli: Cli) -> None:
    ran = cli("sitestats", "collect", "snippet", "shop", "http://stats.example", "--host", HOST)
    assert ran.exit_code == 0
    assert "https" in ran.stderr
    assert "https" not in cli("sitestats", "collect", "snippet", "shop", "http://127.0.0.1:8787").stderr


def test_without_the_extra_the_command_to_install_it_is_named(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("sitestats", "collect", "snippet", "shop", "https://stats.example", "--host", HOST)
    monkeypatch.setattr(service, "find_spec", lambda name: None)
    ran = cli("sitestats", "collect", "serve")
    assert ran.exit_code == 2
    assert 'pip install "sotay-toolkit[collector]"' in ran.stderr


def test_a_library_with_a_known_hole_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import starlette

    monkeypatch.setattr(starlette, "__version__", "1.0.0")
    with pytest.raises(UsageError, match="collector_too_old"), collecting(tmp_path):
        pass


def test_nothing_to_collect_for_is_said(cli: Cli) -> None:
    assert cli("sitestats", "collect", "serve", "--json").json["problems"][0]["code"] == "sitestats.no_sites"


def test_a_site_is_named_with_its_option_or_without(cli: Cli) -> None:
    said = [cli("sitestats", "collect", "serve", *words, "--json").json["problems"][0] for words in
            (("lạ",), ("--site", "lạ"))]  # fmt: skip
    assert said[0] == said[1]
    assert said[0]["value"] == "lạ"


def test_a_site_that_was_never_collected_for_has_nothing_to_take_over(tmp_path: Path) -> None:
    found = new_site(tmp_path)
    assert found.take() == 0
    assert not intake_of(found.site).exists()


def test_the_report_of_what_was_collected(home: Path, cli: Cli) -> None:
    assert cli("sitestats", "report", "--from-collector", __file__).exit_code == 2
    with collecting(home) as collector:
        collector.send(path="/a?utm_source=zalo")
        collector.send(path="/b", headers={"User-Agent": BOT})
        collector.send(kind="event", path="/a", n="dat-hang")
        name = collector.site.name
        ran = cli("sitestats", "report", name, "--from-collector", "--json")
        assert (ran.exit_code, ran.json["problems"][0]["code"]) == (4, "sitestats.nothing_collected")
        assert cli("sitestats", "update", "--json").json["data"][0]["collected"] == 3  # while it goes on
        collector.send(path="/c")
    assert "1" in cli("sitestats", "update").stdout
    for typed in (("--from-collector",), ()):  # a site without logs has nothing else to look at
        data = cli("sitestats", "report", name, *typed, "--json").json["data"]
        assert data["totals"] | {"bytes": 0} == {
            "requests": 4, "valid": 4, "rejected": 0, "hits": 4, "page_views": 3, "visitors": 2, "sessions": 2,
            "bytes": 0, "bots": 1,
        }  # fmt: skip
        assert [(row["path"], row["hits"]) for row in data["pages"]] == [("/a", 1), ("/b", 1), ("/c", 1)]
        assert data["sources"][0]["source"] in ("", "Zalo")
    people = cli("sitestats", "report", name, "--from-collector", "--humans", "--json").json["data"]
    assert people["totals"]["page_views"] == 2
    assert "Zalo" in cli("sitestats", "report", name, "--humans").stdout


def test_logs_and_the_collector_are_never_added_up(home: Path, cli: Cli, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text('203.0.113.7 - - [20/Nov/2026:13:55:36 +0700] "GET /log HTTP/1.1" 200 5 "-" "Mozilla/5.0"\n')
    with collecting(home, now=lambda: at(20, 2)) as collector:
        collector.send(path="/collected")
        name = collector.site.name
    assert cli("sitestats", "add-log", name, log).exit_code == 0
    assert cli("sitestats", "update", "--json").json["data"][0]["collected"] == 1
    paths = {
        typed: [row["path"] for row in cli("sitestats", "report", name, *typed, "--json").json["data"]["pages"]]
        for typed in ((), ("--from-collector",))
    }
    assert paths == {(): ["/log"], ("--from-collector",): ["/collected"]}
    assert cli("sitestats", "update", "--again", "--yes").exit_code == 0  # logs are read again; nobody else can be
    assert cli("sitestats", "report", name, "--from-collector", "--json").json["data"]["totals"]["requests"] == 1


def test_a_damaged_file_of_the_collector_keeps_no_log_from_being_read(home: Path, cli: Cli) -> None:
    with collecting(home) as collector:
        collector.send()
    intake_of(collector.site).write_bytes(b"nonsense" * 1_000)
    for path in intake_of(collector.site).parent.glob("intake.db-*"):
        path.unlink()
    ran = cli("sitestats", "update", "--json")
    assert ran.exit_code == 1
    assert ran.json["problems"][0]["code"] == "sitestats.intake_unusable"
    assert ran.json["data"][0]["site"] == collector.site.name


def test_an_event_that_was_collected_is_a_goal(home: Path, cli: Cli) -> None:
    with collecting(home) as collector:
        for number in range(3):
            agent = {"User-Agent": f"{PHONE} {number}"}
            collector.send(path="/", headers=agent)
            if number:
                collector.send(kind="event", path="/", n="dat-hang", headers=agent)
        name = collector.site.name
    cli("sitestats", "update")
    assert cli("sitestats", "goal", "add", name, "Đặt hàng", "--event", "dat-hang").exit_code == 0
    goals = cli("sitestats", "report", name, "--from-collector", "--json").json["data"]["goals"]
    assert [(one["name"], one["visits"], one["conversions"]) for one in goals] == [("Đặt hàng", 3, 2)]


def test_pages_at_a_port_of_this_machine_are_heard_and_no_other_port(tmp_path: Path) -> None:
    """As `site new --collector` sets it up, and `site serve` shows the pages."""
    starter = new_site(tmp_path, "Hoa Sen", "http://127.0.0.1:8000")
    with collecting(tmp_path, every=True) as shop:
        for origin, status in (("http://127.0.0.1:8000", 204), ("http://127.0.0.1:8001", 403)):
            message = shop.message("/", site=starter.key, r="http://127.0.0.1:8000/cam-on.html")
            assert shop.send(message, {"Origin": origin}) == status
    assert starter.take() == 1
    assert starter.rows("SELECT medium FROM referrers") == [("internal",)]
