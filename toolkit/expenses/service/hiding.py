"""Entries as they may leave the machine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.core.hidden import MARK, shown

if TYPE_CHECKING:
    from toolkit.expenses.model import Entry


def without_hidden(entry: Entry) -> Entry:
    """The entry as it may leave the machine."""
    if not any(MARK in text for text in (entry.person, entry.note, entry.sentence, entry.core)):
        return entry
    return replace(
        entry,
        person=shown(entry.person),
        note=shown(entry.note),
        sentence=shown(entry.sentence),
        core=shown(entry.core),
        doubts=(),
    )
