"""A sale with others: `chia đôi với Nam`, `mình 60%`, `Nam 40% mình 60%`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.core.text import parse_int
from toolkit.kpi.model import WHOLE_SHARE, Split
from toolkit.kpi.sentence.numbers import number_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.sentence.parties import Party

_SHARES = Lexicon("chia, chia đều, chia đôi, cưa đôi, chia hoa hồng, chia doanh số, chia đôi doanh số, share")
_SELF = Lexicon(
    "mình, em, tui, tôi, phần mình, phần em, phần tôi, mình được, mình hưởng, em được, mình nhận, tôi được, tôi "
    "hưởng, tui được"
)
_WITH = frozenset({"với", "voi", "cùng", "cung", "và", "va", ",", "cho"})
_MOST = 5


def shares_in(words: Sequence[Word], parties: Sequence[Party], typed: str) -> tuple[tuple[Split, ...], int, set[int]]:
    """The others' parts, the member's own in hundredths of a percent, and the words that say so."""
    own, others, used = _percents(words, parties, typed)
    if own is not None or others:
        given = sum(share for _, share in others)
        mine = own if own is not None else WHOLE_SHARE - given
        if 0 < mine <= WHOLE_SHARE and mine + given <= WHOLE_SHARE:
            return tuple(Split(name, share) for name, share in others), mine, used
        return (), WHOLE_SHARE, used
    return _evenly(words, parties, typed)


def _percents(
    words: Sequence[Word], parties: Sequence[Party], typed: str
) -> tuple[int | None, list[tuple[str, int]], set[int]]:
    own: int | None = None
    others: list[tuple[str, int]] = []
    used: set[int] = set()
    for i in range(1, len(words)):
        share = _percent_at(words, i)
        if share is None:
            continue
        party = next((p for p in parties if p.end == i and not p.nobody), None)
        mine = _SELF.ending(words, i)
        if mine:
            own = share
            used.update(range(i - mine, i + 2))
        elif party is not None:
            others.append((_name(words, party, typed), share))
            used.update(range(party.start, i + 2))
            if party.start and words[party.start - 1].text in ("chia", "cho"):
                used.add(party.start - 1)
    return own, others, used


def _percent_at(words: Sequence[Word], i: int) -> int | None:
    """60% at word i, in hundredths of a percent."""
    if words[i].sort != "digits" or i + 1 >= len(words) or words[i + 1].text != "%":
        return None
    value = parse_int(words[i].text, longest=3)
    return value * 100 if value is not None and 0 < value <= 100 else None


def _evenly(words: Sequence[Word], parties: Sequence[Party], typed: str) -> tuple[tuple[Split, ...], int, set[int]]:
    for i in range(len(words)):
        n = _SHARES.at(words, i)
        if not n:
            continue
        k = i + n
        number = number_at(words, k)
        ways = int(number[1]) if number and number[1].denominator == 1 else 0
        k = number[0] if number else k
        if words[k - 1].text in ("đôi", "doi") or (k < len(words) and words[k].text in ("đôi", "doi")):
            ways, k = 2, k + (k < len(words) and words[k].text in ("đôi", "doi"))
        with_whom, end = _people(words, k, parties, typed)
        ways = ways or len(with_whom) + 1
        if ways < 2 or ways > _MOST or (not with_whom and ways != 2):
            continue
        if len(with_whom) > ways - 1:
            continue
        each = WHOLE_SHARE // ways
        return tuple(Split(name, each) for name in with_whom), each, set(range(i, end))
    return (), WHOLE_SHARE, set()


def _people(words: Sequence[Word], k: int, parties: Sequence[Party], typed: str) -> tuple[list[str], int]:
    names: list[str] = []
    while True:
        j = k
        while j < len(words) and words[j].text in _WITH:
            j += 1
        party = next((p for p in parties if p.start == j and not p.nobody), None)
        if party is None or (names and j == k):
            return names, k
        names.append(_name(words, party, typed))
        k = party.end


def _name(words: Sequence[Word], party: Party, typed: str) -> str:
    return " ".join(typed[words[party.name].start : words[party.end - 1].end].split())
