"""`toolkit kpi` as a member meets it: the tool's own commands and those that need another tool as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.kpi.cli import kpi as _own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.shell.group import Child

COMPOSED: Final[Mapping[str, Child]] = {
    "dates": (
        "toolkit.composed.kpi_dates:dates",
        "Đưa ngày hết kỳ của mục tiêu và ngày hẹn của lời hứa vào lịch; gõ lại thì chỉ chỗ đã đổi mới đổi.",
    ),
}

kpi = _own.with_children(COMPOSED)
