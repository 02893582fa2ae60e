"""Which category a phrase is of: the member's own lessons first, then the model, among the kinds left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from toolkit.core.errors import InputError
from toolkit.core.wording import normalise
from toolkit.expenses.categories import SHIPPED
from toolkit.expenses.classifier.coding import load
from toolkit.expenses.classifier.features import key
from toolkit.expenses.classifier.keywords import by_keywords
from toolkit.expenses.memory import Memory, phrase_key
from toolkit.expenses.model import Guess, Sorting
from toolkit.expenses.shipped import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from toolkit.core.outcome import Problem
    from toolkit.expenses.categories import Category
    from toolkit.expenses.classifier.model import Model
    from toolkit.expenses.model import Kind, Lesson

GUESSES: Final = 5
_SURE_NEAR: Final = 0.85
_RARE: Final = 12.0  # weight of a word that the model has never seen: a name, most often
_UNMARKED_WORDS: Final = 4  # the bag of single words without marks


class Sorter:
    """Sorts phrases. `notices` say what the member should know: a model that couldn't be used."""

    def __init__(
        self,
        model: Model | None,
        lessons: Iterable[Lesson] = (),
        categories: Iterable[Category] = (),
        notices: tuple[Problem, ...] = (),
    ) -> None:
        """`lessons` the oldest first; `categories` are those that the member added. Without a model, a short list of
        keywords proposes, and nothing is sure."""
        self.model = model
        self.notices = notices
        self._categories = {category.id: category for category in (*SHIPPED, *categories)}
        self._memory = Memory(lessons, self._weight)

    @classmethod
    def open(
        cls,
        *,
        personal: Path | None = None,
        lessons: Iterable[Lesson] = (),
        categories: Iterable[Category] = (),
        shipped: Path = MODEL,
    ) -> Self:
        """With the member's own model if there is one at `personal`, else with the shipped one.

        A file that is damaged, foreign or of another version isn't used: the next best speaks, and `notices` say so.
        """
        notices: list[Problem] = []
        for path, code in ((personal, "expenses.personal_model_unusable"), (shipped, "expenses.model_unusable")):
            if path is None or (path is personal and not path.exists()):
                continue
            try:
                return cls(load(path), lessons, categories, tuple(notices))
            except InputError as error:
                notices.append(unusable(code, path, error))
        return cls(None, lessons, categories, tuple(notices))

    def sort(self, core: str, kinds: frozenset[Kind]) -> Sorting:
        """The categories of `kinds` that `core` is likely of, the likeliest first, and whether to save without asking.

        All kinds are open if `kinds` is empty.
        """
        among = [id_ for id_, category in self._categories.items() if not kinds or category.kind in kinds]
        guesses = self._guesses(core, among)
        recalled = self._memory.recall(core, among)
        if recalled is not None:
            others = [guess for guess in guesses if guess.category != recalled.category]
            certain = 1.0 if recalled.same else recalled.nearness
            rest = sum(guess.probability for guess in others) or 1.0
            shared = [Guess(one.category, one.probability * (1 - certain) / rest) for one in others]
            return Sorting(
                (Guess(recalled.category, certain), *shared)[:GUESSES],
                sure=certain >= _SURE_NEAR,
                by="memory" if recalled.same else "near",
            )
        if self.model is None:
            return Sorting(tuple(guesses[:GUESSES]), sure=len(among) == 1, by="rule")
        sure = guesses[0].probability >= self.model.threshold and bool(phrase_key(core))
        return Sorting(tuple(guesses[:GUESSES]), sure=sure or len(among) == 1, by="model")

    def words(self, core: str, category: str) -> list[tuple[str, float]]:
        """The words of `core`, each with what it speaks for `category`: positive for, negative against; the strongest
        first. Where a lesson decided, the words that it has in common, with weight 1."""
        recalled = self._memory.recall(core, [category])
        if recalled is not None:
            return [(word, 1.0) for word in recalled.words]
        if self.model is None or category not in self.model.labels:
            return []
        spoke = self.model.spoke(normalise(core), category)
        return sorted(spoke, key=lambda one: -abs(one[1]))

    def _guesses(self, core: str, among: list[str]) -> list[Guess]:
        phrase = normalise(core)
        if self.model is None:
            ranked = by_keywords(phrase, among)
            return [Guess(one, round(1 / len(ranked), 4)) for one in ranked]
        known = self.model.probabilities(phrase, among)
        ranked = sorted(known, key=lambda one: -known[one])
        # A category that the member has just added is one to choose, though no model knows it.
        unknown = [one for one in among if one not in known]
        return [Guess(one, known.get(one, 0.0)) for one in (*ranked, *unknown)]

    def _weight(self, word: str) -> float:
        """How telling a word without marks is: its inverse document frequency."""
        if self.model is None:
            return 1.0
        return self.model.rarity_of(key(_UNMARKED_WORDS, word)) or _RARE


def unusable(code: str, path: Path, error: InputError) -> Problem:
    """A notice that the model at `path` isn't used, and why."""
    from toolkit.core.outcome import Place, Problem

    return Problem(code, Place(file=str(path)), {"reason": error.problem.code})
