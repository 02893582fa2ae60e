"""What an order's state means: done, open, cancelled, returned, or a word that nobody knows, which never counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, cast

from toolkit.core.text import search_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from toolkit.kpi.model import Status

Meaning = Literal["done", "open", "cancelled", "returned", "partly"]
"""`partly`: done, and a part of it came back."""

_LONGEST: Final = 400
_WEIGHT: Final[Mapping[str, int]] = {"done": 5, "open": 4, "unknown": 3, "returned": 2, "cancelled": 1}


@dataclass(frozen=True)
class StatusWords:
    """The words of a profile: `states` by meaning, `returns` with "yes" and "no" for a column that says whether goods
    came back. A word that ends in `*` is the beginning of a sentence. `told` is what the member said of some words."""

    states: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    returns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: Mapping[str, Status] = field(default_factory=dict)


class Statuses:
    """Looks states up: what the member said first, then the profile's words, then those of any shop system."""

    def __init__(self, words: StatusWords, general: Mapping[str, Collection[str]]) -> None:
        self._told = {search_key(word): meaning for word, meaning in words.told.items()}
        self._own = _Lookup(words.states)
        self._general = _Lookup(general)
        self._returns = _Lookup(words.returns)
        self._known: dict[str, Meaning | Literal["unknown"]] = {}

    def meaning(self, text: str) -> Meaning | Literal["unknown"]:
        """What a state means; "unknown" for a word that isn't known, and for none."""
        found = self._known.get(text)
        if found is None:
            key = search_key(text[:_LONGEST])
            told = self._told.get(key) or self._own.find(key) or self._general.find(key) or "unknown"
            found = self._known[text] = cast("Meaning | Literal['unknown']", told)
        return found

    def came_back(self, text: str) -> bool | None:
        """Whether a column about returns says that goods came back; None for words that aren't known.

        A request that isn't decided yet changes nothing.
        """
        key = search_key(text[:_LONGEST])
        if not key:
            return False
        found = self._returns.find(key)
        return None if found is None else found == "yes"


class _Lookup:
    def __init__(self, words: Mapping[str, Collection[str]]) -> None:
        pairs = [(word, meaning) for meaning, known in words.items() for word in known]
        self._whole = {search_key(word): meaning for word, meaning in pairs if not word.endswith("*")}
        self._beginnings = [(search_key(word), meaning) for word, meaning in pairs if word.endswith("*")]

    def find(self, key: str) -> str | None:
        whole = self._whole.get(key)
        if whole is not None or not key:
            return whole
        return next((meaning for start, meaning in self._beginnings if key.startswith(start)), None)


@lru_cache(maxsize=256)
def of_order(states: frozenset[Status]) -> Status:
    """The state of an order whose lines are in these: what is done counts, whatever became of the rest."""
    return max(states, key=lambda state: _WEIGHT[state])
