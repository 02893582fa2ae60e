"""How good a model is on phrases of voices that it hadn't seen: the numbers of metrics.json and of the card."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from toolkit.core.text import strip_marks
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.training.calibrate import Judged, judged, same_kind
from toolkit.expenses.training.slips import leaked, one_mark_off, one_typo, teencode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from toolkit.expenses.classifier.model import Model
    from toolkit.expenses.training.voices import Labelled

TYPINGS: Final[Mapping[str, Callable[[str, Random], str]]] = {
    "as_typed": lambda text, _: text,
    "without_marks": lambda text, _: strip_marks(text),
    "one_typo": one_typo,
    "one_typo_without_marks": lambda text, draw: one_typo(strip_marks(text), draw),
    "one_mark_off": one_mark_off,
    "teencode": teencode,
    "keyboard_leaks": leaked,
}
_BINS: Final = 15
_DIGITS: Final = 4


def typed(lines: Iterable[Labelled], typing: str) -> list[tuple[str, str, str]]:
    """(phrase, label, voice) with each phrase typed as `typing` says; other slips than those of training."""
    change = TYPINGS[typing]
    return [
        (change(line.core, Random(crc32(f"measured\t{typing}\t{line.core}".encode()))), line.label, line.voice)
        for line in lines
    ]


def measure(model: Model, lines: Sequence[Labelled]) -> dict[str, Any]:
    """Everything about a model on these lines, by how they are typed, by voice and by leaf. Shares, 0 to 1."""
    answers = judged(model, typed(lines, "as_typed"))
    return {
        **summary(answers, model.temperature, model.threshold),
        "typings": {
            typing: accuracy(judged(model, typed(lines, typing)), model.temperature)
            for typing in TYPINGS
            if typing != "as_typed"
        },
    }


def summary(answers: Sequence[Judged], temperature: float, threshold: float) -> dict[str, Any]:
    """The numbers that one typing of the phrases gives."""
    voices = sorted({one.voice for one in answers})
    return {
        "phrases": len(answers),
        "leaf": accuracy(answers, temperature),
        "leaf_kind_known": accuracy(answers, temperature, kind_known=True),
        "top_3": _share(one.label in _ranked(one)[:3] for one in answers),
        "macro_f1": macro_f1(answers, temperature),
        "expected_calibration_error": calibration_error(answers, temperature),
        "saved_without_asking": saved(answers, temperature, threshold, kind_known=False),
        "saved_without_asking_kind_known": saved(answers, temperature, threshold, kind_known=True),
        "voices": {voice: accuracy([one for one in answers if one.voice == voice], temperature) for voice in voices},
        "leaves": recall_of_leaves(answers, temperature),
    }


def accuracy(answers: Sequence[Judged], temperature: float, *, kind_known: bool = False) -> float:
    """Share whose likeliest leaf is right; with `kind_known`, among the leaves of the right kind."""
    return _share(_said(one, temperature, kind_known)[0] == one.label for one in answers)


def macro_f1(answers: Sequence[Judged], temperature: float) -> float:
    """Mean over the leaves of the harmonic mean of precision and recall."""
    right, said, true = Counter[str](), Counter[str](), Counter[str]()
    for one in answers:
        guess = _said(one, temperature, False)[0]
        said[guess] += 1
        true[one.label] += 1
        right[one.label] += guess == one.label
    scores = [2 * right[leaf] / (said[leaf] + true[leaf]) for leaf in LEAVES if true[leaf]]
    return round(sum(scores) / len(scores), _DIGITS)


def calibration_error(answers: Sequence[Judged], temperature: float) -> float:
    """Expected calibration error of the likeliest leaf: 15 bins of equal width (Guo et al., 2017)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for one in answers:
        guess, probability = _said(one, temperature, False)
        bins[min(_BINS - 1, int(probability * _BINS))].append((probability, guess == one.label))
    gaps = [abs(sum(probability for probability, _ in held) - sum(right for _, right in held)) for held in bins if held]
    return round(sum(gaps) / len(answers), _DIGITS)


def saved(answers: Sequence[Judged], temperature: float, threshold: float, *, kind_known: bool) -> dict[str, float]:
    """How much is saved without asking at this threshold, and how much of that is right."""
    said = [(*_said(one, temperature, kind_known), one.label) for one in answers]
    kept = [guess == label for guess, probability, label in said if probability >= threshold]
    return {"share": round(len(kept) / len(said), _DIGITS), "right": _share(kept)}


def recall_of_leaves(answers: Sequence[Judged], temperature: float) -> dict[str, float]:
    """For each leaf, the share of its phrases that found it."""
    return {
        leaf: accuracy(held, temperature) for leaf in LEAVES if (held := [one for one in answers if one.label == leaf])
    }


def confusions(answers: Sequence[Judged], temperature: float, most: int = 15) -> list[tuple[str, str, int]]:
    """The commonest mistakes: what it was, what was said, how often."""
    pairs = Counter((one.label, guess) for one in answers if (guess := _said(one, temperature, False)[0]) != one.label)
    ranked = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(label, guess, times) for (label, guess), times in ranked[:most]]


def _said(one: Judged, temperature: float, kind_known: bool) -> tuple[str, float]:
    return one.best(temperature, same_kind(one.label) if kind_known else None)


def _ranked(one: Judged) -> list[str]:
    return [label for _, label in sorted(zip(one.scores, one.labels, strict=True), reverse=True)]


def _share(rights: Iterable[bool]) -> float:
    counted = list(rights)
    return round(sum(counted) / len(counted), _DIGITS) if counted else 0.0
