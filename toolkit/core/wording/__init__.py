"""Wording: one way of writing what people type in many."""

from __future__ import annotations

from toolkit.core.wording.normalise import LONGEST, normalise, unmarked

__all__ = ["LONGEST", "normalise", "unmarked"]
