"""What the README promises of sentences, counted over those of writers who never saw the grammar.

The two held-out voices were never looked at while the grammar was written: only their counts.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.expenses.training.sentences import Score, read_expected, score, total
from toolkit.expenses.training.voices import HELD_OUT

CHATTER = "chatter-no"  # somebody who writes nothing but talk about money, and entries that look like talk
SENTENCES = Path(__file__).parents[2] / "data" / "expenses" / "sentences"


def counted(voices: tuple[str, ...] | None) -> Score:
    return total(score(read_expected(SENTENCES, voices)).values())


def share(found: Score, what: str, of: str) -> float:
    return found.counts[what] / found.counts[of]


@pytest.mark.parametrize("voices", [None, HELD_OUT], ids=["known writers", "held-out writers"])
def test_sentences_of_other_people_are_understood(voices: tuple[str, ...] | None) -> None:
    found = counted(voices)
    assert share(found, "number right", "sentences") >= 0.98
    assert share(found, "date right", "items") >= 0.97
    assert share(found, "amount right", "items") >= 0.98
    assert share(found, "kind wrong", "items") <= 0.02
    assert share(found, "person right", "items") >= 0.97
    assert found.counts["tenfold"] == 0


def test_chat_of_everyday_writers_is_left_alone() -> None:
    scores = score(read_expected(SENTENCES))
    everyday = total(found for voice, found in scores.items() if voice != CHATTER)
    assert share(everyday, "chat logged", "chat") <= 0.01


def test_most_talk_that_only_looks_like_an_entry_is_left_alone() -> None:
    assert share(counted((CHATTER,)), "chat logged", "chat") <= 0.06
