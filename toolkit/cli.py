"""The root command: the names of the groups and their one-line helps, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.shell.app import run
from toolkit.shell.group import LazyGroup
from toolkit.shell.params import version_option

if TYPE_CHECKING:
    from collections.abc import Sequence

CHILDREN = {
    "calendar": ("toolkit.calendar.cli:calendar", "Đưa bảng tính vào lịch: xem trước, nhập, hoàn tác."),
    "expenses": ("toolkit.expenses.cli:expenses", "Ghi thu chi bằng câu nói thường, tự xếp loại; xem, sửa, hoàn tác."),
    "kpi": ("toolkit.composed.kpi:kpi", "Mục tiêu của riêng bạn so với những gì đã bán: nhịp, dự báo, hoa hồng."),
    "sitestats": (
        "toolkit.composed.sitestats:sitestats",
        "Trang web của bạn có hiệu quả không: ai đến, từ đâu, xem gì.",
    ),
    "google": ("toolkit.upkeep.google_cli:google", "Đăng nhập Google, xem và gỡ đăng nhập."),
    "caldav": ("toolkit.upkeep.caldav_cli:caldav", "Đăng nhập máy chủ lịch CalDAV, xem và gỡ đăng nhập."),
    "demo": ("toolkit.demo.cli:demo", "Xem thử trên dữ liệu mẫu, không đụng đến dữ liệu của bạn."),
    "doctor": ("toolkit.upkeep.cli:doctor", "Xem máy đã sẵn sàng chưa; thiếu gì thì chỉ bước tiếp theo."),
    "backup": ("toolkit.composed.copies:backup", "Sao lưu dữ liệu của bạn."),
    "restore": ("toolkit.composed.copies:restore", "Khôi phục dữ liệu từ một bản sao lưu."),
    "config": ("toolkit.upkeep.cli:config", "Xem và đổi các lựa chọn của bạn."),
    "completion": ("toolkit.upkeep.cli:completion", "Bật gợi ý khi gõ phím Tab."),
}


@click.group(
    cls=LazyGroup,
    children=CHILDREN,
    examples=[
        ("toolkit doctor", "Xem máy đã sẵn sàng chưa"),
        ("toolkit calendar template lich-cua-toi.xlsx", "Lấy một bảng mẫu để điền lịch của bạn"),
        ('toolkit expenses add "hôm qua ăn phở với Lan 45k"', "Ghi một khoản chi bằng câu nói thường"),
        ("toolkit demo", "Xem thử mà không đụng đến dữ liệu của bạn"),
    ],
)
@version_option
def toolkit() -> None:
    """Sổ tay: việc bàn giấy của người bán hàng, làm ngay trên máy của bạn.

    Gõ tên lệnh rồi --help để xem cách dùng, ví dụ: toolkit calendar --help
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (`sys.argv` if None) and return the exit code."""
    return run(toolkit, arguments)
