"""The kpi commands: names and one-line helps; each is imported when it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from toolkit.kpi.cli.params import as_of_option, plain_option
from toolkit.shell.app import App
from toolkit.shell.group import LazyGroup
from toolkit.shell.params import csv_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.shell.group import Child

# In the order in which a member needs them. A new command: one line here, its English in kpi.po.
CHILDREN: Final[Mapping[str, Child]] = {
    "target": ("toolkit.kpi.cli.targets:target", "Mục tiêu của bạn: đặt, xem, đổi, bỏ."),
    "status": (
        "toolkit.kpi.cli.standing:status",
        "Xem các mục tiêu đang ở đâu: đã có, nhịp, mỗi ngày cần bao nhiêu, dự báo.",
    ),
}


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
@plain_option
@as_of_option
@csv_option
@click.pass_context
def kpi(ctx: click.Context, plain: bool) -> None:
    """Mục tiêu của riêng bạn so với những gì đã bán: nhịp, dự báo, hoa hồng."""
    if ctx.invoked_subcommand is not None:
        return
    from toolkit.kpi.cli.standing import say_overview

    say_overview(ctx.ensure_object(App), plain=plain)
