"""Arguments and options that the kpi commands share."""

from __future__ import annotations

from typing import Any, Final

import click

from toolkit.shell.app import App
from toolkit.shell.params import F, read_day

NUMBER: Final = click.IntRange(1, 999_999_999)
TARGET_ID: Final = NUMBER
"""The number of a target."""
SALE_ID: Final = NUMBER
"""The number of a sale, a payment, a deal, an activity or a promise: they are numbered together."""
_PLAIN: Final = "Chỉ chữ và số, không vẽ: cho máy đọc màn hình, màn hình hẹp."


def as_of_option(command: F) -> F:
    """`--as-of`, also as `--today`: the day that counts as today, eager so that other days are understood from it."""
    option = click.option(
        "--as-of", "--today", "as_of", metavar="NGÀY", is_eager=True, expose_value=False, callback=_set_today,
        help="Tính như hôm nay là ngày này, ví dụ 2026-11-22.",
    )  # fmt: skip
    return option(command)


def plain_option(command: F) -> F:
    """`--plain`, handed to the command as `plain`: words instead of bars and charts."""
    return click.option("--plain", is_flag=True, help=_PLAIN)(command)


def plain_anyway(command: F) -> F:
    """`--plain` where nothing is drawn: taken all the same, so that who always types it needn't know where."""
    return click.option("--plain", is_flag=True, expose_value=False, help=_PLAIN)(command)


def engagement_option(command: F) -> F:
    """`--engagement`, handed to the command as `engagement`: which of the member's jobs is meant."""
    from toolkit.shell.params import TEXT

    option = click.option("--engagement", type=TEXT, default="", metavar="NƠI",
                          help="Công việc nào, khi bạn bán cho nhiều nơi: toolkit kpi engagement list")  # fmt: skip
    return option(command)


def _set_today(ctx: click.Context, param: click.Parameter, value: str | None) -> Any:
    if value is not None and not ctx.resilient_parsing:
        app = ctx.ensure_object(App)
        app.today = read_day(value, app, look="back", name=max(param.opts, key=len))


def sale_options(command: F) -> F:
    """Options that say a sale's fields over what a line says; handed to the command under their names."""
    from toolkit.shell.params import PAST_DAY, TEXT

    options = (
        click.option("--amount", metavar="TIỀN", help="Số tiền, ví dụ 12tr."),
        click.option("--date", "day", type=PAST_DAY, help="Ngày, ví dụ hôm qua, 12/11, 2026-11-12."),
        click.option("--customer", type=TEXT, metavar="TÊN", help="Khách hàng; để trống '' là bỏ."),
        click.option("--product", type=TEXT, metavar="TÊN", help="Sản phẩm; để trống '' là bỏ."),
        click.option("--quantity", metavar="SỐ", help="Số lượng, ví dụ 2 hay 2,5."),
        click.option("--channel", type=TEXT, metavar="KÊNH", help="Kênh bán, ví dụ zalo, shopee."),
        click.option("--referral/--no-referral", default=None, help="Khách do người khác giới thiệu."),
        click.option("--referrer", type=TEXT, metavar="TÊN", help="Ai giới thiệu."),
        click.option("--repeat/--no-repeat", default=None, help="Khách đã mua trước đây."),
        click.option("--share", metavar="PHẦN", help="Phần của bạn, ví dụ 50%."),
        click.option("--splits", metavar="AI-PHẦN", help="Phần của người khác, ví dụ “Lan 30%, Nam 20%”."),
        click.option("--note", type=TEXT, metavar="CHỮ", help="Ghi chú; phần trong %% … %% không bao giờ xuất ra."),
    )
    for option in reversed(options):
        command = option(command)
    return command
