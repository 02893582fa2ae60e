"""Training, measuring, and saying why: the verbs around the model. scikit-learn is imported only where it trains."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import ConflictError, InputError
from toolkit.core.outcome import Outcome, Problem
from toolkit.disk.atomic import atomic_write, remove_durably
from toolkit.disk.crash import crashpoint
from toolkit.disk.folders import private_folder
from toolkit.expenses.classifier.coding import encode, load
from toolkit.expenses.shipped import DATA, HOME, MODEL
from toolkit.expenses.sorting import Sorter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from toolkit.expenses.categories import Category
    from toolkit.expenses.classifier.model import Model
    from toolkit.expenses.model import Entry, Guess, Lesson

    Told = Callable[[int, int], None]

FEWEST_LESSONS: Final = 1


@dataclass(frozen=True)
class Trained:
    """A model that was trained: where it lies, how large it is, from how many phrases and corrections."""

    path: Path
    size: int
    phrases: int
    lessons: int
    personal: bool


@dataclass(frozen=True)
class Evaluation:
    """How good the model in use is on the two voices that nobody trained on; shares, 0 to 1.

    `personal`: the member's own model was measured. `outdated`: it was made from an older shipped model.
    `sentences` are counts over the held-out voices' whole sentences. `trials` are other recipes and their numbers,
    where they were asked for.
    """

    personal: bool
    outdated: bool
    threshold: float
    metrics: dict[str, Any]
    sentences: dict[str, int]
    trials: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Why:
    """Why an entry is in its category: which words spoke, and what else it could have been."""

    entry: Entry
    words: tuple[tuple[str, float], ...]
    guesses: tuple[Guess, ...]
    by: str
    own: dict[str, Category]


class Learning:
    """The model's verbs. `personal` is where the member's own model lies or would lie."""

    def __init__(self, personal: Path, *, data: Path = DATA, shipped: Path = MODEL) -> None:
        self._personal = personal
        self._data = data
        self._shipped = shipped

    def train_shipped(self, told: Told | None = None) -> Outcome[Trained]:
        """Train the shipped model again from the labelled phrases, in a clone; minutes.

        Raises ConflictError("expenses.train_needs_clone") where the program was installed as a wheel.
        """
        if not (HOME / "pyproject.toml").is_file():
            raise ConflictError("expenses.train_needs_clone")
        from toolkit.expenses.training.publish import publish

        publish(self._data, self._shipped.parent, told)
        model = load(self._shipped)
        return Outcome(Trained(self._shipped, self._shipped.stat().st_size, int(model.origin["lines"]), 0, False))

    def train_personal(self, lessons: Sequence[Lesson], told: Told | None = None) -> Outcome[Trained]:
        """The shipped model with the member's corrections learnt; seconds. Theirs alone: 0600, in no export.

        Raises ConflictError("expenses.nothing_to_learn") without corrections, InputError if the shipped model can't be
        read, StoreError if the file can't be written; the old one then stays.
        """
        if len(lessons) < FEWEST_LESSONS:
            raise ConflictError("expenses.nothing_to_learn")
        shipped = load(self._shipped)
        import sklearn

        from toolkit.expenses.training.personal import refit
        from toolkit.expenses.training.voices import training_lines

        lines = training_lines(self._data)
        origin = {
            "base": digest(self._shipped),
            "lessons": str(len(lessons)),
            "lines": str(len(lines)),
            "scikit_learn": str(sklearn.__version__),
        }
        model = refit(shipped, lines, lessons, origin=origin, told=told)
        crashpoint("expenses.train.personal_fitted")
        private_folder(self._personal.parent)
        encoded = encode(model)
        atomic_write(self._personal, encoded, mode=0o600)
        crashpoint("expenses.train.personal_written")
        return Outcome(Trained(self._personal, len(encoded), len(lines), len(lessons), True))

    def forget_personal(self) -> Outcome[bool]:
        """Use the shipped model again; the corrections stay. False if there was no model of the member's own."""
        there = self._personal.exists()
        if there:
            remove_durably(self._personal)
        return Outcome(there)

    def evaluate(self) -> Outcome[Evaluation]:
        """Measure the model in use, over the held-out voices. Partial if the one that should be in use is unusable.

        Raises InputError if the shipped model is unusable too.
        """
        from toolkit.expenses.training.publish import held_out_metrics

        sorter = Sorter.open(personal=self._personal, shipped=self._shipped)
        if sorter.model is None:
            raise InputError("expenses.model_unusable", sorter.notices[-1].place)
        personal = "base" in sorter.model.origin
        outdated = personal and self.outdated(sorter.model)
        problems = [*sorter.notices]
        if outdated:
            problems.append(Problem("expenses.personal_model_outdated"))
        metrics = held_out_metrics(sorter.model, self._data)
        found = Evaluation(personal, outdated, sorter.model.threshold, metrics, self._sentences(sorter))
        return Outcome(found).with_problems(*problems)

    def compare(self, told: Told | None = None) -> Outcome[Evaluation]:
        """`evaluate`, with every recipe that was tried; long the first time. The results are kept beside the model.

        Raises ConflictError("expenses.train_needs_clone") where the program was installed as a wheel.
        """
        if not (HOME / "pyproject.toml").is_file():
            raise ConflictError("expenses.train_needs_clone")
        from toolkit.expenses.training.experiments import run_all
        from toolkit.expenses.training.publish import EXPERIMENTS, write_card
        from toolkit.expenses.training.sentences import read_expected
        from toolkit.expenses.training.voices import training_lines

        measured = self.evaluate()
        sentences = read_expected(self._data / "sentences")
        results = run_all(training_lines(self._data), sentences, self._shipped.parent / EXPERIMENTS, told)
        write_card(self._shipped.parent)
        return replace(measured, data=replace(measured.data, trials=results["trials"]))

    def _sentences(self, sorter: Sorter) -> dict[str, int]:
        from toolkit.expenses.training.sentences import read_expected, score, total
        from toolkit.expenses.training.voices import HELD_OUT

        expected = read_expected(self._data / "sentences", HELD_OUT)
        scores = score(expected, lambda core, kinds: sorter.sort(core, kinds).category)
        return dict(total(scores.values()).counts)

    def outdated(self, model: Model) -> bool:
        """Was this model of the member's own made from another shipped model than today's, or another scikit-learn?"""
        from importlib.metadata import version

        known = model.origin
        return known.get("base") != digest(self._shipped) or known.get("scikit_learn") != version("scikit-learn")


def why(entry: Entry, sorter: Sorter, own: dict[str, Category]) -> Outcome[Why]:
    """Which words spoke for the category of `entry`."""
    core = entry.core or entry.note
    sorting = sorter.sort(core, frozenset({entry.kind}))
    return Outcome(Why(entry, tuple(sorter.words(core, entry.category)), sorting.guesses[:3], sorting.by, own))


def digest(path: Path) -> str:
    """SHA-256 of a file; empty if it isn't there."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
