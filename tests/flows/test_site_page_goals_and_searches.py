"""`sitestats report --html` of a site that is kept: what came of its goals from where, and what Google was asked."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from builders.browser import Browser, chromium
from builders.google_figures import SCOPES, URL
from builders.site_pages import choose, labelled, tables
from toolkit.demo.access_logs import HOST, write_access_log
from toolkit.demo.google.measurement import Searched
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli

TODAY: Final = "--today=2026-11-22"
GOALS: Final = ("/gio-hang*", "/lien-he")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def site(home: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cli]:
    """A kept shop of twelve days with two goals, and the searches of those days but the last two."""
    log = tmp_path / "access.log"
    write_access_log(log, 3_000, first=date(2026, 11, 2), days=12)
    with LoopbackGoogle() as google:
        monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", google.root)
        google.sign_in(home / "google", SCOPES)
        google.search.sites[URL] = searched(date(2026, 10, 30), 13)
        for words in (
            ("add-log", "shop", log, "--host", HOST), ("update", "shop", TODAY),
            ("gsc", "pull", "shop", "--url", URL, "--from", "2026-10-30", "--to", "2026-11-11", TODAY),
            *(("goal", "add", "shop", f"Mục tiêu {path}", "--path", path) for path in GOALS),
        ):  # fmt: skip
            ran = cli("sitestats", *words)
            assert ran.exit_code == 0, ran.stderr
        yield cli


def searched(first: date, days: int) -> list[Searched]:
    """Searches of every day, some of which Google keeps to itself, at places that have no end in decimals."""
    chance = random.Random(5)
    return [
        Searched(first + timedelta(days=day), text, f"https://{HOST}/{page}", clicks, shown, place)
        for day in range(days)
        for text, page in (*((f"kem {n}", f"p{n % 5}") for n in range(14)), ("", "p1"))
        if chance.random() < 0.8
        for shown in [chance.randint(1, 60)]
        for clicks in [chance.randint(0, shown)]
        for place in [chance.randint(shown, 30 * shown) / shown]
    ]  # fmt: skip


def report(cli: Cli, *more: str) -> dict[str, Any]:
    ran = cli("sitestats", "report", "shop", "--json", TODAY, *more)
    assert ran.exit_code == 0, ran.stderr
    data: dict[str, Any] = ran.json["data"]
    return data


def test_goals_and_searches_on_the_page_are_those_of_the_commands(site: Cli, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    assert site("sitestats", "report", "shop", "--html", path, TODAY).exit_code == 0
    with browser.open(path) as opened:
        for since, until in (("2026-11-02", "2026-11-13"), ("2026-11-04", "2026-11-09"), ("2026-11-11", "2026-11-12")):
            choose(opened, start=since, end=until)
            days = ("--from", since, "--to", until)
            for who, of_whom in (("all", "--all"), ("human", "--humans")):
                choose(opened, who=who)
                searches(report(site, *days, of_whom)["search"], opened.page, tables(opened))
                words = ("goal", "show", "shop", "--by=source", "--by=entry", "--json", of_whom, TODAY, *days)
                goals(site("sitestats", *words).json["data"], opened)
            choose(opened, who="all")
        opened.page.click("text=Xem lại tất cả")
        choose(opened, source="Google")
        assert "không chia theo: nguồn" in opened.page.text_content("[data-panel=searches] .note")
        opened.page.click("text=Xem lại tất cả")
        choose(opened, start="2026-11-12")
        assert "gsc pull" in opened.page.text_content("[data-panel=searches] .note")
        assert (opened.dialogs, opened.requests, opened.console) == ([], [], [])


def searches(data: dict[str, Any], page: Any, found: dict[str, Any]) -> None:
    """What Search Console has counted, to the tenth of a place."""
    for name, key, rows in (("searches", "query", data["queries"]), ("found_pages", "page", data["pages"])):
        wanted = {one[key]: [one["clicks"], one["impressions"], round(10 * one["position"])] for one in rows}
        assert found[name] == wanted
    sums, *more = page.locator("[data-panel=searches] .note").all_text_contents()
    figures = [f"{data['clicks']} lần bấm", f"{data['impressions']} lần hiện"]
    position = f"vị trí trung bình {data['position']:.1f}".replace(".", ",")
    assert ", ".join([*figures, position]) in re.sub(r"\.(?=\d)", "", sums)
    assert [text.split()[2] for text in more] == ([str(data["hidden_clicks"])] if data["hidden_clicks"] else [])


def goals(told: list[dict[str, Any]], opened: Any) -> None:
    """Conversions, visits and their share, for each goal by source and by the page on which visits began."""
    for place, goal in enumerate(told):
        opened.page.select_option("[data-panel=goal_sources] select", str(place))
        found = tables(opened)
        for name, key in (("goal_sources", "source"), ("goal_entries", "entry")):
            rows = [row for row in goal["by"][key] if row[key] is not None]  # visits that saw no page begin on none
            wanted = {labelled(row, key): [row["conversions"], row["visits"]] for row in rows}
            assert {label: row[:2] for label, row in (found[name] or {}).items()} == wanted
            for conversions, visits, part in (found[name] or {}).values():
                tenths = 1000 * conversions / visits  # below a tenth of the visits with one decimal
                assert part in ({int(tenths + 0.5), tenths / 10} if tenths < 100 else {int(tenths / 10 + 0.5)})
