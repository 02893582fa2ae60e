"""What the member taught by correcting: found again for the same phrase and for near ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.core.wording import normalise, unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from toolkit.expenses.model import Lesson

NEAR: Final = 0.72
"""Share of the words' weight that a near phrase has in common with what was taught."""
MARGIN: Final = 0.12
"""By so much a lesson must be nearer than any that teaches otherwise."""


@dataclass(frozen=True)
class Recalled:
    """A lesson that speaks for a phrase. `nearness` is 1 for the same phrase; `words` are those in common, as
    the phrase has them."""

    category: str
    nearness: float
    words: tuple[str, ...]

    @property
    def same(self) -> bool:
        return self.nearness == 1.0


class Memory:
    """The member's lessons. A phrase is the same when only marks, case, spaces or punctuation differ."""

    def __init__(self, lessons: Iterable[Lesson], weight: Callable[[str], float]) -> None:
        """`lessons`, the oldest first: of two about the same phrase the newer holds. `weight`: what a word tells."""
        self._weight = weight
        self._lessons: dict[str, str] = {}
        for lesson in lessons:
            phrase = phrase_key(lesson.core)
            self._lessons.pop(phrase, None)
            if phrase:
                self._lessons[phrase] = lesson.category
        self._by_word: dict[str, list[str]] = {}
        for phrase in self._lessons:
            for word in dict.fromkeys(phrase.split()):
                self._by_word.setdefault(word, []).append(phrase)

    def __len__(self) -> int:
        return len(self._lessons)

    def recall(self, core: str, among: Collection[str]) -> Recalled | None:
        """The lesson for this phrase or, if it is near and no other is nearly as near, for one like it.

        Only lessons whose category is in `among` are looked at.
        """
        phrase = phrase_key(core)
        category = self._lessons.get(phrase)
        if category is not None and category in among:
            return Recalled(category, 1.0, tuple(normalise(core).split()))
        words = frozenset(phrase.split())
        best: dict[str, Recalled] = {}
        for other in dict.fromkeys(one for word in words for one in self._by_word.get(word, ())):
            taught = self._lessons[other]
            if taught not in among:
                continue
            theirs = frozenset(other.split())
            nearness = self._sum(words & theirs) / self._sum(words | theirs)
            if nearness >= NEAR - MARGIN and (taught not in best or nearness > best[taught].nearness):
                common = tuple(word for word in normalise(core).split() if unmarked(word) in theirs)
                best[taught] = Recalled(taught, min(nearness, 0.99), common)
        ranked = sorted(best.values(), key=lambda one: -one.nearness)
        if not ranked or ranked[0].nearness < NEAR:
            return None
        if len(ranked) > 1 and ranked[0].nearness - ranked[1].nearness < MARGIN:
            return None
        return ranked[0]

    def _sum(self, words: Iterable[str]) -> float:
        return sum(map(self._weight, words))


def phrase_key(core: str) -> str:
    """What two ways of typing the same phrase have in common."""
    return unmarked(normalise(core))
