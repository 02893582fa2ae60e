"""Sentences: what a member typed, read as items of money by the grammar of Vietnamese."""

from __future__ import annotations

from toolkit.expenses.sentence.reading import UNSAID, kinds_of, phrase_core, read_sentence

__all__ = ["UNSAID", "kinds_of", "phrase_core", "read_sentence"]
