"""Exports of shop systems as they really look: seeded orders of nobody, written in every system's own way."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

TODAY = "2026-11-22"
Rows = list[list[Any]]
STATES = ("done", "open", "cancelled", "returned")


@dataclass(frozen=True)
class Goods:
    """One line of a made-up order; `price` is what one unit was sold for."""

    name: str
    sku: str
    quantity: int
    price: int

    @property
    def worth(self) -> int:
        return self.quantity * self.price


@dataclass(frozen=True)
class Bought:
    """A made-up order. `refund` went back of a done one."""

    number: str
    moment: datetime
    goods: tuple[Goods, ...]
    state: str = "done"
    buyer: str = "Nguyễn Thị Lan"
    account: str = "lan.nguyen"
    phone: str = "0901234567"
    refund: int = 0
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def worth(self) -> int:
        return sum(one.worth for one in self.goods)


def moment(day: int, hour: int = 10, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, 30)  # noqa: DTZ001 - spreadsheets know no zones


SOAP = Goods("Xà bông dừa", "XB-01", 2, 45_000)
OIL = Goods("Tinh dầu tràm 50ml", "TD-50", 1, 180_000)
TEA = Goods("Trà hoa cúc", "TRA-02", 3, 60_000)

FEW = (
    Bought("2611010001AAAA", moment(1), (SOAP, OIL)),
    Bought("2611030002BBBB", moment(3), (TEA,), buyer="Trần Văn Nam", account="namtran", phone="0987654321"),
    Bought("2611050003CCCC", moment(5), (OIL,), "cancelled"),
    Bought("2611150004DDDD", moment(15), (SOAP,), "open"),
    Bought("2611170005EEEE", moment(17), (TEA, SOAP), "returned"),
)
"""Two done orders of 270.000 and 180.000 đồng with 6 units; one cancelled, one open, one returned."""

SHOPEE_STATES = {"done": "Hoàn thành", "open": "Đang giao", "cancelled": "Đã hủy", "returned": "Trả hàng/Hoàn tiền"}
TIKTOK_STATES = {"done": "Completed", "open": "Shipped", "cancelled": "Canceled", "returned": "Returned"}
LAZADA_STATES = {"done": "delivered", "open": "shipped", "cancelled": "canceled", "returned": "returned"}
KIOTVIET_STATES = {"done": "Hoàn thành", "open": "Đang xử lý", "cancelled": "Đã hủy", "returned": "Đã trả hàng"}
ODOO_STATES = {"done": "Sales Order", "open": "Quotation", "cancelled": "Cancelled", "returned": "Returned"}

SHOPEE_HEADINGS = [
    "Mã đơn hàng", "Ngày đặt hàng", "Trạng Thái Đơn Hàng", "Lý do hủy", "SKU sản phẩm", "Tên sản phẩm",
    "SKU phân loại hàng", "Tên phân loại hàng", "Giá gốc", unicodedata.normalize("NFD", "Giá ưu đãi"), "Số lượng",
    "Tổng giá bán (sản phẩm)", "Tổng giá trị đơn hàng (VND)", "Mã giảm giá của Shopee",
    "Tổng số tiền Người mua thanh toán", "Phí vận chuyển (dự kiến)", "Tổng số tiền người mua thanh toán",
    "Thời gian hoàn thành đơn hàng", "Phí cố định", "Phí Dịch Vụ", "Người Mua", "Tên Người nhận", "Số điện thoại",
    "Địa chỉ nhận hàng",
]  # fmt: skip


def shopee(orders: Iterable[Bought], *, text_numbers: bool = False, states: dict[str, str] | None = None) -> Rows:
    """One row a line; the order's own values on every one of them."""

    def money(amount: int) -> Any:
        return f"{amount:,}".replace(",", ".") if text_numbers else amount

    rows: Rows = [list(SHOPEE_HEADINGS)]
    for one in orders:
        done = f"{one.moment + timedelta(days=4):%Y-%m-%d %H:%M}" if one.state == "done" else ""
        for line in one.goods:
            rows.append([
                one.number, f"{one.moment:%Y-%m-%d %H:%M}", (states or SHOPEE_STATES)[one.state], "", line.sku,
                line.name, line.sku, "", money(line.price + 5_000), money(line.price), line.quantity,
                money(line.worth), money(one.worth), money(10_000), money(one.worth - 10_000), money(22_000),
                money(one.worth + 12_000), done, money(8_000), money(6_000), one.account, "L***n", "******67", "Q*** 1",
            ])  # fmt: skip
    return rows


def shopee_new(orders: Iterable[Bought], *, returned: dict[str, int] | None = None) -> Rows:
    """The newer layout, without the sum of a line and with returned quantities."""
    rows: Rows = [[
        "Mã đơn hàng", "Mã Kiện Hàng", "Ngày đặt hàng", "Trạng Thái Đơn Hàng", "Trạng thái Trả hàng/Hoàn tiền",
        "Tên sản phẩm", "SKU phân loại hàng", "Tên phân loại hàng", "Giá gốc", "Giá ưu đãi", "Số lượng",
        "Số lượng sản phẩm được hoàn trả", "Tổng số tiền Người mua thanh toán", "Tổng giá trị đơn hàng (VND)",
        "Mã giảm giá của Shopee", "Người Mua",
    ]]  # fmt: skip
    for one in orders:
        for line in one.goods:
            back = (returned or {}).get(line.sku, 0)
            rows.append([
                one.number, f"K{one.number}", f"{one.moment:%Y-%m-%d %H:%M}", SHOPEE_STATES[one.state],
                "Đã Chấp Thuận Yêu Cầu" if back else "", line.name, line.sku, "", line.price + 5_000, line.price,
                line.quantity, back, line.worth - 3_000, one.worth, 3_000, one.account,
            ])  # fmt: skip
    return rows


TIKTOK_HEADINGS = [
    "Order ID", "Order Status", "Order Substatus", "SKU ID", "Seller SKU", "Product Name", "Variation", "Quantity",
    "Sku Quantity of return", "SKU Unit Original Price", "SKU Subtotal After Discount", "Order Amount",
    "Order Refund Amount", "Created Time", "Paid Time", "Buyer Username", "Recipient", "Phone #",
]  # fmt: skip


def tiktok(orders: Iterable[Bought]) -> Rows:
    """A row of descriptions below the headings; numbers of orders and days end in a tab."""
    rows: Rows = [
        list(TIKTOK_HEADINGS),
        ["Platform unique order ID.", "Current order status.", "", "Platform SKU ID.", "Seller sku.",
         "Platform product name.", "Platform SKU variation", "SKU sold quantity.", "SKU returned quantity.",
         "1 SKU original price.", "It equals to the subtotal before discount less discounts.", "Total paid.",
         "Refund of the order.", "Order created time.", "Order paid time.", "Buyer user name.", "", ""],
    ]  # fmt: skip
    for one in orders:
        for line in one.goods:
            rows.append([
                f"{one.number}\t", TIKTOK_STATES[one.state], "", f"17{line.sku}\t", line.sku, line.name, "Default",
                line.quantity, 1 if one.refund and line is one.goods[0] else 0, f"{line.price + 9_000} VND",
                line.worth, one.worth + 15_000, one.refund, f"{one.moment:%d/%m/%Y %H:%M:%S}\t",
                f"{one.moment:%d/%m/%Y %H:%M:%S}\t", one.account, "L***", "(+84)90*****67",
            ])  # fmt: skip
    return rows


def lazada(orders: Iterable[Bought], *, old: bool = False) -> Rows:
    """One row a unit."""
    new_headings = [
        "orderItemId", "orderType", "lazadaId", "sellerSku", "createTime", "updateTime", "orderNumber", "customerName",
        "paidPrice", "unitPrice", "shippingFee", "itemName", "variation", "status", "refundAmount",
    ]  # fmt: skip
    old_headings = [
        "Order Item Id", "Order Type", "Lazada Id", "Seller SKU", "Created at", "Updated at", "Order Number",
        "Customer Name", "Paid Price", "Unit Price", "Shipping Fee", "Item Name", "Variation", "Status",
        "Refund Amount",
    ]  # fmt: skip
    rows: Rows = [old_headings if old else new_headings]
    unit = 0
    for one in orders:
        for line in one.goods:
            for _ in range(line.quantity):
                unit += 1
                rows.append([
                    f"9{unit:011d}", "Normal", "L1", line.sku, f"{one.moment:%Y-%m-%d %H:%M:%S}", "", one.number,
                    one.buyer, f"{line.price}.00", f"{line.price + 4_000}.00", "15000.00", line.name, "",
                    LAZADA_STATES[one.state], "",
                ])  # fmt: skip
    return rows


def kiotviet(orders: Iterable[Bought], *, discount: int = 0) -> Rows:
    """Invoices, one row each, under the shop's title."""
    rows: Rows = [
        ["Cửa hàng Hoa Cúc"], ["Danh sách hóa đơn"], [],
        ["Chi nhánh", "Mã hóa đơn", "Thời gian", "Mã khách hàng", "Khách hàng", "Điện thoại", "Người bán", "Kênh bán",
         "Tổng tiền hàng", "Giảm giá", "Khách cần trả", "Khách đã trả", "Trạng thái"],
    ]  # fmt: skip
    for one in orders:
        rows.append([
            "Chi nhánh trung tâm", one.number, f"{one.moment:%d/%m/%Y %H:%M}", "", one.buyer, one.phone, "Hạnh",
            "Bán trực tiếp", one.worth, discount, one.worth - discount, one.worth - discount,
            KIOTVIET_STATES[one.state],
        ])  # fmt: skip
    return rows


def kiotviet_details(orders: Iterable[Bought], *, discount: int = 0, per_line: bool = False) -> Rows:
    """Invoices with their lines; "Giảm giá" is the invoice's, or the line's where `per_line`."""
    rows: Rows = [[
        "Chi nhánh", "Mã hóa đơn", "Thời gian", "Khách hàng", "Điện thoại", "Kênh bán", "Trạng thái", "Tổng tiền hàng",
        "Khách cần trả", "Mã hàng", "Tên hàng", "Số lượng", "Đơn giá", "Giảm giá", "Thành tiền",
    ]]  # fmt: skip
    for one in orders:
        total = one.worth - (discount * len(one.goods) if per_line else 0)
        for line in one.goods:
            rows.append([
                "Chi nhánh trung tâm", one.number, f"{one.moment:%d/%m/%Y %H:%M}", one.buyer, one.phone, "Facebook",
                KIOTVIET_STATES[one.state], total, total - (0 if per_line else discount), line.sku, line.name,
                line.quantity, line.price, discount, line.worth - (discount if per_line else 0),
            ])  # fmt: skip
    return rows


def misa_eshop(orders: Iterable[Bought], *, off: int = 0) -> Rows:
    """Lines of invoices; no states at all."""
    rows: Rows = [
        ["CHI TIẾT DOANH THU THEO HÓA ĐƠN VÀ MẶT HÀNG"], ["Từ ngày 01/11/2026 đến ngày 30/11/2026"],
        ["Ngày", "Giờ", "Số hóa đơn", "Mã SKU", "Tên hàng hóa", "Số lượng", "Đơn giá", "Tiền hàng", "Tiền KM",
         "Doanh thu", "Tên khách hàng", "Kênh bán hàng", "Tên NV bán hàng"],
    ]  # fmt: skip
    for one in orders:
        for line in one.goods:
            rows.append([
                f"{one.moment:%d/%m/%Y}", f"{one.moment:%H:%M}", one.number, line.sku, line.name, line.quantity,
                line.price, line.worth, off, line.worth - off, one.buyer, "Cửa hàng", "Hạnh",
            ])  # fmt: skip
    total = sum(one.worth for one in orders)
    rows.append(["Tổng cộng", "", "", "", "", "", "", total, "", total, "", "", ""])
    return rows


def misa(orders: Iterable[Bought], *, off: int = 0) -> Rows:
    """The sales ledger of the accounting program: titles above, (*) behind headings, sums below."""
    rows: Rows = [
        ["CÔNG TY TNHH HOA CÚC"], ["SỔ CHI TIẾT BÁN HÀNG"], ["Tháng 11 năm 2026"], [],
        ["Ngày hạch toán (*)", "Ngày chứng từ (*)", "Số chứng từ (*)", "Diễn giải", "Tên khách hàng", "Mã hàng (*)",
         "Tên hàng", "ĐVT", "Số lượng bán", "Đơn giá", "Doanh số bán", "Chiết khấu", "Giá trị trả lại"],
    ]  # fmt: skip
    for one in orders:
        for line in one.goods:
            rows.append([
                f"{one.moment:%d/%m/%Y}", f"{one.moment:%d/%m/%Y}", one.number, "Bán hàng", one.buyer, line.sku,
                line.name, "Cái", line.quantity, line.price, line.worth, off, 0,
            ])  # fmt: skip
    total = sum(one.worth for one in orders)
    rows.append(["Cộng", "", "", "", "", "", "", "", "", "", total, "", ""])
    rows.append(["Tổng cộng", "", "", "", "", "", "", "", "", "", total, "", ""])
    rows.append(["Người lập biểu", "", "", "", "", "", "Kế toán trưởng"])
    return rows


def odoo(orders: Iterable[Bought], *, percent: int = 0, states: bool = False) -> Rows:
    """The parent's cells stand on the first line only."""
    headings = ["Order Reference", "Order Date", "Customer", "Order Lines/Product", "Order Lines/Quantity",
                "Order Lines/Unit Price", "Order Lines/Discount (%)"]  # fmt: skip
    rows: Rows = [[*headings, "Status"] if states else headings]
    for one in orders:
        for at, line in enumerate(one.goods):
            head = [one.number, f"{one.moment:%Y-%m-%d %H:%M:%S}", one.buyer] if at == 0 else ["", "", ""]
            row: list[Any] = [*head, f"[{line.sku}] {line.name}", line.quantity, line.price, percent]
            rows.append([*row, ODOO_STATES[one.state] if at == 0 else ""] if states else row)
    return rows


def own(orders: Iterable[Bought]) -> Rows:
    """The program's own CSV."""
    rows: Rows = [["date", "order_id", "customer", "product", "quantity", "amount", "status", "referrer", "channel"]]
    for one in orders:
        for line in one.goods:
            rows.append([
                one.moment.date().isoformat(), one.number, one.buyer, line.name, line.quantity, line.worth, one.state,
                "", "Zalo",
            ])  # fmt: skip
        if one.refund:
            rows.append([one.moment.date().isoformat(), one.number, one.buyer, "", "", -one.refund, "done", "", "Zalo"])
    return rows


SHOPS: dict[str, Callable[[Sequence[Bought]], Rows]] = {
    "shopee": shopee, "tiktok": tiktok, "lazada": lazada, "kiotviet": kiotviet, "misa-eshop": misa_eshop,
    "misa": misa, "odoo": odoo, "toolkit": own,
}  # fmt: skip
STATELESS = ("misa-eshop", "misa", "odoo")
"""Systems whose rows here have no states: every order counts."""


def many(lines: int, seed: int = 7) -> list[Bought]:
    """Orders with about this many lines, over two years."""
    chance = random.Random(seed)
    shelf = [Goods(f"Sản phẩm số {n}", f"SP-{n:03d}", 1, chance.randrange(20, 900) * 1_000) for n in range(200)]
    found: list[Bought] = []
    made = 0
    while made < lines:
        goods = tuple(
            Goods(one.name, one.sku, chance.randint(1, 3), one.price)
            for one in chance.sample(shelf, min(chance.choice((1, 1, 1, 2, 2, 3)), lines - made))
        )
        made += len(goods)
        when = moment(1, month=1) - timedelta(days=365) + timedelta(minutes=chance.randrange(680 * 1440))
        who = chance.randrange(20_000)
        state = chance.choices(STATES, (90, 3, 5, 2))[0]
        found.append(Bought(f"{len(found):08d}XY", when, goods, state, f"Khách {who}", f"khach{who}"))
    return found


def write(path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    """The rows as xlsx, or as csv by the file's ending."""
    if path.suffix == ".xlsx":
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet("orders")
        for row in rows:
            sheet.append(row)
        book.save(path)
        return path
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
