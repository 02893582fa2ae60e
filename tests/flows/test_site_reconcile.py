"""`reconcile`: log, collector and Analytics side by side; every reason that is told is counted out by hand here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from builders.google_figures import NUMBER, SCOPES
from builders.kept_sites import CHROME, log_lines, the_site
from toolkit.demo.google.measurement import Property, View
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.disk.scratch import scratch_folder
from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.collected import collected_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli

DAYS = (date(2026, 11, 18), date(2026, 11, 19))
TODAY = ("--today", "2026-12-22")
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def line(day: date, time: str, who: int, path: str, status: int = 200, agent: str = CHROME) -> str:
    return (
        f'203.0.113.{who} - - [{day:%d/%b/%Y}:{time}:00 +0700] "GET {path} HTTP/1.1" {status} 100'
        f' "https://shop.example/" "{agent}"\n'
    )


def a_day(day: date) -> str:
    """Three people read two pages each, one of them a third one, one asks for a page that isn't there; a fourth fetches
    an image alone, late in the evening; a program reads a page."""
    return "".join([
        *(line(day, "09:00", who, path) for who in (1, 2, 3) for path in ("/", "/%C3%A1o-d%C3%A0i")),
        line(day, "09:01", 1, "/an"), line(day, "09:02", 2, "/khong-co", 404),
        line(day, "10:00", 9, "/", agent=BOT), line(day, "23:30", 4, "/anh.png"),
    ])  # fmt: skip


def seen_by_google() -> Property:
    """Two of the three, each with the pages that bear a tag; one sees a page that the server was never asked for."""
    return Property(zone="Asia/Tokyo", thresholded=True, views=[
        View(day, f"u{who}", f"{day}-{who}", path)
        for day in DAYS for who in (1, 2) for path in ("/", "/áo-dài/", *(["/cam-on"] if who == 1 else []))
    ])  # fmt: skip


@pytest.fixture
def google(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", server.root)
        server.sign_in(home / "google", SCOPES)
        server.analytics.properties[NUMBER] = seen_by_google()
        yield server


@pytest.fixture
def shop(cli: Cli, google: LoopbackGoogle, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text("".join(map(a_day, DAYS)), encoding="utf-8")
    assert cli("sitestats", "add-log", "shop", log, "--host", "shop.example").exit_code == 0
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    pulled = cli("sitestats", "ga4", "pull", "shop", "--property", NUMBER, "--from", "2026-11-10", "--to", "2026-11-30",
                 *TODAY)  # fmt: skip
    assert pulled.exit_code == 0, pulled.stderr


def data_of(cli: Cli, *more: str) -> Any:
    ran = cli("sitestats", "reconcile", "shop", *more, *TODAY, "--json")
    assert ran.exit_code == 0, ran.stdout + ran.stderr
    return ran.json["data"]


@pytest.mark.usefixtures("shop")
def test_only_days_that_both_have_are_compared(cli: Cli) -> None:
    data = data_of(cli)
    assert [day["date"] for day in data["days"]] == ["2026-11-18", "2026-11-19"]
    assert data["totals"] == {
        "log": {"visitors": 8, "visits": 8, "page_views": 14},
        "collector": None,
        "google": {"visitors": 4, "visits": 4, "page_views": 10},
        "ratio": 0.714,
    }
    assert data_of(cli, "--from", "2026-11-19")["totals"]["log"]["page_views"] == 7


@pytest.mark.usefixtures("shop")
def test_each_reason_has_its_size_and_what_cant_be_known_has_none(cli: Cli) -> None:
    data = data_of(cli)
    assert (data["timezone"], data["google_timezone"]) == ("Asia/Ho_Chi_Minh", "Asia/Tokyo")
    assert {one["cause"]: (one["n"], one["pages"]) for one in data["reasons"]} == {
        "programs": (2, []),
        "only_files": (2, []),
        "untagged": (2, ["/an"]),
        "only_in_google": (2, ["/cam-on"]),
        "errors": (2, []),
        "zones": (2, []),
        "thresholded": (2, []),
        "blocked": (None, []),
        "consent": (None, []),
        "cached": (None, []),
    }


@pytest.mark.usefixtures("google")
def test_a_day_that_the_log_has_a_part_of_is_told_with_what_each_counted(cli: Cli, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    days = [date(2026, 11, day) for day in (17, 18, 19, 20)]
    log.write_text(
        line(days[0], "14:20", 1, "/") + "".join(map(a_day, days[1:3])) + line(days[3], "09:40", 1, "/") * 2, "utf-8"
    )
    cli("sitestats", "add-log", "shop", log, "--host", "shop.example")
    cli("sitestats", "update", *TODAY)
    cli("sitestats", "ga4", "pull", "shop", "--property", NUMBER, "--from", "2026-11-17", "--to", "2026-11-20", *TODAY)
    causes = {one["cause"]: one["at"] for one in data_of(cli)["reasons"] if one["at"]}
    assert causes == {"begins_late": "2026-11-17T14:20:00", "ends_early": "2026-11-20T09:40:00"}
    told = cli("sitestats", "reconcile", "shop", *TODAY).stdout
    assert "17/11/2026: nhật ký chỉ có từ 14:20, Google đếm cả ngày. Ngày ấy nhật ký 1 lượt xem, Google 0." in told
    assert "20/11/2026*" in told
    assert "18/11/2026*" not in told
    assert not [one for one in data_of(cli, "--from", "2026-11-18", "--to", "2026-11-19")["reasons"] if one["at"]]


@pytest.mark.usefixtures("shop")
def test_reasons_are_told_with_their_share(cli: Cli) -> None:
    told = cli("sitestats", "reconcile", "shop", *TODAY).stdout
    assert "Google thấy ít hơn nhật ký 4 lượt xem trang" in told
    assert "- 2 lượt xem (12 %) của máy và chương trình" in told  # of 16
    assert "- 2 lượt ghé (25 %) chỉ tải tệp" in told  # of 8
    assert {one["cause"]: one["of"] for one in data_of(cli)["reasons"]}["untagged"] == 14


@pytest.mark.usefixtures("shop")
def test_it_is_told_calmly_in_words(cli: Cli) -> None:
    ran = cli("sitestats", "reconcile", "shop", *TODAY)
    assert "Vì sao khác nhau" in ran.stdout
    assert "/an" in ran.stdout
    assert "71 %" in ran.stdout
    assert "sitestats." not in ran.stdout + ran.stderr
    english = cli("--lang", "en", "sitestats", "reconcile", "shop", *TODAY)
    assert "can't be known" in english.stdout


@pytest.mark.usefixtures("shop")
def test_what_the_collector_has_counted_stands_between_them(cli: Cli, home: Path) -> None:
    site = the_site(home)
    own = collected_of(site)
    own.folder.mkdir(mode=0o700, exist_ok=True)
    moment = datetime(2026, 11, 18, 2, tzinfo=UTC)
    with scratch_folder() as scratch, store.open_site(own, scratch, write=True) as connection:
        connection.execute("INSERT INTO visitors VALUES (1, '2026-11-18', 0, 'VN', 3, 3, 0, 'human', '')")
        connection.execute(
            "INSERT INTO visits VALUES (1, 1, '2026-11-18', ?, ?, 3, 3, '/', '/', '', 'direct', '', 'VN', 'desktop',"
            " 'human')",
            [moment.replace(tzinfo=None)] * 2,
        )
    data = data_of(cli)
    assert [day["collector"] for day in data["days"]] == [{"visitors": 1, "visits": 1, "page_views": 3}, None]
    assert data["totals"]["collector"] is None, "it knows one day of the two"
    assert "bộ đếm" in cli("sitestats", "reconcile", "shop", *TODAY).stdout


def test_what_is_missing_is_said(cli: Cli, google: LoopbackGoogle, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(log_lines(1, 5), encoding="utf-8")
    cli("sitestats", "add-log", "shop", log)
    cli("sitestats", "update")
    refused = cli("sitestats", "reconcile", "shop", "--json")
    assert (refused.exit_code, refused.json["problems"][0]["code"]) == (4, "sitestats.no_google_yet")
    cli("sitestats", "ga4", "pull", "shop", "--property", NUMBER, "--from", "2026-11-10", "--to", "2026-11-12", *TODAY)
    refused = cli("sitestats", "reconcile", "shop", "--json")
    assert (refused.exit_code, refused.json["problems"][0]["code"]) == (4, "sitestats.no_common_days")
