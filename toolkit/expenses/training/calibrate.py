"""Probabilities that mean what they say, found on voices that the model had not seen."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Final

from toolkit.core.wording import normalise
from toolkit.expenses.categories import LEAVES, leaves_of
from toolkit.expenses.classifier.model import calibrated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from toolkit.expenses.classifier.model import Model

WANTED: Final = 0.98
"""Share that must be right among what is saved without asking. The promise is 0.97; a voice may be harder than ours."""
_STEPS: Final = 200


@dataclass(frozen=True)
class Judged:
    """What a model that hadn't seen the voice said of a phrase: a score a label; and what it is."""

    labels: tuple[str, ...]
    scores: tuple[float, ...]
    label: str
    voice: str

    def probabilities(self, temperature: float, among: Collection[str] | None = None) -> dict[str, float]:
        """As the model's own."""
        return calibrated(self.labels, self.scores, temperature, among)

    def best(self, temperature: float, among: Collection[str] | None = None) -> tuple[str, float]:
        """The likeliest label and its probability; none where the model knows no label of `among`."""
        found = self.probabilities(temperature, among)
        label = max(found, key=lambda one: found[one], default="")
        return label, found.get(label, 0.0)


def judged(model: Model, phrases: Iterable[tuple[str, str, str]]) -> list[Judged]:
    """`phrases` are (as typed, label, voice)."""
    return [
        Judged(model.labels, tuple(model.scores(normalise(phrase))), label, voice) for phrase, label, voice in phrases
    ]


def temperature_of(answers: Sequence[Judged]) -> float:
    """The temperature at which the answers are least surprised by the truth (mean negative log-likelihood)."""

    def surprise(temperature: float) -> float:
        return -sum(log(max(one.probabilities(temperature)[one.label], 1e-12)) for one in answers) / len(answers)

    low, high = 0.02, 2.0
    for _ in range(30):  # golden section: the surprise has one valley
        a, b = high - (high - low) * 0.618034, low + (high - low) * 0.618034
        low, high = (low, b) if surprise(a) < surprise(b) else (a, high)
    return round((low + high) / 2, 4)


def same_kind(label: str) -> tuple[str, ...]:
    """The leaves that stay open once the grammar has told the kind of a phrase with this label."""
    return leaves_of([LEAVES[label].kind])


def threshold_of(answers: Sequence[Judged], temperature: float, wanted: float = WANTED) -> float:
    """The lowest probability from which on `wanted` of the answers are right, whether or not the kind is known."""
    return max(
        _threshold([(*one.best(temperature), one.label) for one in answers], wanted),
        _threshold([(*one.best(temperature, same_kind(one.label)), one.label) for one in answers], wanted),
    )


def _threshold(answers: list[tuple[str, float, str]], wanted: float) -> float:
    for step in range(_STEPS):
        least = step / _STEPS
        kept = [said == label for said, probability, label in answers if probability >= least]
        if not kept or sum(kept) >= wanted * len(kept):
            return least
    return 1.0
