"""What a member hides between `%%` and `%%` never leaves the machine."""

from __future__ import annotations

from typing import Final

MARK: Final = "%%"


def shown(text: str) -> str:
    """`text` without its hidden parts. One that is never closed hides everything behind it."""
    if MARK not in text:
        return text
    open_parts = text.split(MARK)[::2]
    return " ".join(part for one in open_parts if (part := one.strip()))
