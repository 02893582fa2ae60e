"""The shipped model, from the labelled phrases of the training voices to its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.expenses.training.augment import WAYS, examples
from toolkit.expenses.training.calibrate import Judged, judged, temperature_of, threshold_of
from toolkit.expenses.training.fit import Example, Looked, fit, look
from toolkit.expenses.training.voices import digest, is_measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.expenses.classifier.model import Model
    from toolkit.expenses.training.voices import Labelled

FOLDS: Final = 4
Told = Callable[[int, int], None]
"""Called with how many of how many steps are done."""


def build(lines: Sequence[Labelled], *, told: Told | None = None) -> tuple[Model, list[Judged]]:
    """The model of all these voices, calibrated on each voice by models that hadn't seen it; and what those said.

    The same lines give the same model, byte for byte.
    """
    import sklearn

    prepared = prepare(lines)
    answers: list[Judged] = []
    for done, (model, unseen) in enumerate(rounds(lines, prepared)):
        if told:
            told(done, FOLDS + 1)
        answers += judged(model, [(line.core, line.label, line.voice) for line in unseen])
    temperature = temperature_of(answers)
    origin = {
        "lines": str(len(lines)),
        "voices": str(len(set(filter(is_measured, (line.voice for line in lines))))),
        "data_sha256": digest(lines),
        "scikit_learn": str(sklearn.__version__),
    }
    model = fit(
        prepared.examples,
        looked=prepared.looked,
        temperature=temperature,
        threshold=threshold_of(answers, temperature),
        origin=origin,
    )
    if told:
        told(FOLDS + 1, FOLDS + 1)
    return model, answers


@dataclass(frozen=True)
class Prepared:
    """Lines with every way of typing them, looked at once and used in every round. `owners` are their lines' places."""

    examples: list[Example]
    owners: list[int]
    looked: Looked

    def of(self, chosen: set[int]) -> tuple[list[Example], Looked]:
        """The examples of some of the lines."""
        rows = [row for row, owner in enumerate(self.owners) if owner in chosen]
        return [self.examples[row] for row in rows], self.looked.rows(rows)


def prepare(lines: Sequence[Labelled], ways: Sequence[str] = tuple(WAYS)) -> Prepared:
    """The lines with every way of typing them."""
    made = [(example, place) for place, line in enumerate(lines) for example in examples([line], ways)]
    typed = [example for example, _ in made]
    return Prepared(typed, [place for _, place in made], look(example.phrase for example in typed))


def folds(lines: Sequence[Labelled], most: int = FOLDS) -> list[set[str]]:
    """The voices in at most `most` groups of nearly the same size."""
    voices = sorted(filter(is_measured, {line.voice for line in lines}))
    return [set(voices[first::most]) for first in range(min(most, len(voices)))]


def rounds(lines: Sequence[Labelled], prepared: Prepared, most: int = FOLDS) -> Iterator[tuple[Model, list[Labelled]]]:
    """For each group of voices: the model of all the other voices, and the lines of the group.

    What was written after a look at mistakes on these voices is left out: it would flatter the answer.
    """
    for group in folds(lines, most):
        known, looked = prepared.of(
            {place for place, line in enumerate(lines) if is_measured(line.voice) and line.voice not in group}
        )
        model = fit(known, looked=looked)
        yield model, [line for line in lines if line.voice in group]
