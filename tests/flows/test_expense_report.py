"""The month's report as a member sees it: in the terminal, in a spreadsheet, for a program, as a page."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders.browser import Browser, chromium
from builders.money_months import entry, months, write_book
from toolkit.expenses.reports import GROUPINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli

TODAY = "--today=2026-11-18"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def book(home: Path) -> Path:
    write_book(
        home,
        [
            *months([3_500_000] * 4, note="tiền nhà", category="housing", day=5),
            *months([220_000] * 4, note="mạng fpt", category="utilities", day=25, until=date(2026, 10, 30)),
            entry(date(2026, 11, 3), 1_000_000, note="liên hoan", person="Lan"),
            entry(date(2026, 11, 17), 250_000, note="lẩu", account="momo"),
            entry(date(2026, 10, 9), 900_000, note="phở"),
            entry(date(2026, 10, 28), 4_000_000, "travel", note="vé máy bay"),
            entry(date(2026, 11, 10), 12_000_000, "salary", note="lương"),
            entry(date(2026, 11, 6), 1_099, "entertainment", currency="USD", note="netflix"),
            entry(date(2026, 11, 7), 500_000, "lend", person="Nam"), entry(date(2026, 11, 8), 9_000_000, "transfer"),
        ],
    )  # fmt: skip
    return home


def report(cli: Cli, *options: object) -> Any:
    ran = cli("expenses", "report", TODAY, "--json", *options)
    assert ran.exit_code == 0, ran.stdout
    return ran.json["data"]


def test_the_report_of_the_running_month_tells_it_in_a_screen(cli: Cli, book: Path) -> None:
    said = cli("expenses", "report", TODAY).stdout
    assert said.startswith("Tháng 11/2026, đến 18/11\n")
    assert re.search(r"Chi +4\.750\.000đ \(01/10–18/10/2026: 4\.400\.000đ, \+350\.000đ, \+8 %\)", said)
    assert re.search(r"Thu trừ chi +\+7\.250\.000đ", said)
    assert re.search(r"Chuyển giữa các ví +9\.000\.000đ \(không tính vào thu chi\)", said)
    assert re.search(r"Nhà ở +3\.500\.000đ +74 % +█+", said)
    assert re.search(r"Nam +500\.000đ", said)
    assert "Bằng USD" in said
    assert re.search(r"Giải trí +10,99 USD", said)


def test_debts_transfers_and_other_currencies_are_apart(cli: Cli, book: Path) -> None:
    dong, dollars = report(cli)["currencies"]
    assert (dong["currency"], dong["expense"], dong["income"], dong["net"]) == ("VND", 4_750_000, 12_000_000, 7_250_000)
    assert (dong["lend"], dong["transfer"]) == (500_000, 9_000_000)
    assert (dollars["currency"], dollars["expense"]) == ("USD", 1_099)


@pytest.mark.parametrize("by", GROUPINGS)
def test_any_grouping_sums_to_the_same(cli: Cli, book: Path, by: str) -> None:
    for currency in report(cli, "--by", by)["currencies"]:
        for side in ("expense", "income"):
            assert sum(one["amount"] for one in currency["groups"] if one["side"] == side) == currency[side]
    rows = list(csv.DictReader(io.StringIO(cli("expenses", "report", TODAY, "--csv", "--by", by).stdout)))
    assert sum(int(row["Số tiền"]) for row in rows if (row["Tiền"], row["Chiều"]) == ("VND", "chi")) == 4_750_000


@pytest.mark.parametrize(
    ("options", "start", "end", "spent"),
    [
        (["--month", "10"], "2026-10-01", "2026-11-01", 8_620_000),
        (["--month", "tháng trước"], "2026-10-01", "2026-11-01", 8_620_000),
        (["--year", "2026"], "2026-01-01", "2027-01-01", 21_030_000),
        (["--month", "quý 4"], "2026-10-01", "2027-01-01", 13_370_000),
        (["--from", "4/11", "--until", "16/11"], "2026-11-04", "2026-11-17", 3_500_000),
        (["--until", "4/11"], "2026-11-01", "2026-11-05", 1_000_000),
        (["--from", "17/11"], "2026-11-17", "2026-11-19", 250_000),
        (["--month", "hôm qua"], "2026-11-17", "2026-11-18", 250_000),
    ],
)  # fmt: skip
def test_any_stretch_of_days_can_be_asked_for(
    cli: Cli, book: Path, options: list[str], start: str, end: str, spent: int
) -> None:
    found = report(cli, *options)
    assert (found["period"]["start"], found["period"]["end"]) == (start, end)
    assert found["currencies"][0]["expense"] == spent


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--month", "11", "--year", "2026"], "expenses.two_periods"),
        (["--month", "11", "--until", "5/11"], "expenses.two_periods"),
        (["--from", "9/11", "--until", "5/11"], "expenses.ends_before_it_begins"),
        (["--month", "thang mot mot"], "core.period_unknown"),
    ],
)
def test_stretches_that_cannot_be_are_said_with_what_to_type(cli: Cli, options: list[str], code: str) -> None:
    ran = cli("expenses", "report", TODAY, "--json", *options)
    assert ran.exit_code == 2
    assert ran.json["problems"][0]["code"] == code
    assert ran.json["problems"][0]["suggestion"]


def test_budgets_and_what_is_expected_stand_in_the_report(cli: Cli, book: Path) -> None:
    cli("expenses", "budget", "set", "food", "2tr", TODAY)
    cli("expenses", "budget", "set", "eating", "5tr", TODAY)
    cli("expenses", "recurring", "accept", "mạng", TODAY)
    found = report(cli)
    assert {one["scope"]: one["left"] for one in found["budgets"]} == {"food": 750_000, "eating": 3_750_000}
    assert {one["key"]: one["limit"] for one in found["currencies"][0]["groups"] if one["limit"]} == {"food": 2_000_000}
    assert found["expected"] == [
        {
            "date": "2026-11-25", "name": "mạng fpt", "kind": "expense", "category": "utilities", "amount": 220_000,
            "currency": "VND",
        }
    ]  # fmt: skip
    said = cli("expenses", "report", TODAY).stdout
    assert "Còn chờ đến cuối kỳ: 220.000đ" in said
    assert report(cli, "--by", "parent")["currencies"][0]["groups"][1]["limit"] == 5_000_000
    assert report(cli, "--year", "2026")["budgets"] == []


def test_the_keys_for_a_program_are_a_promise(cli: Cli, book: Path) -> None:
    found = report(cli)
    assert set(found) == {"period", "compared", "by", "currencies", "budgets", "expected", "needs_confirm", "waiting"}
    assert set(found["period"]) == {"start", "end", "running"}
    assert found["compared"] == {"start": "2026-10-01", "end": "2026-10-19"}
    assert set(found["currencies"][0]) == {
        "currency", "expense", "income", "lend", "borrow", "repay", "collect", "transfer", "net", "per_day", "entries",
        "before", "groups", "debts", "course", "biggest",
    }  # fmt: skip
    assert set(found["currencies"][0]["groups"][0]) == {"key", "side", "amount", "count", "before", "limit"}
    assert sum(one["amount"] for one in found["currencies"][0]["course"]) == 4_750_000


def test_the_report_fits_the_screen(cli: Cli, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("expenses", "budget", "set", "food", "2tr", TODAY)
    for width in (40, 60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        for by in GROUPINGS:
            drawn = cli("expenses", "report", TODAY, "--by", by).stdout
            plain = cli("expenses", "report", TODAY, "--by", by, "--plain").stdout
            assert max(map(len, (drawn + plain).splitlines())) <= width
            assert "█" in drawn
            assert not set("█▌·│") & set(plain)


def test_no_name_becomes_a_formula_in_a_spreadsheet(cli: Cli, home: Path) -> None:
    """A09."""
    names = ["=1+1", "+84", "@SUM(A1)", "-2+3", "\t=1", "＝1", "=cmd|'/C calc'!A0"]
    write_book(home, [entry(date(2026, 11, 3), 1_000, person=name) for name in names])
    rows = list(csv.reader(io.StringIO(cli("expenses", "report", TODAY, "--by", "person", "--csv").stdout)))
    people = [row[2] for row in rows[1:]]
    assert len(people) >= 5
    assert all(person.startswith("'") or person == "+84" for person in people)


def test_an_empty_month_says_so_and_is_no_error(cli: Cli, home: Path) -> None:
    ran = cli("expenses", "report", TODAY)
    assert ran.exit_code == 0
    assert "Chưa có khoản nào" in ran.stdout
    assert report(cli)["currencies"][0]["expense"] == 0
    assert cli("expenses", "report", TODAY, "--csv").stdout.count("\n") == 1


def test_a_month_of_other_currencies_only(cli: Cli, home: Path) -> None:
    write_book(home, [entry(date(2026, 11, 6), 1_099, "entertainment", currency="USD")])
    said = cli("expenses", "report", TODAY).stdout
    assert "10,99 USD" in said
    assert "0đ" not in said


def test_entries_in_doubt_are_counted_and_pointed_out(cli: Cli, home: Path) -> None:
    write_book(home, [entry(date(2026, 11, 6), 45_000, needs_confirm=True)])
    assert report(cli)["needs_confirm"] == 1
    assert "toolkit expenses review" in cli("expenses", "report", TODAY).stderr


def test_what_has_no_certain_amount_is_in_no_total_and_pointed_out(cli: Cli, home: Path, tmp_path: Path) -> None:
    cli("expenses", "add", "ăn phở 30-40k", TODAY)
    found = report(cli)
    assert (found["currencies"][0]["expense"], found["waiting"]) == (0, 1)
    assert "chưa rõ số tiền" in cli("expenses", "report", TODAY).stderr
    cli("expenses", "report", TODAY, "--html", tmp_path / "a.html")
    assert "chưa rõ số tiền" in (tmp_path / "a.html").read_text("utf-8")
    assert report(cli, "--month", "10")["waiting"] == 0


# --- the page ---


def test_the_page_holds_what_the_terminal_tells(cli: Cli, book: Path, tmp_path: Path) -> None:
    path = tmp_path / "tháng 11.html"
    ran = cli("expenses", "report", TODAY, "--html", path)
    assert ran.exit_code == 0
    assert str(path) in ran.stdout
    page = path.read_text("utf-8")
    for text in (
        "Thu chi: tháng 11/2026, đến 18/11",
        "4.750.000đ",
        "tiền nhà tháng 11",
        "Giải trí",
        "10,99 USD",
        "Nam",
    ):
        assert text in page
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(cli("expenses", "report", TODAY, "--html", path, "--json").stdout)["data"] == {"file": str(path)}


def test_a_share_is_never_parted_from_its_sign(cli: Cli, book: Path, tmp_path: Path) -> None:
    cli("expenses", "report", TODAY, "--html", tmp_path / "a.html")
    page = re.sub(r"<style>.*?</style>", "", (tmp_path / "a.html").read_text("utf-8"), flags=re.DOTALL)
    assert re.search("[0-9]&nbsp;%", page)
    assert not re.search("[0-9] %", page)


def test_a_page_is_written_again_but_never_over_another_file(cli: Cli, book: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    assert [cli("expenses", "report", TODAY, "--html", path).exit_code for _ in range(2)] == [0, 0]
    path.write_text("<p>của tôi</p>", "utf-8")
    ran = cli("expenses", "report", TODAY, "--html", path)
    assert ran.exit_code == 4
    assert "được giữ nguyên" in ran.stderr
    assert path.read_text("utf-8") == "<p>của tôi</p>"


def test_the_page_is_in_the_language_that_was_asked_for(cli: Cli, book: Path, tmp_path: Path) -> None:
    cli("expenses", "report", TODAY, "--html", tmp_path / "a.html", "--lang", "en")
    page = (tmp_path / "a.html").read_text("utf-8")
    assert '<html lang="en">' in page
    assert "Money: 11/2026, up to 18/11" in page
    assert "4,750,000đ" in page


@pytest.mark.parametrize("width", [320, 360, 800])
def test_the_page_is_as_wide_as_its_window_even_with_long_names(
    cli: Cli, home: Path, browser: Browser, tmp_path: Path, width: int
) -> None:
    long = "Nguyễn Thị Hoàng Ngọc Bảo Châu-" * 4
    write_book(
        home,
        [
            entry(date(2026, 11, n), 10**12 + n, person=f"{long}{n}", note=f"{long}{'x' * 120}") for n in range(1, 8)
        ] + [entry(date(2026, 11, 8), 10**12, "lend", person=long), entry(date(2026, 10, 8), 10**12, person=long)],
    )  # fmt: skip
    for by in GROUPINGS:
        cli("expenses", "report", TODAY, "--by", by, "--html", tmp_path / "a.html")
        with browser.open(tmp_path / "a.html", width=width) as opened:
            assert opened.overflow <= 0, by


def test_an_empty_page_is_a_page(cli: Cli, home: Path, browser: Browser, tmp_path: Path) -> None:
    cli("expenses", "report", TODAY, "--html", tmp_path / "a.html")
    with browser.open(tmp_path / "a.html", width=360) as opened:
        assert "Chưa có khoản nào" in opened.text
        assert opened.overflow <= 0


def test_the_charts_are_drawn_and_say_what_they_show(cli: Cli, book: Path, browser: Browser, tmp_path: Path) -> None:
    cli("expenses", "budget", "set", "food", "2tr", TODAY)
    cli("expenses", "report", TODAY, "--html", tmp_path / "a.html")
    with browser.open(tmp_path / "a.html") as opened:
        look = "e => e.map(r => r.getBoundingClientRect().width)"
        widths = opened.page.eval_on_selector_all("section:first-of-type .bar .fill", look)
        assert widths[0] > 100
        assert widths == sorted(widths, reverse=True)
        (course,) = opened.page.query_selector_all("figure svg")
        assert course.get_attribute("role") == "img"
        named = opened.page.evaluate(
            "e => e.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id).textContent)",
            course,
        )
        assert named == ["Chi từng ngày", "30 cột theo thời gian. Cao nhất: T5 05/11, 3.500.000đ"]
        table = opened.page.eval_on_selector_all("figure tbody tr", "rows => rows.map(r => r.textContent)")
        assert len(table) == 30
        assert table[4] == "T5 05/113.500.000đ"


def test_every_table_of_the_page_has_headings(cli: Cli, book: Path, browser: Browser, tmp_path: Path) -> None:
    cli("expenses", "report", TODAY, "--html", tmp_path / "a.html")
    with browser.open(tmp_path / "a.html", width=360) as opened:
        tables = opened.page.query_selector_all("table")
        assert tables
        for table in tables:
            assert table.query_selector("thead th[scope=col]")
            assert table.query_selector("tbody th[scope=row]")
        assert opened.page.evaluate("document.querySelectorAll('h1').length") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(cli: Cli, book: Path, browser: Browser, tmp_path: Path, scheme: Any) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11: 4.5 to 1 for text, 3 to 1 for what is drawn."""
    cli("expenses", "report", TODAY, "--html", tmp_path / "a.html")
    with browser.open(tmp_path / "a.html", scheme=scheme) as opened:
        style = "n => getComputedStyle(document.querySelector(n))"
        ground = opened.page.evaluate(f"({style})('body').backgroundColor")
        for name in ("h1", "td", ".note", "thead", "summary", "footer p"):
            assert _contrast(opened.page.evaluate(f"({style})('{name}').color"), ground) >= 4.5, name
        fill = opened.page.evaluate(f"({style})('.fill').fill")
        track = opened.page.evaluate(f"({style})('.track').fill")
        assert _contrast(fill, ground) >= 3
        assert _contrast(fill, track) >= 3


def test_nothing_is_red(cli: Cli, book: Path, browser: Browser, tmp_path: Path) -> None:
    cli("expenses", "budget", "set", "food", "100k", TODAY)
    cli("expenses", "report", TODAY, "--html", tmp_path / "a.html")
    collect = """() => [...new Set([...document.querySelectorAll('*')].flatMap(e => {
        const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.fill, s.stroke, s.borderTopColor]; }))]"""
    for scheme in ("light", "dark"):
        with browser.open(tmp_path / "a.html", scheme=scheme) as opened:
            for colour in opened.page.evaluate(collect):
                channels = re.findall(r"[0-9.]+", colour)[:3]
                if len(channels) == 3:
                    red, green, blue = map(float, channels)
                    assert red <= max(green, blue) + 30, colour


def test_on_paper_the_page_is_black_on_white_and_no_wider_than_the_sheet(
    cli: Cli, book: Path, browser: Browser, tmp_path: Path
) -> None:
    cli("expenses", "report", TODAY, "--html", tmp_path / "a.html")
    with browser.open(tmp_path / "a.html", width=680, scheme="dark", paper=True) as opened:
        style = "getComputedStyle(document.body)"
        assert opened.page.evaluate(f"{style}.color") == "rgb(0, 0, 0)"
        assert opened.page.evaluate(f"{style}.backgroundColor") == "rgb(255, 255, 255)"
        assert opened.overflow <= 0
        assert opened.page.pdf(format="A4").startswith(b"%PDF")


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 of two colours `rgb(r, g, b)`."""

    def luminance(colour: str) -> float:
        parts = [float(part) / 255 for part in re.findall(r"[0-9.]+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
