"""A07: what people wrote can't be read out of a model: it holds digests of pieces, no words."""

from __future__ import annotations

from datetime import UTC, datetime

from builders.small_training import lines, small_model
from toolkit.expenses.classifier.coding import encode
from toolkit.expenses.model import Lesson
from toolkit.expenses.shipped import MODEL
from toolkit.expenses.training.augment import examples
from toolkit.expenses.training.fit import fit
from toolkit.expenses.training.personal import refit
from toolkit.expenses.training.voices import Labelled

CANARIES = [f"chimhoàngyến{chr(97 + n // 5)}{chr(97 + n % 5)}zq" for n in range(50)]


def spellings(word: str) -> tuple[bytes, ...]:
    bare = word.replace("à", "a").replace("ế", "e")
    return tuple(text.encode(coding) for text in (word, bare, word[4:], bare[4:]) for coding in ("utf-8", "utf-16-le"))


def test_fifty_canaries_of_the_training_data_are_not_in_the_shared_model() -> None:
    told = [*lines(), *(Labelled(f"mua {word}", "food", "voice-0") for word in CANARIES)]
    data = encode(fit(examples(told), origin={"lines": str(len(told))}))
    assert not [word for word in CANARIES if any(spelt in data for spelt in spellings(word))]


def test_fifty_canaries_of_a_members_corrections_are_not_in_their_own_model() -> None:
    taught = [Lesson(f"mua {word}", "family", 1, datetime(2026, 11, 22, tzinfo=UTC)) for word in CANARIES]
    data = encode(refit(small_model(), lines(), taught))
    assert not [word for word in CANARIES if any(spelt in data for spelt in spellings(word))]


def test_the_shipped_file_holds_no_words() -> None:
    data = MODEL.read_bytes()
    assert not [line.core for line in lines() if len(line.core) > 5 and line.core.encode() in data]
