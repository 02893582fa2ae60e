"""The words of a thing with who is named in them and what is done, before they are put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.kpi.sentence.heads import Head, heads_in
from toolkit.kpi.sentence.parties import Party, parties_in
from toolkit.kpi.sentence.slots import filled

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.core.sentences.line import Word


@dataclass(frozen=True)
class Told:
    """What the words of a thing say, before they are put together."""

    words: Sequence[Word]
    parties: list[Party]
    heads: list[Head]


def told(words: Sequence[Word], people: Collection[str]) -> Told:
    parties = filled(words, parties_in(words, people))
    return Told(words, parties, heads_in(words, parties))


def verbatim(words: Sequence[Word], start: int, end: int, typed: str) -> str:
    """What was typed from word `start` to before `end`, its spaces made single."""
    if start >= end:
        return ""
    pieces: list[str] = []
    place = -1
    for word in words[start:end]:
        if word.start >= place >= 0 and (word.start == place or typed[place : word.start].isspace()):
            pieces.append(" " * (word.start > place))
        elif place >= 0 and word.end <= place:
            continue
        elif place >= 0:
            pieces.append(" ")
        pieces.append(typed[word.start : word.end])
        place = word.end
    return " ".join("".join(pieces).split())
