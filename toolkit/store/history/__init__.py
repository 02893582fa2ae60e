"""What a tool's book is changed by: runs, each made whole or not at all, each with what it takes to undo it."""

from __future__ import annotations

from toolkit.store.history.history import Database, History
from toolkit.store.history.journal import Batch, Change, Journal, Run, RunState, Touch
from toolkit.store.history.recording import BATCH, Recording
from toolkit.store.history.rows import Row, Tables, Value, row_from_text, row_to_text

__all__ = [
    "BATCH",
    "Batch",
    "Change",
    "Database",
    "History",
    "Journal",
    "Recording",
    "Row",
    "Run",
    "RunState",
    "Tables",
    "Touch",
    "Value",
    "row_from_text",
    "row_to_text",
]
