"""A member's own model: the shipped one, moved as little as their corrections ask for.

Each label's separator learns a step away from the shipped one over the corrections and, so that nothing is forgotten,
over the shipped phrases: the shipped score is one more column, so large that keeping it costs nothing, while every step
of a piece is paid for. The sum of two linear models is linear, so the result is a model like any other.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final
from zlib import crc32

from toolkit.core.text import strip_marks
from toolkit.expenses.training.fit import SEED, Example, Looked, Separators, Space, look, matrix, quantised
from toolkit.expenses.training.slips import one_mark_off, one_typo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from scipy.sparse import csr_matrix

    from toolkit.expenses.classifier.model import Model
    from toolkit.expenses.model import Lesson
    from toolkit.expenses.training.voices import Labelled

_LESSON: Final = 2.0  # what a correction counts beside a shipped phrase
_MOST_TIMES: Final = 3  # a correction made a hundred times isn't a hundred corrections
_STEP: Final = 1.0  # C: how readily a separator moves
_ANCHOR: Final = 10.0  # how large the column of the shipped score is


def refit(
    shipped: Model,
    lines: Sequence[Labelled],
    lessons: Sequence[Lesson],
    *,
    origin: Mapping[str, str] | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Model:
    """The shipped model with the corrections learnt, newer lessons over older ones about the same phrase.

    `lines` are the shipped phrases. Categories of the member's own get separators of their own. `told` is called with
    how many of how many labels are done. The same arguments give the same model.
    """
    import numpy as np
    from scipy.sparse import csr_matrix, hstack, vstack

    taught = _examples(lessons)
    taught_looked = look(one.phrase for one in taught)
    space = _widened(shipped, taught_looked)
    emphasis = shipped.emphasis
    kept = matrix(look(line.core for line in lines), space, emphasis)
    rows = vstack([kept, matrix(taught_looked, space, emphasis)]).tocsr()
    truth = [line.label for line in lines] + [one.label for one in taught]
    counts = [1.0] * len(lines) + [one.weight for one in taught]
    labels = (*shipped.labels, *sorted({one.label for one in taught} - set(shipped.labels)))
    base, bias = _laid_out(shipped, space, len(labels))
    scores = rows @ base.T + bias
    weights = np.zeros_like(base)
    for place, label in enumerate(labels):
        anchored = hstack([rows, csr_matrix(scores[:, place : place + 1] * _ANCHOR)]).tocsr()
        step, still, shift = _step(anchored, [one == label for one in truth], counts)
        weights[place] = base[place] + step / still
        bias[place] = bias[place] + shift / still
        if told:
            told(place + 1, len(labels))
    return quantised(
        space,
        Separators(labels, weights, bias),
        emphasis=emphasis,
        temperature=shipped.temperature,
        threshold=shipped.threshold,
        origin=origin or {},
    )


def _examples(lessons: Sequence[Lesson]) -> list[Example]:
    newest = {lesson.core: lesson for lesson in lessons}
    made = []
    for lesson in newest.values():
        counts = _LESSON * min(lesson.times, _MOST_TIMES)
        draw = Random(crc32(lesson.core.encode()))
        ways = {lesson.core: 1.0, strip_marks(lesson.core): 0.5}
        ways |= {one_typo(lesson.core, draw): 0.2, one_mark_off(lesson.core, draw): 0.2}
        made += [Example(phrase, lesson.category, counts * share) for phrase, share in ways.items()]
    return made


def _widened(shipped: Model, taught: Looked) -> Space:
    """The shipped pieces and those of the corrections; a piece that is new is as rare as any."""
    rarest = max(shipped.rarity)
    known = dict.fromkeys(map(int, taught.keys), rarest) | dict(zip(shipped.keys, shipped.rarity, strict=True))
    keys = sorted(known)
    return Space(keys, [known[one] for one in keys])


def _laid_out(shipped: Model, space: Space, labels: int) -> tuple[np.ndarray, np.ndarray]:
    """The shipped weights in the wider space. A label that is new to the model starts by saying no to everything."""
    import numpy as np

    narrow = np.frombuffer(shipped.weights, dtype=np.int8).reshape(len(shipped.keys), len(shipped.labels))
    places = np.searchsorted(np.array(space.keys, dtype=np.int64), np.array(shipped.keys, dtype=np.int64))
    base = np.zeros((labels, len(space.keys)))
    base[: len(shipped.labels), places] = narrow.T * shipped.scale
    bias = np.full(labels, -1.0)
    bias[: len(shipped.labels)] = shipped.bias
    return base, bias


def _step(rows: csr_matrix, truth: list[bool], counts: list[float]) -> tuple[np.ndarray, float, float]:
    """How far the pieces move, what the shipped score is multiplied by (about 1), and how far the bias moves."""
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=_STEP, dual=False, random_state=SEED, max_iter=2000)
    machine.fit(rows, truth, sample_weight=counts)
    *step, kept = machine.coef_[0]
    import numpy as np

    return np.array(step), max(float(kept) * _ANCHOR, 1e-3), float(machine.intercept_[0])
