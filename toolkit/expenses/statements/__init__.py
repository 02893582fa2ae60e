"""Statements of banks and wallets: files of any layout read into lines that their running balance proves. Pure."""

from __future__ import annotations

from toolkit.expenses.statements.finding import UnknownStatementError
from toolkit.expenses.statements.layouts import Layout, OwnLayout, known_layouts
from toolkit.expenses.statements.model import FIELDS, Field, Line, Statement
from toolkit.expenses.statements.reading import read_statement

__all__ = [
    "FIELDS",
    "Field",
    "Layout",
    "Line",
    "OwnLayout",
    "Statement",
    "UnknownStatementError",
    "known_layouts",
    "read_statement",
]
