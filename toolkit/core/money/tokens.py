"""A sentence as digits, words and signs, each knowing where it stood and whether a space stood before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from toolkit.core.money import lexicon as lx
from toolkit.core.text import aligned, clean, strip_marks

Kind = Literal["digits", "word", "sign", "end"]

_TOKEN = re.compile(r"([0-9]+)|((?:[^\W\d_]|[\u0300-\u036f])+)|\n|[^\s]")
_NEVER = re.compile(r"https?://\S{1,2000}|www\.\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}", re.IGNORECASE)
_CLAUSE_ENDS = frozenset(",;+\n!?.")


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is lower-case with the tone in its place; `glued`: nothing stands between it and the token before."""

    kind: Kind
    text: str
    start: int
    end: int
    glued: bool


@dataclass(frozen=True)
class Sentence:
    """Tokens, then two end marks so that looking ahead needs no bounds. `clause[i]` numbers the clause of token i."""

    tokens: tuple[Token, ...]
    clause: tuple[int, ...]
    words: tuple[frozenset[str], ...]  # of each clause
    last: int  # how many real tokens there are
    marked: bool  # whether any word has a Vietnamese mark

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < self.last else _END

    def is_in(self, i: int, words: frozenset[str]) -> bool:
        return self[i].text in words

    def clause_has(self, i: int, words: frozenset[str]) -> bool:
        """Whether the clause of token i holds one of these words."""
        return not words.isdisjoint(self.words[self.clause[i]])


_END = Token("end", "", 0, 0, False)


@lru_cache(maxsize=8192)
def _spelled(word: str) -> str:
    return clean(word).lower()


def plain(token: Token) -> str:
    return strip_marks(token.text)


def tokenize(text: str) -> Sentence:
    """Tokens of `text`, their spans counted in `text` itself. Linear in its length; web addresses are left out."""
    line = aligned(text)
    tokens: list[Token] = []
    clause: list[int] = []
    before = -1
    number = 0
    hidden = [match.span() for match in _NEVER.finditer(line.text)] if "@" in text or "." in text or ":" in text else []
    for match in _TOKEN.finditer(line.text):
        start, end = match.span()
        while hidden and hidden[0][1] <= start:
            hidden.pop(0)
        if hidden and hidden[0][0] <= start:
            before = end
            continue
        kind: Kind = "digits" if match[1] else "word" if match[2] else "sign"
        word = _spelled(match[0]) if match[2] else match[0]
        tokens.append(Token(kind, word, *line.span(start, end), start == before))
        before = end
    for i, token in enumerate(tokens):
        clause.append(number)
        if token.text in lx.APART or (token.text in _CLAUSE_ENDS and not _inside_number(tokens, i)):
            number += 1
    words: list[set[str]] = [set() for _ in range(number + 1)]
    for token, place in zip(tokens, clause, strict=True):
        words[place].add(token.text)
    marked = any(token.kind == "word" and plain(token) != token.text for token in tokens)
    return Sentence(tuple(tokens), (*clause, number), tuple(map(frozenset, words)), len(tokens), marked)


def _inside_number(tokens: list[Token], i: int) -> bool:
    """Whether the point or comma at i stands between digits without a space, as in 1.250,5."""
    return (
        tokens[i].text in ".,"
        and tokens[i].glued
        and 0 < i < len(tokens) - 1
        and tokens[i - 1].kind == "digits" == tokens[i + 1].kind
        and tokens[i + 1].glued
    )
