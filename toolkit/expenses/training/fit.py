"""From labelled phrases to a model: TF-IDF of the bags, one linear separator a label, weights in a byte each."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any, Final

from toolkit.expenses.categories import LEAVES
from toolkit.expenses.classifier.features import bags, key
from toolkit.expenses.classifier.model import Model
from toolkit.expenses.wording import normalise

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
SEED: Final = 20_261_122
_RARITY_ONE: Final = 4096
_MOST_RARITY: Final = 65_535
_FINEST: Final = 127


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

    @property
    def places(self) -> dict[int, int]:
        return {one: place for place, one in enumerate(self.keys)}


Seen = list["array[int]"]
"""What is seen of a phrase: for each bag the keys of its pieces, ascending, repeated as often as they occur."""


def look(phrase: str) -> Seen:
    """The pieces of a phrase as it was typed."""
    return [as_seen(bag, pieces) for bag, pieces in enumerate(bags(normalise(phrase)))]


def as_seen(bag: int, pieces: Iterable[str]) -> array[int]:
    """The keys of the pieces of one bag, as `Seen` holds them: four bytes each, for there are millions."""
    return array("I", sorted(key(bag, piece) for piece in pieces))


def space_of(seen: Sequence[Seen]) -> Space:
    """Every piece of these phrases, with its smooth inverse document frequency: ln((1 + n) / (1 + df)) + 1."""
    documents = Counter(one for bagged in seen for one in {piece for bag in bagged for piece in bag})
    keys = sorted(documents)
    rarity = [min(_MOST_RARITY, round(_RARITY_ONE * (log((1 + len(seen)) / (1 + documents[one])) + 1))) for one in keys]
    return Space(keys, rarity)


def matrix(seen: Sequence[Seen], space: Space, emphasis: Sequence[float] = EMPHASIS) -> csr_matrix:
    """One row a phrase, one column a piece of the space: the values of `Model`'s own sum, as 64-bit floats."""
    import numpy as np
    from scipy.sparse import csr_matrix

    places = space.places
    starts, columns, values = [0], array("q"), array("d")
    for bagged in seen:
        for bag, pieces in enumerate(bagged):
            known = [(places[one], count) for one, count in Counter(pieces).items() if one in places]
            weighed = [space.rarity[place] * (1.0 + log(count) if count > 1 else 1.0) for place, count in known]
            length = sum(value * value for value in weighed) ** 0.5
            columns.extend(place for place, _ in known)
            values.extend(emphasis[bag] * value / length for value in weighed)
        starts.append(len(columns))
    shape = (len(seen), len(space.keys))
    return csr_matrix((np.array(values), np.array(columns), np.array(starts)), shape=shape)


@dataclass(frozen=True)
class Separators:
    """What scikit-learn found: a row of weights and a bias for each label."""

    labels: tuple[str, ...]
    weights: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]


def separate(rows: csr_matrix, labels: Sequence[str], weights: Sequence[float], strictness: float) -> Separators:
    """One separator a label against all others: squared hinge loss, L2."""
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=strictness, random_state=SEED, max_iter=4000)
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
    seen: Sequence[Seen] | None = None,
) -> Model:
    """The model of these examples, uncalibrated unless `temperature` and `threshold` are given.

    `seen` is what `look` gives for each, where it is known already.

    The separators are found twice: over all pieces, then over the `pieces` of them that spoke most. The same examples
    in the same order give the same model.
    """
    seen = [look(one.phrase) for one in examples] if seen is None else seen
    labels = [one.label for one in examples]
    weights = [one.weight for one in examples]
    space = space_of(seen)
    rows = matrix(seen, space, emphasis)
    found = separate(rows, labels, weights, strictness)
    if len(space.keys) > pieces:
        space = narrowed(space, rows, found, pieces)
        found = separate(matrix(seen, space, emphasis), labels, weights, strictness)
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
