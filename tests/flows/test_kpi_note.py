"""`toolkit kpi note`: a page that a member can hand to somebody; whatever it says follows from the sales alone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest

from builders.kpi_ledgers import sale, write_sales
from builders.kpi_pasts import even_months, working_days

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran

AS_OF = "--as-of=2026-11-20"
YEAR = {(2025, 12): 2_000_000, **{(2026, month): 1_000_000 * month for month in range(1, 11)}}
CUSTOMER = "Chị Bưởi"


@pytest.fixture
def member(home: Path, cli: Cli) -> Cli:
    """Eleven months of sales, and 3tr a day in November so far."""
    write_sales(home, [*even_months(YEAR), *even_months({(2026, 11): 3_000_000}, until=date(2026, 11, 21))])
    return cli


def quota(cli: Cli, amount: str, *more: str) -> None:
    ran = cli("kpi", "target", "add", "--metric", "revenue", "--amount", amount, "--period", "2026-11", *more, AS_OF)
    assert ran.exit_code == 0, ran.stderr


def note(cli: Cli, *more: object) -> Ran:
    ran = cli("kpi", "note", "1", AS_OF, *more)
    assert ran.exit_code == 0, ran.stderr
    return ran


@pytest.mark.parametrize(
    ("amount", "verdict", "words"),
    [
        ("100tr", "within", "nằm trong mức của tháng ở giữa"),
        ("160tr", "upper", "nằm trong những gì đã đạt"),
        ("300tr", "beyond", "cao hơn mọi quãng đã đạt"),
    ],
)
def test_the_note_says_what_the_past_says_be_it_for_or_against(
    amount: str, verdict: str, words: str, member: Cli
) -> None:
    quota(member, amount)
    assert words in " ".join(note(member).stdout.split())
    assert note(member, "--json").json["data"]["verdict"] == verdict


def test_too_short_a_past_says_so_and_proposes_nothing(home: Path, cli: Cli) -> None:
    write_sales(home, even_months({(2026, 10): 1_000_000}))
    quota(cli, "300tr")
    said = note(cli).stdout
    assert "Sổ chưa đủ dài để nói chỉ tiêu này cao hay thấp: có 1 tháng trọn, cần ít nhất 3." in " ".join(said.split())
    assert "Một khoảng có thể đem ra bàn" not in said
    data = note(cli, "--json").json["data"]
    assert (data["verdict"], data["proposal"], data["quartiles"]) == ("unknown", None, None)


def test_without_a_single_sale_there_is_still_a_note(cli: Cli) -> None:
    quota(cli, "300tr")
    said = note(cli).stdout
    assert "Sổ chưa có gì cho chỉ số này." in said
    assert "300.000.000đ" in said
    assert "Chưa có kỳ nào đã qua để thử lại dự báo." in said


def test_every_figure_can_be_reckoned_again_from_the_sales(member: Cli) -> None:
    quota(member, "300tr")
    data = note(member, "--json").json["data"]
    rates = [1_000_000 * n for n in (2, *range(1, 11))]  # December to October
    days = len(working_days(date(2026, 11, 1), date(2026, 12, 1)))
    assert days == data["days"]["working"] == 20
    assert data["asked"] == {"value": 15_000_000, "exact": "15000000"}
    assert data["median"]["value"] == median(rates) == 5_000_000
    assert data["best"]["value"]["value"] == 10_000_000
    best = working_days(date.fromisoformat(data["best"]["start"]), date.fromisoformat(data["best"]["end"]))
    assert len(best) == 20
    assert data["best"]["figure"] == 20 * 10_000_000
    assert data["ratios"]["asked_to_best"] == {"value": 1.5, "exact": "3/2"}
    assert data["ratios"]["asked_to_median"]["exact"] == "3"
    assert data["months_reaching"] == 0
    # the rest: 15 days at 3tr have gone, 255tr over 5 days
    assert data["rest"]["amount"] == 300_000_000 - 15 * 3_000_000
    assert data["rest"]["value"]["exact"] == str(Fraction(255_000_000, 5))
    assert data["ratios"]["rest_to_best"]["exact"] == str(Fraction(51_000_000, 10_000_000))
    ordered = sorted(rates)
    low = Fraction(ordered[2] + ordered[3], 2)  # place 2.5 of eleven
    high = Fraction(ordered[7] + ordered[8], 2)
    assert [one["value"] for one in data["quartiles"]] == [low, high]
    assert (data["proposal"]["low"]["value"], data["proposal"]["high"]["value"]) == (low * 20, high * 20)
    assert data["same_time"] == []
    assert data["days"]["lost"] == {"holiday": 1}
    assert {month["month"]: month["value"] for month in data["months"]} == {
        f"{year}-{month:02}": rate for (year, month), rate in YEAR.items()
    }


def test_the_direction_of_the_months_is_told_beside_them(member: Cli) -> None:
    quota(member, "160tr")
    assert note(member, "--json").json["data"]["direction"] == "rising"
    assert "Các tháng tăng đều" in note(member).stdout


def test_leave_makes_the_quota_ask_for_more_a_day(member: Cli) -> None:
    quota(member, "160tr")
    before = note(member, "--json").json["data"]
    assert member("kpi", "calendar", "leave", "2026-11-25..2026-11-26", AS_OF).exit_code == 0
    after = note(member, "--json").json["data"]
    assert (before["days"]["working"], after["days"]["working"]) == (20, 18)
    assert after["days"]["lost"] == {"holiday": 1, "leave": 2}
    assert Fraction(after["asked"]["exact"]) == Fraction(160_000_000, 18)
    assert "Nghỉ riêng: 2" in note(member).stdout


def test_the_same_month_of_the_year_before_stands_beside_it(home: Path, cli: Cli) -> None:
    write_sales(home, even_months({(2025, 10): 1, (2025, 11): 7_000_000, **YEAR}))
    quota(cli, "160tr")
    said = note(cli).stdout
    assert "Cùng kỳ những năm trước" in said
    assert re.search(r"\| T11/2025 \| *140tr \| *20 \| *7tr \| *88% \|", said)


def test_nobody_who_bought_is_named_and_what_is_hidden_stays_hidden(member: Cli, tmp_path: Path) -> None:
    quota(member, "160tr", "--label", "Chỉ tiêu quý %% sếp Tùng khó tính %%", "--imposed-by", "công ty %%A%%")
    said = note(member).stdout
    note(member, "--md", tmp_path / "n.md", "--html", tmp_path / "n.html")
    files = (tmp_path / "n.md").read_text("utf-8") + (tmp_path / "n.html").read_text("utf-8")
    for text in (said, files):
        assert "Chỉ tiêu quý" in text
        assert "công ty" in text
        for secret in (CUSTOMER, "Bưởi", "Tùng", "%%", "khó tính"):
            assert secret not in text


def test_files_are_written_again_and_others_files_are_left_alone(member: Cli, tmp_path: Path) -> None:
    quota(member, "160tr")
    page, text, own = tmp_path / "chi-tieu.html", tmp_path / "chi-tieu.md", tmp_path / "bai-tho.md"
    own.write_text("# Thơ\n", "utf-8")
    for _ in range(2):
        assert str(page) in note(member, "--html", page, "--md", text).stdout
    assert text.read_text("utf-8").startswith("<!-- toolkit kpi note -->\n\n# Chỉ tiêu: Doanh số T11/2026")
    assert "script" not in page.read_text("utf-8")
    ran = member("kpi", "note", "1", "--md", own, AS_OF)
    assert ran.exit_code == 4
    assert own.read_text("utf-8") == "# Thơ\n"
    assert member("kpi", "note", "1", "--md", text, "--html", text, AS_OF).exit_code == 2
    assert member("kpi", "note", "1", "--md", tmp_path / "không có" / "n.md", AS_OF).exit_code not in (0, 70)
    assert note(member, "--md", text, "--json").json["data"] == {"files": [str(text)]}


def test_looking_changes_nothing(member: Cli, home: Path) -> None:
    from builders.kpi_books import dump

    quota(member, "160tr")
    before = dump(home)
    note(member)
    assert dump(home) == before


def test_a_narrow_screen_and_a_screen_reader_get_points_instead_of_tables(
    member: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    quota(member, "160tr")
    assert "|" not in note(member, "--plain").stdout
    monkeypatch.setenv("COLUMNS", "40")
    said = note(member).stdout
    assert "|" not in said
    assert max(map(len, said.splitlines())) <= 40


def test_the_note_speaks_english(member: Cli) -> None:
    quota(member, "300tr")
    said = " ".join(note(member, "--lang", "en").stdout.split())
    assert "more than any stretch so far" in said
    assert "kpi." not in said


def test_a_running_target_is_meant_where_no_number_is_given(member: Cli) -> None:
    assert member("kpi", "note", AS_OF).exit_code == 4
    quota(member, "160tr")
    assert member("kpi", "note", AS_OF).exit_code == 0
    assert member("kpi", "note", "7", AS_OF).exit_code == 4


@pytest.mark.parametrize(
    ("metric", "amount", "words"),
    [
        ("refunds", "1tr", "cho phép"),
        ("average_order", "2tr", "Chỉ tiêu là 2tr"),
        ("repeat_share", "30%", "Chỉ tiêu là 30 %"),
        ("customers", "40", "Chỉ tiêu cần 2 mỗi ngày làm việc"),
    ],
)
def test_every_kind_of_target_has_its_note(metric: str, amount: str, words: str, home: Path, cli: Cli) -> None:
    back: list[Any] = [sale(one.ordered, 9_000, kind="refund") for one in even_months(YEAR)]
    write_sales(home, [*even_months(YEAR), *back])
    added = cli("kpi", "target", "add", "--metric", metric, "--amount", amount, "--period", "2026-11", AS_OF)
    assert added.exit_code == 0, added.stderr
    said = " ".join(note(cli).stdout.split())
    assert words in said
    assert "kpi." not in said
    assert note(cli, "--json").json["status"] in ("ok", "partial")


def test_orders_whose_status_is_unclear_are_told(member: Cli, home: Path) -> None:
    quota(member, "160tr")
    write_sales(home, [sale(date(2026, 11, 3), 5_000_000, status="unknown")])
    assert "1 đơn của kỳ này có trạng thái chưa rõ nên chưa tính." in note(member).stdout


def test_of_a_period_that_is_over_no_forecast_is_made(member: Cli) -> None:
    quota(member, "160tr")
    ran = member("kpi", "note", "1", f"--as-of={date(2026, 12, 1) + timedelta(days=3)}")
    assert "Kỳ này đã kết thúc." in ran.stdout
    assert "Phần còn lại" not in ran.stdout
