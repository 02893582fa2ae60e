"""What a bank's own words make of a line, without asking anybody: a fee, interest, pay, a merchant of one kind."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from toolkit.core.text import search_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DATA: Final = Path(__file__).parent / "banks" / "_rules.toml"
_LONGEST: Final = 600
_NUMBER = re.compile(r"[0-9]{1,40}")


class _Rule(NamedTuple):
    category: str
    phrases: tuple[str, ...]
    but: tuple[str, ...]


def category_by_words(description: str, *, incoming: bool) -> str | None:
    """The category that the words of a line leave no choice about; None where they don't say, or say two."""
    said = f" {search_key(description[:_LONGEST])} "
    counted = _NUMBER.sub("#", said)
    found = [
        rule.category
        for rule in _rules()["in" if incoming else "out"]
        if _any(rule.phrases, said, counted) and not _any(rule.but, said, counted)
    ]
    if found and found[0] == "bonus":
        return "bonus"  # pay for a thirteenth month is worded as pay, too
    return found[0] if len(found) == 1 else None


def _any(phrases: Sequence[str], said: str, counted: str) -> bool:
    return any(f" {phrase} " in (counted if "#" in phrase else said) for phrase in phrases)


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, tuple[_Rule, ...]]:
    data = tomllib.loads(_DATA.read_text("utf-8"))
    return {
        way: tuple(
            _Rule(name, tuple(rule["any"]), (*data["debts"], *rule.get("but", ()))) for name, rule in data[way].items()
        )
        for way in ("in", "out")
    }
