"""`toolkit sitestats` as a member meets it: the tool's own commands and those that need another tool as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.sitestats.cli import sitestats as _own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.shell.group import Child

COMPOSED: Final[Mapping[str, Child]] = {
    "revenue": (
        "toolkit.composed.site_revenue:revenue",
        "Lượt ghé và tiền bán được đặt cạnh nhau: mỗi lượt ghé từ mỗi nguồn đem về bao nhiêu.",
    ),
}

sitestats = _own.with_children(COMPOSED)
