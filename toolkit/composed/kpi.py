"""`toolkit kpi` as a member meets it: the tool's own commands and those that need another tool as well."""

from __future__ import annotations

from toolkit.kpi.cli import kpi

__all__ = ["kpi"]
