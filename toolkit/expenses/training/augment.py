"""More ways of typing each labelled phrase, so that the model has met them before members do."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final
from zlib import crc32

from toolkit.core.text import strip_marks
from toolkit.expenses.training.fit import Example
from toolkit.expenses.training.slips import leaked, one_mark_off, one_typo, one_word_off, teencode
from toolkit.expenses.training.voices import GAZETTEER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from toolkit.expenses.training.voices import Labelled

WAYS: Final[Mapping[str, tuple[float, Callable[[str, Random], str]]]] = {
    "unmarked": (0.5, lambda text, _: strip_marks(text)),
    "typo": (0.2, one_typo),
    "mark_off": (0.2, one_mark_off),
    "unmarked_typo": (0.2, lambda text, draw: one_typo(strip_marks(text), draw)),
    "leaked": (0.1, leaked),
    "teencode": (0.2, teencode),
    "one_word_off": (0.2, one_word_off),
}
"""Each with what it counts beside the phrase as it was written, which counts 1; the card says what each earns."""
LISTED: Final = 0.5
"""What a thing of the gazetteer counts beside a phrase that somebody wrote."""


def examples(lines: Iterable[Labelled], ways: Iterable[str] = tuple(WAYS)) -> list[Example]:
    """The phrases as written, then once more in each of `ways`; the same lines give the same examples."""
    chosen = tuple(ways)
    made = []
    for line in lines:
        share = LISTED if line.voice == GAZETTEER else 1.0
        made.append(Example(line.core, line.label, share))
        for way in chosen:
            weight, change = WAYS[way]
            changed = change(line.core, Random(crc32(f"{way}\t{line.core}".encode())))
            if changed != line.core:
                made.append(Example(changed, line.label, weight * share))
    return made
