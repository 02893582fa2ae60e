"""The collector's thinking: what a page may tell, who may send how much, whose address counts. Nothing here listens."""

from __future__ import annotations

from typing import Final

PORT: Final = 8787
"""Where the collector listens if nothing else was asked for."""
