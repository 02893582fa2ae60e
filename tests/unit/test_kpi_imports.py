"""Exports of shop systems: the goods of done orders, once, whatever else stands in the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from builders.shops import (
    FEW,
    OIL,
    SHOPS,
    SOAP,
    STATELESS,
    TEA,
    Bought,
    Goods,
    Rows,
    kiotviet,
    kiotviet_details,
    lazada,
    misa,
    misa_eshop,
    moment,
    odoo,
    own,
    shopee,
    shopee_new,
    tiktok,
    write,
)  # fmt: skip
from toolkit.core.errors import InputError
from toolkit.kpi.imports.fitting import UnknownExportError, Ways
from toolkit.kpi.imports.profile import OwnProfile, known_profiles
from toolkit.kpi.imports.reading import read_export

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.kpi.imports.model import Export

DONE = FEW[:2]


def read(folder: Path, rows: Rows, name: str = "a.csv", ways: Ways | None = None, **more: Any) -> Export:
    return read_export(write(folder / name, rows), ways=ways, **more)


def codes(export: Export) -> list[str]:
    return [problem.code for problem in export.problems]


def notes(export: Export) -> list[str]:
    return [note.code for note in export.notes]


# --- every shop system


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("shop", SHOPS)
def test_every_shop_system_is_recognised_and_only_done_orders_count(shop: str, kind: str, tmp_path: Path) -> None:
    orders = DONE if shop in STATELESS else FEW
    export = read(tmp_path, SHOPS[shop](orders), f"a.{kind}")
    assert export.profile == shop
    assert (export.counted, export.revenue, export.refunds) == (2, 450_000, 0)
    assert export.units == (None if shop == "kiotviet" else 6_000)
    assert not export.problems
    assert export.skipped == 0
    assert export.rows == export.lines
    assert [order.number for order in export.orders] == [one.number for one in orders]
    assert [order.day for order in export.orders] == [one.moment.date() for one in orders]


@pytest.mark.parametrize("shop", [shop for shop in SHOPS if shop not in STATELESS])
def test_states_are_the_same_in_every_shop_system(shop: str, tmp_path: Path) -> None:
    export = read(tmp_path, SHOPS[shop](FEW))
    assert [order.status for order in export.orders] == [one.state for one in FEW]


@pytest.mark.parametrize("shop", STATELESS)
def test_a_file_without_states_says_that_every_order_counts(shop: str, tmp_path: Path) -> None:
    export = read(tmp_path, SHOPS[shop](DONE))
    assert "kpi.import_no_status" in notes(export)


@pytest.mark.parametrize("shop", SHOPS)
@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ";"), ("utf-16", "\t"), ("utf-8-sig", ",")])
def test_the_same_in_other_encodings_and_delimiters(shop: str, encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", SHOPS[shop](DONE), delimiter=delimiter, encoding=encoding)
    assert read_export(path).revenue == 450_000


def test_profiles_say_how_they_are_known_and_name_no_field_twice() -> None:
    for profile in known_profiles():
        assert profile.source, profile.id
        names = [name for known in profile.headings.values() for name in known]
        assert len(names) == len(set(names)), profile.id


# --- what is repeated, what is missing


def test_order_values_on_every_line_count_once(tmp_path: Path) -> None:
    export = read(tmp_path, shopee(DONE))
    assert [order.amount for order in export.orders] == [270_000, 180_000]
    assert [len(order.items) for order in export.orders] == [2, 1]
    assert export.worth == "Tổng giá bán (sản phẩm)"


def test_columns_that_differ_only_in_case_are_not_mistaken(tmp_path: Path) -> None:
    rows = shopee(DONE)
    upper, lower = (rows[0].index(f"Tổng số tiền {who} mua thanh toán") for who in ("Người", "người"))
    for row in rows[1:]:
        row[upper], row[lower] = 999, 888
    assert read(tmp_path, rows).revenue == 450_000


def test_the_newer_layout_is_price_times_quantity(tmp_path: Path) -> None:
    export = read(tmp_path, shopee_new(DONE))
    assert export.revenue == 450_000
    assert export.worth == "Giá ưu đãi × Số lượng"


def test_goods_that_came_back_in_part_are_a_refund_beside_the_revenue(tmp_path: Path) -> None:
    export = read(tmp_path, shopee_new(DONE, returned={TEA.sku: 1}))
    assert (export.counted, export.revenue, export.refunds, export.units) == (2, 450_000, 60_000, 6_000)


def test_a_request_to_return_that_was_turned_down_changes_nothing(tmp_path: Path) -> None:
    rows = shopee_new(DONE, returned={TEA.sku: 1})
    at = rows[0].index("Trạng thái Trả hàng/Hoàn tiền")
    for row in rows[1:]:
        row[at] = row[at] and "Yêu cầu bị từ chối"
    assert read(tmp_path, rows).refunds == 0


def test_a_state_of_a_return_that_is_not_known_is_named(tmp_path: Path) -> None:
    rows = shopee_new(DONE, returned={TEA.sku: 1})
    at = rows[0].index("Trạng thái Trả hàng/Hoàn tiền")
    rows[3][at] = "Đang chờ Shopee phán xét"
    export = read(tmp_path, rows)
    assert codes(export) == ["kpi.import_return_unknown"]
    assert export.refunds == 0


def test_the_refund_of_an_order_is_counted_once_though_it_stands_on_every_line(tmp_path: Path) -> None:
    export = read(tmp_path, tiktok([replace(FEW[0], refund=45_000), FEW[1]]))
    assert (export.revenue, export.refunds, export.counted) == (450_000, 45_000, 2)


def test_money_given_back_for_a_cancelled_order_is_no_refund(tmp_path: Path) -> None:
    export = read(tmp_path, tiktok([replace(FEW[2], refund=180_000), FEW[1]]))
    assert (export.revenue, export.refunds) == (180_000, 0)


def test_tabs_behind_numbers_and_the_row_of_descriptions_are_passed_over(tmp_path: Path) -> None:
    export = read(tmp_path, tiktok(DONE))
    assert export.orders[0].number == "2611010001AAAA"
    assert export.rows == 3


def test_a_unit_a_row_makes_one_order(tmp_path: Path) -> None:
    export = read(tmp_path, lazada(DONE))
    assert (export.rows, export.counted, export.units) == (6, 2, 6_000)
    assert read(tmp_path, lazada(DONE, old=True), "b.csv").revenue == 450_000


def test_of_an_order_that_was_delivered_in_part_the_delivered_units_count(tmp_path: Path) -> None:
    rows = lazada(DONE[:1])
    rows[1][rows[0].index("status")] = "canceled"
    export = read(tmp_path, rows)
    assert (export.counted, export.revenue, export.units) == (1, 225_000, 2_000)
    assert {item.status for item in export.orders[0].items} == {"done", "cancelled"}


def test_a_unit_is_known_by_its_own_number_and_may_be_refunded(tmp_path: Path) -> None:
    rows = lazada(DONE)
    rows[1][rows[0].index("refundAmount")] = "45000.00"
    export = read(tmp_path, [*rows, rows[1]])
    assert (export.revenue, export.refunds, export.units) == (450_000, 45_000, 6_000)
    assert notes(export) == ["kpi.import_repeated"]


def test_an_invoice_counts_after_the_shops_own_reduction(tmp_path: Path) -> None:
    export = read(tmp_path, kiotviet(DONE, discount=20_000))
    assert export.revenue == 410_000
    assert export.worth == "Tổng tiền hàng − Giảm giá"


@pytest.mark.parametrize(("per_line", "revenue"), [(False, 430_000), (True, 420_000)])
def test_whose_a_reduction_is_follows_from_the_rows(per_line: bool, revenue: int, tmp_path: Path) -> None:
    export = read(tmp_path, kiotviet_details(DONE, discount=10_000, per_line=per_line))
    assert not export.problems
    assert export.revenue == revenue
    assert all(sum(item.amount for item in order.items) == order.amount for order in export.orders)


def test_an_accounting_ledger_has_titles_above_and_sums_below(tmp_path: Path) -> None:
    export = read(tmp_path, misa(DONE, off=1_000))
    assert (export.rows, export.revenue) == (3, 447_000)


def test_a_lines_amount_must_agree_with_its_own_figures(tmp_path: Path) -> None:
    rows = misa_eshop(DONE, off=5_000)
    rows[3][rows[2].index("Doanh thu")] = 1
    export = read(tmp_path, rows)
    assert codes(export) == ["kpi.import_line_off"]
    assert (export.counted, export.skipped) == (1, 2)


def test_rows_that_go_on_with_the_order_above(tmp_path: Path) -> None:
    export = read(tmp_path, odoo(DONE, percent=10))
    assert export.revenue == 405_000
    assert [len(order.items) for order in export.orders] == [2, 1]
    quotes = read(tmp_path, odoo(FEW, states=True), "b.csv")
    assert quotes.revenue == 450_000


def test_a_returned_invoice_with_amounts_below_zero_is_a_refund(tmp_path: Path) -> None:
    rows = misa_eshop(DONE)
    back = list(rows[-2])
    back[2], back[5], back[7], back[9] = "TH0001", -1, -60_000, -60_000
    export = read(tmp_path, [*rows[:-1], back, rows[-1]])
    assert (export.revenue, export.refunds, export.counted) == (450_000, 60_000, 2)
    assert [order.is_sale for order in export.orders] == [True, True, False]


def test_the_programs_own_table(tmp_path: Path) -> None:
    export = read(tmp_path, own([replace(FEW[0], refund=45_000), *FEW[1:]]))
    assert (export.rows, export.lines, export.counted) == (8, 8, 2)
    assert (export.revenue, export.refunds, export.units) == (450_000, 45_000, 6_000)


# --- numbers and days as they come


@pytest.mark.parametrize(
    "money", ["{:,} ₫", "{:,}", "{:,}.00", "{} VND", "{:_}đ", "{:_}"], ids=lambda text: text.replace("₫", "d")
)
def test_amounts_that_were_written_as_text(money: str, tmp_path: Path) -> None:
    rows = shopee(DONE)
    for row in rows[1:]:
        for at in (rows[0].index("Tổng giá bán (sản phẩm)"), rows[0].index("Tổng giá trị đơn hàng (VND)")):
            row[at] = money.format(row[at]).replace("_", ".")
    assert read(tmp_path, rows).revenue == 450_000


def test_one_sign_for_thousands_and_for_decimals_is_refused(tmp_path: Path) -> None:
    rows = shopee(DONE)
    at = rows[0].index("Tổng giá bán (sản phẩm)")
    rows[1][at], rows[2][at] = "90.000", "180000.5"
    with pytest.raises(InputError) as caught:
        read(tmp_path, rows)
    assert caught.value.problem.code == "kpi.import_separators"


def test_an_amount_that_is_none_keeps_its_order_out_and_names_the_cell(tmp_path: Path) -> None:
    rows = shopee(DONE)
    rows[1][rows[0].index("Tổng giá bán (sản phẩm)")] = "chín mươi"
    export = read(tmp_path, rows)
    (problem,) = export.problems
    assert (problem.code, problem.place.row, problem.value) == ("kpi.import_amount", 2, "chín mươi")
    assert (export.counted, export.revenue, export.skipped) == (1, 180_000, 2)


@pytest.mark.parametrize(("written", "units"), [("2,000", 2), ("2.000", 2), ("2,00", 2), ("2", 2), ("1,5", 1.5)])
def test_quantities_with_decimals_are_no_thousands_where_price_and_amount_tell(
    written: str, units: float, tmp_path: Path
) -> None:
    rows = misa([replace(FEW[0], goods=(SOAP,))])
    rows[5][rows[4].index("Số lượng bán")] = written
    rows[5][rows[4].index("Doanh số bán")] = int(units * SOAP.price)
    export = read(tmp_path, rows)
    assert (export.units, export.revenue) == (units * 1_000, units * SOAP.price)
    thousands = misa([replace(FEW[0], goods=(replace(SOAP, quantity=2_000),))])
    thousands[5][rows[4].index("Số lượng bán")] = "2.000"
    assert read(tmp_path, thousands).units == 2_000_000


def test_plain_numbers_of_programs_keep_their_decimals(tmp_path: Path) -> None:
    rows = odoo(DONE[:1])
    for row in rows[1:]:
        row[4], row[5] = "2.000", "1250.500"
    export = read(tmp_path, rows)
    assert (export.revenue, export.units) == (2 * 2_501, 4_000)
    mine = own(DONE[:1])
    mine[1][4] = "1.234"
    assert read(tmp_path, mine).units == 1_234 + 1_000


def test_a_slip_in_a_column_that_nobody_needs_harms_nobody(tmp_path: Path) -> None:
    rows = tiktok(DONE)
    for row in rows[2:]:
        row[rows[0].index("SKU Unit Original Price")] = "?"
        row[rows[0].index("Order Amount")] = "???"
    assert read(tmp_path, rows).revenue == 450_000


@pytest.mark.parametrize("number", ["5.77E+17", "5,77E+17", "5.7712E+17"])
def test_numbers_that_a_spreadsheet_rounded_are_refused(number: str, tmp_path: Path) -> None:
    rows = tiktok(DONE)
    rows[3][0] = number
    with pytest.raises(InputError) as caught:
        read(tmp_path, rows)
    assert caught.value.problem.code == "kpi.import_rounded"
    assert caught.value.problem.value == number


def test_numbers_that_a_spreadsheet_keeps_as_numbers(tmp_path: Path) -> None:
    rows = tiktok(DONE)
    for row in rows[2:]:
        row[0] = 577_123_456_789_012_345
    with pytest.raises(InputError) as caught:
        read(tmp_path, rows, "a.xlsx")
    assert caught.value.problem.code == "kpi.import_rounded"
    for at, row in enumerate(rows[2:]):
        row[0] = 123_456 + (at == 2)
    assert [order.number for order in read(tmp_path, rows, "b.xlsx").orders] == ["123456", "123457"]


def test_long_numbers_that_end_in_zeros_were_rounded_too(tmp_path: Path) -> None:
    rows = tiktok(DONE)
    for row in rows[2:]:
        row[0] = "577123456789012000"
    with pytest.raises(InputError) as caught:
        read(tmp_path, rows)
    assert caught.value.problem.code == "kpi.import_rounded"


def dated(days: list[Any]) -> Rows:
    rows = kiotviet([replace(FEW[0], number=f"HD{n:04d}") for n in range(len(days))])
    for row, day in zip(rows[4:], days, strict=True):
        row[2] = day
    return rows


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (["05/11/2026 10:00", "25/11/2026"], [5, 25]),
        (["11/25/2026", "11/05/2026 9:00"], [25, 5]),  # the rows prove that the month stands first
        (["2026-11-05 10:00:00", "2026/11/25"], [5, 25]),
        (["2026-11-05T20:30:00Z", "2026-11-24T17:00:00+00:00"], [6, 25]),  # the day in Vietnam
        (["5-11-2026", "25.11.26"], [5, 25]),
        (["05 Nov 2026 10:00", "Nov 25, 2026", "26-Nov-2026"], [5, 25, 26]),
        (["20261105", "2026-11-25T23:00:00+07:00"], [5, 25]),
        (["05/11/2026", "06/11/2026"], [5, 6]),  # nothing proves it, the system is known
    ],
)
def test_days_in_the_order_that_the_rows_prove(days: list[str], found: list[int], tmp_path: Path) -> None:
    export = read(tmp_path, dated(days))
    assert [(order.day.month, order.day.day) for order in export.orders] == [(11, day) for day in found]


def test_days_that_contradict_each_other_are_refused_until_somebody_says(tmp_path: Path) -> None:
    rows = dated(["25/11/2026", "11/26/2026"])
    with pytest.raises(InputError) as caught:
        read(tmp_path, rows)
    assert caught.value.problem.code == "kpi.import_days_contradict"
    export = read(tmp_path, rows, ways=Ways(dates="dmy"))
    assert codes(export) == ["kpi.import_day"]


def test_days_that_a_spreadsheet_turned_round_are_refused(tmp_path: Path) -> None:
    rows = dated([moment(11, month=5), "25/11/2026 10:30"])  # the fifth of November became the eleventh of May
    with pytest.raises(InputError) as caught:
        read(tmp_path, rows, "a.xlsx")
    assert caught.value.problem.code == "kpi.import_days_mangled"


def test_days_of_an_own_layout_that_nothing_proves_are_asked_for(tmp_path: Path) -> None:
    rows: Rows = [["Số", "Ngày bán", "Tiền"], ["A1", "05/11/2026", 90_000], ["A2", "06/11/2026", 10_000]]
    ways = Ways(columns={"Số": "order", "Ngày bán": "day", "Tiền": "amount"})
    with pytest.raises(InputError) as caught:
        read(tmp_path, rows, ways=ways)
    assert caught.value.problem.code == "kpi.import_days_unclear"
    assert read(tmp_path, rows, ways=replace(ways, dates="dmy")).revenue == 100_000


# --- what doesn't add up


def test_lines_that_differ_from_the_orders_total_are_named_and_kept_out(tmp_path: Path) -> None:
    rows = shopee(DONE)
    for row in rows[1:3]:
        row[rows[0].index("Tổng giá trị đơn hàng (VND)")] = 300_000
    export = read(tmp_path, rows)
    (problem,) = export.problems
    assert problem.code == "kpi.import_total_off"
    assert problem.params == {"order": "2611010001AAAA", "found": "270.000đ", "expected": "300.000đ"}
    assert (export.counted, export.skipped) == (1, 2)
    by_lines = read(tmp_path, rows, ways=Ways(by_lines=True))
    assert by_lines.revenue == 450_000
    assert notes(by_lines) == ["kpi.import_by_lines"]


def test_a_column_of_totals_that_sums_up_something_else_is_no_proof(tmp_path: Path) -> None:
    rows = shopee([replace(FEW[0], number=f"A{n:03d}") for n in range(20)])
    for row in rows[1:]:
        row[rows[0].index("Tổng giá trị đơn hàng (VND)")] += 30_000
    export = read(tmp_path, rows)
    assert export.revenue == 20 * 270_000
    assert not export.problems
    (note,) = export.notes
    assert (note.code, note.params["n"]) == ("kpi.import_total_unlike", 20)


def test_two_columns_of_one_name_that_say_different_money_are_refused(tmp_path: Path) -> None:
    rows = shopee(DONE)
    for at, row in enumerate(rows):
        row.append("Tổng giá bán (sản phẩm)" if at == 0 else 1)
    with pytest.raises(InputError) as caught:
        read(tmp_path, rows)
    assert caught.value.problem.code == "kpi.import_two_money_columns"
    for row in rows[1:]:
        row[-1] = row[rows[0].index("Tổng giá bán (sản phẩm)")]
    assert read(tmp_path, rows).revenue == 450_000


def test_a_heading_written_exactly_goes_before_one_that_looks_alike(tmp_path: Path) -> None:
    rows = shopee(DONE)
    for at, row in enumerate(rows):
        row.insert(0, "TỔNG GIÁ BÁN (SẢN PHẨM)" if at == 0 else 7)
    assert read(tmp_path, rows).revenue == 450_000


def test_the_same_rows_twice_count_once_where_a_product_stands_only_once_in_an_order(tmp_path: Path) -> None:
    rows = shopee(DONE)
    export = read(tmp_path, [*rows, *rows[1:]])
    assert (export.revenue, export.counted) == (450_000, 2)
    assert notes(export) == ["kpi.import_repeated"]


def test_the_same_line_twice_counts_twice_where_the_orders_total_says_so(tmp_path: Path) -> None:
    twice = Bought("HD0007", moment(7), (SOAP, SOAP))
    export = read(tmp_path, kiotviet_details([twice]))
    assert export.revenue == 180_000
    rows = kiotviet_details([replace(twice, goods=(SOAP,))])
    repeated = read(tmp_path, [*rows, rows[1]], "b.csv")
    assert repeated.revenue == 90_000


def test_an_invoice_that_says_two_things_is_kept_out(tmp_path: Path) -> None:
    rows = kiotviet(DONE)
    again = list(rows[4])
    again[-1] = "Đã hủy"
    export = read(tmp_path, [*rows, again])
    assert codes(export) == ["kpi.import_order_twice"]
    assert export.revenue == 180_000


def test_a_state_that_nobody_knows_is_named_and_not_counted(tmp_path: Path) -> None:
    rows = shopee(DONE)
    rows[3][rows[0].index("Trạng Thái Đơn Hàng")] = "Đang đối soát"
    export = read(tmp_path, rows)
    (problem,) = export.problems
    assert (problem.code, problem.value, problem.params) == ("kpi.import_status_unknown", "Đang đối soát", {"n": 1})
    assert (export.counted, export.orders[1].status) == (1, "unknown")
    told = read(tmp_path, rows, ways=Ways(statuses={"đang đối soát": "done"}))
    assert told.revenue == 450_000
    assert not told.problems


def test_a_received_order_that_could_still_be_sent_back_is_open(tmp_path: Path) -> None:
    rows = shopee(DONE)
    rows[3][rows[0].index("Trạng Thái Đơn Hàng")] = (
        "Người mua xác nhận đã nhận được hàng, tuy nhiên Người mua vẫn có thể gửi yêu cầu Trả hàng/Hoàn tiền"
        " tới ngày 2026-11-30."
    )
    assert read(tmp_path, rows).orders[1].status == "open"


# --- files of nobody


def test_a_file_of_nobody_tells_its_columns_with_samples(tmp_path: Path) -> None:
    rows: Rows = [["Bảng bán"], ["Số", "Hôm", "Món", "Thu"], ["1", "5/11", "Trà", 60_000], ["2", "6/11", "Cà phê", 9]]
    with pytest.raises(UnknownExportError) as caught:
        read(tmp_path, rows)
    assert [column.heading for column in caught.value.columns] == ["Số", "Hôm", "Món", "Thu"]
    assert caught.value.columns[3].samples == ("60000", "9")
    assert caught.value.problem.code == "kpi.import_unknown"


def test_money_of_a_file_of_nobody_is_never_guessed(tmp_path: Path) -> None:
    heading = ["Mã đơn", "Ngày", "Trạng thái", "Thành tiền", "Tổng tiền"]
    rows: Rows = [heading, ["1", "25/11/2026", "Hoàn thành", 60_000, 70_000]]
    with pytest.raises(UnknownExportError):
        read(tmp_path, rows)
    mine = OwnProfile("Shop nhà", {"Mã đơn": "order", "Ngày": "day", "Trạng thái": "status", "Thành tiền": "amount"})
    export = read_export(write(tmp_path / "b.csv", rows), own=[mine])
    assert (export.profile, export.revenue) == ("Shop nhà", 60_000)


def test_an_own_layout_proves_its_lines_by_the_orders_total(tmp_path: Path) -> None:
    rows: Rows = [["So", "Ngay", "Gia", "SL", "Tong"], ["A", "25/11/2026", 10_000, 3, 50_000],
                  ["A", "25/11/2026", 20_000, 1, 50_000],
                  ["B", "26/11/2026", 10_000, 1, 9_000]]  # fmt: skip
    columns = {"So": "order", "Ngay": "day", "Gia": "price", "SL": "quantity", "Tong": "order_amount"}
    export = read(tmp_path, rows, ways=Ways(columns=columns))  # type: ignore[arg-type]
    assert (export.revenue, codes(export)) == (50_000, ["kpi.import_total_off"])


def test_a_wrong_profile_is_said_to_be_wrong(tmp_path: Path) -> None:
    with pytest.raises(UnknownExportError) as caught:
        read(tmp_path, shopee(DONE), ways=Ways(profile="lazada"))
    assert caught.value.problem.code == "kpi.import_other_profile"
    with pytest.raises(InputError) as caught_name:
        read(tmp_path, shopee(DONE), ways=Ways(profile="sàn lạ"))
    assert caught_name.value.problem.code == "kpi.profile_unknown"


def test_a_system_with_several_programs_is_named_once(tmp_path: Path) -> None:
    assert read(tmp_path, misa_eshop(DONE), ways=Ways(profile="misa")).profile == "misa-eshop"
    assert read(tmp_path, misa(DONE), ways=Ways(profile="MISA")).profile == "misa"
    assert read(tmp_path, kiotviet(DONE), ways=Ways(profile="kiotviet")).revenue == 450_000


def test_sheets_of_several_months_are_read_together_and_copies_once(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, orders in (("T10", FEW[:1]), ("T11", FEW[1:2]), ("Sao chép", FEW[:1])):
        sheet = book.create_sheet(name)
        for row in kiotviet_details(orders):
            sheet.append(row)
    book.create_sheet("Ghi chú").append(["để nhớ"])
    book.save(tmp_path / "a.xlsx")
    export = read_export(tmp_path / "a.xlsx")
    assert (export.revenue, export.counted) == (450_000, 2)
    assert read_export(tmp_path / "a.xlsx", ways=Ways(sheet="T11")).revenue == 180_000


def test_gifts_cost_nothing_and_are_units_all_the_same(tmp_path: Path) -> None:
    gift = Bought("G1", moment(9), (OIL, Goods("Quà tặng", "GIFT", 1, 0)))
    export = read(tmp_path, shopee([gift]))
    assert (export.revenue, export.units) == (180_000, 2_000)


def test_sections_and_notes_between_the_lines_of_an_order_are_no_goods(tmp_path: Path) -> None:
    headings = ["Order Reference", "Order Date", "Customer", "Status", "Order Lines/Product", "Order Lines/Description"]
    headings += ["Order Lines/Quantity", "Order Lines/Unit Price", "Order Lines/Subtotal", "Untaxed Amount"]
    rows = [
        ["S1", "2026-11-01 10:00:00", "Hoa", "Sales Order", "", "Phần 1: Thiết bị", "", "", "", "300"],
        ["", "", "", "", "Ghế", "Ghế", "2", "100", "200", ""],
        ["", "", "", "", "", "Giao trong tuần", "", "", "", ""],
        ["", "", "", "", "Bàn", "Bàn", "1", "100", "100", ""],
    ]
    export = read(tmp_path, [headings, *rows])
    assert [(order.amount, [item.product for item in order.items]) for order in export.orders] == [
        (300, ["Ghế", "Bàn"])
    ]
