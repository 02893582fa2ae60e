"""The page of a site for those who use the keyboard, hear it, see badly or print it; and for odd texts in its log."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote

import pytest

from builders.browser import Browser, chromium
from builders.page_eyes import faint, tabbed
from builders.site_pages import choose, tables
from toolkit.demo.access_logs import write_access_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli

TODAY: Final = "--today=2026-11-22"
DESK: Final = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
ODD: Final = {
    "/مقالات/العناية-بالبشرة": "مصدر",
    "/עברית/מאמר": "מקור",
    "/🧴✨/kem": "🧴",
    "/中文/页面": "来源",
    f"/{'a' * 1_900}": "s" * 400,
    f"/{'rất-dài-' * 100}": "tết " * 80,
    "/a b/c&d": "a&b",
}
MADE: list[bytes] = []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(cli: Cli, tmp_path: Path) -> Path:
    """Two weeks with two goals; made once, looked at by several."""
    log, path = tmp_path / "access.log", tmp_path / "p.html"
    if not MADE:
        write_access_log(log, 1_000, first=date(2026, 11, 8), days=14)
        goals = ("--goal=/lien-he", "--goal=/gio-hang*")
        assert cli("sitestats", "report", log, "--html", path, TODAY, *goals).exit_code == 0
        MADE.append(path.read_bytes())
    path.write_bytes(MADE[0])
    return path


def test_every_text_and_every_control_stands_out_by_day_and_by_night(browser: Browser, page: Path) -> None:
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        with browser.open(page, scheme=scheme) as opened:
            choose(opened, who="human")
            opened.page.click("summary")
            assert faint(opened) == []


def test_all_of_it_is_done_from_the_keyboard_and_the_focus_is_always_seen(browser: Browser, page: Path) -> None:
    with browser.open(page, width=1280) as opened:
        way = tabbed(opened)
        assert not [one for one in way if not one["seen"]]
        names = [one["key"] for one in way]
        assert names[0] == "who"
        for wanted in ("source", "country", "device", "words", "measure", "goal", "pick", "more", "sort0"):
            assert wanted in names
        # who chooses a row goes on at the control that takes the choice back
        row = opened.page.locator("[data-panel=countries] .pick").first
        row.focus()
        opened.page.keyboard.press("Enter")
        assert opened.page.evaluate("() => document.activeElement.name") == "country"
        assert opened.page.evaluate("() => document.activeElement.value") != "-1"
        opened.page.keyboard.press("Home")  # the first of its list: all of them
        assert opened.page.input_value("select[name=country]") == "-1"
        # what is unfolded and folded keeps the focus
        more = opened.page.locator("[data-panel=pages] .more")
        more.focus()
        for unfolded in ("true", "false"):
            opened.page.keyboard.press("Enter")
            assert more.get_attribute("aria-expanded") == unfolded
            assert opened.page.evaluate("() => document.activeElement.dataset.key") == "more"
        # arrows walk through the kinds of visitors
        opened.page.locator("input[name=who]:checked").focus()
        opened.page.keyboard.press("ArrowRight")
        assert "Người" in opened.page.inner_text(".summary")


def test_those_who_hear_the_page_hear_what_each_part_is(browser: Browser, page: Path) -> None:
    with browser.open(page) as opened:
        heard = opened.page.locator("main").aria_snapshot()
        for wanted in (
            'form "Chọn phần muốn xem"', 'group "Lượt của ai"', 'radio "Tất cả" [checked]', 'combobox "Nguồn"',
            'searchbox "Tìm trang"', 'heading "Trang" [level=2]', 'region "Đến từ đâu"', "columnheader", "rowheader",
            'img "Khách: cao nhất',
        ):  # fmt: skip
            assert wanted in heard, wanted


def test_a_chosen_part_without_anything_says_so_and_the_way_back_is_there(browser: Browser, page: Path) -> None:
    with browser.open(page) as opened:
        choose(opened, who="programs", source="Google")
        assert opened.page.inner_text(".summary").endswith("không có lượt nào")
        assert not opened.page.locator(".panels").is_visible()
        assert [text for text in opened.page.locator(".cards .value").all_inner_texts() if text not in "0 – 0 B"] == []
        opened.page.click("text=Xem lại tất cả")
        assert tables(opened)["pages"]


def test_texts_of_any_length_and_direction_fit_and_leave_the_figures_alone(
    cli: Cli, browser: Browser, tmp_path: Path
) -> None:
    log, path = tmp_path / "odd.log", tmp_path / "p.html"
    lines = [
        f'203.0.113.{n} - - [{1 + n % 9:02d}/Nov/2026:08:00:00 +0700] "GET {quote(odd)}?utm_source={quote(source)}'
        f'&utm_campaign={quote(source)} HTTP/1.1" 200 10 "-" "{DESK}"'
        for n, (odd, source) in enumerate([*ODD.items()] * 12)
    ]
    log.write_text("\n".join(lines) + "\n", "utf-8")
    assert cli("sitestats", "report", log, "--html", path, TODAY).exit_code == 0
    for width in (320, 640):
        with browser.open(path, width=width) as opened:
            assert opened.overflow <= 0
            rows = tables(opened)["pages"] or {}
            assert sorted(rows.values()) == [[12, 12]] * len(ODD)
            for odd in ODD:
                assert any(row == odd if len(odd) < 160 else row[:90] == odd[:90] and "…" in row for row in rows)
            # numbers stand at the right edge of their column whatever stands beside them
            edges = opened.page.evaluate(
                "() => [...new Set([...document.querySelectorAll('[data-panel=pages] tbody td:last-child')]"
                ".map(e => Math.round(e.getBoundingClientRect().right)))]"
            )
            assert len(edges) == 1
            assert opened.page.evaluate(
                "() => [...document.querySelectorAll('[data-panel=pages] bdi')].every(e => e.dir === 'ltr')"
            )


def test_a_page_stays_below_three_megabytes_whatever_is_in_the_log(cli: Cli, browser: Browser, tmp_path: Path) -> None:
    log, path = tmp_path / "big.log", tmp_path / "p.html"
    signs = quote("<🧴&>" * 60)  # each of them takes more room in a page than in a log
    lines = [
        f"203.{n >> 8 & 7}.{n & 255}.7 - - [{1 + n % 20:02d}/Nov/2026:{n % 24:02d}:00:00 +0700]"
        f' "GET /{n % 1_500}/{signs}?utm_source=s{n % 300}&utm_campaign={signs[:900]}{n % 1_300} HTTP/1.1"'
        f' {200 if n % 3 else 404} 10 "-" "program {n % 1_100} {"x" * 300}"'
        for n in range(4_500)
    ]
    log.write_text("\n".join(lines) + "\n", "utf-8")
    assert cli("sitestats", "report", log, "--html", path, TODAY).exit_code == 0
    assert 1_000_000 < path.stat().st_size < 3_000_000
    with browser.open(path) as opened:
        choose(opened, who="uncertain")
        assert "dòng khác" in opened.page.text_content("[data-panel=pages]")
        assert opened.overflow <= 0


def test_paper_is_light_says_what_is_chosen_and_has_no_controls(browser: Browser, page: Path) -> None:
    with browser.open(page, scheme="dark", paper=True) as opened:
        style = "getComputedStyle(document.body)"
        assert opened.page.evaluate(f"() => [{style}.backgroundColor, {style}.color]") == [
            "rgb(255, 255, 255)",
            "rgb(0, 0, 0)",
        ]
        assert not opened.page.locator("form.choose").is_visible()
        assert not opened.page.locator(".more >> visible=true").count()
        assert (
            opened.page.locator("[data-panel=goal_sources] select").evaluate("e => getComputedStyle(e).borderTopWidth")
            == "0px"
        )
        assert opened.page.locator("[data-panel=statuses] tbody tr").count()
        assert faint(opened) == []
        assert opened.page.pdf(format="A4").startswith(b"%PDF")
