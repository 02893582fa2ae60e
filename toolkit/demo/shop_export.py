"""An export of a shop system as a member downloads it: four months of made-up orders, with everything that is in such
files: orders of several lines, their sum repeated on each, orders on their way, cancelled, sent back."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, cast

from toolkit.disk.atomic import atomic_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

MONTHS_BEFORE: Final = 3
_HEADINGS: Final = (
    "Mã đơn hàng", "Ngày đặt hàng", "Trạng Thái Đơn Hàng", "Tên sản phẩm", "SKU sản phẩm", "Giá gốc", "Giá ưu đãi",
    "Số lượng", "Tổng giá bán (sản phẩm)", "Tổng giá trị đơn hàng (VND)", "Tổng số tiền Người mua thanh toán",
    "Thời gian hoàn thành đơn hàng", "Phí cố định", "Người Mua",
)  # fmt: skip
_GOODS: Final = (
    ("Son dưỡng Sen", "SON-01", 240_000), ("Sữa rửa mặt", "SRM-02", 310_000), ("Bộ quà tặng", "QUA-03", 890_000),
    ("Tinh dầu tràm", "TD-04", 180_000), ("Kem chống nắng", "KCN-05", 420_000),
)  # fmt: skip
_BUYERS: Final = ("hoa.le", "lan1990", "minhthu_q7", "anhnam", "thuyduong", "ngoc.bich", "cuahangba", "hieuvo")
_FEE: Final = 4  # percent that the platform keeps
_SHIPPING: Final = 22_000

_Row = tuple[str | int, ...]


def write_export(path: Path, day: date) -> int:
    """Write the orders of the months before and up to the day before `day`; how many orders that are. The same day has
    the same orders."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = "orders"
    sheet.append(_HEADINGS)
    orders: set[str | int] = set()
    for row in _rows(day):
        sheet.append(row)
        orders.add(row[0])
    with atomic_file(path) as file:
        book.save(file)
    return len(orders)


def _rows(day: date) -> Iterator[_Row]:
    chance = random.Random(day.toordinal())
    placed, number = _first(day), 0
    while placed < day:
        if placed.weekday() < 5 and chance.random() < 0.8:
            number += 1
            fresh = (day - placed).days <= 2
            state = (
                "Đang giao" if fresh else chance.choices(("Hoàn thành", "Đã hủy", "Trả hàng/Hoàn tiền"), (18, 1, 1))[0]
            )
            yield from _order(chance, placed, number, state)
        placed += timedelta(days=1)


def _order(chance: random.Random, placed: date, number: int, state: str) -> Iterator[_Row]:
    moment = datetime.combine(placed, time(8 + chance.randrange(13), chance.randrange(60)))
    lines = [(goods, chance.randrange(1, 5)) for goods in chance.sample(_GOODS, chance.choice((1, 1, 2, 3)))]
    total = sum(price * quantity for (_, _, price), quantity in lines)
    done = f"{moment + timedelta(days=2):%Y-%m-%d %H:%M}" if state == "Hoàn thành" else ""
    buyer = chance.choice(_BUYERS)
    for (name, sku, price), quantity in lines:
        yield (
            f"{placed:%y%m%d}{number:04}SEN", f"{moment:%Y-%m-%d %H:%M}", state, name, sku, price * 11 // 10, price,
            quantity, price * quantity, total, total + _SHIPPING, done, total * _FEE // 100, buyer,
        )  # fmt: skip


def _first(day: date) -> date:
    """The first day of the month that lies so many months before."""
    months = day.year * 12 + day.month - 1 - MONTHS_BEFORE
    return date(months // 12, months % 12 + 1, 1)
