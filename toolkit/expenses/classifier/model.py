"""A linear model over the bags of a phrase: what it says of a phrase, and which words said it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from toolkit.expenses.classifier.features import bags, key

if TYPE_CHECKING:
    from array import array
    from collections.abc import Collection, Iterator, Mapping, Sequence

_RARITY_ONE = 4096


@dataclass(frozen=True)
class Model:
    """Weights of pieces for labels, quantised.

    `keys` ascend; `rarity[i]` is the inverse document frequency of piece i × 4096; `weights` holds one signed byte per
    piece and label, piece after piece, times `scale`. `emphasis` is one factor a bag. `temperature` turns scores into
    calibrated probabilities; from `threshold` on, an answer is saved without asking. `origin` is what the training
    recorded about itself.
    """

    labels: tuple[str, ...]
    keys: array[int]
    rarity: array[int]
    weights: array[int]
    scale: float
    bias: tuple[float, ...]
    emphasis: tuple[float, ...]
    temperature: float
    threshold: float
    origin: Mapping[str, str]

    def scores(self, phrase: str) -> list[float]:
        """One score a label for a normalised phrase, in the order of `labels`: the decision function."""
        totals = [0.0] * len(self.labels)
        width = len(totals)
        for place, value in self._seen(phrase):
            row = self.weights[place * width : place * width + width]
            totals = [total + value * weight for total, weight in zip(totals, row, strict=True)]
        return [total * self.scale + bias for total, bias in zip(totals, self.bias, strict=True)]

    def probabilities(self, phrase: str, among: Collection[str] | None = None) -> dict[str, float]:
        """Calibrated probabilities of the labels in `among` (all if None); they sum to 1."""
        return calibrated(self.labels, self.scores(phrase), self.temperature, among)

    def spoke(self, phrase: str, label: str) -> list[tuple[str, float]]:
        """Each word of a normalised phrase with what it speaks for `label`: the label's lead over the average label,
        less its lead where that word is missing. In the order of the phrase; negative: the word speaks against it.
        """
        words = phrase.split()
        whole = self._lead(phrase, label)
        return [
            (word, whole - self._lead(" ".join(words[:at] + words[at + 1 :]), label)) for at, word in enumerate(words)
        ]

    def rarity_of(self, wanted: int) -> float | None:
        """The inverse document frequency of the piece with this key; None if the model doesn't know it."""
        place = bisect_left(self.keys, wanted)
        known = place < len(self.keys) and self.keys[place] == wanted
        return self.rarity[place] / _RARITY_ONE if known else None

    def _lead(self, phrase: str, label: str) -> float:
        scores = self.scores(phrase)
        return scores[self.labels.index(label)] - sum(scores) / len(scores)

    def _seen(self, phrase: str) -> Iterator[tuple[int, float]]:
        """The places of the pieces that the model knows, with their values: TF-IDF, each bag of length `emphasis`.

        tf = 1 + ln(count), as scikit-learn's sublinear_tf; the length of a bag counts its known pieces only.
        """
        known = self.keys
        for bag, pieces in enumerate(bags(phrase)):
            counts: dict[int, int] = {}
            for piece in pieces:
                wanted = key(bag, piece)
                place = bisect_left(known, wanted)
                if place < len(known) and known[place] == wanted:
                    counts[place] = counts.get(place, 0) + 1
            values = {
                place: self.rarity[place] * (1.0 + log(count) if count > 1 else 1.0) for place, count in counts.items()
            }
            length = sqrt(sum(value * value for value in values.values()))
            for place, value in values.items():
                yield place, self.emphasis[bag] * value / length


def calibrated(
    labels: Sequence[str], scores: Sequence[float], temperature: float, among: Collection[str] | None = None
) -> dict[str, float]:
    """What scores mean as probabilities of the labels in `among` (all if None); they sum to 1."""
    heat = {
        label: score / temperature
        for label, score in zip(labels, scores, strict=True)
        if among is None or label in among
    }
    most = max(heat.values(), default=0.0)
    raised = {label: exp(one - most) for label, one in heat.items()}
    whole = sum(raised.values())
    return {label: one / whole for label, one in raised.items()}
