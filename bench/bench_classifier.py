"""Sorting phrases into categories: ours beside its peers, trained and asked on the same labelled lines in one run.

Trained on the training voices, asked over the two held-out voices. `smart_importer` is what beancount users have: its
own pipeline, run as it is, where it is installed (`pip install smart_importer` into an environment of your own). Cold
is a new process up to its first answer. Nothing is asserted.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.core.text import strip_marks
from toolkit.core.wording import normalise
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.classifier.coding import load
from toolkit.expenses.classifier.keywords import by_keywords
from toolkit.expenses.shipped import DATA, MODEL
from toolkit.expenses.training.augment import examples
from toolkit.expenses.training.fit import fit
from toolkit.expenses.training.voices import HELD_OUT, read_voices, training_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WARM = 200  # phrases asked one by one

OURS = """
from toolkit.expenses.sorting import Sorter
from toolkit.expenses.model import Kind
Sorter.open().sort("ăn phở với Lan", frozenset(Kind))
"""
PICKLED = """
import pickle, sys
sys.path[:0] = {path!r}
with open({file!r}, "rb") as kept:
    machine = pickle.load(kept)
machine.predict({question})
"""


def cold(program: str) -> float:
    """Seconds of a new process, the better of two."""
    took = []
    for _ in range(2):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
        took.append(time.perf_counter() - begun)
    return min(took)


def row(
    name: str, answer: Callable[[Sequence[str]], Sequence[str]], trained: float | None, start: float | None
) -> None:
    """Ask everything, and one line of the table."""
    asked = read_voices(DATA / "voices", HELD_OUT)
    shares = []
    for typing in (str, strip_marks):
        said = answer([typing(line.core) for line in asked])
        shares.append(sum(one == line.label for one, line in zip(said, asked, strict=True)) / len(asked))
    begun = time.perf_counter()
    for line in asked[:WARM]:
        answer([line.core])
    warm = (time.perf_counter() - begun) / WARM * 1000
    times = "".join(f"{one:>10.2f}" if one is not None else f"{'':>10}" for one in (trained, start))
    print(f"{name:<40}{shares[0]:>10.1%}{shares[1]:>12.1%}{times}{warm:>10.2f}", flush=True)


def ours() -> None:
    model = load(MODEL)

    def answer(phrases: Sequence[str]) -> list[str]:
        found = [model.scores(normalise(phrase)) for phrase in phrases]
        return [model.labels[scores.index(max(scores))] for scores in found]

    begun = time.perf_counter()
    fit(examples(training_lines(DATA)))
    row("ours", answer, time.perf_counter() - begun, cold(OURS))


def keywords() -> None:
    def answer(phrases: Sequence[str]) -> list[str]:
        return [by_keywords(normalise(phrase), tuple(LEAVES))[0] for phrase in phrases]

    row("a keyword table (our fallback)", answer, None, None)


def segmented() -> None:
    """underthesea's words, TF-IDF of them and of their neighbours, a linear SVM: the usual Vietnamese recipe."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC
    from underthesea import word_tokenize

    def words(text: str) -> str:
        return str(word_tokenize(text.lower(), format="text")) if text.strip() else ""

    known = read_voices(DATA / "voices")
    begun = time.perf_counter()
    machine = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+"), LinearSVC())
    machine.fit([words(line.core) for line in known], [line.label for line in known])
    trained = time.perf_counter() - begun
    with tempfile.NamedTemporaryFile(suffix=".bin") as file:
        start = cold("import underthesea\n" + pickled(machine, file.name, "['ăn phở']"))
    row(
        "underthesea words, TF-IDF, linear SVM",
        lambda asked: machine.predict([words(one) for one in asked]),
        trained,
        start,
    )


def smart_importer() -> None:
    try:
        transaction = import_module("beancount.core.data").Transaction
        predictor_of = import_module("smart_importer").PredictPostings
    except ImportError:
        print(f"{'smart_importer':<40} isn't installed here; left out")
        return

    def entry(phrase: str) -> Any:
        return transaction({}, date(2026, 11, 18), "*", None, phrase, frozenset(), frozenset(), [])

    known = read_voices(DATA / "voices")
    predictor = predictor_of()
    begun = time.perf_counter()
    predictor.define_pipeline()
    machine = predictor.pipeline
    machine.fit([entry(line.core) for line in known], [line.label for line in known])
    trained = time.perf_counter() - begun
    row("smart_importer's pipeline", lambda asked: machine.predict([entry(one) for one in asked]), trained, None)


def pickled(machine: Any, file: str, question: str) -> str:
    """A program that reads what this very process wrote, and asks it."""
    import pickle

    with Path(file).open("wb") as kept:
        pickle.dump(machine, kept)
    return PICKLED.format(path=sys.path, file=file, question=question)


def main() -> None:
    print(f"{'held-out voices':<40}{'as typed':>10}{'no marks':>12}{'train s':>10}{'cold s':>10}{'warm ms':>10}")
    keywords()
    smart_importer()
    segmented()
    ours()


if __name__ == "__main__":
    main()
