"""Fonts whose letters are not what they seem: text set in them is stored in an old Vietnamese encoding."""

from __future__ import annotations

from toolkit.sheets.wire import FONT_CAPITALS, FONT_TCVN3, FONT_VNI


def font_flags(name: str) -> int:
    """What a font's name tells of the text: `.VnTime` is TCVN3, `.VnTimeH` TCVN3 in capitals, `VNI-Times` is VNI."""
    folded = name.strip().casefold()
    if folded.startswith(".vn"):
        return FONT_TCVN3 | (FONT_CAPITALS if name.strip().endswith("H") else 0)
    return FONT_VNI if folded.startswith(("vni-", "vni ")) else 0
