"""Amounts of data as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.shell.blocks import Sayable

if TYPE_CHECKING:
    from toolkit.shell.messages import Messages

_UNITS = ("KB", "MB", "GB", "TB")


@dataclass(frozen=True)
class Amount(Sayable):
    """A number of bytes: `12 KB`, `3,4 MB`, `118 GB` (powers of 1024; a decimal comma in Vietnamese)."""

    size: int

    def said(self, messages: Messages) -> str:
        value, unit = self.size / 1024, 0
        while value >= 1000 and unit < len(_UNITS) - 1:
            value, unit = value / 1024, unit + 1
        if unit == 0 or value >= 100:
            return f"{value:.0f} {_UNITS[unit]}"
        text = f"{value:.1f}"
        return f"{text.replace('.', ',') if messages.lang == 'vi' else text} {_UNITS[unit]}"
