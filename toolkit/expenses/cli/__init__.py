"""The expenses commands: names and one-line helps; each is imported when it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from toolkit.shell.group import LazyGroup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.shell.group import Child

# In the order in which a member needs them. A new command: one line here, its English in expenses.po.
CHILDREN: Final[Mapping[str, Child]] = {
    "list": ("toolkit.expenses.cli.looking:list_", "Xem các khoản đã ghi."),
    "budget": ("toolkit.expenses.cli.budgeting:budget", "Ngân sách mỗi tháng: đặt, đổi, xem còn bao nhiêu."),
}


@click.group(
    cls=LazyGroup,
    children=CHILDREN,
    examples=[
        ("toolkit expenses list", "Xem các khoản của tháng này"),
    ],
)
def expenses() -> None:
    """Ghi thu chi bằng câu nói thường, tự xếp loại; xem, sửa, hoàn tác."""
