"""What I am owed, as a member asks: a plan in a line, every line of a month, and what was paid beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from builders.kpi_books import dump
from builders.terminals import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from running import Cli, Ran

THREE = "3% đến 50tr, 5% đến 100tr, 8% trở lên"
ORDERS = """date,order_id,customer,product,quantity,amount,status,referrer,channel
2026-11-03,A1,chị Lan,bảo hiểm,1,60000000,done,,zalo
2026-11-10,A2,anh Nam,phụ kiện,2,50000000,done,chị Lan,
2026-11-12,A3,anh Nam,phụ kiện,2,10000000,done,,
2026-11-15,A4,chị Mai,bảo hiểm,1,9000000,cancelled,,
2026-12-02,A1,chị Lan,bảo hiểm,1,-30000000,done,,
"""
# What a base comes to: by parts, on the whole (the worked numbers of the design).
TIERED = (
    (49_999_999, 1_500_000, 1_500_000), (50_000_000, 1_500_000, 2_500_000), (50_000_001, 1_500_000, 2_500_000),
    (99_999_999, 4_000_000, 5_000_000), (100_000_000, 4_000_000, 8_000_000), (120_000_000, 5_600_000, 9_600_000),
)  # fmt: skip
BY_LEVEL = ((40, 2), (50, 2.5), (90, 8), (100, 10), (125, 14), (200, 18))  # percent, million
Run = Any


@pytest.fixture
def kpi(cli: Cli) -> Run:
    def run(*words: object, stdin: str = "") -> Ran:
        return cli("kpi", *words, *(() if "--as-of" in words else ("--as-of", "2026-12-05")), stdin=stdin)

    return run


@pytest.fixture
def sold(kpi: Run, tmp_path: Path) -> Run:
    """Three orders of November that come to 120tr, one of them refunded in part in December; the three tiers."""
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, encoding="utf-8")
    assert kpi("import", file, "--profile", "toolkit", "--yes").exit_code == 0
    assert kpi("commission", "plan", "add", THREE).exit_code == 0
    return kpi


def explained(kpi: Run, *words: object) -> dict[str, Any]:
    ran = kpi("commission", "explain", *words, "--json")
    assert ran.exit_code == 0, ran
    data: dict[str, Any] = ran.json["data"]
    return data


def compared(kpi: Run, *words: object) -> dict[str, Any]:
    ran = kpi("commission", "compare", "--period", "2026-11", *words, "--json")
    assert ran.exit_code == 0, ran
    data: dict[str, Any] = ran.json["data"]
    return data


def test_the_worked_numbers_from_the_command_line(sold: Run) -> None:
    november = explained(sold, "--period", "2026-11")
    assert november["total"] == 5_600_000
    assert explained(sold)["total"] == -2_100_000
    quarter = explained(sold, "--period", "quý 4")
    assert [one["total"] for one in quarter["periods"]] == [0, 5_600_000, -2_100_000]
    assert quarter["total"] == 3_500_000
    assert sold("commission", "plan", "revise", 1, THREE, "--retroactive", "--from", "2026-01-01").exit_code == 0
    assert explained(sold, "--period", "2026-11")["total"] == 9_600_000


def test_every_worked_number_of_a_commission_holds_through_the_whole_command(kpi: Run) -> None:
    levels = "đạt 50% thưởng 2,5tr, 80% 6tr, 100% 10tr, 150% 18tr, đường thẳng, chỉ tiêu 100tr"
    for words in ((THREE,), (THREE, "--retroactive"), (levels,)):
        assert kpi("commission", "plan", "add", *words).exit_code == 0

    def total(plan: int) -> int:
        found: int = explained(kpi, "--plan", plan)["total"]
        return found

    cases = [(base, 1, parts) for base, parts, _ in TIERED] + [(base, 2, whole) for base, _, whole in TIERED]
    cases += [(percent * 1_000_000, 3, int(paid * 1_000_000)) for percent, paid in BY_LEVEL]
    for base in sorted({base for base, _, _ in cases}):
        assert kpi("log", "bán hàng cho chị Hoa 1tr", "--amount", str(base)).exit_code == 0
        for _, plan, paid in (case for case in cases if case[0] == base):
            assert total(plan) == paid
        assert kpi("undo").exit_code == 0


def test_every_line_says_what_it_is_of_and_how_it_came_about(sold: Run) -> None:
    ran = sold("commission", "explain", "--period", "2026-11")
    for text in ("Bán A1 chị Lan", "50.000.000đ × 3% + 10.000.000đ × 5%", "40.000.000đ × 5% + 10.000.000đ × 8%"):
        assert text in ran.stdout
    assert "Cộng  5.600.000đ" in ran.stdout
    assert "1 đơn đã hủy, không tính." in ran.stderr
    back = sold("commission", "explain").stdout
    assert "−20.000.000đ × 8% − 10.000.000đ × 5%" in back
    assert "hưởng từ T11" in back


def test_a_program_gets_lines_that_sum_to_the_total(sold: Run) -> None:
    data = explained(sold, "--period", "2026-11")
    (period,) = data["periods"]
    assert set(data) == {"plan", "as_of", "total", "periods", "left_out", "notes"} - ({"notes"} - set(data))
    assert sum(line["amount"] for line in period["lines"]) == period["total"] == 5_600_000
    assert {"kind", "rule", "entry", "base", "slices", "amount", "exact"} <= set(period["lines"][0])
    assert data["left_out"] == {"cancelled": 1}


def test_a_spreadsheet_gets_plain_numbers(sold: Run) -> None:
    rows = sold("commission", "explain", "--period", "2026-11", "--csv").stdout.lstrip("\ufeff").splitlines()
    assert [row.rpartition(",")[2] for row in rows[1:]] == ["2000000", "2800000", "800000"]


def test_a_narrow_screen_still_has_every_amount(sold: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = sold("commission", "explain", "--period", "2026-11").stdout
    assert max(map(len, out.splitlines())) <= 40
    for amount in ("2.000.000đ", "2.800.000đ", "800.000đ", "5.600.000đ"):
        assert amount in out


def test_logged_sales_count_and_what_is_undone_does_not(kpi: Run) -> None:
    kpi("commission", "plan", "add", "5% doanh số, giới thiệu thêm 1%")
    kpi("log", "bán bảo hiểm cho chị Hoa 10tr, khách cũ giới thiệu")
    assert explained(kpi)["total"] == 600_000
    kpi("undo")
    assert explained(kpi)["total"] == 0


def test_what_one_more_sale_would_add_changes_nothing(sold: Run, home: Path) -> None:
    before = dump(home)
    data = explained(sold, "--as-of", "2026-11-20", "--if", "thêm 20tr")
    assert data["if"] == {"amount": 20_000_000, "total": 7_200_000, "change": 1_600_000}
    assert explained(sold, "--as-of", "2026-11-20", "--if", "hoàn 20tr")["if"]["change"] == -1_600_000
    assert dump(home) == before
    out = sold("commission", "explain", "--as-of", "2026-11-20", "--if", "bán thêm 20 triệu").stdout
    assert "5.600.000đ → 7.200.000đ (+1.600.000đ)" in out


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("plan", "add", "blah blah"), "kpi.commission_clause_unknown", 3),
        (("plan", "add", "ref 5%, tầng 2 2%"), "kpi.commission_second_level", 3),
        (("plan", "add", "5%", "--cap", "2tr", "--floor", "3tr"), "kpi.commission_cap_below_floor", 2),
        (("plan", "add", "5%", "--engagement", "ai do"), "kpi.engagement_unknown", 2),
        (("plan", "add", "khong-co.toml"), "shell.no_such_file", 3),
        (("plan", "show", "9"), "kpi.plan_unknown", 4),
        (("plan", "drop", "9"), "kpi.plan_unknown", 4),
        (("explain",), "kpi.plan_none", 4),
        (("compare",), "kpi.compare_with_what", 2),
        (("compare", "--paid", "năm mươi đô la Mỹ"), None, 2),
    ],
)
def test_what_cannot_be_done_says_what_to_type_next(
    kpi: Run, words: tuple[str, ...], code: str | None, exit_code: int
) -> None:
    ran = kpi("commission", *words, "--json")
    assert ran.exit_code == exit_code
    (problem,) = ran.json["problems"]
    assert code is None or problem["code"] == code
    assert problem["message"]
    assert problem["suggestion"]


def test_questions_that_a_plan_cannot_answer(sold: Run) -> None:
    def code(*words: str) -> str:
        problem: str = sold("commission", "explain", *words, "--json").json["problems"][0]["code"]
        return problem

    assert code("--period", "1/11 - 15/11") == "kpi.commission_period_month"
    assert code("--period", "2026-10", "--if", "thêm 20tr") == "kpi.commission_if_elsewhere"
    assert code("--if", "thêm một ít") == "kpi.commission_if_amount"
    sold("commission", "plan", "add", "7%")
    assert code() == "kpi.plan_which"
    assert explained(sold, "--plan", "2", "--period", "2026-11")["total"] == 8_400_000


def test_a_plan_is_told_back_before_it_is_kept(kpi: Run) -> None:
    ran = kpi("commission", "plan", "add", THREE)
    for text in (
        "dưới 50tr: 3%",
        "từ 50tr đến dưới 100tr: 5%",
        "từ 100tr: 8%",
        "Ví dụ 120tr: 5.600.000đ",
        "9.600.000đ",
    ):
        assert text in ran.stderr
    assert "--retroactive" in ran.stderr
    assert "--marginal" not in kpi("commission", "plan", "add", THREE, "--retroactive").stderr


def test_at_a_terminal_a_plan_is_asked_about(home: Path) -> None:
    del home
    with Terminal("kpi", "commission", "plan", "add", "5% doanh số") as terminal:
        terminal.until("Ghi chính sách này?")
        terminal.enter("k")
        code, rest = terminal.ended()
        assert (code, "Chưa ghi gì" in rest) == (0, True)
    with Terminal("kpi", "commission", "plan", "add", "5% doanh số") as terminal:
        terminal.until("Ghi chính sách này?")
        terminal.enter("c")
        code, rest = terminal.ended()
        assert (code, "Đã ghi chính sách 1" in rest) == (0, True)


def test_the_same_plan_twice_is_one_plan_and_undo_takes_it_back(kpi: Run, home: Path) -> None:
    kpi("commission", "plan", "list")
    empty = dump(home)
    kpi("commission", "plan", "add", THREE)
    kept = dump(home)
    assert "Vẫn như trước" in kpi("commission", "plan", "add", "3% den 50tr, 5% den 100tr, 8% tro len").stdout
    assert dump(home) == kept
    assert kpi("undo").exit_code == 0
    assert {table: rows for table, rows in dump(home).items() if "commission" in table} == {
        table: rows for table, rows in empty.items() if "commission" in table
    }


def test_a_revision_keeps_what_was_before(sold: Run) -> None:
    sold("commission", "plan", "revise", "1", "10%", "--from", "2026-11-11")
    # A1 and A2 by the tiers at their places, A3 at 10 %
    assert explained(sold, "--period", "2026-11")["total"] == 2_000_000 + 2_800_000 + 1_000_000
    shown = sold("commission", "plan", "show", "1")
    assert "Từ đầu" in shown.stdout
    assert "Từ 11/11/2026" in shown.stdout
    assert sold("undo").exit_code == 0
    assert explained(sold, "--period", "2026-11")["total"] == 5_600_000


def test_a_revision_may_change_one_thing_alone(sold: Run) -> None:
    def terms(*words: str) -> dict[str, Any]:
        ran = sold("commission", "plan", "revise", "1", *words, "--from", "2026-01-01", "--json")
        found: dict[str, Any] = ran.json["data"]["plan"]["versions"][-1]
        return found

    assert terms("--cap", "5tr")["rules"][0]["mode"] == "marginal"
    assert explained(sold, "--period", "2026-11")["total"] == 5_000_000
    assert (terms("--retroactive")["rules"][0]["mode"], terms("--refunds", "none")["cap"]) == ("retroactive", 5_000_000)
    assert terms("4%")["refunds"] == "none"


def test_a_plan_that_ended_still_explains_its_months(sold: Run) -> None:
    sold("commission", "plan", "drop", "1", "--from", "2026-12-01")
    assert explained(sold, "--period", "2026-11")["total"] == 5_600_000
    assert explained(sold)["total"] == -2_100_000
    sold("commission", "plan", "drop", "1")
    assert sold("commission", "explain").exit_code == 4
    listed = sold("commission", "plan", "list", "--all", "--json").json["data"]["plans"]
    assert [(one["id"], one["dropped"], one["ended"]) for one in listed] == [(1, True, "2026-12-01")]


def test_a_plan_comes_from_the_template(cli: Cli, kpi: Run, tmp_path: Path) -> None:
    file = tmp_path / "chính sách.toml"
    file.write_text(cli("kpi", "commission", "plan", "template").stdout, encoding="utf-8")
    assert kpi("commission", "plan", "add", file, "--label", "Nơi tôi bán").exit_code == 0
    (made,) = kpi("commission", "plan", "list", "--json").json["data"]["plans"]
    assert (made["label"], made["versions"][0]["rules"][0]["tiers"][2]) == ("Nơi tôi bán", [100_000_000, "2/25"])


def test_levels_go_by_the_members_own_target(sold: Run) -> None:
    sold("commission", "plan", "add", "đạt 80% thưởng 6tr, 100% 10tr")
    nothing = sold("commission", "explain", "--plan", "2", "--period", "2026-11", "--json").json["data"]
    assert nothing["total"] == 0
    assert nothing["periods"][0]["missing_targets"] == ["revenue"]
    sold("target", "add", "--metric", "revenue", "--amount", "150tr", "--period", "2026-11")
    assert explained(sold, "--plan", "2", "--period", "2026-11")["total"] == 6_000_000


def test_sales_of_two_engagements_do_not_mix(kpi: Run) -> None:
    for name in ("Công ty A", "Shop B"):
        assert kpi("engagement", "add", name).exit_code == 0
    known = [one["id"] for one in kpi("engagement", "list", "--json").json["data"]]
    assert kpi("commission", "plan", "add", "5%", "--json").json["problems"][0]["code"] == "kpi.engagement_needed"
    for engagement, amount in zip(known, ("10tr", "4tr"), strict=True):
        assert kpi("log", "bán son 4tr", "--amount", amount, "--engagement", engagement, "--yes").exit_code == 0
        assert kpi("commission", "plan", "add", "5%", "--engagement", engagement).exit_code == 0
    assert [explained(kpi, "--engagement", one)["total"] for one in known] == [500_000, 200_000]


# --- what was paid ---


def test_a_total_that_was_paid_is_held_against_other_readings(sold: Run) -> None:
    for paid, equals in (
        ("5.600.000", []), ("5.040.000", ["tax"]), ("9tr6", ["retroactive"]), ("3.600.000", ["order_missing"]),
        ("1.234.567", []),
    ):  # fmt: skip
        data = compared(sold, "--paid", paid)
        assert data["owed"] == 5_600_000
        assert data["difference"] == data["paid"] - 5_600_000
        assert data["equals"] == equals


def test_refunds_taken_twice_or_not_at_all_are_recognised(sold: Run) -> None:
    def equals(paid: str) -> list[str]:
        found: list[str] = sold("commission", "compare", "--paid", paid, "--json").json["data"]["equals"]
        return found

    sold("log", "bán bảo hiểm cho chị Hoa 200tr ngày 3/12")
    assert explained(sold)["total"] == 12_000_000 - 2_100_000
    assert "refund_missing" in equals("12tr")
    assert "refund_twice" in equals("7.800.000")


SLIP = """BẢNG HOA HỒNG THÁNG 11,,,
Mã đơn hàng,Doanh số,Tỷ lệ,Hoa hồng
A1,60000000,,2.000.000
A2,50000000,5%,2.500.000
A4,9000000,5%,450.000
ZZ9,,,100.000
Tổng cộng,,,5.050.000
"""


def test_a_slip_is_compared_line_by_line(sold: Run, tmp_path: Path) -> None:
    file = tmp_path / "slip.csv"
    file.write_text(SLIP, encoding="utf-8")
    data = compared(sold, file)
    assert data["paid"] == 5_050_000
    assert [(line["name"], line["paid"], line["owed"], line["reason"]) for line in data["lines"]] == [
        ("A1", 2_000_000, 2_000_000, "same"),
        ("A2", 2_500_000, 2_800_000, "other_rate"),
        ("A4", 450_000, None, "not_counted"),
        ("ZZ9", 100_000, None, "not_in_book"),
        ("A3", None, 800_000, "missing"),
    ]
    out = sold("commission", "compare", file, "--period", "2026-11").stdout
    assert "tỷ lệ 5%, theo chính sách 5,6%" in out
    assert "1 dòng giống nhau." in out


def test_a_slip_may_be_a_workbook(sold: Run, tmp_path: Path) -> None:
    from toolkit.sheets.write import write_table

    file = tmp_path / "slip.xlsx"
    rows: list[list[str | int]] = [["Số đơn", "Tiền hoa hồng"], ["A1", 2_000_000], ["A2", 2_800_000], ["A3", 800_000]]
    write_table(file, rows)
    data = compared(sold, file)
    assert (data["difference"], [line["reason"] for line in data["lines"]]) == (0, ["same"] * 3)


def test_a_slip_may_have_products_or_kinds_instead_of_orders(sold: Run, tmp_path: Path) -> None:
    file = tmp_path / "slip.csv"
    file.write_text("Sản phẩm,Hoa hồng\nBảo hiểm,2.000.000\nphu kien,3.000.000\n", encoding="utf-8")
    found = {line["name"]: (line["paid"], line["owed"]) for line in compared(sold, file)["lines"]}
    assert found == {"Bảo hiểm": (2_000_000, 2_000_000), "phu kien": (3_000_000, 3_600_000)}
    file.write_text("Sản phẩm,Hoa hồng\nBảo hiểm,2.000.000\n", encoding="utf-8")
    (missing,) = [line for line in compared(sold, file)["lines"] if line["reason"] == "missing"]
    assert (missing["name"], missing["owed"]) == ("phụ kiện", 3_600_000)
    file.write_text("Khoản mục,Số tiền\nHoa hồng doanh số,5.600.000\nPhụ cấp,500.000\n", encoding="utf-8")
    by_kind = {line["name"]: line["reason"] for line in compared(sold, file)["lines"]}
    assert by_kind == {"Hoa hồng doanh số": "same", "Phụ cấp": "not_in_book"}


def test_a_slip_that_says_too_little_is_refused(sold: Run, tmp_path: Path) -> None:
    file = tmp_path / "slip.csv"
    for text, code in (
        ("a,b\n1,2\n", "kpi.slip_no_heading"),
        ("Doanh số,Hoa hồng\n5,2\n", "kpi.slip_no_names"),
        ("Mã đơn,Hoa hồng,Thực nhận\nA1,5,6\n", "kpi.slip_two_amounts"),
    ):
        file.write_text(text, encoding="utf-8")
        ran = sold("commission", "compare", file, "--json")
        assert (ran.exit_code, ran.json["problems"][0]["code"]) == (3, code)


def test_rows_that_cannot_be_read_are_named_and_the_others_compared(sold: Run, tmp_path: Path) -> None:
    file = tmp_path / "slip.csv"
    file.write_text("Mã đơn,Hoa hồng\nA1,2.000.000\nA2,hai triệu tám gì đó\n,5000\nA3,\n", encoding="utf-8")
    ran = sold("commission", "compare", file, "--period", "2026-11", "--json")
    assert ran.exit_code == 1
    assert [(one["code"], one["row"]) for one in ran.json["problems"]] == [
        ("kpi.slip_amount", 3), ("kpi.slip_row_without_name", 4), ("kpi.slip_no_amount", 5),
    ]  # fmt: skip
    assert ran.json["data"]["lines"][0]["reason"] == "same"


def test_the_letter_accuses_nobody_and_names_no_customer(sold: Run, tmp_path: Path) -> None:
    file = tmp_path / "slip.csv"
    file.write_text(SLIP, encoding="utf-8")
    for words in ((file,), ("--paid", "5.040.000"), ("--paid", "5.600.000")):
        text = sold("commission", "compare", *words, "--period", "2026-11", "--letter").stdout
        assert text.startswith("Chào anh/chị")
        assert not [name for name in ("Lan", "Nam", "Mai") if name in text]
        assert not [word for word in ("thiếu", "sai", "lỗi", "ăn chặn", "khiếu nại", "yêu cầu", "phải") if word in text]
    assert "A3" in sold("commission", "compare", file, "--period", "2026-11", "--letter").stdout


def test_everything_is_said_in_english_too(sold: Run, tmp_path: Path) -> None:
    file = tmp_path / "slip.csv"
    file.write_text(SLIP, encoding="utf-8")
    told: Callable[..., Ran] = lambda *words: sold("commission", *words, "--lang", "en")  # noqa: E731
    for words in (
        ("explain", "--period", "2026-11"), ("compare", file, "--period", "2026-11"), ("plan", "list"),
        ("plan", "show", 1), ("compare", "--paid", "9tr6", "--period", "2026-11", "--letter"),
    ):  # fmt: skip
        ran = told(*words)
        assert ran.exit_code == 0
        assert "kpi." not in ran.stdout + ran.stderr
        assert not [word for word in ("Cộng", "Hoa hồng", "trả", "đơn") if word in ran.stdout]


def test_what_a_cell_hides_or_commands_goes_nowhere(kpi: Run, tmp_path: Path) -> None:
    kpi("commission", "plan", "add", "5%", "--label", "=cmd|'/C calc'!A0\x1b[2J")
    kpi("log", "bán son 4tr", "--customer", "Hoa %%số nhà 5%%")
    ran = kpi("commission", "explain", "--csv")
    assert "số nhà" not in ran.stdout
    assert "\x1b" not in kpi("commission", "explain").stdout + kpi("commission", "plan", "list").stdout
    listed = kpi("commission", "plan", "list", "--csv").stdout
    assert "'=cmd" in listed
    del tmp_path


def test_json_of_a_plan_can_be_kept_by_a_program(kpi: Run) -> None:
    data = json.loads(kpi("commission", "plan", "add", THREE, "--json").stdout)["data"]
    assert data["new"] is True
    assert data["plan"]["versions"][0]["rules"][0]["tiers"] == [
        [0, "3/100"],
        [50_000_000, "1/20"],
        [100_000_000, "2/25"],
    ]
