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


def as_of_option(command: F) -> F:
    """`--as-of`, also as `--today`: the day that counts as today, eager so that other days are understood from it."""
    option = click.option(
        "--as-of", "--today", "as_of", metavar="NGÀY", is_eager=True, expose_value=False, callback=_set_today,
        help="Tính như hôm nay là ngày này, ví dụ 2026-11-22.",
    )  # fmt: skip
    return option(command)


def plain_option(command: F) -> F:
    """`--plain`, handed to the command as `plain`: words instead of bars and charts."""
    option = click.option("--plain", is_flag=True, help="Chỉ chữ và số, không vẽ: cho máy đọc màn hình, màn hình hẹp.")
    return option(command)


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
