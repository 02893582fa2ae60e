"""The member's book of sales in the store: sales and deeds, contacts, targets, and the history that undoes."""

from __future__ import annotations

from toolkit.kpi.book.book import KpiBook
from toolkit.kpi.book.recording import Recording
from toolkit.store.history import Change, Database, Run

__all__ = ["Change", "Database", "KpiBook", "Recording", "Run"]
