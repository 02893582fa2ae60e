"""The history of the book: what a run may write, with verbs of its own for entries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ConflictError
from toolkit.expenses.book.entries import entry_of, row_of, waiting_row
from toolkit.store.history import Journal, row_to_text
from toolkit.store.history import Recording as AnyRecording

if TYPE_CHECKING:
    from datetime import datetime

    from toolkit.expenses.model import Draft, Entry

ENTRY: Final = "expense_entry"
JOURNAL: Final = Journal(
    prefix="expense",
    room="expenses",
    nothing_to_undo="expenses.nothing_to_undo",
    run_unknown="expenses.run_unknown",
    already_undone="expenses.already_undone",
    undo_changed_later="expenses.undo_changed_later",
)


class Recording(AnyRecording):
    """What a run may write. Entries have verbs of their own; `put` and `drop` are for any other table `expense_…`."""

    def add(self, draft: Draft, *, made_at: datetime | None = None) -> Entry:
        """Put an entry into the book. `made_at` is when it was first written down, where that wasn't now."""
        entry_id = self.insert(ENTRY, row_of(draft, run=self.number, made_at=made_at or self.at))
        now = self.row(ENTRY, id=entry_id)
        assert now is not None
        return entry_of(now)

    def change(self, entry: Entry, **fields: Any) -> Entry:
        """The entry with other values in these fields of `Entry`; nothing is written where they are what they were.

        ConflictError("expenses.entry_unknown") if there is no such entry (any more).
        """
        before = self.row(ENTRY, id=entry.id)
        if before is None:
            raise ConflictError("expenses.entry_unknown", value=str(entry.id), id=entry.id)
        changed = replace(entry_of(before), **fields)
        after = {"id": entry.id, **row_of(changed, run=changed.run, made_at=changed.made_at)}
        if row_to_text(after) != row_to_text(before):
            self.put(ENTRY, after)
        return changed

    def remove(self, entry: Entry) -> None:
        """Take an entry out of the book. ConflictError as in `change`."""
        if not self.drop(ENTRY, id=entry.id):
            raise ConflictError("expenses.entry_unknown", value=str(entry.id), id=entry.id)

    def wait(self, sentence: str, draft: str) -> int:
        """Keep something whose amount isn't certain, outside of the book; its number in the queue."""
        return self.insert("expense_waiting", waiting_row(sentence, draft, self.number, self.at))
