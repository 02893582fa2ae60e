"""From labelled phrases to a model: TF-IDF of the bags, one linear separator a label, weights in a byte each."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.wording import normalise
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.classifier.features import VIEWS, bags, key
from toolkit.expenses.classifier.model import Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from scipy.sparse import csr_matrix

MOST_PIECES: Final = 54_000
"""35 bytes each: the file stays under two million bytes."""
EMPHASIS: Final = (1.0, 1.3, 0.6, 0.6) * 2
"""What each bag of `VIEWS` counts beside the others, with marks and without."""
STRICTNESS: Final = 0.5
"""C of the separators; the card says what others gave."""
ROUGHLY, CLOSELY = 0.3, 0.02
"""Tolerances. On one group of unseen voices 0.1 gave 97.4 % and 0.02 gave 97.6 %."""
SEED: Final = 20_261_122
_RARITY_ONE: Final = 4096
_MOST_RARITY: Final = 65_535
_FINEST: Final = 127
_BAGS: Final = range(2 * len(VIEWS))


@dataclass(frozen=True)
class Example:
    """A phrase as a member could type it, what it is, and how much it counts beside the others."""

    phrase: str
    label: str
    weight: float = 1.0


@dataclass(frozen=True)
class Space:
    """The pieces that a model knows, ascending by key, and how rare each is (× 4096)."""

    keys: Sequence[int]
    rarity: Sequence[int]


@dataclass(frozen=True)
class Looked:
    """The pieces of many phrases: for each bag how often each piece occurs, one row a phrase, one column a key."""

    keys: np.ndarray[Any, Any]
    counts: tuple[csr_matrix, ...]

    def rows(self, chosen: Sequence[int]) -> Looked:
        """The same of some of the phrases."""
        return Looked(self.keys, tuple(bag[chosen] for bag in self.counts))


def look(phrases: Iterable[str]) -> Looked:
    """The pieces of phrases as they were typed."""
    return gathered([seen(bags(normalise(phrase))) for phrase in phrases])


def seen(pieces: Sequence[Sequence[str]]) -> list[array[int]]:
    """The keys of the pieces of each bag: four bytes each, for there are millions."""
    return [array("I", (key(bag, piece) for piece in held)) for bag, held in enumerate(pieces)]


def gathered(phrases: Sequence[list[array[int]]]) -> Looked:
    """What `seen` gave for many phrases."""
    import numpy as np
    from scipy.sparse import csr_matrix

    none = np.zeros(0, dtype=np.uint32)
    flat = [np.concatenate([none, *(np.frombuffer(one[bag], dtype=np.uint32) for one in phrases)]) for bag in _BAGS]
    keys, columns = np.unique(np.concatenate(flat), return_inverse=True)
    counts = []
    start = 0
    for bag in _BAGS:
        ends = np.cumsum([0, *(len(one[bag]) for one in phrases)])
        own = columns[start : start + len(flat[bag])]
        counted = csr_matrix((np.ones(len(own)), own, ends), shape=(len(phrases), len(keys)))
        counted.sum_duplicates()
        counts.append(counted)
        start += len(flat[bag])
    return Looked(keys, tuple(counts))


def space_of(looked: Looked) -> Space:
    """Every piece of these phrases, with its smooth inverse document frequency: ln((1 + n) / (1 + df)) + 1."""
    documents = sum(bag.getnnz(axis=0) for bag in looked.counts)
    known = [(int(one), int(df)) for one, df in zip(looked.keys, documents, strict=True) if df]
    phrases = looked.counts[0].shape[0]
    # math.log and no array's: the last bit must be the same on every machine.
    rarity = [min(_MOST_RARITY, round(_RARITY_ONE * (log((1 + phrases) / (1 + df)) + 1))) for _, df in known]
    return Space([one for one, _ in known], rarity)


def matrix(looked: Looked, space: Space, emphasis: Sequence[float] = EMPHASIS) -> csr_matrix:
    """One row a phrase, one column a piece of the space: the values of `Model`'s own sum, as 64-bit floats."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.preprocessing import normalize

    places = np.searchsorted(np.array(space.keys, dtype=np.uint32), looked.keys)
    places[places == len(space.keys)] = 0
    places[np.array(space.keys, dtype=np.uint32)[places] != looked.keys] = -1
    most = int(max((bag.data.max() for bag in looked.counts if bag.nnz), default=1))
    steps = np.array([0.0, *(1.0 + log(count) for count in range(1, most + 1))])
    rarity = np.array(space.rarity, dtype=float)
    shape = (looked.counts[0].shape[0], len(space.keys))
    whole = csr_matrix(shape)
    for bag, counted in enumerate(looked.counts):
        if not emphasis[bag]:
            continue
        columns = places[counted.indices]
        kept = columns >= 0
        ends = np.concatenate([[0], np.cumsum(kept)])[counted.indptr]
        values = steps[counted.data[kept].astype(int)] * rarity[columns[kept]]
        weighed = normalize(csr_matrix((values, columns[kept], ends), shape=shape), copy=False)
        whole = whole + weighed * emphasis[bag]
    return whole


@dataclass(frozen=True)
class Separators:
    """What scikit-learn found: a row of weights and a bias for each label."""

    labels: tuple[str, ...]
    weights: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]


def separate(
    rows: csr_matrix, labels: Sequence[str], weights: Sequence[float], strictness: float, *, rough: bool = False
) -> Separators:
    """One separator a label against all others: squared hinge loss, L2. `rough`: enough to see which pieces matter."""
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=strictness, random_state=SEED, tol=ROUGHLY if rough else CLOSELY)
    machine.fit(rows, list(labels), sample_weight=list(weights))
    order = [list(machine.classes_).index(leaf) for leaf in LEAVES if leaf in set(machine.classes_)]
    names = tuple(str(machine.classes_[place]) for place in order)
    return Separators(names, machine.coef_[order], machine.intercept_[order])


def fit(
    examples: Sequence[Example],
    *,
    pieces: int = MOST_PIECES,
    strictness: float = STRICTNESS,
    emphasis: Sequence[float] = EMPHASIS,
    temperature: float = 1.0,
    threshold: float = 1.0,
    origin: Mapping[str, str] | None = None,
    looked: Looked | None = None,
) -> Model:
    """The model of these examples, uncalibrated unless `temperature` and `threshold` are given.

    `looked` is what `look` gives for them, where it is known already.

    The separators are found twice: over all pieces, then over the `pieces` of them that spoke most. The same examples
    in the same order give the same model.
    """
    looked = look(one.phrase for one in examples) if looked is None else looked
    labels = [one.label for one in examples]
    weights = [one.weight for one in examples]
    space = space_of(looked)
    rows = matrix(looked, space, emphasis)
    found = separate(rows, labels, weights, strictness, rough=len(space.keys) > pieces)
    if len(space.keys) > pieces:
        space = narrowed(space, rows, found, pieces)
        found = separate(matrix(looked, space, emphasis), labels, weights, strictness)
    return quantised(space, found, emphasis=emphasis, temperature=temperature, threshold=threshold, origin=origin or {})


def narrowed(space: Space, rows: csr_matrix, found: Separators, pieces: int) -> Space:
    """The `pieces` pieces that spoke most: by the length of their column times that of their weights."""
    import numpy as np

    spoken = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=0)).ravel()) * np.linalg.norm(found.weights, axis=0)
    # Rounded first: the last bits of a float must not decide which of two equal pieces is kept.
    kept = np.sort(np.argsort(-np.round(spoken, 9), kind="stable")[:pieces])
    return Space([space.keys[place] for place in kept], [space.rarity[place] for place in kept])


def quantised(
    space: Space,
    found: Separators,
    *,
    emphasis: Sequence[float],
    temperature: float,
    threshold: float,
    origin: Mapping[str, str],
) -> Model:
    """The separators in one signed byte a weight, on one scale."""
    import numpy as np

    scale = round(float(np.abs(found.weights).max()) / _FINEST, 9)
    bytes_ = np.rint(found.weights.T / scale).clip(-_FINEST, _FINEST).astype(np.int8)
    return Model(
        labels=found.labels,
        keys=array("I", space.keys),
        rarity=array("H", space.rarity),
        weights=array("b", bytes_.tobytes()),
        scale=scale,
        bias=tuple(round(float(one), 6) for one in found.bias),
        emphasis=tuple(emphasis),
        temperature=temperature,
        threshold=threshold,
        origin=dict(origin),
    )
