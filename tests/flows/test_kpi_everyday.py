"""A member's day with `toolkit kpi`: logged, corrected, looked at, mended, taken back; engagements, products, leave."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from builders.kpi_books import amounts, dump
from builders.terminals import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran

AS_OF = ("--as-of", "2026-11-20")
FIELDS = {
    "kind", "amount", "customer", "quantity", "product", "referral", "repeat", "date", "reason", "counts",
    "needs_confirm",
}  # fmt: skip


@pytest.fixture
def kpi(cli: Cli) -> Any:
    def run(*words: object, stdin: str = "") -> Ran:
        return cli("kpi", *words, *(AS_OF if "--as-of" not in words else ()), stdin=stdin)

    return run


def logged(kpi: Any, *words: object) -> Any:
    ran = kpi("log", *words, "--json")
    assert ran.exit_code == 0, ran
    return ran.json["data"]


def test_a_sale_is_written_down_and_its_receipt_is_one_line(kpi: Any, home: Path) -> None:
    ran = kpi("log", "bán 2 gói bảo hiểm cho chị Hoa 12tr, khách cũ giới thiệu")
    assert ran.exit_code == 0
    assert len(ran.stdout.splitlines()) == 1
    for said in ("12.000.000đ (cho cả 2)", "chị Hoa", "giới thiệu", "T6 20/11", "toolkit kpi undo"):
        assert said in ran.stdout
    assert amounts(home) == [12_000_000]


def test_a_program_gets_the_fields_that_were_promised(kpi: Any) -> None:
    data = logged(kpi, "bán 2 gói bảo hiểm cho chị Hoa 12tr, khách cũ giới thiệu")
    assert set(data) >= FIELDS
    assert {name: data[name] for name in FIELDS - {"product"}} == {
        "kind": "sale", "amount": 12_000_000, "customer": "chị Hoa", "quantity": 2, "referral": True, "repeat": False,
        "date": "2026-11-20", "reason": None, "counts": {}, "needs_confirm": False,
    }  # fmt: skip
    assert "bảo hiểm" in data["product"]
    assert data["id"] == 1
    assert data["run"] == 1
    assert [item["id"] for item in data["items"]] == [1]


def test_every_kind_of_line_has_its_place_in_the_book(kpi: Any, home: Path) -> None:
    kinds = {
        "bán son cho Lan 450k": "sale",
        "chị Lan trả lại son, hoàn 450k": "refund",
        "chị Hoa chuyển khoản trả tiền hàng 5tr": "payment",
        "anh Nam không mua vì giá cao": "lost",
        "gặp 3 khách, báo giá 1": "activity",
        "hứa gửi báo giá cho anh Nam thứ 2": "promise",
    }
    assert {text: logged(kpi, text)["kind"] for text in kinds} == kinds
    book = dump(home)
    assert [len(book[f"kpi_{name}"]) for name in ("sale", "payment", "opportunity", "activity", "promise")] == [
        2, 1, 1, 2, 1,
    ]  # fmt: skip
    listed = kpi("list", "--json").json["data"]["entries"]
    assert [entry["id"] for entry in listed] == list(range(1, 8)), "one sequence of numbers"
    for number in range(1, 8):
        assert kpi("show", number).exit_code == 0
    assert kpi("undo", "--list", "--json").json["data"][0]["kind"] == "log"
    for _ in kinds:
        assert kpi("undo").exit_code == 0
    assert not any(dump(home).values())


def test_a_dry_run_says_the_same_and_stores_nothing(kpi: Any, home: Path) -> None:
    text = "bán 3 thùng sữa cho anh Tư 2,4tr"
    preview = kpi("log", text, "--dry-run", "--json")
    assert preview.exit_code == 0
    assert not any(dump(home).values())
    data = logged(kpi, text)
    assert {name: preview.json["data"][name] for name in FIELDS} == {name: data[name] for name in FIELDS}
    assert preview.json["data"]["id"] is None


def test_options_say_what_the_line_does_not(kpi: Any) -> None:
    data = logged(
        kpi, "bán hàng cho Hoa 1tr", "--amount", "1,5tr", "--date", "12/11", "--customer", "cô Tư", "--product",
        "Nước mắm", "--quantity", "2,5", "--channel", "zalo", "--referrer", "Lan", "--repeat",
        "--splits", "Lan 30%, Nam 20%", "--note", "giao tối",
    )  # fmt: skip
    kept = kpi("show", data["id"], "--json").json["data"]["entry"]
    assert (kept["amount"], kept["date"], kept["customer"], kept["product"], kept["quantity"]) == (
        1_500_000, "2026-11-12", "cô Tư", "Nước mắm", 2.5,
    )  # fmt: skip
    assert (kept["channel"], kept["referral"], kept["referrer"], kept["repeat"]) == ("zalo", True, "Lan", True)
    assert (kept["share"], kept["note"]) == (50, "giao tối")
    assert kept["splits"] == [{"person": "Lan", "share": 30}, {"person": "Nam", "share": 20}]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--share", "60%", "--splits", "Lan 30%"], "kpi.shares_dont_sum"),
        (["--splits", "Lan 70%, Nam 40%"], "kpi.shares_dont_sum"),
        (["--splits", "Lan"], "kpi.not_splits"),
        (["--splits", "Lan 30%, Lan 20%"], "kpi.not_splits"),
        (["--share", "120%"], "kpi.not_a_part"),
        (["--quantity", "0"], "kpi.not_a_quantity"),
        (["--quantity", "1e9"], "kpi.not_a_quantity"),
        (["--amount", "0"], "kpi.amount_out_of_range"),
        (["--amount", "9999999999 tỷ"], None),
        (["--amount", "10 usd"], "kpi.only_dong"),
        (["--engagement", "nơi lạ"], "kpi.engagement_unknown"),
    ],
)
def test_options_that_cannot_be_meant_are_refused_and_nothing_is_written(
    options: list[str], code: str | None, kpi: Any, home: Path
) -> None:
    ran = kpi("log", "bán cho Hoa 1tr", *options, "--json")
    assert ran.exit_code in (2, 3)
    if code:
        assert ran.json["problems"][0]["code"] == code
    assert ran.json["problems"][0]["suggestion"]
    assert amounts(home) == []


def test_an_unclear_amount_is_refused_loudly_in_a_script(kpi: Any, home: Path) -> None:
    ran = kpi("log", "bán 2 gói bảo hiểm cho chị Hoa")
    assert ran.exit_code == 3
    assert "số tiền" in ran.stderr
    assert amounts(home) == []
    data = kpi("log", "bán 2 gói bảo hiểm cho chị Hoa", "--json")
    assert data.exit_code == 3
    assert data.json["data"]["amount"] is None
    assert data.json["data"]["needs_confirm"] is True
    assert data.json["data"]["customer"] == "chị Hoa"


@pytest.mark.parametrize("text", ["hôm nay trời đẹp quá", "tháng này mình đạt chưa?", "mai đi gặp chị Hoa chốt đơn"])
def test_what_is_nothing_to_record_says_why(text: str, kpi: Any, home: Path) -> None:
    ran = kpi("log", text)
    assert ran.exit_code == 3
    assert ran.stderr.count("\n") == 2
    assert amounts(home) == []


def test_a_follow_up_corrects_what_was_recorded_last(kpi: Any, home: Path) -> None:
    logged(kpi, "bán 2 gói bảo hiểm cho chị Hoa 10tr")
    ran = kpi("log", "à nhầm, 12tr", "--json")
    assert ran.exit_code == 0
    assert (ran.json["data"]["id"], ran.json["data"]["amount"]) == (1, 12_000_000)
    assert ran.json["data"]["before"][0]["amount"] == 10_000_000
    assert amounts(home) == [12_000_000]
    kpi("undo")
    assert amounts(home) == [10_000_000]


def test_a_correction_of_nothing_or_of_several_things_is_told(kpi: Any) -> None:
    assert kpi("log", "à nhầm, 12tr", "--json").json["problems"][0]["code"] == "kpi.nothing_to_correct"
    logged(kpi, "bán son cho Lan 450k, bán kem cho Mai 300k")
    ran = kpi("log", "à nhầm, 12tr", "--json")
    assert ran.exit_code == 4
    assert ran.json["problems"][0]["code"] == "kpi.correct_which"


def test_lines_of_standard_input_are_a_json_object_each_and_never_recorded_twice(kpi: Any, home: Path) -> None:
    notes = "bán son cho Lan 450k\n\nbán kem cho Mai 300k\nhôm nay trời đẹp quá\nbán son cho Lan 450k\n"
    first = kpi("log", "-", "--json", stdin=notes)
    lines = [json.loads(line) for line in first.stdout.splitlines()]
    assert first.exit_code == 1
    assert [line["kind"] for line in lines] == ["sale", "sale", None, "sale"]
    assert [line["data"]["amount"] for line in lines] == [450_000, 300_000, None, 450_000]
    assert all(set(line) == set(lines[0]) >= FIELDS | {"status", "problems"} for line in lines)
    assert amounts(home) == [450_000, 300_000, 450_000]
    again = kpi("log", "-", "--json", stdin=notes)
    assert [json.loads(line).get("known", False) for line in again.stdout.splitlines()] == [True, True, False, True]
    grown = kpi("log", "-", stdin=notes + "bán áo cho Vy 200k\n")
    assert "3 dòng đã ghi từ lần trước" in grown.stderr
    assert amounts(home) == [450_000, 300_000, 450_000, 200_000]
    kpi("log", "-", "--again", stdin=notes)
    assert len(amounts(home)) == 7


def test_a_line_alone_is_always_recorded(kpi: Any, home: Path) -> None:
    for _ in range(2):
        assert kpi("log", "-", stdin="bán son cho Lan 450k\n").exit_code == 0
    assert amounts(home) == [450_000, 450_000]


def test_a_line_of_several_that_cannot_be_read_does_not_stop_the_others(kpi: Any, home: Path) -> None:
    ran = kpi("log", "-", stdin="bán son cho Lan\nà nhầm, 5tr\nbán kem cho Mai 300k\n")
    assert ran.exit_code == 1
    assert amounts(home) == [300_000]


def test_a_refund_and_a_payment_find_their_sale(kpi: Any, home: Path) -> None:
    logged(kpi, "bán 2 gói bảo hiểm cho chị Hoa 12tr", "--splits", "Lan 50%", "--date", "10/11")
    logged(kpi, "bán son cho Mai 450k")
    refund = logged(kpi, "hoàn tiền cho chị Hoa 3tr")
    payment = logged(kpi, "chị Hoa trả tiền 12tr")
    assert kpi("show", refund["id"], "--json").json["data"]["entry"]["linked"] == 1
    assert kpi("show", refund["id"], "--json").json["data"]["entry"]["share"] == 50, "shared as the sale was"
    assert kpi("show", payment["id"], "--json").json["data"]["entry"]["linked"] == 1
    sale = kpi("show", 1, "--json").json["data"]
    assert sale["entry"]["paid"] is True
    assert {one["id"] for one in sale["linked"]} == {refund["id"], payment["id"]}
    kpi("delete", 1)
    assert kpi("show", refund["id"], "--json").json["data"]["entry"]["linked"] is None
    kpi("undo")
    assert kpi("show", refund["id"], "--json").json["data"]["entry"]["linked"] == 1


def test_a_refund_belongs_to_a_sale_that_has_so_much_left_to_give_back(kpi: Any) -> None:
    logged(kpi, "bán bảo hiểm cho chị Hoa 12tr", "--date", "10/11")
    logged(kpi, "bán kem cho chị Hoa 300k")
    assert logged(kpi, "hoàn tiền cho chị Hoa 10tr")["linked"] == 1
    assert logged(kpi, "hoàn tiền cho chị Hoa 3tr")["linked"] is None, "of the first sale only 2tr is left"
    assert logged(kpi, "hoàn tiền cho chị Hoa 300k")["linked"] == 2
    assert "của số 1" in kpi("log", "hoàn tiền cho chị Hoa 2tr").stdout


def test_a_payment_is_for_the_newest_sale_that_is_not_paid(kpi: Any) -> None:
    logged(kpi, "bán bảo hiểm cho chị Hoa 12tr", "--date", "10/11")
    logged(kpi, "bán kem cho chị Hoa 300k")
    assert logged(kpi, "chị Hoa trả tiền 300k")["linked"] == 2
    assert logged(kpi, "chị Hoa trả tiền 5tr")["linked"] == 1
    assert kpi("show", 1, "--json").json["data"]["entry"]["paid"] is False
    assert logged(kpi, "chị Hoa trả tiền 7tr")["linked"] == 1
    assert kpi("show", 1, "--json").json["data"]["entry"]["paid"] is True


def test_a_sale_wins_the_open_deal_and_a_no_closes_it(kpi: Any, home: Path) -> None:
    for name in ("chị Hoa", "anh Nam"):
        assert kpi("deal", "add", name, "--as-of", "2026-11-18").exit_code == 0
    sold = logged(kpi, "bán bảo hiểm cho chị Hoa 12tr")
    logged(kpi, "anh Nam không mua vì giá cao")
    deals = {row[8]: (row[2], row[12]) for row in dump(home)["kpi_opportunity"]}
    assert deals == {"chị Hoa": ("won", sold["id"]), "anh Nam": ("lost", 0)}
    kpi("undo")
    kpi("undo")
    assert [row[2] for row in dump(home)["kpi_opportunity"]] == ["open", "open"]


def test_who_was_sent_by_somebody_is_kept_with_that(kpi: Any, home: Path) -> None:
    logged(kpi, "bán son cho Lan 450k", "--referrer", "chị Mai")
    assert [(row[2], row[10]) for row in dump(home)["kpi_contact"]] == [("Lan", "chị Mai")]


def test_options_alone_tell_of_a_sale(kpi: Any) -> None:
    data = logged(kpi, "--amount", "12tr", "--customer", "chị Hoa", "--product", "bảo hiểm", "--quantity", "2")
    assert (data["kind"], data["amount"], data["customer"], data["quantity"]) == ("sale", 12_000_000, "chị Hoa", 2)


def test_an_amount_beside_a_line_of_several_things_is_refused(kpi: Any, home: Path) -> None:
    ran = kpi("log", "bán son cho Lan 450k, bán kem cho Mai 300k", "--amount", "1tr", "--json")
    assert ran.exit_code == 2
    assert ran.json["problems"][0]["code"] == "kpi.options_for_one"
    assert amounts(home) == []


def test_a_sale_of_a_day_to_come_says_when_it_counts(kpi: Any) -> None:
    ran = kpi("log", "bán son cho Lan 450k", "--date", "2026-12-05")
    assert ran.exit_code == 0
    assert "đến ngày ấy mới được tính" in ran.stderr


def test_customers_named_in_lines_are_kept_once_and_walk_ins_never(kpi: Any, home: Path) -> None:
    for text in (
        "bán son cho chị Hoa 450k",
        "bán kem cho chi Hoa 300k",
        "bán áo cho anh Hoa 200k",
        "bán mũ cho khách lẻ 90k",
    ):
        logged(kpi, text)
    contacts = sorted(row[2] for row in dump(home)["kpi_contact"])
    assert contacts == ["anh Hoa", "chị Hoa"]
    assert [row[12] for row in dump(home)["kpi_sale"]] == [1, 1, 2, 0]


def test_list_and_search_find_what_was_logged(kpi: Any) -> None:
    logged(kpi, "bán son cho chị Hoa 450k", "--channel", "shopee")
    logged(kpi, "bán kem cho Mai 300k", "--date", "12/10")
    logged(kpi, "gặp 3 khách")

    def found(*words: object) -> list[int]:
        return [entry["id"] for entry in kpi(*words, "--json").json["data"]["entries"]]

    assert found("list") == [1, 3]
    assert found("list", "--all") == [2, 1, 3]
    assert found("list", "--month", "10") == [2]
    assert found("list", "--kind", "activity") == [3]
    assert found("list", "--customer", "hoa") == [1]
    assert found("list", "--product", "Kem", "--all") == [2]
    assert found("list", "--channel", "Shopee") == [1]
    assert found("list", "--status", "open") == []
    assert found("search", "SON") == [1]
    assert found("search", "mai", "kem") == [2]
    ran = kpi("search", "son kem")
    assert "“son”, “kem”" in ran.stdout
    csv = kpi("list", "--all", "--csv").stdout.splitlines()
    assert len(csv) == 4
    assert "300000" in csv[1]


def test_an_edit_changes_what_it_names_and_nothing_else(kpi: Any, home: Path) -> None:
    logged(kpi, "bán 2 gói bảo hiểm cho chị Hoa 12tr")
    before = dump(home)
    assert kpi("edit", 1, "--amount", "15tr", "--quantity", "3", "--status", "cancelled").exit_code == 0
    kept = kpi("show", 1, "--json").json["data"]
    assert (kept["entry"]["amount"], kept["entry"]["quantity"], kept["entry"]["status"]) == (15_000_000, 3, "cancelled")
    assert kept["entry"]["customer"] == "chị Hoa"
    assert [touch["kind"] for touch in kept["history"]] == ["log", "edit"]
    assert kpi("edit", 1, "bán 1 son cho Mai 450k hôm qua").exit_code == 0
    kept = kpi("show", 1, "--json").json["data"]["entry"]
    assert (kept["amount"], kept["quantity"], kept["customer"], kept["date"]) == (450_000, 1, "Mai", "2026-11-19")
    kpi("undo")
    kpi("undo")
    assert dump(home) == before


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("gặp 3 khách", ["--amount", "3tr"], "kpi.field_elsewhere"),
        ("gặp 3 khách", ["--quantity", "2,5"], "kpi.not_a_count"),
        ("bán son 1tr", [], "kpi.nothing_to_edit"),
        ("bán son 1tr", ["gặp 3 khách"], "kpi.edit_other_kind"),
        ("bán son 1tr", ["bán son"], "kpi.edit_needs_one"),
        ("bán son 1tr", ["--share", "50%", "--splits", "Lan 20%"], "kpi.shares_dont_sum"),
    ],
)
def test_an_edit_that_cannot_be_meant_is_refused(
    text: str, options: list[str], code: str, kpi: Any, home: Path
) -> None:
    logged(kpi, text)
    before = dump(home)
    ran = kpi("edit", 1, *options, "--json")
    assert ran.exit_code in (2, 3, 4)
    assert ran.json["problems"][0]["code"] == code
    assert dump(home) == before


@pytest.mark.parametrize("words", [("show", 99), ("edit", 99, "--amount", "1tr"), ("delete", 99), ("undo", 99)])
def test_a_number_that_is_not_in_the_book_is_told(words: tuple[object, ...], kpi: Any) -> None:
    ran = kpi(*words)
    assert ran.exit_code == 4
    assert "99" in ran.stderr
    assert "→" in ran.stderr


def test_an_undo_is_undone_by_its_number(kpi: Any, home: Path) -> None:
    logged(kpi, "bán son cho Lan 450k")
    before = dump(home)
    assert kpi("undo").exit_code == 0
    assert kpi("undo").exit_code == 4
    assert kpi("undo", 2).exit_code == 0
    assert dump(home) == before


def test_engagements_keep_apart_what_is_sold_for_them(kpi: Any, home: Path) -> None:
    logged(kpi, "bán son cho Lan 450k")
    added = kpi("engagement", "add", "Công ty ABC", "--kind", "employee", "--with-earlier", "--json").json["data"]
    assert (added["id"], added["own_contacts"], added["moved"]) == ("cong-ty-abc", False, 2)
    assert logged(kpi, "bán kem cho Mai 300k")["engagement"] == "cong-ty-abc"
    kpi("engagement", "add", "Mỹ phẩm Sen", "--kind", "ctv")
    ran = kpi("log", "bán áo 1tr", "--json")
    assert ran.exit_code == 2
    assert ran.json["problems"][0]["code"] == "kpi.engagement_needed"
    assert logged(kpi, "bán áo 1tr", "--engagement", "my pham sen")["engagement"] == "my-pham-sen"
    kpi("engagement", "end", "cong-ty-abc", "--on", "19/11")
    assert logged(kpi, "bán mũ 200k")["engagement"] == "my-pham-sen"
    listed = {one["id"]: (one["sales"], one["end"]) for one in kpi("engagement", "list", "--json").json["data"]}
    assert listed == {"cong-ty-abc": (2, "2026-11-19"), "my-pham-sen": (2, None)}
    for _ in range(7):
        assert kpi("undo").exit_code == 0
    assert not any(dump(home).values())


def test_two_names_of_a_product_become_one_and_apart_again(kpi: Any, home: Path) -> None:
    logged(kpi, "bán bảo hiểm cho Hoa 12tr")
    logged(kpi, "bán bhnt cho Mai 10tr")
    before = dump(home)
    merged = kpi("product", "alias", "bảo hiểm", "bhnt", "--json").json["data"]
    assert merged["moved"] == 1
    assert merged["aliases"] == ["bhnt"]
    assert logged(kpi, "bán bhnt cho Vy 9tr")["product"] in ("bảo hiểm", "bhnt")
    assert [one["sales"] for one in kpi("product", "list", "--json").json["data"]] == [3]
    kpi("undo")
    kpi("undo")
    assert dump(home) == before
    kpi("product", "rename", "bhnt", "Bảo hiểm nhân thọ")
    assert kpi("product", "rename", "bhnt", "bảo hiểm", "--json").json["problems"][0]["code"] == "kpi.name_taken"
    kpi("product", "add", "Son", "--category", "mỹ phẩm", "--alias", "lip")
    assert [one["label"] for one in kpi("product", "list", "--json").json["data"]] == [
        "bảo hiểm", "Bảo hiểm nhân thọ", "Son",
    ]  # fmt: skip


def test_a_working_week_leave_and_extra_days_are_set_shown_and_taken_back(kpi: Any, home: Path) -> None:
    def working_days(month: str = "2026-11") -> object:
        return kpi("calendar", "show", month, "--json").json["data"]["working_days"]

    assert working_days() == 20
    assert kpi("calendar", "week", "6").exit_code == 0
    assert working_days() == 24
    kpi("calendar", "week", "5.5", "--from", "16/11")
    assert working_days() == 23
    kpi("calendar", "week", "6")
    assert working_days() == 24, "a week without a first day is for all time"
    assert kpi("calendar", "leave", "2026-11-25..2026-11-27", "--json").json["data"]["days"] == [
        "2026-11-25", "2026-11-26", "2026-11-27",
    ]  # fmt: skip
    assert working_days() == 21
    kpi("calendar", "workday", "29/11", "--note", "hội chợ")
    assert working_days() == 22
    assert kpi("calendar", "leave", "26/11").stdout.count("đã như vậy") == 1
    kpi("calendar", "forget", "26/11 đến 27/11")
    assert working_days() == 24
    assert kpi("calendar", "forget", "26/11").exit_code == 4
    shown = kpi("calendar", "show", "2026-11").stdout
    assert "hội chợ" in shown
    assert "24 ngày làm việc" in shown
    assert kpi("calendar", "leave", "30/12..2/1", "--json").json["data"]["days"] == [
        "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02",
    ]  # fmt: skip
    for _ in range(7):
        assert kpi("undo").exit_code == 0
    assert not any(dump(home).values())


@pytest.mark.parametrize(
    "words",
    [
        ("week", "4"), ("leave", "31/2"), ("leave", "27/11..25/11"), ("leave", "2026-01-01..2030-01-01"),
        ("workday", ""), ("forget", "x"), ("show", "tháng 13"),
    ],
)  # fmt: skip
def test_working_time_that_cannot_be_meant_is_refused(words: tuple[str, ...], kpi: Any, home: Path) -> None:
    ran = kpi("calendar", *words)
    assert ran.exit_code in (2, 3)
    assert not (home / "toolkit.db").exists() or not any(dump(home).values())


def test_at_a_terminal_an_unclear_amount_is_asked_for_once(home: Path) -> None:
    with Terminal("kpi", "log", "bán 2 gói bảo hiểm cho chị Hoa", *AS_OF) as terminal:
        terminal.until("bao nhiêu")
        terminal.enter("12tr")
        terminal.until("12.000.000đ")
        assert terminal.ended()[0] == 0
    assert amounts(home) == [12_000_000]


def test_an_empty_answer_leaves_it_unrecorded(home: Path) -> None:
    with Terminal("kpi", "log", "bán 2 gói bảo hiểm cho chị Hoa", *AS_OF) as terminal:
        terminal.until("bao nhiêu")
        terminal.enter("")
        assert terminal.ended()[0] == 3
    assert amounts(home) == []


def test_at_a_terminal_lines_are_typed_one_after_the_other(home: Path) -> None:
    with Terminal("kpi", "log", *AS_OF) as terminal:
        terminal.until("Ghi:")
        terminal.enter("bán son cho Lan 450k")
        terminal.until("450.000đ")
        terminal.enter("à nhầm, 500k")
        terminal.until("Đã sửa")
        terminal.enter("trời đẹp quá")
        terminal.until("không ghi gì")
        terminal.enter("")
        assert terminal.ended()[0] == 0
    assert amounts(home) == [500_000]


def test_the_book_speaks_english(kpi: Any) -> None:
    ran = kpi("log", "bán 2 gói bảo hiểm cho chị Hoa 12tr", "--lang", "en")
    assert "Recorded 1 sold 2" in ran.stdout
    assert "customer" in kpi("list", "--lang", "en").stdout


@pytest.mark.parametrize("columns", ["40", "20"])
def test_a_narrow_screen_shows_whole_words(columns: str, kpi: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    logged(kpi, "bán 2 gói bảo hiểm cho chị Hoa 12tr, khách cũ giới thiệu")
    monkeypatch.setenv("COLUMNS", columns)
    for words in (("list",), ("show", 1), ("undo", "--list"), ("calendar", "show"), ("engagement", "list")):
        ran = kpi(*words)
        assert ran.exit_code == 0
        if columns == "40":
            assert max(map(len, ran.stdout.splitlines())) <= 40
