"""What a member hides between `%%` and `%%` never leaves the machine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from toolkit.expenses.model import Entry

_MARK: Final = "%%"


def shown(text: str) -> str:
    """`text` without its hidden parts. One that is never closed hides everything behind it."""
    if _MARK not in text:
        return text
    open_parts = text.split(_MARK)[::2]
    return " ".join(part for one in open_parts if (part := one.strip()))


def without_hidden(entry: Entry) -> Entry:
    """The entry as it may leave the machine."""
    if not any(_MARK in text for text in (entry.person, entry.note, entry.sentence, entry.core)):
        return entry
    return replace(
        entry,
        person=shown(entry.person),
        note=shown(entry.note),
        sentence=shown(entry.sentence),
        core=shown(entry.core),
        doubts=(),
    )
