"""The word lists of the grammar: each word is in the spelling that typed words are brought to, or it never matches."""

from __future__ import annotations

from importlib import import_module

import pytest

from toolkit.core.sentences.line import Lexicon
from toolkit.core.text import clean

EXPENSES = ("accounts", "clauses", "cores", "days", "reading", "settled", "signals", "verbs")
MODULES = (
    "toolkit.core.sentences.people",
    "toolkit.core.sentences.followup",
    *(f"toolkit.expenses.sentence.{name}" for name in EXPENSES),
)


@pytest.mark.parametrize("name", MODULES)
def test_word_lists_are_in_the_one_spelling(name: str) -> None:
    module = import_module(name)
    lexicons = {key: value for key, value in vars(module).items() if isinstance(value, Lexicon)}
    assert lexicons
    odd = [(key, phrase) for key, one in lexicons.items() for phrase in one.phrases if clean(phrase).lower() != phrase]
    assert not odd
