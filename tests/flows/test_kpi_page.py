"""`toolkit kpi page`: a member's progress as one page, looked at in a real browser."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Literal

import pytest

from builders.browser import Browser, chromium
from builders.kpi_ledgers import sale, write_sales
from builders.kpi_pasts import even_months
from builders.page_eyes import faint, tabbed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli

AS_OF = "--as-of=2026-11-20"
CUSTOMER = "Bưởi"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def member(home: Path, cli: Cli) -> Cli:
    """Three months of sales and a November, two targets, work done, one deal lost."""
    past = {(2026, month): 3_000_000 + 100_000 * month for month in (8, 9, 10)}
    write_sales(home, [*even_months(past), *even_months({(2026, 11): 4_400_000}, until=date(2026, 11, 21))])
    for words in (
        ("target", "add", "--metric", "revenue", "--amount", "120tr", "--period", "2026-11"),
        ("target", "add", "--metric", "orders", "--amount", "30", "--period", "2026-11"),
        ("log", "gặp 3 khách, báo giá 1", "--yes"),
        ("log", "chị Mận không mua vì giá cao", "--yes"),
    ):
        ran = cli("kpi", *words, AS_OF)
        assert ran.exit_code == 0, ran.stderr
    return cli


def written(cli: Cli, path: Path, *more: object) -> Path:
    ran = cli("kpi", "page", path, *more, AS_OF)
    assert ran.exit_code == 0, ran.stderr
    assert str(path) in ran.stdout
    return path


def test_the_page_tells_what_the_status_tells(member: Cli, browser: Browser, tmp_path: Path) -> None:
    status = member("kpi", "status", "1", "--json", AS_OF).json["data"]["targets"][0]
    assert (status["actual"], status["required"]) == (66_000_000, 10_800_000)
    with browser.open(written(member, tmp_path / "a.html", 1)) as opened:
        cards = opened.page.evaluate(
            "() => [...document.querySelectorAll('.cards div')].map(e => [...e.children].map(c => c.textContent))"
        )
        assert cards[0] == ["Đã có", "66tr", "55% của 120tr"]
        assert cards[1] == ["Mục tiêu", "120tr", "tháng 11/2026"]
        assert cards[2] == ["Nhịp", "73%", "theo nhịp đều là 90tr"]
        assert cards[3] == ["Cần mỗi ngày", "10,8tr", "trong 5 ngày làm việc tới"]
        assert cards[4][0] == "Dự báo cuối kỳ"
        assert "24/11 Ngày Văn hóa Việt Nam" in opened.text
        assert "Đến hôm ấy đã qua 15 ngày, phía trước là 5 ngày." in opened.text
        drawn = opened.page.text_content("figure desc")
        assert drawn.startswith("Đến hết ngày 20/11/2026: 66tr trên 120tr; theo nhịp: 90tr; nhịp 73%; dự báo cuối kỳ: ")


def test_every_text_of_the_page_stands_out_and_the_keyboard_comes_to_all_that_unfolds(
    member: Cli, browser: Browser, tmp_path: Path
) -> None:
    path = written(member, tmp_path / "a.html")
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        with browser.open(path, scheme=scheme) as opened:
            way = tabbed(opened)
            assert [one["name"] for one in way] == ["summary"] * opened.page.locator("summary").count()
            assert all(one["seen"] for one in way)
            for summary in opened.page.query_selector_all("summary"):
                summary.click()
            assert faint(opened) == []
    with browser.open(path, scheme="dark", paper=True) as opened:
        assert faint(opened) == []


def test_the_lines_are_where_the_numbers_are(member: Cli, tmp_path: Path) -> None:
    page = written(member, tmp_path / "a.html", 1).read_text("utf-8")
    course = member("kpi", "chart", "1", "--json", AS_OF).json["data"]
    top = max(120_000_000, *(day["high"] or 0 for day in course["days"]), *(one["total"] for one in course["earlier"]))

    def points(kind: str) -> list[tuple[float, float]]:
        drawn = re.search(rf'<polyline class="{kind}" points="([^"]*)"', page.split("<figure")[1])
        assert drawn is not None
        return [(float(x), float(y)) for x, y in (pair.split(",") for pair in drawn[1].split())]

    actual = [day["actual"] for day in course["days"] if day["actual"] is not None]
    assert [x for x, _ in points("actual")] == pytest.approx([300 * n / 30 for n in range(len(actual) + 1)], abs=0.01)
    assert [y for _, y in points("actual")] == pytest.approx(
        [100 * (1 - value / top) for value in (0, *actual)], abs=0.01
    )
    expected = [day["expected"] for day in course["days"]]
    assert [y for _, y in points("pace")] == [
        pytest.approx(100 * (1 - value / top), abs=0.01) for value in [0, *expected]
    ]
    flat = [n for n in range(1, 30) if expected[n] == expected[n - 1]]
    assert 23 in flat  # 24 November, the Day of Culture, index 23


def test_the_page_fits_a_phone_the_dark_and_paper(member: Cli, browser: Browser, tmp_path: Path) -> None:
    path = written(member, tmp_path / "a.html")
    with browser.open(path, width=360, scheme="dark") as opened:
        assert opened.overflow <= 0
        assert (opened.dialogs, opened.requests, opened.console) == ([], [], [])
        dark = opened.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        for summary in opened.page.query_selector_all("summary"):
            summary.click()
        assert opened.overflow <= 0
        assert "(120tr − 66tr) / 5" in opened.page.inner_text("body")
    with browser.open(path) as opened:
        assert opened.page.evaluate("() => getComputedStyle(document.body).backgroundColor") != dark
    with browser.open(path, paper=True) as opened:
        assert opened.page.evaluate(
            "() => [...document.querySelectorAll('details, .folded')].every(e => e.offsetHeight === 0)"
        )
        headings = opened.page.evaluate(
            "() => [...document.querySelectorAll('h2')].filter(e => e.offsetHeight).map(e => e.textContent)"
        )
        assert not [heading for heading in headings if "cách tính" in heading]


def test_every_table_of_a_note_is_seen_whole_on_a_phone(member: Cli, browser: Browser, tmp_path: Path) -> None:
    assert member("kpi", "note", "1", "--html", tmp_path / "n.html", AS_OF).exit_code == 0
    with browser.open(tmp_path / "n.html", width=360) as opened:
        for summary in opened.page.query_selector_all("summary"):
            summary.click()
        assert opened.page.evaluate(
            "() => [...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth)"
        )


def test_nobody_is_named_and_nothing_hidden_is_told(member: Cli, tmp_path: Path) -> None:
    ran = member("kpi", "target", "add", "--metric", "meetings", "--amount", "9", "--period", "2026-11",
                 "--label", "Gặp khách %%của anh Ổi%%", AS_OF)  # fmt: skip
    assert ran.exit_code == 0
    page = written(member, tmp_path / "a.html").read_text("utf-8")
    assert "Gặp khách" in page
    for secret in (CUSTOMER, "Mận", "Ổi", "%%"):
        assert secret not in page


def test_what_else_the_job_tells_stands_below_the_targets(member: Cli, tmp_path: Path) -> None:
    page = written(member, tmp_path / "a.html").read_text("utf-8")
    assert "Khách quay lại" in page
    assert page.count('class="course lines"') == 2
    assert "Hoa hồng đến nay" not in page
    ran = member("kpi", "commission", "plan", "add", "hoa hồng 5% doanh số", "--yes", AS_OF)
    assert ran.exit_code == 0, ran.stderr
    page = written(member, tmp_path / "a.html").read_text("utf-8")
    assert "Hoa hồng đến nay: tháng 11/2026" in page
    assert "3.300.000đ" in page  # 5 % of 66tr


def test_only_the_targets_asked_for_are_on_it(member: Cli, tmp_path: Path) -> None:
    page = written(member, tmp_path / "a.html", 2).read_text("utf-8")
    assert "Số đơn T11/2026" in page
    assert "Doanh số T11/2026" not in page
    assert member("kpi", "page", tmp_path / "b.html", 9, AS_OF).exit_code == 4
    assert not (tmp_path / "b.html").exists()


def test_a_page_replaces_a_page_and_nothing_else(member: Cli, tmp_path: Path) -> None:
    path = written(member, tmp_path / "a.html")
    first = path.read_bytes()
    assert written(member, path).read_bytes() == first
    own = tmp_path / "own.html"
    own.write_text("<p>của tôi</p>", "utf-8")
    assert member("kpi", "page", own, AS_OF).exit_code == 4
    assert own.read_text("utf-8") == "<p>của tôi</p>"
    note = tmp_path / "note.html"
    assert member("kpi", "note", "1", "--html", note, AS_OF).exit_code == 0
    assert member("kpi", "page", note, AS_OF).exit_code == 4


def test_two_jobs_are_told_apart_and_never_added_up(cli: Cli, tmp_path: Path) -> None:
    for words in (
        ("engagement", "add", "Công ty ABC"), ("engagement", "add", "Sen %%của bà Ổi%%"),
        ("target", "add", "doanh số 100tr tháng 11", "--engagement", "cong-ty-abc"),
        ("target", "add", "doanh số 30tr tháng 11", "--engagement", "sen"),
        ("log", "bán máy cho chị Hoa 20tr", "--engagement", "cong-ty-abc"),
        ("log", "bán son cho chị Lan 450k", "--engagement", "sen"),
    ):  # fmt: skip
        ran = cli("kpi", *words, AS_OF)
        assert ran.exit_code == 0, ran.stderr
    page = written(cli, tmp_path / "a.html").read_text("utf-8")
    for title in ("Doanh số T11/2026 · Công ty ABC", "Doanh số T11/2026 · Sen"):
        assert f">{title}</h2>" in page
    assert page.count("<dd>1</dd>") + page.count('<dd class="number">1</dd>') >= 2  # one customer each
    assert "Ổi" not in page
    assert "20,5tr" not in page
    assert "20,4tr" not in page
    assert "Sen" in cli("kpi", "note", "2", AS_OF).stdout.split("##")[0]


def test_without_a_target_there_is_no_page(cli: Cli, tmp_path: Path) -> None:
    assert cli("kpi", "page", tmp_path / "a.html", AS_OF).exit_code == 4
    assert not (tmp_path / "a.html").exists()


def test_every_state_and_kind_of_target_has_its_place(home: Path, cli: Cli, browser: Browser, tmp_path: Path) -> None:
    write_sales(home, [*even_months({(2026, 10): 1_000_000}), sale(date(2026, 10, 5), 3_000, kind="refund")])
    for metric, amount, period in (
        ("revenue", "10tr", "2026-10"), ("revenue", "0", "2026-11"), ("refunds", "5tr", "2026-11"),
        ("average_order", "2tr", "2026-11"), ("repeat_share", "30%", "2027-01"), ("revenue", "1tr", "2026"),
        ("net_revenue", "9tr", "2026-10"),
    ):  # fmt: skip
        ran = cli("kpi", "target", "add", "--metric", metric, "--amount", amount, "--period", period, AS_OF)
        assert ran.exit_code == 0, ran.stderr
    path = written(cli, tmp_path / "a.html", *range(1, 8))
    with browser.open(path, width=360) as opened:
        assert opened.overflow <= 0
        assert "kpi." not in opened.text
        assert not re.search(r'points="[^"]*(nan|inf)', path.read_text("utf-8"))
    ran = cli("kpi", "page", path, "--json", AS_OF)
    assert len(json.loads(ran.stdout)["data"]["targets"]) == 1 + 3  # those that run: three of November, one of 2026


def test_the_page_speaks_english(member: Cli, tmp_path: Path) -> None:
    page = written(member, tmp_path / "a.html", "--lang", "en").read_text("utf-8")
    assert '<html lang="en">' in page
    assert "Needed a day" in page
    assert "kpi." not in page.replace("toolkit kpi", "")
