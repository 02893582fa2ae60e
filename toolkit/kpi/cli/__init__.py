"""The kpi commands: names and one-line helps; each is imported when it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from toolkit.shell.app import App
from toolkit.shell.group import LazyGroup
from toolkit.shell.params import csv_option, today_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.shell.group import Child

# In the order in which a member needs them. A new command: one line here, its English in kpi.po.
CHILDREN: Final[Mapping[str, Child]] = {}


@click.group(
    cls=LazyGroup,
    children=CHILDREN,
    invoke_without_command=True,
    examples=[
        ("toolkit kpi", "Xem mọi mục tiêu đang chạy, mỗi mục tiêu một dòng"),
        ('toolkit kpi target add "doanh số 120tr tháng 11"', "Đặt một mục tiêu bằng câu nói thường"),
        ('toolkit kpi log "bán 2 gói bảo hiểm cho chị Hoa 12tr"', "Ghi một lần bán"),
    ],
)
@today_option
@csv_option
@click.pass_context
def kpi(ctx: click.Context) -> None:
    """Mục tiêu của riêng bạn so với những gì đã bán: nhịp, dự báo, hoa hồng."""
    if ctx.invoked_subcommand is not None:
        return
    ctx.ensure_object(App).say.raw(ctx.get_help())
