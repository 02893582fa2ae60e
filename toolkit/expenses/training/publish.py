"""The shipped model and what is told about it: model.bin, manifest.json, metrics.json, card.md."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from toolkit.disk.atomic import atomic_write
from toolkit.disk.crash import crashpoint
from toolkit.expenses.classifier.coding import FORMAT, encode
from toolkit.expenses.sorting import Sorter
from toolkit.expenses.training.build import FOLDS, build
from toolkit.expenses.training.card import card
from toolkit.expenses.training.measure import confusions, measure, summary
from toolkit.expenses.training.sentences import read_expected, score, total
from toolkit.expenses.training.voices import EXTRA, GAZETTEER, HELD_OUT, read_voices, training_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from toolkit.expenses.classifier.model import Model
    from toolkit.expenses.training.build import Told

MODEL: Final = "model.bin"
MANIFEST: Final = "manifest.json"
METRICS: Final = "metrics.json"
EXPERIMENTS: Final = "experiments.json"
CARD: Final = "card.md"
_READABLE: Final = 0o644


def publish(data: Path, models: Path, told: Told | None = None) -> dict[str, Any]:
    """Train on `data`, measure, and write everything into `models`; gives what metrics.json holds.

    Each file is replaced whole; only model.bin is read at run time. Raises InputError about the data and StoreError.
    """
    lines = training_lines(data)
    model, answers = build(lines, told=told)
    crashpoint("expenses.train.fitted")
    encoded = encode(model)
    metrics = {
        "held_out": {"voices": list(HELD_OUT), **measure(model, read_voices(data / "voices", HELD_OUT))},
        "unseen_voices": {
            "rounds": FOLDS,
            **summary(answers, model.temperature, model.threshold),
            "confusions": [list(one) for one in confusions(answers, model.temperature)],
        },
        "sentences": sentence_counts(model, data),
    }
    manifest = {
        "file": MODEL,
        "format": FORMAT,
        "bytes": len(encoded),
        "sha256": sha256(encoded).hexdigest(),
        "pieces": len(model.keys),
        "threshold": model.threshold,
        "temperature": model.temperature,
        "gazetteer_things": sum(line.voice == GAZETTEER for line in lines),
        "extra_lines": sum(line.voice.startswith(EXTRA) for line in lines),
        **model.origin,
    }
    atomic_write(models / MODEL, encoded, mode=_READABLE)
    crashpoint("expenses.train.model_written")
    _write(models / MANIFEST, manifest)
    _write(models / METRICS, metrics)
    crashpoint("expenses.train.metrics_written")
    write_card(models)
    return metrics


def write_card(models: Path) -> None:
    """Write card.md again from the numbers that lie beside it."""
    atomic_write(models / CARD, card_of(models), mode=_READABLE)


def card_of(models: Path) -> str:
    """The card that the numbers in `models` make."""
    kept = models / EXPERIMENTS
    return card(
        json.loads((models / MANIFEST).read_text("utf-8")),
        json.loads((models / METRICS).read_text("utf-8")),
        json.loads(kept.read_text("utf-8")) if kept.exists() else None,
    )


def held_out_metrics(model: Model, data: Path) -> dict[str, Any]:
    """What metrics.json says of the held-out voices, counted again."""
    return measure(model, read_voices(data / "voices", HELD_OUT))


def sentence_counts(model: Model, data: Path) -> dict[str, dict[str, int]]:
    """How many whole sentences the grammar and this model understand: of the held-out voices and of the others."""
    sorter = Sorter(model)

    def counts(voices: Iterable[str] | None) -> dict[str, int]:
        expected = read_expected(data / "sentences", voices)
        scores = score(expected, lambda core, kinds: sorter.sort(core, kinds).category)
        return dict(sorted(total(scores.values()).counts.items()))

    return {"held_out": counts(HELD_OUT), "known": counts(None)}


def _write(path: Path, data: dict[str, Any]) -> None:
    atomic_write(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n", mode=_READABLE)
