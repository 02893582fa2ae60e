"""`sitestats report --html`: every figure of the page, whatever is chosen in it, is the one that `--json` gives."""

from __future__ import annotations

import random
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from builders.browser import Browser, chromium
from builders.site_pages import cards, choose, expected, tables
from toolkit.demo.access_logs import HOST, write_access_log
from toolkit.sitestats.adapters import facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli

TODAY = "--today=2026-11-22"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site") / "access.log"
    write_access_log(path, 4_000, first=date(2026, 11, 2), days=12)
    return path


# The same log is asked for the same thing by several tests; the answer is kept for all of them.
REPORTS: dict[tuple[object, ...], dict[str, Any]] = {}
PAGES: dict[tuple[object, ...], str] = {}


def report(cli: Cli, log: Path, *more: object) -> dict[str, Any]:
    """What the report of the log says; asked of a site that has read it, which doesn't read it again each time."""
    if (log, *more) not in REPORTS:
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("TOOLKIT_HOME", str(log.parent / "home"))
            if not (log.parent / "home").exists():
                for words in (("add-log", "kept", log, "--host", HOST), ("update", "kept")):
                    assert cli("sitestats", *words, TODAY).exit_code == 0
            ran = cli("sitestats", "report", "kept", "--json", TODAY, *more)
        assert ran.exit_code == 0, ran.stderr
        REPORTS[log, *more] = ran.json["data"]
    return REPORTS[log, *more]


def made(cli: Cli, log: Path, path: Path, *more: object) -> Path:
    if (log, *more) not in PAGES:
        ran = cli("sitestats", "report", log, "--html", path, TODAY, *more)
        assert ran.exit_code == 0, ran.stderr
        PAGES[log, *more] = path.read_text("utf-8")
    path.write_text(PAGES[log, *more], "utf-8")
    return path


def whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def agree(found: dict[str, Any], data: dict[str, Any], wanted: dict[str, Any], top: dict[str, list[str]]) -> None:
    """The page's tables and figures are those of the report; days and hours without anything may be shown as 0."""
    for name, rows in wanted.items():
        seen = {label: numbers for label, numbers in found.get(name, {}).items() if any(numbers)}
        assert seen == rows, name
    totals = data["totals"]
    assert [whole(top[name][0]) for name in ("Khách", "Lượt ghé", "Trang đã xem", "Yêu cầu")] == [
        totals["visitors"], totals["sessions"], totals["page_views"], totals["hits"],
    ]  # fmt: skip
    kinds = found["kinds"]
    programs = ("máy tìm kiếm", "máy của hãng AI", "chương trình khác")
    assert sum(kinds[name][0] for name in programs if name in kinds) == totals["bots"]


CHOICES: list[tuple[dict[str, str], list[str]]] = [
    ({}, []),
    ({"who": "human"}, ["--humans"]),
    ({"who": "programs"}, ["--bots"]),
    ({"source": "Facebook"}, ["--source=facebook"]),
    ({"country": "Việt Nam", "who": "human"}, ["--country=VN", "--humans"]),
    ({"start": "2026-11-05", "end": "2026-11-08"}, ["--from=2026-11-05", "--to=2026-11-08"]),
    (
        {"who": "human", "source": "Google", "device": "máy tính", "start": "2026-11-04"},
        ["--humans", "--source=Google", "--device=desktop", "--from=2026-11-04"],
    ),
]


MADE_OF: Final = {
    "who": {"human": "--humans", "programs": "--bots", "ai": "--ai", "all": "--all"},
    "source": {name: f"--source={name}" for name in ("Google", "Facebook", "Zalo", "TikTok")},
    "country": {"Việt Nam": "--country=VN", "Hoa Kỳ": "--country=US", "Hàn Quốc": "--country=KR"},
    "device": {"máy tính": "--device=desktop", "điện thoại": "--device=phone", "chương trình": "--device=bot"},
    "start": {f"2026-11-{day:02d}": f"--from=2026-11-{day:02d}" for day in (3, 5, 7)},
    "end": {f"2026-11-{day:02d}": f"--to=2026-11-{day:02d}" for day in (7, 9, 12)},
}


def at_random(chance: random.Random) -> tuple[dict[str, str], list[str]]:
    """Something that a reader may choose, with the options that mean the same: any of the controls, in any way."""
    chosen = {name: chance.choice([*ways]) for name, ways in MADE_OF.items() if chance.random() < 0.5}
    return chosen, [MADE_OF[name][way] for name, way in chosen.items()]


def test_figures_of_the_page_are_those_of_the_report_for_every_choice(
    cli: Cli, browser: Browser, log: Path, tmp_path: Path
) -> None:
    chance = random.Random(20261122)
    seen = 0
    with browser.open(made(cli, log, tmp_path / "p.html")) as opened:
        for chosen, options in [*CHOICES, *(at_random(chance) for _ in range(9))]:
            opened.page.click("text=Xem lại tất cả")
            choose(opened, **chosen)
            data = report(cli, log, *options)
            if data["totals"]["hits"]:
                agree(tables(opened), data, expected(data, opened), cards(opened))
            else:
                assert opened.page.inner_text(".summary").endswith("không có lượt nào")
            seen += data["totals"]["hits"] > 0
        assert (opened.dialogs, opened.requests, opened.console) == ([], [], [])
    assert seen >= len(CHOICES) + 5


def test_what_is_chosen_when_the_page_is_made_and_in_it_are_one_choice(
    cli: Cli, browser: Browser, log: Path, tmp_path: Path
) -> None:
    chance = random.Random(7)
    for first in (["--path=/san-pham*"], ["--path=*son*", "--previous", "--from=2026-11-07"]):
        with browser.open(made(cli, log, tmp_path / "p.html", *first)) as opened:
            for _ in range(3):
                chosen, options = at_random(chance)
                if "--from=2026-11-07" in first and {"start", "end"} & chosen.keys():
                    continue
                opened.page.click("text=Xem lại tất cả")
                choose(opened, **chosen)
                data = report(cli, log, *(one for one in first if one != "--previous"), *options)
                if data["totals"]["hits"]:
                    agree(tables(opened), data, expected(data, opened), cards(opened))


@pytest.mark.parametrize(
    "chosen",
    [
        ["--source=facebook", "--humans"],
        ["--campaign=tet2027"],
        ["--path=/san-pham/*", "--source=Google", "--device=phone", "--country=VN", "--from=2026-11-04"],
    ],
)
def test_a_page_of_a_part_of_the_traffic_agrees_too(
    cli: Cli, browser: Browser, log: Path, tmp_path: Path, chosen: list[str]
) -> None:
    with browser.open(made(cli, log, tmp_path / "p.html", *chosen)) as opened:
        said = opened.page.inner_text("header p")
        assert "chỉ gồm: " in said
        assert chosen[0].partition("=")[2] in said
        assert opened.page.is_disabled("input[value=ai]")  # no crawler is sent by a link
        for more, who in (([], "all"), (["--humans"], "human")):
            choose(opened, who=who)
            data = report(cli, log, *chosen, *more)
            agree(tables(opened), data, expected(data, opened), cards(opened))


def test_somebody_who_comes_from_two_places_on_a_day_is_one_visitor(cli: Cli, browser: Browser, tmp_path: Path) -> None:
    log = tmp_path / "two.log"
    shape = (
        '203.0.113.7 - - [05/Nov/2026:{:02d}:00:00 +0700] "GET {} HTTP/1.1" 200 10 "{}" "Mozilla/5.0 Firefox/140.0"\n'
    )
    visits = [(8, "/", "https://zalo.me/"), (10, "/", "https://www.google.com/"), (12, "/gia", "-")]
    log.write_text("".join(shape.format(*one) for one in visits), "utf-8")
    with browser.open(made(cli, log, tmp_path / "p.html")) as opened:
        assert (tables(opened)["pages"] or {})["/"] == [2, 1]
        assert [one[0] for one in list(cards(opened).values())[:2]] == ["1", "3"]
        for source in ("Zalo", "Google"):
            choose(opened, source=source)
            assert (tables(opened)["pages"] or {})["/"] == [1, 1]


def test_the_days_before_stand_beside_the_figures(cli: Cli, browser: Browser, log: Path, tmp_path: Path) -> None:
    days = ["--from=2026-11-08", "--to=2026-11-10", "--previous"]
    data = report(cli, log, *days)
    with browser.open(made(cli, log, tmp_path / "p.html", *days)) as opened:
        found = cards(opened)
        names = {"Khách": "visitors", "Lượt ghé": "sessions", "Trang đã xem": "page_views"}
        for name, key in names.items():
            value, note = found[name]
            assert (whole(value), whole(note)) == (data["totals"][key], data["previous"][key])
        choose(opened, who="human")
        humans = report(cli, log, *days, "--humans")
        assert whole(cards(opened)["Khách"][1]) == humans["previous"]["visitors"]
        choose(opened, start="2026-11-05")  # three days more: what lies before isn't in the page
        assert len(cards(opened)["Khách"]) == 1


def test_a_log_too_large_for_every_choice_is_never_guessed_at(
    cli: Cli, browser: Browser, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (
        ("FULL", 80),
        ("FULL_WHOLE", 80),
        ("TIMED", 300),
        ("PART", 150),
        ("MOST_KEYS", 40),
        ("FEWER_KEYS", 12),
    ):
        monkeypatch.setattr(facts, name, most)
    path = tmp_path / "p.html"
    assert cli("sitestats", "report", log, "--html", path, TODAY).exit_code == 0
    said: set[bool] = set()
    with browser.open(path) as opened:
        for chosen, options in (CHOICES[0], CHOICES[1], CHOICES[3], CHOICES[5], CHOICES[6]):
            opened.page.click("text=Xem lại tất cả")
            choose(opened, **chosen)
            wanted = expected(data := report(cli, log, *options), opened)
            for name, rows in tables(opened).items():
                said.add(rows is None)
                if rows is not None and name in wanted and name != "countries":
                    assert all(wanted[name].get(label) == row for label, row in rows.items() if any(row)), name
            for name, key in (("Khách", "visitors"), ("Lượt ghé", "sessions")):
                if name in cards(opened):
                    assert whole(cards(opened)[name][0]) == data["totals"][key]
        opened.page.click("text=Xem lại tất cả")
        assert "dòng khác" in opened.page.text_content("[data-panel=pages] .note")
    assert said == {True, False}


def test_a_long_log_is_cut_by_the_month(
    cli: Cli, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "long.log"
    write_access_log(log, 2_500, first=date(2026, 9, 10), days=60)
    monkeypatch.setattr(facts, "DAYS_BY_DAY", 30)
    with browser.open(made(cli, log, tmp_path / "p.html")) as opened:
        data = report(cli, log)
        agree(tables(opened), data, expected(data, opened), cards(opened))
        opened.page.select_option("select[name=from]", label="10/2026")
        opened.page.select_option("select[name=to]", label="10/2026")
        data = report(cli, log, "--from=2026-10-01", "--to=2026-10-31")
        agree(tables(opened), data, expected(data, opened), cards(opened))
        choose(opened, source="Google")
        found = tables(opened)
        assert list(found["days"] or {}) == ["10/2026"]
        google = report(cli, log, "--from=2026-10-01", "--to=2026-10-31", "--source=Google")
        assert (found["days"] or {})["10/2026"] == [google["totals"]["visitors"]]


def test_goals_on_the_page_of_a_site_are_those_of_its_report(
    cli: Cli, browser: Browser, log: Path, tmp_path: Path
) -> None:
    assert cli("sitestats", "add-log", "shop", log).exit_code == 0
    assert cli("sitestats", "update", "shop", TODAY).exit_code == 0
    assert cli("sitestats", "goal", "add", "shop", "Đặt hàng", "--path", "/gio-hang*", "--value", "250k").exit_code == 0
    path = tmp_path / "p.html"
    more = ("--goal=/lien-he", "--goal=/khong-ai-den")
    assert cli("sitestats", "report", "shop", "--html", path, TODAY, *more).exit_code == 0
    with browser.open(path) as opened:
        for chosen, options in (CHOICES[0], CHOICES[3]):
            opened.page.click("text=Xem lại tất cả")
            choose(opened, **chosen)
            data = cli("sitestats", "report", "shop", "--json", TODAY, *more, *options).json["data"]
            agree(tables(opened), data, expected(data, opened), cards(opened))
            rows = tables(opened)["goals"] or {}
            for goal in data["goals"]:
                [(label, numbers)] = [row for row in rows.items() if row[0].startswith(goal["name"])]
                assert numbers == [goal["conversions"], goal["visitors"]]
                if goal["worth"]:
                    assert f"{goal['worth']:,}".replace(",", ".") in label


def test_searching_paths_picks_rows_and_changes_no_other_figure(
    cli: Cli, browser: Browser, log: Path, tmp_path: Path
) -> None:
    with browser.open(made(cli, log, tmp_path / "p.html")) as opened:
        before = tables(opened)
        top = cards(opened)
        choose(opened, words="SAN-PHAM*-1")
        found = tables(opened)
        rows = before["pages"] or {}
        picked = {path: row for path, row in rows.items() if re.search(r"san-pham.*-1", path)}
        assert found["pages"] == picked
        assert 0 < len(picked) < len(rows)
        assert (found["sources"], cards(opened)) == (before["sources"], top)


def test_tables_are_sorted_by_their_headings_from_the_keyboard(
    cli: Cli, browser: Browser, log: Path, tmp_path: Path
) -> None:
    with browser.open(made(cli, log, tmp_path / "p.html")) as opened:
        heads = opened.page.locator("[data-panel=pages] thead th")
        assert heads.nth(1).get_attribute("aria-sort") == "descending"
        heads.nth(2).locator("button").focus()
        opened.page.keyboard.press("Enter")
        assert heads.nth(2).get_attribute("aria-sort") == "descending"
        opened.page.keyboard.press("Enter")  # the heading keeps the focus
        assert heads.nth(2).get_attribute("aria-sort") == "ascending"
        visitors = [row[1] for row in (tables(opened)["pages"] or {}).values()]
        assert visitors == sorted(visitors)
        opened.page.locator("[data-panel=sources] .pick", has_text="Google").first.click()
        assert "Nguồn: Google" in opened.page.inner_text(".summary")


def test_the_page_fits_a_phone_and_paper_and_can_be_read_without_a_script(
    cli: Cli, browser: Browser, log: Path, tmp_path: Path
) -> None:
    path = made(cli, log, tmp_path / "p.html")
    for width in (320, 360, 1280):
        with browser.open(path, width=width) as opened:
            assert opened.overflow <= 0
    with browser.open(path, paper=True) as opened:
        assert not opened.page.locator("form.choose").is_visible()
        assert opened.page.locator(".summary").is_visible()
    context = browser.chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    visitors = report(cli, log)["totals"]["visitors"]
    assert whole(page.locator("#fixed .value").first.inner_text()) == visitors
    context.close()


def test_every_control_has_a_name_for_those_who_hear_the_page(
    cli: Cli, browser: Browser, log: Path, tmp_path: Path
) -> None:
    with browser.open(made(cli, log, tmp_path / "p.html")) as opened:
        unnamed = opened.page.evaluate(
            "() => [...document.querySelectorAll('input,select')].filter("
            "e => !e.labels?.length && !e.getAttribute('aria-label')).length"
        )
        assert unnamed == 0
        assert opened.page.evaluate("() => [...document.querySelectorAll('button')].every(b => b.textContent.trim())")
        assert opened.page.get_attribute(".summary", "aria-live") == "polite"


def test_a_page_is_small_and_replaces_only_its_own_kind(cli: Cli, log: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    for _ in range(2):
        assert cli("sitestats", "report", log, "--html", path, TODAY).exit_code == 0
        assert 50_000 < path.stat().st_size < 1_000_000
    other = tmp_path / "mine.html"
    other.write_text("<p>của tôi</p>", "utf-8")
    ran = cli("sitestats", "report", log, "--html", other, TODAY)
    assert ran.exit_code != 0
    assert other.read_text("utf-8") == "<p>của tôi</p>"


def test_a_page_of_nothing_says_so(cli: Cli, browser: Browser, log: Path, tmp_path: Path) -> None:
    with browser.open(made(cli, log, tmp_path / "p.html", "--path=/khong-ai-xem")) as opened:
        assert "Không có lượt nào" in opened.text
    with browser.open(made(cli, log, tmp_path / "p.html")) as opened:
        choose(opened, who="ai", source="Google")
        assert "không có lượt nào" in opened.page.inner_text(".summary")


def test_the_page_is_said_in_english_too(cli: Cli, browser: Browser, log: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    assert cli("--lang", "en", "sitestats", "report", log, "--html", path, TODAY).exit_code == 0
    with browser.open(path) as opened:
        choose(opened, who="human")
        text = opened.page.inner_text("body")
        assert opened.page.inner_text(".summary").endswith("visitors")
    assert not re.search(r"sitestats\.|page_|undefined|NaN|khách|lượt", text)


def test_csv_holds_every_table_and_no_formula(cli: Cli, tmp_path: Path) -> None:
    log = tmp_path / "odd.log"
    attacks = ["=cmd|'/C%20calc'!A0", "@SUM(A1)", "+1+1", "-1+1"]
    lines = [
        f'203.0.113.{n} - - [05/Nov/2026:08:00:00 +0700] "GET /?utm_source={attack.replace("+", "%2B")}&utm_campaign='
        f'{attack.replace("+", "%2B")} HTTP/1.1" 200 10 "-" "{attack}"\n'
        for n, attack in enumerate(attacks)
    ]
    log.write_text("".join(lines), "utf-8")
    ran = cli("sitestats", "report", log, "--csv", TODAY)
    assert ran.exit_code == 0
    rows = ran.stdout.splitlines()
    assert rows[0].startswith("bảng,tên,chi tiết,")
    assert any(row.startswith("Theo ngày,2026-11-05,,4,4,,40") for row in rows)
    assert any(row.startswith("Trang,/,,4,4,,40") for row in rows)
    cells = [cell for row in rows for cell in re.split(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", row)]
    assert not [cell for cell in cells if re.match(r"\"?[=@+-]", cell)]
