"""Who asks and where from, held to labelled lists of real shapes: each class is found and kept apart.

The labels say what an agent is, by its makers' own pages, not what `classify` makes of it.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.sitestats.classify.agents import classify_agent
from toolkit.sitestats.classify.sources import of_referrer

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = Path(__file__).parents[1] / "data"
DEMANDED = 0.95


def labelled(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def judge(found: Iterable[tuple[str, str, str]]) -> None:
    """Say precision and recall of each class, and demand them. `found` are (the label, what was found, the text)."""
    rows = list(found)
    labels, answers, both = (Counter[str]() for _ in range(3))
    for label, answer, text in rows:
        labels[label] += 1
        answers[answer] += 1
        both[label] += label == answer
        if label != answer:
            sys.stdout.write(f"{label} ≠ {answer}: {text}\n")
    low = []
    for name, n in labels.items():
        precision, recall = both[name] / max(answers[name], 1), both[name] / n
        sys.stdout.write(f"{name:>14} {n:4}  precision {precision:.1%}  recall {recall:.1%}\n")
        if min(precision, recall) < DEMANDED:
            low.append(name)
    assert low == []


def test_who_asks_is_told_apart() -> None:
    rows = labelled("site_agents.tsv")
    assert len(rows) >= 200
    judge((who, classify_agent(text).who, text) for who, _, text in rows)


def test_what_they_hold_in_their_hands_is_told_apart() -> None:
    judge((device, classify_agent(text).device, text) for _, device, text in labelled("site_agents.tsv"))


def test_where_they_come_from_is_told_apart() -> None:
    rows = labelled("site_referrers.tsv")
    assert len(rows) >= 80
    own = frozenset({"cuahang.example"})
    found = [(medium, name, of_referrer(text, own), text) for medium, name, text in rows]
    judge((medium, source.medium, text) for medium, _, source, text in found)
    named = sum(source.name == name for _, name, source, _ in found)
    sys.stdout.write(f"named rightly {named}/{len(found)}\n")
    assert named >= DEMANDED * len(found)
