"""How well whole sentences are read: amounts, dates, number of items, directions, people, and chat left alone.

The labelled sentences are `data/expenses/sentences/<voice>.jsonl`, one object a line: `text` and `entries` (amount in
đồng, date, kind, category, person or null), written by people who never saw the grammar, on their Wednesday
2026-11-18. Of the held-out voices only counts are looked at.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.core.text import search_key
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.model import Kind
from toolkit.expenses.sentence import read_sentence
from toolkit.expenses.training.voices import HELD_OUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from toolkit.expenses.model import Item

TODAY: Final = date(2026, 11, 18)
XI: Final = 100_000
"""What the writers mean by one xị: a member says it once, in the settings."""

Count = Literal[
    "sentences", "number right", "chat", "chat logged", "items", "amount right", "amount asked", "amount wrong",
    "tenfold", "date right", "date asked", "kind right", "kind wrong", "kind left open", "person right",
    "category right",
]  # fmt: skip

# "thằng Tú", "con Vy", "nhỏ Trinh": writers name the person with these words or without.
_CALLED = frozenset({"thang", "con", "nho", "cai", "thg", "dua"})


@dataclass(frozen=True)
class Expected:
    """A labelled sentence; `entries` is empty where nothing is to be recorded."""

    text: str
    entries: tuple[dict[str, Any], ...]
    voice: str


@dataclass
class Score:
    """Counts over some sentences. `share` is their ratio, 0 to 1; None over nothing."""

    counts: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    def add(self, what: Count, n: int = 1) -> None:
        self.counts[what] += n

    def share(self, what: Count, of: Count) -> float | None:
        return self.counts[what] / self.counts[of] if self.counts[of] else None

    def __iadd__(self, other: Score) -> Self:
        self.counts += other.counts
        self.mistakes += other.mistakes
        return self


def read_expected(folder: Path, voices: Iterable[str] | None = None) -> list[Expected]:
    """The labelled sentences of these voices; without `voices`, of all but the held-out ones.

    Raises InputError("expenses.training_line") naming the file and row of a line that is no such object, and
    "expenses.training_data_missing" if a voice has no file.
    """
    wanted = None if voices is None else set(voices)
    paths = sorted(folder.glob("*.jsonl"))
    chosen = [path for path in paths if (path.stem not in HELD_OUT if wanted is None else path.stem in wanted)]
    if not chosen or (wanted is not None and len(chosen) != len(wanted)):
        raise InputError("expenses.training_data_missing", path=str(folder))
    found = []
    for path in chosen:
        for row, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            try:
                said = json.loads(line)
                found.append(Expected(said["text"], tuple(said["entries"]), path.stem))
            except (ValueError, KeyError, TypeError):
                raise InputError("expenses.training_line", Place(file=path.name, row=row), value=line) from None
    return found


def score(sentences: Iterable[Expected], sort: Callable[[str, frozenset[Kind]], str] | None = None) -> dict[str, Score]:
    """Counts for each voice. `sort` gives the category of a core, which decides the directions left open by grammar."""
    scores: dict[str, Score] = {}
    for expected in sentences:
        _score(expected, scores.setdefault(expected.voice, Score()), sort)
    return scores


def total(scores: Iterable[Score]) -> Score:
    """All counts together."""
    together = Score()
    for one in scores:
        together += one
    return together


def _score(expected: Expected, found: Score, sort: Callable[[str, frozenset[Kind]], str] | None) -> None:
    reading = read_sentence(expected.text, today=TODAY, xi=XI)
    items = reading.items if reading.intent == "record" else ()
    if not expected.entries:
        found.add("chat")
        if items:
            found.add("chat logged")
            found.mistakes.append(f"chat logged: {expected.text}")
        return
    found.add("sentences")
    if len(items) != len(expected.entries):
        found.mistakes.append(f"{len(items)} items, not {len(expected.entries)}: {expected.text}")
        return
    found.add("number right")
    for item, entry in zip(items, expected.entries, strict=True):
        found.add("items")
        wrong = [*_amount(item, entry, found), *_day(item, entry, found), *_kind(item, entry, found, sort)]
        if _same_person(item.person, entry["person"] or ""):
            found.add("person right")
        else:
            wrong.append(f"person {item.person!r}")
        if wrong:
            found.mistakes.append(f"{', '.join(wrong)}: {expected.text}")


def _amount(item: Item, entry: dict[str, Any], found: Score) -> Sequence[str]:
    money = item.money.value
    if money is not None and money.amount == entry["amount"]:
        found.add("amount right")
        return ()
    if money is None:
        found.add("amount asked")
        return (f"amount asked ({item.money.code})",)
    found.add("amount wrong")
    larger, smaller = max(money.amount, entry["amount"]), min(money.amount, entry["amount"])
    if smaller and larger >= 10 * smaller:
        found.add("tenfold")
    return (f"amount {money.amount}",)


def _day(item: Item, entry: dict[str, Any], found: Score) -> Sequence[str]:
    day = item.day.value
    if day is None:
        found.add("date asked")
        return (f"date asked ({item.day.code})",)
    if day.isoformat() == entry["date"]:
        found.add("date right")
        return ()
    return (f"date {day}",)


def _kind(
    item: Item, entry: dict[str, Any], found: Score, sort: Callable[[str, frozenset[Kind]], str] | None
) -> Sequence[str]:
    wanted = Kind(entry["kind"])
    kinds = item.kinds
    if sort is not None:
        category = sort(item.core, kinds)
        if category == entry["category"]:
            found.add("category right")
        kinds = frozenset({LEAVES[category].kind})
    if kinds == {wanted}:
        found.add("kind right")
        return ()
    if wanted in kinds:
        found.add("kind left open")
        return ()
    found.add("kind wrong")
    return (f"kind {'/'.join(sorted(kinds))}",)


def _same_person(found: str, wanted: str) -> bool:
    def names(person: str) -> list[str]:
        words = search_key(person).split()
        return [word for word in words if word not in _CALLED] or words

    return names(found) == names(wanted)
