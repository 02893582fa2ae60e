"""The sitestats commands: names and one-line helps; each is imported when it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from toolkit.shell.group import LazyGroup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.shell.group import Child

# In the order in which a member needs them. A new command: one line here, its English in sitestats.po.
CHILDREN: Final[Mapping[str, Child]] = {
    "report": (
        "toolkit.sitestats.cli.reporting:report_",
        "Trang web của bạn có ai đến, từ đâu, xem gì: đọc thẳng từ nhật ký máy chủ.",
    ),
    "add-log": (
        "toolkit.sitestats.cli.sites:add_log",
        "Nhớ nhật ký của một trang nằm ở đâu, để sau này chỉ đọc phần mới.",
    ),
    "update": ("toolkit.sitestats.cli.sites:update", "Đọc phần mới trong nhật ký, không dòng nào hai lần."),
    "sites": ("toolkit.sitestats.cli.sites:sites", "Các trang đang theo dõi: xem, đổi tên, thôi theo dõi."),
    "site": ("toolkit.sitestats.cli.starting:site", "Một trang web nhỏ để bắt đầu, và máy chủ trên máy này để thử."),
    "goal": (
        "toolkit.sitestats.cli.goals:goal",
        "Mục tiêu của trang web: trang nào được xem, việc nào được làm thì gọi là đạt; bao nhiêu lượt ghé đạt.",
    ),
    "funnel": (
        "toolkit.sitestats.cli.visiting:funnel",
        "Bao nhiêu lượt ghé đi qua từng bước theo thứ tự, rời ở bước nào.",
    ),
    "retention": (
        "toolkit.sitestats.cli.visiting:retention",
        "Khách xem mỗi trang bao lâu, trong ngày ghé mấy lần; và điều gì không thể biết.",
    ),
    "export": (
        "toolkit.sitestats.cli.exporting:export",
        "Ghi các bảng của một trang thành Parquet, để chương trình khác hay máy lớn hơn đọc.",
    ),
    "ga4": (
        "toolkit.sitestats.cli.google:ga4",
        "Số liệu Google Analytics 4 của trang, lấy về theo ngày; chỉ đọc.",
    ),
    "gsc": (
        "toolkit.sitestats.cli.google:gsc",
        "Khách tìm gì trên Google thì thấy trang của bạn: số liệu Search Console; chỉ đọc.",
    ),
    "reconcile": (
        "toolkit.sitestats.cli.google:reconcile",
        "Vì sao nhật ký, bộ đếm và Google Analytics không bằng nhau: đặt cạnh nhau từng ngày, đo từng lý do.",
    ),
    "collect": (
        "toolkit.sitestats.cli.collecting:collect",
        "Bộ đếm của riêng bạn, không cookie: dòng để dán vào trang, và máy nhận.",
    ),
}


@click.group(
    cls=LazyGroup,
    children=CHILDREN,
    examples=[
        ("toolkit sitestats report access.log", "Xem một nhật ký"),
        ("toolkit sitestats report access.log access.log.1.gz --humans", "Nhiều tệp một lúc, chỉ tính người thật"),
    ],
)
def sitestats() -> None:
    """Trang web của bạn có hiệu quả không: ai đến, từ đâu, xem gì."""
