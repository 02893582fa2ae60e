"""What was tried, each measured alike: trained on two thirds of the voices, counted over the others.

The held-out voices take no part. Results are kept in a file, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from time import process_time
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.text import clean, fold
from toolkit.core.wording import normalise, unmarked
from toolkit.expenses.classifier.features import VIEWS, bags, words_of
from toolkit.expenses.training.augment import WAYS, examples
from toolkit.expenses.training.build import folds
from toolkit.expenses.training.calibrate import same_kind
from toolkit.expenses.training.fit import (
    EMPHASIS,
    MOST_PIECES,
    ROUGHLY,
    SEED,
    STRICTNESS,
    Looked,
    gathered,
    matrix,
    narrowed,
    seen,
    separate,
    space_of,
)
from toolkit.expenses.training.measure import typed
from toolkit.expenses.training.voices import digest, is_measured

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from toolkit.expenses.training.fit import Example
    from toolkit.expenses.training.sentences import Expected
    from toolkit.expenses.training.voices import Labelled

ONE_OUT_WAYS: Final = ("unmarked",)
"""There are as many trainings as voices, so each has few examples; they are measured as typed."""
PARTS: Final = 3
"""Of as many parts of the voices one is unseen: the same one for every trial."""
MEASURED: Final = ("as_typed", "without_marks", "one_typo", "teencode")


@dataclass(frozen=True)
class Trial:
    """One thing tried. What isn't said is as in the shipped model, except that no piece is left out."""

    name: str
    about: str
    machine: str = "svm"
    strictness: float = STRICTNESS
    bags: tuple[str, ...] = ("words", "letters", "apart", "ends", "words-", "letters-", "apart-", "ends-")
    emphasis: tuple[float, ...] = EMPHASIS
    ways: tuple[str, ...] = tuple(WAYS)
    gazetteer: bool = True
    pieces: int | None = None
    voices: int | None = None
    segmented: bool = False


_BASE: Final = ("words", "words-")
TRIALS: Final = (
    Trial("the recipe", "with every piece, before the file is made small"),
    Trial("two megabytes", "as shipped: the pieces that speak most", pieces=MOST_PIECES),
    Trial("no gazetteer", "the voices alone, nothing written after a look at mistakes", gazetteer=False),
    Trial("no slips", "phrases only as they were written", ways=()),
    Trial("words", "single words and neighbours, as written", bags=("words",)),
    Trial("underthesea's words", "the same, segmented", bags=("words",), segmented=True),
    Trial("underthesea in the whole", "segmented words in the place of words, beside all other bags", segmented=True),
    Trial("letters", "runs of 3 to 5 letters, as written", bags=("letters",)),
    Trial("words and letters", "both views, no order", bags=(*_BASE, "letters", "letters-")),
    Trial("no pairs apart", "", bags=(*_BASE, "letters", "letters-", "ends", "ends-")),
    Trial("no ends", "", bags=(*_BASE, "letters", "letters-", "apart", "apart-")),
    Trial("only without marks", "the four blind bags", bags=("words-", "letters-", "apart-", "ends-")),
    Trial("complement naive Bayes", "alpha = 0.3", machine="complement_nb"),
    Trial("logistic regression", "C = 100, multinomial, at most 200 rounds", machine="logistic", pieces=MOST_PIECES),
    Trial("4 voices", "the learning curve, the voices alone", gazetteer=False, voices=4),
    Trial("8 voices", "the learning curve, the voices alone", gazetteer=False, voices=8),
    *(
        Trial(f"no {way}", "this slip left out of training", ways=tuple(one for one in WAYS if one != way))
        for way in WAYS
    ),
    Trial("half the pieces", "a file of one megabyte", pieces=MOST_PIECES // 2),
    Trial("all bags alike", "no emphasis", emphasis=(1.0,) * 8),
)


class Laboratory:
    """The phrases, looked at once for every trial."""

    def __init__(self, lines: Sequence[Labelled]) -> None:
        self.data = digest(lines)
        self._lines = [line for line in lines if is_measured(line.voice)]
        self._listed = [line for line in lines if not is_measured(line.voice)]
        self._seen: dict[tuple[str, bool], list[array[int]]] = {}

    def run(self, trial: Trial) -> dict[str, Any]:
        """The shares that were right, by typing, and the seconds that one training took."""
        group = folds(self._lines, PARTS)[0]
        known = [line for line in self._lines if line.voice not in group]
        if trial.voices is not None:
            kept = sorted({line.voice for line in known})[: trial.voices]
            known = [line for line in known if line.voice in kept]
        unseen = [line for line in self._lines if line.voice in group]
        begun = process_time()
        answer = self._trained(trial, examples([*known, *(self._listed if trial.gazetteer else ())], trial.ways))
        took = process_time() - begun
        right = Counter[str]()
        for typing in MEASURED:
            asked = typed(unseen, typing)
            said = answer([phrase for phrase, _, _ in asked])
            for scores, (_, label, _) in zip(said, asked, strict=True):
                right[typing] += max(scores, key=lambda one: scores[one]) == label
                if typing == "as_typed":
                    right["kind_known"] += max(same_kind(label), key=lambda one: scores.get(one, -9e9)) == label
        shares = {typing: round(right[typing] / len(unseen), 4) for typing in (*MEASURED, "kind_known")}
        return {**shares, "phrases": len(unseen), "seconds": round(took, 1)}

    def voices(self) -> list[str]:
        """Those that take their turn at being unseen."""
        return sorted({line.voice for line in self._lines})

    def without(self, voice: str) -> float:
        """The share of one voice's phrases that the recipe gets right when it has learnt from all the others alone."""
        known = [line for line in self._lines if line.voice != voice]
        asked = typed([line for line in self._lines if line.voice == voice], "as_typed")
        said = self._trained(TRIALS[0], examples(known, ONE_OUT_WAYS))([phrase for phrase, _, _ in asked])
        right = [
            max(scores, key=lambda one: scores[one]) == label for scores, (_, label, _) in zip(said, asked, strict=True)
        ]
        return round(sum(right) / len(right), 4)

    def _trained(self, trial: Trial, known: Sequence[Example]) -> Callable[[list[str]], Iterator[dict[str, float]]]:
        """What answers with scores for phrases, trained on `known` as the trial says."""
        import numpy as np

        chosen = [view in trial.bags for view in (*VIEWS, *(f"{view}-" for view in VIEWS))]
        emphasis = tuple(one * taken for one, taken in zip(trial.emphasis, chosen, strict=True))
        looked = self._looked([one.phrase for one in known], trial.segmented)
        space = space_of(
            Looked(looked.keys, tuple(bag * taken for bag, taken in zip(looked.counts, chosen, strict=True)))
        )
        labels, weights = [one.label for one in known], [one.weight for one in known]
        rows = matrix(looked, space, emphasis)
        if trial.pieces is not None and len(space.keys) > trial.pieces:
            space = narrowed(space, rows, separate(rows, labels, weights, trial.strictness, rough=True), trial.pieces)
            rows = matrix(looked, space, emphasis)
        machine = _machine(trial)
        machine.fit(rows, labels, sample_weight=weights)

        def answer(phrases: list[str]) -> Iterator[dict[str, float]]:
            asked = matrix(self._looked(phrases, trial.segmented), space, emphasis)
            if trial.machine == "complement_nb":
                scores = machine.predict_log_proba(asked)
            else:
                scores = machine.decision_function(asked)
            for row in np.asarray(scores):
                yield dict(zip(machine.classes_, row.tolist(), strict=True))

        return answer

    def _looked(self, phrases: Sequence[str], segmented: bool) -> Looked:
        for phrase in phrases:
            if (phrase, segmented) not in self._seen:
                self._seen[phrase, segmented] = seen_segmented(phrase) if segmented else seen(bags(normalise(phrase)))
        return gathered([self._seen[phrase, segmented] for phrase in phrases])


def seen_segmented(phrase: str) -> list[array[int]]:
    """As `seen`, with underthesea's words in the two bags of words."""
    from underthesea import word_tokenize

    text = normalise(phrase)
    words = " ".join(word.replace(" ", "_") for word in word_tokenize(text)) if text else ""
    pieces = bags(text)
    pieces[0], pieces[len(VIEWS)] = words_of(words), words_of(unmarked(words))
    return seen(pieces)


def _machine(trial: Trial) -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.naive_bayes import ComplementNB
    from sklearn.svm import LinearSVC

    if trial.machine == "svm":
        return LinearSVC(C=trial.strictness, random_state=SEED, tol=ROUGHLY)
    if trial.machine == "complement_nb":
        return ComplementNB(alpha=0.3)
    return LogisticRegression(C=100, max_iter=200, tol=1e-3, solver="lbfgs")


def run_all(
    lines: Sequence[Labelled],
    sentences: Sequence[Expected],
    kept: Path,
    told: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """The results of every trial; those that `kept` has for this very data aren't run again."""
    laboratory = Laboratory(lines)
    results = _kept(kept, laboratory.data)
    if "underthesea" not in results:
        results["underthesea"] = {"persons": persons(sentences), "normalising": normalising(lines)}
        _keep(kept, results)
    for voice in laboratory.voices():
        if voice not in results["leave_one_voice_out"]:
            results["leave_one_voice_out"][voice] = laboratory.without(voice)
            _keep(kept, results)
    for done, trial in enumerate(TRIALS):
        if told:
            told(done, len(TRIALS))
        if trial.name not in results["trials"]:
            results["trials"][trial.name] = {"about": trial.about, **laboratory.run(trial)}
            _keep(kept, results)
    return results


def persons(sentences: Sequence[Expected], most: int = 300) -> dict[str, Any]:
    """People named in one-item sentences: how many the grammar finds, how many underthesea's `ner`, in how long."""
    from underthesea import ner

    from toolkit.expenses.sentence import read_sentence
    from toolkit.expenses.training.sentences import TODAY, XI

    named = [one for one in sentences if len(one.entries) == 1 and one.entries[0]["person"]][:most]
    ner("Lan trả 50k")  # its model is loaded now
    grammar = recognised = 0
    took = {"grammar": 0.0, "ner": 0.0}
    for one in named:
        person = fold(one.entries[0]["person"])
        begun = process_time()
        found = fold(" ".join(item.person for item in read_sentence(one.text, today=TODAY, xi=XI).items))
        took["grammar"] += process_time() - begun
        begun = process_time()
        tags = ner(one.text)
        took["ner"] += process_time() - begun
        grammar += person in found
        recognised += person in fold(" ".join(tag[0] for tag in tags if tag[3].endswith("PER")))
    return {
        "sentences": len(named),
        "grammar": round(grammar / len(named), 4),
        "ner": round(recognised / len(named), 4),
        "grammar_ms": round(took["grammar"] / len(named) * 1000, 2),
        "ner_ms": round(took["ner"] / len(named) * 1000, 2),
    }


def normalising(lines: Sequence[Labelled], step: int = 5) -> dict[str, Any]:
    """Of leaked phrases, how many our normalising and underthesea's `text_normalize` bring back, in how long."""
    from underthesea import text_normalize

    chosen = [line for line in lines if is_measured(line.voice)][::step]
    right, took = Counter[str](), {"ours": 0.0, "underthesea": 0.0}
    for line, (phrase, _, _) in zip(chosen, typed(chosen, "keyboard_leaks"), strict=True):
        meant = normalise(line.core)
        for name, read in (("ours", normalise), ("underthesea", text_normalize)):
            begun = process_time()
            said = read(phrase)
            took[name] += process_time() - begun
            right[name] += (
                normalise(said) == meant if name == "ours" else clean(said).lower() == clean(line.core).lower()
            )
    return {
        "phrases": len(chosen),
        **{name: round(right[name] / len(chosen), 4) for name in ("ours", "underthesea")},
        **{f"{name}_ms": round(took[name] / len(chosen) * 1000, 2) for name in ("ours", "underthesea")},
    }


def _keep(path: Path, results: dict[str, Any]) -> None:
    from toolkit.disk.atomic import atomic_write

    atomic_write(path, json.dumps(results, ensure_ascii=False, indent=1) + "\n", mode=0o644)


def _kept(path: Path, data: str) -> dict[str, Any]:
    if path.exists():
        known: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if known.get("data_sha256") == data:
            return {"leave_one_voice_out": {}, **known}
    return {"data_sha256": data, "parts": PARTS, "trials": {}, "leave_one_voice_out": {}}
